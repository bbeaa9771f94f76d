"""What becomes of the posts one period owes: which are done first, and what happens to too few and to too many.

Pure arithmetic on plain values. Source: domain rules, sections 3.3 (12) and 3.5.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Lot:
    """Posts first owed in one period. `since` is its number; `age` counts the periods it has outlived."""

    since: int
    quantity: int
    age: int = 0


@dataclass(frozen=True)
class Policy:
    """What a quota says of too few and too many, and what the period behind it could take.

    `next_owes` is what the next period still owes; None where there is no next period.
    """

    rollover: str
    over: str
    carry_cap: int | None = None
    carry_lasts: int = 1
    next_owes: int | None = None


@dataclass(frozen=True)
class Close:
    """Where everything that was left went. All numbers are positive."""

    carried: tuple[Lot, ...] = ()
    lapsed: tuple[Lot, ...] = ()
    made_good: int = 0
    missed: int = 0
    ahead: int = 0
    extra: int = 0

    @property
    def left(self) -> int:
        """What was left before it was closed; below zero where more was done than owed."""
        gone = sum(lot.quantity for lot in (*self.carried, *self.lapsed))
        return gone + self.made_good - self.ahead - self.extra


def consume(lots: Iterable[Lot], done: int) -> tuple[list[Lot], int]:
    """What is left of the lots, and what was done beyond them. What was carried in longest ago is done first."""
    left = []
    for lot in sorted(lots, key=lambda one: one.since):
        taken = min(lot.quantity, done)
        done -= taken
        if lot.quantity > taken:
            left.append(replace(lot, quantity=lot.quantity - taken))
    return left, done


def close(carried_in: Iterable[Lot], grant: Lot, done: int, policy: Policy, *, own: int | None = None) -> Close:
    """What happens to what is left when a period is closed.

    `done` is what was posted, let go, and done ahead in the period before; `own` what was posted in this very period: no
    more than that may count for the next one. A grant or `done` below zero (a late correction) counts on the other side.
    """
    owed = grant.quantity + max(-done, 0)
    spent = max(done, 0) + max(-owed, 0)
    left, over = consume([*carried_in, replace(grant, quantity=max(owed, 0))], spent)
    if over:
        return _too_many(over, policy, over if own is None else max(own, 0))
    return _too_few(left, grant.since, policy)


def _too_many(over: int, policy: Policy, own: int) -> Close:
    if policy.over != "advance":
        return Close(extra=over)
    ahead = min(over, own, max(policy.next_owes or 0, 0))
    return Close(ahead=ahead, extra=over - ahead)


def _too_few(left: Sequence[Lot], number: int, policy: Policy) -> Close:
    if policy.rollover == "make_good":
        return Close(made_good=sum(lot.quantity for lot in left))
    if policy.rollover == "carry" and policy.next_owes is not None:
        return _carry(left, policy)
    missed = sum(lot.quantity for lot in left if lot.since == number)
    return Close(lapsed=tuple(left), missed=missed if policy.rollover == "deduct" else 0)


def _carry(left: Sequence[Lot], policy: Policy) -> Close:
    """The youngest go on, up to the cap; what has lasted long enough and the oldest above the cap lapse."""
    room = policy.carry_cap if policy.carry_cap is not None else sum(lot.quantity for lot in left)
    carried, lapsed = [], []
    for lot in sorted(left, key=lambda one: one.since, reverse=True):
        kept = min(lot.quantity, room) if lot.age < policy.carry_lasts else 0
        room -= kept
        carried += [replace(lot, quantity=kept)] if kept else []
        lapsed += [replace(lot, quantity=lot.quantity - kept)] if kept < lot.quantity else []
    return Close(carried=tuple(reversed(carried)), lapsed=tuple(reversed(lapsed)))
