"""CAP-05 to CAP-11: whether people see at once, and in their language, that it is paid."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.utils.translation import gettext_lazy as _

from campaigns.approvals.checking.asked import WARN, Asked, Finding, Label, Rule
from campaigns.approvals.checking.rules.amounts import nothing_to_read
from campaigns.approvals.checking.typed import Span, Typed, around, plain, words_in
from campaigns.briefs.counting import length

ACCEPTED, CONTEXT, AMBIGUOUS = "accepted", "context", "ambiguous"
NOT_PAID = _("Nothing is given for it.")
UNSAID = _("There is no label to look at.")
SWITCH = _("When you post it, please switch on the platform's own label for paid work, too.")
RUN = re.compile(r"#\w+(?:\s*#\w+)*")
TAG = re.compile(r"#\w+")


@dataclass(frozen=True)
class Said:
    """A label where it stands."""

    label: Label
    at: Span


@lru_cache(maxsize=2048)
def token(text: str) -> re.Pattern[str]:
    """A label as a token of its own: `#ad` is in `(#ad)` and `#ad.`, not in `#adidas`, `#ad_brand` or `##ad`.

    `@brand` in a label stands for any account.
    """
    parts = [r"@[\w.]+" if word == "@brand" else re.escape(word) for word in plain(text).split()]
    before = r"(?<![\w#])" if text.startswith("#") else r"(?<![\w#@/])"
    return re.compile(before + r"\s+".join(parts) + r"(?!\w)")


def labels_of(asked: Asked, market: str) -> Sequence[Label]:
    """What counts in a market; where nobody wrote it down, whatever counts anywhere."""
    own = asked.labels.get(market)
    return own if own else [label for rows in asked.labels.values() for label in rows]


def said(asked: Asked, typed: Typed, market: str, weight: str) -> list[Said]:
    """Every label of that weight, in the order of the caption. `bukan iklan` says the opposite."""
    kept: list[Said] | None = typed.seen.get((market, weight))
    if kept is None:
        denials = _denials(asked)
        rows = [row for row in labels_of(asked, market) if row.weight == weight and _may_stand(row, typed)]
        found = [Said(label, at) for label in rows for at in _places(typed, label, denials)]
        kept = typed.seen[market, weight] = sorted(found, key=lambda one: (one.at[0], -one.at[1]))
    return kept


def _denials(asked: Asked) -> re.Pattern[str] | None:
    """What stands before a label and makes it say the opposite; written down with the rule that wants one."""
    rule = asked.rules.get("CAP-05")
    words = tuple(rule.numbers.get("denials", ())) if rule else ()
    return _ending(words) if words else None


@lru_cache(maxsize=64)
def _ending(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, words))})\s*$")


def _may_stand(label: Label, typed: Typed) -> bool:
    return words_in(label.text.replace("@brand", "")) <= typed.words


def _places(typed: Typed, label: Label, denials: re.Pattern[str] | None) -> Iterator[Span]:
    for one in token(label.text).finditer(typed.plain):
        before = typed.plain[max(0, one.start() - 40) : one.start()]
        if not typed.is_in_address(one.start()) and not (denials and denials.search(before)):
            yield typed.typed(one.span())


def accepted(asked: Asked, typed: Typed) -> list[tuple[str, list[Said]]]:
    """For each market the labels it accepts."""
    return [(market, said(asked, typed, market, ACCEPTED)) for market in asked.markets or ("",)]


def is_said(asked: Asked, typed: Typed, rule: Rule) -> Iterator[Finding]:
    """CAP-05."""
    if not asked.is_paid:
        yield rule.skipped(NOT_PAID)
        return
    silent = nothing_to_read(asked, rule)
    if silent:
        yield silent
        return
    seen = accepted(asked, typed)
    for market, found in seen:
        if not found:
            yield _unsaid(asked, typed, rule, market)
    if all(found for _market, found in seen):
        at = seen[0][1][0].at
        yield rule.clean(_("It says that it is an ad"), at, typed.quoted(at))


def _unsaid(asked: Asked, typed: Typed, rule: Rule, market: str) -> Finding:
    maybe = said(asked, typed, market, CONTEXT)
    if maybe:
        one = maybe[0]
        return rule.hit(
            _("“%(label)s” says only in context that it is an ad. Better: %(better)s."), one.at, typed.quoted(one.at),
            key=market, outcome=WARN, source=one.label.source, label=one.label.text, better=_better(asked, market),
        )  # fmt: skip
    rows = [row for row in labels_of(asked, market) if row.weight == ACCEPTED]
    return rule.hit(
        _("Nothing says that it is an ad. Put %(better)s at the beginning."), key=market,
        source=rows[0].source if rows else None, better=_better(asked, market),
    )  # fmt: skip


def _better(asked: Asked, market: str) -> str:
    """The label to try first: a hashtag, which is a token of its own everywhere."""
    rows = [row.text for row in labels_of(asked, market) if row.weight == ACCEPTED]
    return next((text for text in rows if text.startswith("#")), rows[0] if rows else "#ad")


def before_fold(asked: Asked, typed: Typed, rule: Rule) -> Iterator[Finding]:
    """CAP-06: the label ends within what is seen at once, and within the first lines."""
    seen = _all_said(asked, typed)
    if seen is None or asked.limit is None:
        yield rule.skipped(UNSAID)
        return
    fold, lines = asked.limit.fold, int(rule.numbers.get("lines", 3))
    at = max((min((one.at for one in found), key=lambda at: at[1]) for found in seen), key=lambda at: at[1])
    shown, line = length(typed.caption[: at[1]], asked.limit.counting), typed.caption.count("\n", 0, at[0]) + 1
    quoted = typed.quoted(at)
    if fold is None or (shown <= fold and line <= lines):
        yield rule.clean(_("It says so before “more”"), at, quoted)
    elif line > lines:
        words = _("“%(label)s” stands in line %(line)s. Only the first %(lines)s lines are seen before “more”.")
        yield rule.hit(words, at, quoted, source=asked.limit.source, label=quoted, line=line, lines=lines)
    else:
        words = _("“%(label)s” ends at character %(n)s. Only %(fold)s are seen before “more”.")
        yield rule.hit(words, at, quoted, source=asked.limit.source, label=quoted, n=shown, fold=fold)


def _all_said(asked: Asked, typed: Typed) -> list[list[Said]] | None:
    """The labels of every market; None while one of them has none, or none is needed."""
    if not asked.is_paid or asked.is_silent:
        return None
    seen = [found for _market, found in accepted(asked, typed)]
    return seen if seen and all(seen) else None


def not_buried(asked: Asked, typed: Typed, rule: Rule) -> Iterator[Finding]:
    """CAP-07: not within a row of hashtags, unless it is the first of them."""
    seen = _all_said(asked, typed)
    if seen is None:
        yield rule.skipped(UNSAID)
        return
    most = int(rule.numbers.get("run", 3))
    for found in seen:
        rows = _rows(typed, most)
        clear = [one for one in found if not _is_buried(rows, one.at)]
        if not clear:
            at = found[0].at
            yield rule.hit(
                _("“%(label)s” is lost among other hashtags. Put it first, or apart from them."), at,
                typed.quoted(at), label=typed.quoted(at),
            )  # fmt: skip
            return
    yield rule.clean(_("The label is not lost among hashtags"), seen[0][0].at, typed.quoted(seen[0][0].at))


def _rows(typed: Typed, most: int) -> list[Span]:
    """The rows of so many hashtags, in the order of the caption."""
    kept: list[Span] | None = typed.seen.get(("rows", most))
    if kept is None:
        runs = [run.span() for run in RUN.finditer(typed.caption) if len(TAG.findall(run.group())) >= most]
        kept = typed.seen["rows", most] = runs
    return kept


def _is_buried(rows: list[Span], at: Span) -> bool:
    row = around(rows, at[0])
    return row is not None and row[0] != at[0]


def ambiguous(asked: Asked, typed: Typed, rule: Rule) -> Iterator[Finding]:
    """CAP-08: a word that sounds like a label and is none, and no label."""
    if not asked.is_paid or asked.is_silent:
        yield rule.skipped(UNSAID)
        return
    hits: dict[str, Finding] = {}
    for market, found in accepted(asked, typed):
        for one in [] if found else said(asked, typed, market, AMBIGUOUS):
            quoted = typed.quoted(one.at)
            words = _("“%(label)s” does not say clearly enough that it is an ad. Use %(better)s.")
            hits.setdefault(one.label.text, rule.hit(
                words, one.at, quoted, key=one.label.text, source=one.label.source, label=quoted,
                better=_better(asked, market),
            ))  # fmt: skip
    yield from hits.values()
    if not hits:
        yield rule.clean(_("No vague label stands alone"))


def among_first_words(asked: Asked, typed: Typed, rule: Rule) -> Iterator[Finding]:
    """CAP-09: in the United Kingdom the label is among the first words."""
    if "GB" not in asked.markets:
        yield rule.skipped(_("Nobody in the United Kingdom is meant."))
        return
    found = said(asked, typed, "GB", ACCEPTED)
    if not found or not asked.is_paid:
        yield rule.skipped(UNSAID)
        return
    most, at = int(rule.numbers.get("words", 3)), found[0].at
    before = len(typed.caption[: at[0]].split())
    if before < most:
        yield rule.clean(_("The label is among the first words"), at, typed.quoted(at))
    else:
        words = _("In the United Kingdom the label is seen first: %(n)s words stand before “%(label)s”.")
        yield rule.hit(words, at, typed.quoted(at), n=before, label=typed.quoted(at))


def in_her_language(asked: Asked, typed: Typed, rule: Rule) -> Iterator[Finding]:
    """CAP-10: whoever reads the caption understands the label."""
    language = language_of(typed, rule)
    seen = _all_said(asked, typed)
    if seen is None or not language:
        yield rule.skipped(_("Which language it is in cannot be told.") if seen else UNSAID)
        return
    labels = [one for found in seen for one in found]
    if any(not one.label.languages or language in one.label.languages for one in labels):
        yield rule.clean(_("The label is in the language of the caption"))
        return
    at = labels[0].at
    yield rule.hit(
        _("“%(label)s” is not in the language of the caption."), at, typed.quoted(at), label=typed.quoted(at)
    )


def language_of(typed: Typed, rule: Rule) -> str:
    """The language with the most of its small words in the caption, clearly before the next; empty when unclear."""
    words = re.findall(r"\w+", typed.plain)
    lists = rule.numbers.get("words", {})
    counted = sorted(((sum(one in set(small) for one in words), name) for name, small in lists.items()), reverse=True)
    least = int(rule.numbers.get("least", 2))
    if not counted or counted[0][0] < least or (len(counted) > 1 and counted[0][0] < 2 * counted[1][0]):
        return ""
    return str(counted[0][1])


def platform_label(asked: Asked, typed: Typed, rule: Rule) -> Iterator[Finding]:
    """CAP-11: the platform's own switch, in addition. It can be told for certain only when the post is out."""
    if not asked.is_paid:
        yield rule.skipped(NOT_PAID)
    elif asked.platform not in rule.numbers.get("platforms", ()):
        yield rule.skipped(_("This platform has no switch for it."))
    elif asked.label_on:
        yield rule.clean(_("The platform's own label is on"))
    elif asked.is_live:
        yield rule.hit(_("The post is out without the platform's own label."))
    else:
        yield rule.hit(
            _("The platform's own label belongs on it, too. It is not ticked yet."), outcome=WARN, to_her=SWITCH
        )
