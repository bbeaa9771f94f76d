"""Accounts in whatever somebody pasted: a list of handles, addresses of profiles, or a message full of words."""

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from crm.influencers.imports.values.accounts import SHORTENERS, Account, read_account
from crm.influencers.imports.values.base import tidy

NAMES = {
    "ig": "instagram", "insta": "instagram", "instagram": "instagram", "tt": "tiktok", "tiktok": "tiktok",
    "yt": "youtube", "youtube": "youtube", "x": "x", "twitter": "x", "fb": "facebook", "facebook": "facebook",
    "threads": "threads",
}  # fmt: skip
LABELS = "|".join(sorted(NAMES, key=len, reverse=True))
TOKEN = re.compile(
    r"(?P<address>(?<![\w@])(?:https?://)?(?:[a-z0-9-]+\.)+[a-z]{2,}(?::[0-9]+)?/[^\s<>\"'()\[\]|]+)"
    rf"|(?:\b(?P<label>{LABELS})\b\s*[:=]?\s*)?(?<![\w.@/])@\s?(?P<handle>[\w.\-·]{{1,100}})"
    rf"|\b(?P<named>{LABELS})\s*[:=]\s*(?P<bare>[\w.\-]{{2,60}}+)(?![:/@])",
    re.IGNORECASE,
)
WORD = re.compile(r"[\w.\-·]{2,60}")
FEW_WORDS = 2


class Found(NamedTuple):
    """One person a paste names, or a line in which nobody was found and why."""

    text: str
    accounts: tuple[Account, ...] = ()
    problem: str = ""


def people_in(text: str, platform: str) -> list[Found]:
    """Everybody a text names, line by line. Handles without an address are on `platform` unless a word says otherwise."""
    lines = [tidy(line) for line in text.splitlines()]
    filled = [line for line in lines if line]
    # In prose a single word is a greeting; in a list it is a handle.
    is_list = all(TOKEN.search(line) or len(line.split()) <= FEW_WORDS for line in filled)
    return [found for line in filled for found in _people_in_line(line, platform, is_list=is_list)]


def _people_in_line(line: str, platform: str, *, is_list: bool) -> Iterator[Found]:
    tokens = list(TOKEN.finditer(line))
    if not tokens:
        if is_list and WORD.fullmatch(line):
            yield _read(line, line, platform)
        else:
            yield Found(line, problem="no-handle")
        return
    read = [_token(token, platform) for token in tokens]
    by_handle: dict[str, list[Found]] = defaultdict(list)
    for found in read:
        if found.accounts:
            by_handle[found.accounts[0].handle].append(found)
    yield from (found for found in read if not found.accounts)
    for alike in by_handle.values():
        yield _one_person(alike)


def _one_person(alike: list[Found]) -> Found:
    """The same handle on several platforms of one line is one person."""
    accounts = dict.fromkeys(found.accounts[0] for found in alike)
    return Found(", ".join(dict.fromkeys(found.text for found in alike)), tuple(accounts))


def _token(token: re.Match[str], platform: str) -> Found:
    if token["address"]:
        return _address(token["address"].rstrip(").,;:!?"))
    label = (token["label"] or token["named"] or "").lower()
    handle = (token["handle"] or token["bare"]).rstrip(".-")
    return _read(token[0], f"@{handle}", NAMES.get(label, platform))


def _address(address: str) -> Found:
    host = re.sub(r"^https?://", "", address, flags=re.IGNORECASE).split("/")[0].split(":")[0].lower()
    if host.removeprefix("www.") in SHORTENERS:
        return Found(address, problem="short-address")
    reading = read_account(address, "")
    if reading.value is None or not reading.value.platform:
        return Found(address, problem="post-address" if reading.remark == "post-address" else "unknown-address")
    return Found(address, (reading.value,))


def _read(text: str, handle: str, platform: str) -> Found:
    account = read_account(handle, platform).value
    return Found(text, (account,)) if account else Found(text, problem="no-handle")
