"""Which posts are done first, and where the rest goes when a period is closed."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm.ambassadors.quotas.rules import Close, Lot, Policy, close, consume

MARCH = 3
NONE, CARRY, MAKE_GOOD, DEDUCT = (
    Policy(rollover, "bonus", next_owes=2) for rollover in ("none", "carry", "make_good", "deduct")
)


def closed(grant: int, done: int, policy: Policy, *carried: Lot, own: int | None = None) -> Close:
    return close(carried, Lot(MARCH, grant), done, policy, own=own)


def test_what_was_carried_in_longest_ago_is_done_first() -> None:
    lots = [Lot(3, 2), Lot(1, 1), Lot(2, 2)]
    assert consume(lots, 2) == ([Lot(2, 1), Lot(3, 2)], 0)
    assert consume(lots, 7) == ([], 2)


@pytest.mark.parametrize(
    ("policy", "grant", "done", "carried", "expected"),
    [
        (NONE, 2, 2, [], Close()),
        (NONE, 4, 1, [], Close(lapsed=(Lot(3, 3),))),
        (replace(CARRY, carry_cap=2), 4, 1, [], Close(carried=(Lot(3, 2),), lapsed=(Lot(3, 1),))),
        (CARRY, 4, 1, [], Close(carried=(Lot(3, 3),))),
        (CARRY, 2, 2, [Lot(2, 1, age=1)], Close(carried=(Lot(3, 1),))),
        (CARRY, 2, 0, [Lot(2, 1, age=1)], Close(carried=(Lot(3, 2),), lapsed=(Lot(2, 1, age=1),))),
        (replace(CARRY, carry_lasts=2), 2, 0, [Lot(2, 1, age=1)], Close(carried=(Lot(2, 1, age=1), Lot(3, 2)))),
        (
            replace(CARRY, carry_lasts=2, carry_cap=2), 1, 0, [Lot(1, 1, age=2), Lot(2, 2, age=1)],
            Close(carried=(Lot(2, 1, age=1), Lot(3, 1)), lapsed=(Lot(1, 1, age=2), Lot(2, 1, age=1))),
        ),
        (replace(CARRY, next_owes=None), 2, 1, [], Close(lapsed=(Lot(3, 1),))),
        (replace(CARRY, carry_cap=0), 2, 1, [], Close(lapsed=(Lot(3, 1),))),
        (MAKE_GOOD, 3, 1, [], Close(made_good=2)),
        (MAKE_GOOD, 3, 1, [Lot(2, 1, age=1)], Close(made_good=3)),
        (DEDUCT, 4, 1, [], Close(lapsed=(Lot(3, 3),), missed=3)),
        (DEDUCT, 4, 0, [Lot(2, 1, age=1)], Close(lapsed=(Lot(2, 1, age=1), Lot(3, 4)), missed=4)),
        (NONE, 2, 5, [], Close(extra=3)),
        (replace(NONE, over="ignore"), 2, 5, [], Close(extra=3)),
        (replace(NONE, over="advance"), 2, 3, [], Close(ahead=1)),
        (replace(NONE, over="advance"), 2, 5, [], Close(ahead=2, extra=1)),
        (replace(NONE, over="advance", next_owes=None), 2, 3, [], Close(extra=1)),
        (replace(NONE, over="advance", next_owes=-1), 2, 3, [], Close(extra=1)),
        (NONE, 0, 0, [], Close()),
        (NONE, 2, -1, [], Close(lapsed=(Lot(3, 3),))),
        (NONE, -1, 0, [], Close(extra=1)),
        (NONE, -1, 0, [Lot(2, 2, age=1)], Close(lapsed=(Lot(2, 1, age=1),))),
    ],
)  # fmt: skip
def test_what_is_left_goes_where_the_quota_says(
    policy: Policy, grant: int, done: int, carried: list[Lot], expected: Close
) -> None:
    assert closed(grant, done, policy, *carried) == expected


def test_no_more_counts_for_the_next_period_than_was_posted_in_this_one() -> None:
    ahead = replace(NONE, over="advance", next_owes=4)
    assert closed(0, 3, ahead, own=1) == Close(ahead=1, extra=2)
    assert closed(0, 3, ahead, own=-1) == Close(extra=3)


LOTS = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 3)), max_size=3).map(
    lambda pairs: [Lot(number, quantity, MARCH - number) for number, (quantity, _age) in enumerate(pairs)]
)
POLICIES = st.builds(
    Policy,
    rollover=st.sampled_from(["none", "carry", "make_good", "deduct"]),
    over=st.sampled_from(["bonus", "advance", "ignore"]),
    carry_cap=st.none() | st.integers(0, 5),
    carry_lasts=st.integers(1, 4),
    next_owes=st.none() | st.integers(0, 6),
)


@given(LOTS, st.integers(0, 6), st.integers(0, 16), POLICIES)
def test_every_post_that_was_owed_goes_to_exactly_one_place(
    carried: list[Lot], grant: int, done: int, policy: Policy
) -> None:
    found = closed(grant, done, policy, *carried)
    assert found.left == sum(lot.quantity for lot in carried) + grant - done


@given(LOTS, st.integers(0, 6), st.integers(0, 16), POLICIES)
def test_no_more_is_carried_than_the_quota_allows_and_nothing_outlives_its_time(
    carried: list[Lot], grant: int, done: int, policy: Policy
) -> None:
    found = closed(grant, done, policy, *carried)
    on_the_way = sum(lot.quantity for lot in found.carried)
    assert policy.carry_cap is None or on_the_way <= policy.carry_cap
    assert [lot for lot in found.carried if lot.age >= policy.carry_lasts or policy.rollover != "carry"] == []
    assert found.ahead <= max(policy.next_owes or 0, 0)


@given(LOTS, st.integers(0, 6), st.integers(0, 16), POLICIES)
def test_counted_post_by_post_the_same_is_left(carried: list[Lot], grant: int, done: int, policy: Policy) -> None:
    """The slow way: each post takes one from the oldest that is left."""
    slots = sorted([lot.since for lot in carried for _one in range(lot.quantity)] + [MARCH] * grant)
    left = slots[done:]
    lots, over = consume([*carried, Lot(MARCH, grant)], done)
    assert sorted(lot.since for lot in lots for _one in range(lot.quantity)) == left
    assert over == max(done - len(slots), 0)


MONTHS = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 6)), min_size=1, max_size=8)


@given(MONTHS, POLICIES)
def test_over_a_whole_term_nothing_is_lost_and_nothing_is_owed_twice(
    months: list[tuple[int, int]], policy: Policy
) -> None:
    """granted = posted - extra + lapsed + to be made good + still carried - still done ahead."""
    carried: list[Lot] = []
    ahead = gone = 0
    for number, (grant, done) in enumerate(months):
        owes = months[number + 1][0] if number + 1 < len(months) else None
        found = close(carried, Lot(number, grant), done + ahead, replace(policy, next_owes=owes), own=done)
        gone += sum(lot.quantity for lot in found.lapsed) + found.made_good - found.extra
        carried, ahead = [replace(lot, age=lot.age + 1) for lot in found.carried], found.ahead
    granted, posted = sum(grant for grant, _done in months), sum(done for _grant, done in months)
    assert granted == posted + gone
    assert (carried, ahead) == ([], 0)
