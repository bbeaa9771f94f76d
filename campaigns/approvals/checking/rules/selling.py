"""CAP-13 and CAP-14: the voucher code is hers and counts that day, and addresses lead where they should."""

import re
from collections.abc import Collection, Iterator
from urllib.parse import parse_qsl, urlsplit

from django.utils.translation import gettext_lazy as _

from campaigns.approvals.checking.asked import Asked, Code, Finding, Rule
from campaigns.approvals.checking.rules.amounts import nothing_to_read
from campaigns.approvals.checking.typed import Span, Typed, around
from crm.base.formats import day_in_words
from crm.base.zones import local_date

MAY_BE_CODE = re.compile(r"(?<![\w#@-])[A-Z0-9][A-Z0-9_-]{2,29}(?![\w-])")
"""How a code is written. What is typed otherwise is a name or a word."""
BARE = re.compile(r"(?<![\w@./#-])(?:[a-z0-9-]+\.)+(?P<ending>[a-z]{2,})(?![\w@])(?:/\S*)?", re.IGNORECASE)
WHOLE = re.compile(r"(?:https?://|www\.)[^\s]+", re.IGNORECASE)
CLOSING = ".,;:!?)]}\"'”’»"


def codes_in(caption: str) -> list[tuple[str, Span]]:
    """Everything that is written as voucher codes are, and where."""
    return [(one.group(), one.span()) for one in MAY_BE_CODE.finditer(caption)]


def code(asked: Asked, typed: Typed, rule: Rule) -> Iterator[Finding]:
    """CAP-13: hers, exactly, on a day it counts, and nobody else's."""
    foreign = [(text, at) for text, at in codes_in(typed.caption) if text in asked.foreign_codes]
    for text, at in foreign:
        yield rule.hit(
            _("The code %(code)s is not hers."),
            at,
            text,
            key=f"foreign {text}",
            to_her=_("The code %(code)s is not yours."),
            code=text,
        )
    own = asked.code
    if own is None:
        if not foreign:
            yield rule.skipped(_("She has no voucher code here."))
        return
    silent = nothing_to_read(asked, rule)
    if silent:
        yield silent
        return
    places = list(typed.found(re.compile(rf"(?<![\w#@-]){re.escape(own.text.casefold())}(?![\w-])")))
    if not places:
        words = _("Her code %(code)s is missing.")
        yield rule.hit(words, key=own.text, to_her=_("Your code %(code)s is missing."), code=own.text)
        return
    yield _counts_then(asked, typed, rule, own, places[0])


def _counts_then(asked: Asked, typed: Typed, rule: Rule, own: Code, at: Span) -> Finding:
    quoted = typed.quoted(at)
    day = local_date(asked.planned_at, asked.posting.zone) if asked.planned_at else None
    if day is None or own.first_on <= day <= own.last_on:
        return rule.clean(_("Her code is as agreed"), at, quoted)
    return rule.hit(
        _("The code %(code)s counts from %(first)s to %(last)s, and she posts on %(day)s."), at, quoted,
        key=f"days {own.text}",
        to_her=_("The code %(code)s counts from %(first)s to %(last)s, and you post on %(day)s."), code=own.text, first=day_in_words(own.first_on),
        last=day_in_words(own.last_on), day=day_in_words(day),
    )  # fmt: skip


def addresses_in(caption: str, rule: Rule, hosts: Collection[str] = ()) -> list[tuple[str, Span]]:
    """Every web address, with its place. Bare ones count when they end like an address: `lumi.id/dew`."""
    endings = set(rule.numbers.get("endings", ()))
    whole = [one.span() for one in WHOLE.finditer(caption)]
    found = list(whole)
    for one in BARE.finditer(caption):
        inside = around(whole, one.start())
        host = one.group().partition("/")[0].casefold()
        if inside is None and (one.group("ending").casefold() in endings or host in hosts):
            found.append(one.span())
    return [_without_end(caption, at) for at in sorted(found)]


def _without_end(caption: str, at: Span) -> tuple[str, Span]:
    """Without the sign that ends the sentence."""
    text = caption[at[0] : at[1]].rstrip(CLOSING)
    return text, (at[0], at[0] + len(text))


def link(asked: Asked, typed: Typed, rule: Rule) -> Iterator[Finding]:
    """CAP-14: the tracked address or where it is found; known hosts only; nobody else's commission."""
    found = addresses_in(typed.caption, rule, asked.link.hosts)
    wrong = [hit for text, at in found for hit in _wrong(asked, rule, text, at)]
    yield from wrong
    if not asked.link.is_asked:
        if not wrong:
            yield rule.skipped(_("No link is asked for.")) if not found else rule.clean(_("Its links are known"))
        return
    silent = nothing_to_read(asked, rule)
    if silent and not asked.is_story:
        yield silent
    elif not _is_led(asked, typed, rule, found):
        yield rule.hit(
            _("Nothing leads to the product: neither %(link)s nor words like “link in bio”."), key="missing",
            link=asked.link.tracked[0] if asked.link.tracked else "link",
        )  # fmt: skip
    elif not wrong:
        yield rule.clean(_("It leads to the product"))


def _is_led(asked: Asked, typed: Typed, rule: Rule, found: list[tuple[str, Span]]) -> bool:
    there = {_bare(text) for text, _at in found}
    if there & {_bare(one) for one in asked.link.tracked}:
        return True
    return asked.is_silent or any(typed.says(phrase) for phrase in rule.numbers.get("phrases", ()))


def _bare(address: str) -> str:
    return re.sub(r"^https?://(www\.)?", "", address.casefold()).rstrip("/")


def _wrong(asked: Asked, rule: Rule, text: str, at: Span) -> Iterator[Finding]:
    host, names = _parts(text)
    known = asked.link.hosts | frozenset(rule.numbers.get("hosts", ()))
    if _bare(text) in {_bare(one) for one in asked.link.tracked}:
        return
    if asked.link.hosts and not any(host == one or host.endswith("." + one) for one in known):
        words = _("The address %(host)s is not one of this campaign's.")
        yield rule.hit(words, at, text, key=f"host {host}", host=host or text)
        return
    for name in sorted(names & {one.casefold() for one in rule.numbers.get("affiliate", ())}):
        words = _("The link carries “%(name)s”: somebody else may earn by it.")
        yield rule.hit(words, at, text, key=f"affiliate {host} {name}", name=name)


def _parts(address: str) -> tuple[str, set[str]]:
    """Host and names of parameters; what is no address has neither."""
    try:
        parts = urlsplit(address if "://" in address else f"https://{address}")
        host = parts.hostname or ""
    except ValueError:
        return "", set()
    return host.removeprefix("www."), {
        name.casefold() for name, _value in parse_qsl(parts.query, keep_blank_values=True)
    }
