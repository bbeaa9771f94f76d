"""Rows of a file of numbers: which post a row means, and what it says was counted."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from campaigns.approvals.models import LivePost
from campaigns.results.files.cells import moment
from campaigns.results.files.kinds import Column, Said
from campaigns.results.models import PostSnapshot
from campaigns.results.numbers.boxes import NAMES
from campaigns.results.numbers.taking import Counted
from crm.base.amounts import read_count
from crm.base.zones import local_date
from crm.influencers.imports.values import read_account, read_date

COUNTED = (*PostSnapshot.COUNTS, *PostSnapshot.FEELINGS)
HEADINGS = {
    "post": "post|url|link|post url|post link|permalink|tautan|link post|link postingan|alamat post|tautan postingan|link konten",
    "handle": "handle|username|account|account username|akun|nama akun|ig|instagram|tiktok|creator|kreator|influencer|kol",
    "posted_on": "posted|posted on|post date|date|tanggal|tgl|tanggal posting|tgl posting|tanggal post|tgl post|publish date|publish time",
    "taken_at": "counted|counted on|as of|data date|per tanggal|tanggal data|tgl data|diambil|dihitung|snapshot date|updated|pulled",
    "followers": "followers|follower|pengikut|jumlah pengikut",
    "likes": "likes|like|suka|jumlah suka|jumlah like|hearts",
    "comments": "comments|comment|komentar|jumlah komentar|komen",
    "saves": "saves|save|saved|simpan|disimpan|bookmarks|favorites|favourites|favorit",
    "shares": "shares|share|dibagikan|bagikan|jumlah share|reposts|sends",
    "views": "views|view|plays|play|tayangan|video views|penayangan|ditonton|jumlah tayangan|watched",
    "reach": "reach|jangkauan|accounts reached|akun yang dijangkau|unique viewers|jml jangkauan",
    "impressions": "impressions|impression|impresi|tampilan|jml impresi",
    "clicks": "clicks|click|link clicks|klik|klik tautan|klik link|link click|sticker taps",
    "positive": "positive|positif|komentar positif|positive comments",
    "neutral": "neutral|netral|komentar netral|neutral comments",
    "negative": "negative|negatif|komentar negatif|negative comments",
}
LABELS: dict[str, Any] = {
    "post": _("Address of the post"),
    "handle": _("Account"),
    "posted_on": _("Went out on"),
    "taken_at": _("Counted on"),
    "followers": _("Followers when it went out"),
    **{name: NAMES[name] for name in COUNTED},
}
COLUMNS = tuple(Column(name, label, tuple(HEADINGS[name].split("|"))) for name, label in LABELS.items())

NOBODY = _("No post of this campaign has this address.")
NO_HANDLE = _("Nobody of this campaign posted from this account.")
NO_DAY = _("Nothing of this account went out on that day.")
SEVERAL = _("Several posts fit. Say the address, or the day it went out.")
NO_POST = _("The row does not say which post it is of.")


class Refused(Exception):
    """Why a row is left out, for a person."""


@dataclass(frozen=True)
class Known:
    """The posts of a campaign by what files call them."""

    by_address: dict[str, LivePost]
    by_handle: dict[str, list[LivePost]]

    @classmethod
    def of(cls, posts: Sequence[LivePost]) -> "Known":
        by_address: dict[str, LivePost] = {}
        by_handle: dict[str, list[LivePost]] = {}
        for post in posts:
            if post.url:
                by_address.setdefault(plain_address(post.url), post)
            account = post.deliverable.account
            names = {account.handle} if account is not None else set()
            names.add(post.deliverable.collaboration.influencer.main_handle or "")
            for name in names - {""}:
                by_handle.setdefault(name.casefold(), []).append(post)
        return cls(by_address, by_handle)

    def meant(self, row: Said, latest: dt.date) -> LivePost:
        """The one post a row is of. Raises Refused."""
        address, handle = row.get("post"), row.get("handle")
        if address:
            found = self.by_address.get(plain_address(address))
            if found is not None:
                return found
            if not handle:
                raise Refused(str(NOBODY))
        if not handle:
            raise Refused(str(NO_POST))
        account = read_account(handle).value
        posts = self.by_handle.get((account.handle if account else handle).casefold().lstrip("@"), [])
        if not posts:
            raise Refused(str(NO_HANDLE))
        return self._by_day(posts, row.get("posted_on"), latest)

    def _by_day(self, posts: Sequence[LivePost], said: str, latest: dt.date) -> LivePost:
        on = read_date(said, latest).value if said else None
        found = [post for post in posts if on is None or local_date(post.published_at, post.deliverable.zone) == on]
        if not found:
            raise Refused(str(NO_DAY))
        if len({post.pk for post in found}) > 1:
            raise Refused(str(SEVERAL))
        return found[0]


def plain_address(url: str) -> str:
    """An address without what does not tell posts apart: protocol, www, query, the slash at the end."""
    said = url.strip()
    parts = urlsplit(said if "//" in said else f"//{said}")
    host = parts.netloc.casefold().removeprefix("www.").removeprefix("m.")
    path = parts.path.rstrip("/").replace("/reels/", "/reel/")
    query = f"?{parts.query}" if path.endswith("/watch") else ""
    return f"{host}{path}{query}"


def counted_in(row: Said, zone: str, otherwise: dt.datetime, latest: dt.date, **more: Any) -> Counted:
    """What a row says was counted, and when; `otherwise` where it does not say. Raises Refused."""
    counts = {name: _count(row, name) for name in COUNTED if row.get(name)}
    taken_at = otherwise
    if said := row.get("taken_at"):
        found = moment(said, zone, latest)
        if found is None:
            raise Refused(_now("“%(text)s” is no day.") % {"text": said[:40]})
        taken_at = found
    followers = _count(row, "followers") if row.get("followers") else None
    return Counted(counts, taken_at, PostSnapshot.Source.FILE, followers=followers, **more)


def _count(row: Said, name: str) -> int:
    count = read_count(row.get(name))
    if count is None:
        label = LABELS[name]
        raise Refused(_now("%(what)s: “%(text)s” is no whole number.") % {"what": label, "text": row.get(name)[:40]})
    return count
