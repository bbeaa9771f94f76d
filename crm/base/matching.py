"""What two rows of words have in common, in bounded time whatever stands in them."""

from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

Step = tuple[str, int, int, int, int]
"""As `SequenceMatcher.get_opcodes` tells them: equal, replace, delete or insert, and where in each row."""
WORK = 2_000_000
"""So many comparisons `difflib` may need at worst; its time grows with the third power where words repeat."""


def steps(old: Sequence[str], new: Sequence[str]) -> list[Step]:
    """How one row becomes the other. Beyond `WORK` by the longest common subsequence, which reads less well and stays fast."""
    ours, theirs = Counter(old), Counter(new)
    pairs = sum(number * theirs[word] for word, number in ours.items())
    if pairs * min(len(old), len(new)) <= WORK:
        return list(SequenceMatcher(None, old, new, autojunk=False).get_opcodes())
    return list(_between(common(old, new), len(old), len(new)))


def common(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """The places of a longest common subsequence, in order: one row of bits for each old word (Hyyrö 2004)."""
    where: dict[str, int] = {}
    for place, word in enumerate(new):
        where[word] = where.get(word, 0) | 1 << place
    full = (1 << len(new)) - 1
    rows = [full]
    for word in old:
        row = rows[-1]
        met = row & where.get(word, 0)
        rows.append(((row + met) | (row - met)) & full)
    return _walked_back(rows, len(old), len(new))


def _walked_back(rows: Sequence[int], at: int, to: int) -> list[tuple[int, int]]:
    """From the end: a bit that is set has nothing of its own, one that was clear a row before belongs to that row."""
    found: list[tuple[int, int]] = []
    while at and to:
        bit = 1 << (to - 1)
        if rows[at] & bit:
            to -= 1
        elif not rows[at - 1] & bit:
            at -= 1
        else:
            at, to = at - 1, to - 1
            found.append((at, to))
    return found[::-1]


def _between(places: Sequence[tuple[int, int]], old: int, new: int) -> Iterator[Step]:
    """Runs of what is common, and what stands between them."""
    i = j = 0
    runs = _runs(places)
    for first, begins, length in [*runs, (old, new, 0)]:
        if i < first or j < begins:
            kind = "replace" if i < first and j < begins else "delete" if i < first else "insert"
            yield kind, i, first, j, begins
        if length:
            yield "equal", first, first + length, begins, begins + length
        i, j = first + length, begins + length


def _runs(places: Sequence[tuple[int, int]]) -> list[tuple[int, int, int]]:
    """Neighbours as one: where in each row, and how many."""
    found: list[tuple[int, int, int]] = []
    for i, j in places:
        if found and (found[-1][0] + found[-1][2], found[-1][1] + found[-1][2]) == (i, j):
            found[-1] = (*found[-1][:2], found[-1][2] + 1)
        else:
            found.append((i, j, 1))
    return found
