"""Two rows of words: whatever stands in them, how one becomes the other is told, and the longest way through is found."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from crm.base.matching import common, steps

WORDS = st.lists(st.sampled_from("abcd"), max_size=40)


def longest(old: list[str], new: list[str]) -> int:
    """The length of the longest common subsequence, the slow way."""
    row = [0] * (len(new) + 1)
    for word in old:
        before = row[:]
        for place, other in enumerate(new):
            row[place + 1] = before[place] + 1 if word == other else max(before[place + 1], row[place])
    return row[-1]


@given(WORDS, WORDS)
def test_what_is_common_is_the_longest_there_is_in_the_order_of_both(old: list[str], new: list[str]) -> None:
    found = common(old, new)
    assert len(found) == longest(old, new)
    assert [old[i] for i, _j in found] == [new[j] for _i, j in found]
    assert all(one[0] < two[0] and one[1] < two[1] for one, two in pairwise(found))


def rebuilt(old: list[str], new: list[str]) -> tuple[list[str], list[str]]:
    """Both rows again, of the steps alone."""
    told = steps(old, new)
    left = [word for _kind, i1, i2, _j1, _j2 in told for word in old[i1:i2]]
    right = [word for _kind, _i1, _i2, j1, j2 in told for word in new[j1:j2]]
    assert all(old[i1:i2] == new[j1:j2] for kind, i1, i2, j1, j2 in told if kind == "equal")
    return left, right


@given(WORDS, WORDS)
def test_the_steps_walk_through_both_rows(old: list[str], new: list[str]) -> None:
    assert rebuilt(old, new) == (old, new)


def test_ten_thousand_repeated_words_are_compared_without_trying_every_pair() -> None:
    """With `difflib` alone this takes minutes: each of many thousand words may stand beside each of the others."""
    old, new = ["a", "b"] * 2_500, ["a"] * 2_000
    assert rebuilt(old, new) == (old, new)
    assert steps(["a"] * 5_000, ["a"] * 5_000) == [("equal", 0, 5_000, 0, 5_000)]
