"""The catalogue of rules (domain rule 5.8): each a pure function over what a caption is judged by."""

from collections.abc import Callable, Iterable, Iterator
from itertools import islice

from campaigns.approvals.checking.asked import Asked, Finding, Rule
from campaigns.approvals.checking.rules import amounts, labels, selling, wording
from campaigns.approvals.checking.rules.same import Changed as Changed
from campaigns.approvals.checking.rules.same import normalised as normalised
from campaigns.approvals.checking.rules.same import same_after as same_after
from campaigns.approvals.checking.rules.seen import frames, video
from campaigns.approvals.checking.rules.timing import exclusivity, posting_window
from campaigns.approvals.checking.typed import Typed

MOST = 50
"""So much of one kind is told; whoever mends that much finds the rest at the next look."""
Look = Callable[[Asked, Typed, Rule], Iterable[Finding]]

CATALOGUE: tuple[tuple[str, Look], ...] = (
    ("CAP-01", amounts.length_of),
    ("CAP-02", amounts.hashtags_at_most),
    ("CAP-03", amounts.hashtags_asked),
    ("CAP-04", amounts.mentions_asked),
    ("CAP-05", labels.is_said),
    ("CAP-06", labels.before_fold),
    ("CAP-07", labels.not_buried),
    ("CAP-08", labels.ambiguous),
    ("CAP-09", labels.among_first_words),
    ("CAP-10", labels.in_her_language),
    ("CAP-11", labels.platform_label),
    ("CAP-12", wording.forbidden),
    ("CAP-13", selling.code),
    ("CAP-14", selling.link),
    ("CAP-15", posting_window),
    ("CAP-16", exclusivity),
    ("CAP-17", wording.statements),
    ("CAP-18", wording.claims),
    ("CAP-19", wording.echo),
    ("VID-01", video),
    ("STO-01", frames),
)
"""CAP-20 compares two captions after the approval: `same_after`."""


def judge(asked: Asked) -> list[Finding]:
    """Everything the rules find, in the order of the catalogue. A rule that is switched off is not asked."""
    typed = Typed(asked.caption)
    found: list[Finding] = []
    for code, look in CATALOGUE:
        rule = asked.rules.get(code)
        if rule is not None:
            found.extend(islice(_once(look(asked, typed, rule)), MOST))
    return found


def _once(found: Iterable[Finding]) -> Iterator[Finding]:
    """Each finding once, however often it stands there."""
    told = set()
    for one in found:
        if one.key not in told:
            told.add(one.key)
            yield one
