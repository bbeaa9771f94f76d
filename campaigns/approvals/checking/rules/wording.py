"""CAP-12, CAP-17, CAP-18, CAP-19: what may not be said, what must be, what needs a proof, and whose words they are."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from campaigns.approvals.checking.asked import Asked, Finding, Rule, Word
from campaigns.approvals.checking.rules.amounts import nothing_to_read
from campaigns.approvals.checking.typed import WORD, Span, Typed, outside, plain

SENTENCES = {
    "regulated": _("“%(said)s” promises more than this kind of product may promise."),
    "superlative": _("“%(said)s” needs a proof that can be shown."),
    "brand": _("“%(said)s” is a word the brand does not use."),
    "brief": _("The brief says not to say “%(said)s”."),
    "rival": _("“%(said)s” names a competitor."),
}
INSTEAD = {
    "regulated": _("“%(said)s” promises more than this kind of product may promise. Try “%(instead)s”."),
    "superlative": _("“%(said)s” needs a proof that can be shown. Try “%(instead)s”."),
    "brand": _("“%(said)s” is a word the brand does not use. Try “%(instead)s”."),
}
OWN_WORDS = _("Most of it is from the brief. In your own words it sounds like you.")
CLAIM = re.compile(
    r"(?<![\w.,])\d+(?:[.,]\d+)?\s?(?:%|(?:persen|percent)(?!\w))"
    r"|(?<!\w)\d+\s?(?:jam|hari|minggu|bulan|hours?|days?|weeks?|months?)(?!\w)"
    r"|(?<!\w)(?:instan|instant|instantly)(?!\w)"
    r"|(?<!\w)(?:rp\.?|idr|usd|us\$|sgd|gbp|eur|[$€£])\s?\d[\d.,]*\d?\s?(?:rb|ribu|jt|juta|k)?(?!\w)"
    r"|(?<![\w.,])\d[\d.,]*\s?(?:rb|ribu|jt|juta|rupiah)(?!\w)"
)


def forbidden(asked: Asked, typed: Typed, rule: Rule) -> Iterator[Finding]:
    """CAP-12: each word once, at its first place. What the brief allows as a claim may be said."""
    if asked.is_silent:
        yield (
            rule.by_hand(_("The words stand on the picture. Look at them there."))
            if asked.is_story
            else rule.skipped(_("There is no caption to look at."))
        )
        return
    allowed = [at for claim in asked.claims for at in typed.says(claim)]
    said = [(places, word) for word in asked.words if (places := _said(typed, word, allowed))]
    whole = _longest({places[0]: (places, word) for places, word in reversed(said)})
    yield from (_hit(typed, rule, word, places) for places, word in whole)
    if not whole:
        yield rule.clean(_("No word that may not be said"))


def _longest(said: dict[Span, tuple[list[Span], Word]]) -> list[tuple[list[Span], Word]]:
    """In the order of the caption; what stands within a longer phrase is told with it."""
    return [one for at, one in sorted(said.items()) if not any(_is_within(at, other) for other in said)]


def _is_within(at: Span, other: Span) -> bool:
    return at != other and other[0] <= at[0] and at[1] <= other[1]


def _said(typed: Typed, word: Word, allowed: list[Span]) -> list[Span]:
    """Every place of the word or one of its forms that is not within a harmless or allowed phrase."""
    places = [] if word.is_proven else [at for form in (word.term, *word.forms) for at in typed.says(form)]
    if not places:
        return []
    return sorted(outside(places, [*allowed, *(at for phrase in word.harmless for at in typed.says(phrase))]))


def _hit(typed: Typed, rule: Rule, word: Word, places: list[Span]) -> Finding:
    quoted = typed.quoted(places[0])
    sentence = INSTEAD.get(word.kind) if word.instead else None
    return rule.hit(
        sentence or SENTENCES[word.kind], places[0], quoted, key=word.term, outcome=word.outcome, source=word.source,
        said=quoted, instead=word.instead,
    )  # fmt: skip


def statements(asked: Asked, typed: Typed, rule: Rule) -> Iterator[Finding]:
    """CAP-17: sentences a must of the brief puts in quotes, whatever their case and blanks."""
    if not asked.statements:
        yield rule.skipped(_("The brief asks for no sentence word by word."))
        return
    silent = nothing_to_read(asked, rule)
    if silent:
        yield silent
        return
    there = _flat(typed.plain)
    missing = [one for one in asked.statements if _flat(plain(one)) not in there]
    for one in missing:
        yield rule.hit(_("This sentence of the brief is missing: “%(words)s”"), key=one, words=one[:200])
    if not missing:
        yield rule.clean(_("Every sentence the brief asks for is there"))


def _flat(text: str) -> str:
    """Blanks as one, and one kind of quotes."""
    return " ".join(re.sub(r"[“”„«»\"]", '"', re.sub(r"[‘’‚`]", "'", text)).split())


def claims(asked: Asked, typed: Typed, rule: Rule) -> Iterator[Finding]:
    """CAP-18: numbers somebody should know the proof of. What her code gives, and what the brief allows, is known."""
    known = "".join(" ".join(plain(one) for one in (asked.code.offer if asked.code else "", *asked.claims)).split())
    found: dict[str, Finding] = {}
    for at in typed.found(CLAIM):
        quoted = typed.quoted(at)
        key = "".join(plain(quoted).split())
        if key and key not in known:
            words = _("“%(number)s” is a number. Can it be shown?")
            found.setdefault(key, rule.hit(words, at, quoted, key=key, number=quoted))
    yield from found.values()
    if not found:
        yield rule.clean(_("No number that needs a proof"))


def echo(asked: Asked, typed: Typed, rule: Rule) -> Iterator[Finding]:
    """CAP-19: how much of it is the brief's words. Runs of so many words, hers among the brief's."""
    size, most = int(rule.numbers.get("words", 5)), int(rule.numbers.get("share", 60))
    own = _runs(typed.plain, size)
    if not own or not asked.brief:
        yield rule.skipped(_("Too few words to compare with the brief."))
        return
    share = round(100 * len(own & _runs(plain(asked.brief), size)) / len(own))
    if share <= most:
        yield rule.clean(_("It is in her own words"))
    else:
        yield rule.hit(_("%(share)s of 100 words are the brief's. Ask for her own."), to_her=OWN_WORDS, share=share)


def _runs(text: str, size: int) -> set[tuple[str, ...]]:
    words = WORD.findall(text)
    return {tuple(words[first : first + size]) for first in range(len(words) - size + 1)}
