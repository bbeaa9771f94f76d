"""A contract rests and everything behind it moves: nobody knows until when, then by how many days."""

import datetime as dt
from collections.abc import Callable

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from crm.base.formats import day_in_words
from crm.contracts.actions.by_date import bring_up_to_date, follow_as_fact
from crm.contracts.actions.carrying_out import move_end
from crm.contracts.actions.drafting import tell
from crm.contracts.models import Contract
from crm.exclusivity.gate import Door, gate
from crm.timeline.record import Actor

RESTS = _("Contract %(contract)s rests from %(day)s on. Until it goes on, it neither ends nor is renewed")
GOES_ON = _("Contract %(contract)s goes on: its last day moved by %(days)s days to %(end)s")
NOT_IN_FORCE = _("Only a contract that is in force rests.")
RESTS_ALREADY = _("It rests already. End that rest first.")


def rest(contract: Contract, first_on: dt.date, *, at: dt.datetime, actor: Actor) -> None:
    """From that day on, until `go_on_after` says how long it was, it neither ends nor goes on by itself.

    A part of the transaction that is open; whoever opens one holds the people first (`gate`). Raises ValidationError.
    """

    def write(held: Contract, door: Door) -> None:
        if held.rests_since_on is not None:
            raise ValidationError(RESTS_ALREADY, code="rests")
        _save(held, at, rests_since_on=first_on)
        tell(held, "contract.rests", RESTS, at=at, actor=actor, params={"day": day_in_words(first_on)})

    _change(contract, at, write)


def go_on_after(contract: Contract, days: int, *, at: dt.datetime, actor: Actor) -> None:
    """A rest of so many days moves the last day of the contract, of what amends it, and what is counted from either.

    For a rest that ends, and for one whose days were known from the start. What a promise now meets is told, not refused:
    the days have moved. A part of the transaction that is open. Raises ValidationError.
    """

    def write(held: Contract, door: Door) -> None:
        was = held.end_on
        if was is not None:
            move_end(held, was + dt.timedelta(days=days), at)
        _save(held, at, rests_since_on=None, shifted_days=held.shifted_days + days)
        if was is None or not days:
            return
        params, changes = {"days": days, "end": day_in_words(held.end_on or was)}, {"end_on": (was, held.end_on)}
        tell(held, "contract.shifted", GOES_ON, at=at, actor=actor, params=params, changes=changes)
        for one in (held, *held.amendments.in_force().select_related("brand")):
            follow_as_fact(one, door)

    _change(contract, at, write)


def _change(contract: Contract, at: dt.datetime, write: Callable[[Contract, Door], None]) -> None:
    """Hold the people and the contract; what its days have done by now is done first."""
    with gate(contract.people) as people:
        bring_up_to_date(contract.pk, at)
        held = Contract.objects.select_for_update(of=("self",)).select_related("brand").get(pk=contract.pk)
        if not held.is_in_force:
            raise ValidationError(NOT_IN_FORCE, code="not_in_force")
        write(held, Door(people, at))
        for name in ("end_on", "rests_since_on", "shifted_days"):
            setattr(contract, name, getattr(held, name))


def _save(held: Contract, at: dt.datetime, **fields: object) -> None:
    for name, value in fields.items():
        setattr(held, name, value)
    Contract.objects.filter(pk=held.pk).update(**fields, updated_at=at)
