"""Instagram Graph API, business discovery: what everybody can see of a professional account's posts, asked with the house's
own token and account.

https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-user/business_discovery (read
2026-11): followers, and of each post its permalink, likes (unless she hides them) and comments. Reach and saves are hers
alone: those come from her or from a screenshot.
"""

import re
from itertools import pairwise
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

from campaigns.approvals.models import LivePost
from campaigns.results.fetching.asking import ask, count_in
from campaigns.results.fetching.providers import Failed, Figures, GaveUp, provide

VERSION = "v24.0"
NEWEST = 50
HANDLE = re.compile(r"[a-z0-9._]{1,30}")
COUNTS = {"likes": "like_count", "comments": "comments_count"}


class Instagram:
    name = "instagram"
    platform = "instagram"

    def is_on(self) -> bool:
        return bool(settings.INSTAGRAM_TOKEN and settings.INSTAGRAM_USER)

    def figures(self, post: LivePost) -> Figures:
        code, account = shortcode_of(post.url), post.deliverable.account
        if not code:
            raise GaveUp("the address names no post")
        handle = account.handle.casefold() if account is not None else ""
        if not HANDLE.fullmatch(handle):
            raise GaveUp("nobody said on which account it went out")
        said = ask(
            f"{settings.INSTAGRAM_API_URL}/{VERSION}/{settings.INSTAGRAM_USER}", {"fields": _fields(handle)},
            headers={"Authorization": f"Bearer {settings.INSTAGRAM_TOKEN}"},
        )  # fmt: skip
        return _figures(said.get("business_discovery"), code)


def _fields(handle: str) -> str:
    media = f"media.limit({NEWEST}){{permalink,like_count,comments_count}}"
    return f"business_discovery.username({handle}){{followers_count,{media}}}"


def _figures(account: Any, code: str) -> Figures:
    media = account.get("media") if isinstance(account, dict) else None
    rows = media.get("data") if isinstance(media, dict) else None
    if not isinstance(rows, list):
        raise Failed("its answer has no posts")
    row = next((one for one in rows if isinstance(one, dict) and shortcode_of(str(one.get("permalink"))) == code), None)
    if row is None:
        raise GaveUp(f"it is not among the newest {NEWEST} of the account")
    found = {ours: count_in(row, theirs) for ours, theirs in COUNTS.items()}
    counts = {name: value for name, value in found.items() if value is not None}
    if not counts:
        raise GaveUp("it tells no numbers of it")
    return Figures(counts, count_in(account, "followers_count"))


def shortcode_of(url: str) -> str:
    """What names a post in its address: `/p/…`, `/reel/…`, with or without the account before it."""
    try:
        path = [part for part in urlsplit(url).path.split("/") if part]
    except ValueError:
        return ""
    for kind, code in pairwise(path):
        if kind in ("p", "reel", "reels", "tv"):
            return code
    return ""


provide(Instagram())
