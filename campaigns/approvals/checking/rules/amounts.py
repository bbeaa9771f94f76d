"""CAP-01 to CAP-04: how long, how many hashtags, and which hashtags and accounts must be there."""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from campaigns.approvals.checking.asked import Asked, Finding, Rule
from campaigns.approvals.checking.typed import Span, Typed
from campaigns.briefs.counting import length

HASHTAG = re.compile(r"#\w[\w\u0300-\u036f]*")

NO_WORDS = _("No caption came with it. Ask for the words before somebody says yes.")
ON_PICTURE = _("The words stand on the picture. Look at them there.")
NO_LIMIT = _("Nobody wrote down what this platform takes.")


def nothing_to_read(asked: Asked, rule: Rule) -> Finding | None:
    """What to say of a rule about words while there are none."""
    if not asked.is_silent:
        return None
    return rule.by_hand(ON_PICTURE if asked.is_story else NO_WORDS)


def hashtags_of(caption: str) -> dict[str, Span]:
    """Every hashtag once, whatever its case, and where it stands first."""
    found: dict[str, Span] = {}
    for one in HASHTAG.finditer(caption):
        found.setdefault(tag_key(one.group()), one.span())
    return found


def tag_key(tag: str) -> str:
    return "#" + unicodedata.normalize("NFC", tag.lstrip("#")).casefold()


def length_of(asked: Asked, typed: Typed, rule: Rule) -> Iterator[Finding]:
    limit = asked.limit
    if limit is None or limit.longest is None:
        yield rule.skipped(NO_LIMIT)
        return
    counted = length(typed.caption, limit.counting)
    numbers: dict[str, Any] = {"n": counted, "most": limit.longest}
    if counted <= limit.longest:
        yield rule.clean(_("%(n)s of %(most)s characters"), **numbers)
        return
    kept = bisect_right(
        range(len(typed.caption)), limit.longest, key=lambda end: length(typed.caption[: end + 1], limit.counting)
    )
    at = (kept, len(typed.caption))
    yield rule.hit(
        _("%(n)s characters, and at most %(most)s fit. Cut what is marked."), at, typed.quoted(at),
        source=limit.source, **numbers,
    )  # fmt: skip


def hashtags_at_most(asked: Asked, typed: Typed, rule: Rule) -> Iterator[Finding]:
    limit = asked.limit
    if limit is None or limit.hashtags is None:
        yield rule.skipped(NO_LIMIT)
        return
    tags = hashtags_of(typed.caption)
    numbers: dict[str, Any] = {"n": len(tags), "most": limit.hashtags}
    if len(tags) <= limit.hashtags:
        yield rule.clean(_("%(n)s of %(most)s hashtags"), **numbers)
        return
    at = list(tags.values())[limit.hashtags]
    yield rule.hit(
        _("%(n)s hashtags, and at most %(most)s count. This is the first one too many."), at, typed.quoted(at),
        source=limit.source, **numbers,
    )  # fmt: skip


def hashtags_asked(asked: Asked, typed: Typed, rule: Rule) -> Iterator[Finding]:
    if not asked.hashtags:
        yield rule.skipped(_("The brief asks for no hashtag."))
        return
    silent = nothing_to_read(asked, rule)
    if silent:
        yield silent
        return
    there = hashtags_of(typed.caption)
    missing = [tag for tag in asked.hashtags if tag_key(tag) not in there]
    for tag in missing:
        yield rule.hit(_("The hashtag %(tag)s of the brief is missing."), key=tag_key(tag), tag=tag)
    if not missing:
        yield rule.clean(_("Every hashtag of the brief is there: %(tags)s"), tags=" ".join(asked.hashtags))


def mentions_asked(asked: Asked, typed: Typed, rule: Rule) -> Iterator[Finding]:
    if not asked.mentions:
        yield rule.skipped(_("The brief asks for no account."))
        return
    silent = nothing_to_read(asked, rule)
    if silent:
        yield silent
        return
    missing = [name for name in asked.mentions if not mentioned(typed, name)]
    for name in missing:
        yield rule.hit(_("The account %(name)s of the brief is missing."), key=name, name=name)
    if not missing:
        yield rule.clean(_("Every account of the brief is there: %(names)s"), names=" ".join(asked.mentions))


def mentioned(typed: Typed, name: str) -> list[Span]:
    """Where this very account is named: `@lumi` is not in `@lumi.id`, but it is in `@lumi.` at the end of a sentence."""
    called = re.escape(name.strip().lstrip("@").casefold())
    return list(typed.found(re.compile(rf"(?<![\w.@])@{called}(?!\w)(?!\.\w)"))) if called else []
