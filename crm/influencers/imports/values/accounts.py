"""Handles and profile addresses of the platforms people work on."""

import re
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import parse_qs, unquote, urlsplit

from crm.influencers.imports.values.base import BLANK, Reading, is_blank, tidy

HOSTS = {
    "instagram.com": "instagram",
    "instagr.am": "instagram",
    "tiktok.com": "tiktok",
    "youtube.com": "youtube",
    "x.com": "x",
    "twitter.com": "x",
    "facebook.com": "facebook",
    "fb.com": "facebook",
    "fb.me": "facebook",
    "threads.net": "threads",
    "threads.com": "threads",
}
SHAPES = {
    "instagram": re.compile(r"[a-z0-9._]{1,30}"),
    "threads": re.compile(r"[a-z0-9._]{1,30}"),
    "tiktok": re.compile(r"[a-z0-9._]{1,30}"),
    "x": re.compile(r"[a-z0-9_]{1,15}"),
    "facebook": re.compile(r"[a-z0-9.]{2,50}"),
    "youtube": re.compile(r"[\w.\-·]{1,100}"),
    "": re.compile(r"[\w.\-]{1,60}"),
}
# First parts of a path that name a piece of content or a page of the platform, not a person.
NOT_PROFILES = frozenset(
    [
        "p",
        "reel",
        "reels",
        "tv",
        "explore",
        "accounts",
        "direct",
        "about",
        "legal",
        "video",
        "videos",
        "t",
        "tag",
        "tags",
        "music",
        "watch",
        "shorts",
        "playlist",
        "feed",
        "live",
        "post",
        "hashtag",
        "search",
        "home",
        "intent",
        "i",
        "share",
        "sharer",
        "groups",
        "events",
        "story.php",
        "permalink.php",
        "photo",
        "photo.php",
        "discover",
        "foryou",
        "following",
        "results",
        "status",
    ]
)
LABEL = re.compile(
    r"^(?:ig|instagram|tt|tiktok|yt|youtube|x|twitter|fb|facebook|threads|akun|username|user)\s*[:=]\s*", re.I
)
ADDRESS = re.compile(
    r"^@?\s*(?:(?:https?:)?//)?(?P<host>(?:[a-z0-9-]+\.)+[a-z]{2,})(?::[0-9]+)?(?P<rest>[/?#].*)?$", re.I
)
SHORTENERS = frozenset(
    [
        "vt.tiktok.com",
        "vm.tiktok.com",
        "bit.ly",
        "s.id",
        "linktr.ee",
        "lynk.id",
        "youtu.be",
        "tinyurl.com",
        "t.co",
        "wa.me",
    ]
)
NOISE = frozenset(["www", "m", "web", "mobile", "id", "en-gb", "en-us", "id-id", "vm", "vt"])
TRAILING = "/.,;: "


class Account(NamedTuple):
    """A handle on a platform, as the platform's address spells it, in lower case."""

    platform: str
    handle: str


@lru_cache(maxsize=20_000)
def read_account(text: str, platform: str = "") -> Reading[Account]:
    """`@x`, ` UPPER`, `instagram.com/x?igsh=...`: the account, on `platform` unless an address says otherwise.

    Of several accounts in one cell the first counts, the rest is remarked.
    """
    if is_blank(text):
        return BLANK
    said = LABEL.sub("", tidy(text))
    first, rest = _first(said)
    reading = _one(first, platform)
    if reading.value is None:
        return Reading(None, reading.remark, tidy(text))
    if rest:
        return Reading(reading.value, "several", rest)
    return reading


def _first(said: str) -> tuple[str, str]:
    """The first of several accounts in a cell, and the others."""
    parts = re.split(r"\s*[,;|\n]\s*|\s+(?:dan|and|&|/)\s+|\s+(?=@|https?://)", said.removeprefix("@ "), maxsplit=1)
    return parts[0], parts[1].strip() if len(parts) > 1 else ""


def _one(said: str, platform: str) -> Reading[Account]:
    address = ADDRESS.match(said)
    host = address["host"].casefold() if address else ""
    if address and (address["rest"] or _platform_of(host) or host in SHORTENERS):
        return _from_address(host, address["rest"] or "", platform)
    handle = said.lstrip("@").rstrip(TRAILING if platform != "instagram" else "/,;: ").strip().casefold()
    if not handle or not SHAPES.get(platform, SHAPES[""]).fullmatch(handle) or not any(map(str.isalnum, handle)):
        return Reading(None, "account")
    return Reading(Account(platform, handle))


def _from_address(host: str, rest: str, platform: str) -> Reading[Account]:
    found = _platform_of(host)
    if not found or host in SHORTENERS:
        return Reading(None, "account")
    handle = _handle_in(found, rest)
    if handle is None:
        return Reading(None, "post-address")
    if not SHAPES[found].fullmatch(handle.removeprefix("channel/")):
        return Reading(None, "account")
    if platform and found != platform:
        return Reading(Account(found, handle), "other-platform", found)
    return Reading(Account(found, handle))


def _platform_of(host: str) -> str:
    labels = host.split(".")
    while labels and labels[0] in NOISE:
        labels = labels[1:]
    return HOSTS.get(".".join(labels), "")


def _handle_in(platform: str, rest: str) -> str | None:
    """The profile a path leads to; None when it leads to a post, a tag or a page of the platform."""
    try:
        address = urlsplit(f"https://host/{unquote(rest).lstrip('/')}")
        query = parse_qs(address.query)
    except ValueError:
        return None
    parts = [part for part in address.path.split("/") if part]
    if platform == "facebook" and parts[:1] == ["profile.php"]:
        return query.get("id", [""])[0] or None
    if platform == "youtube" and len(parts) > 1 and parts[0] in {"c", "user", "channel"}:
        return f"channel/{parts[1].casefold()}" if parts[0] == "channel" else parts[1].casefold()
    if platform == "instagram" and len(parts) > 1 and parts[0] == "stories":
        parts = parts[1:]
    if not parts or parts[0].casefold() in NOT_PROFILES:
        return None
    return parts[0].lstrip("@").casefold().strip() or None
