"""Looking at what came back, piece by piece. Only then does counted stock grow."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from campaigns.planning.models import Refused
from campaigns.samples.models import ReturnItem, ReturnRequest, ShipmentItem
from campaigns.samples.paid import follow_pay
from campaigns.samples.stock.actions import put_back, write_off
from crm.timeline.record import Actor, subject_of

OK, USED, DAMAGED, MISSING = ReturnItem.Inspection


@dataclass(frozen=True)
class Found:
    """What somebody found of one line: so many of each state."""

    contents: ShipmentItem
    ok: int = 0
    used: int = 0
    damaged: int = 0
    missing: int = 0

    def by_state(self) -> dict[str, int]:
        counted = {OK: self.ok, USED: self.used, DAMAGED: self.damaged, MISSING: self.missing}
        return {state.value: number for state, number in counted.items() if number}


def check(
    row: ReturnRequest, found: Sequence[Found], *, used_go_back: bool, at: dt.datetime, actor: Actor, note: str = ""
) -> None:
    """Note what came back. Only now does counted stock grow, by what may go out again (domain rule 4.5.11).

    What came back and may not go out again comes in and is written off at once; what is missing left the stock long ago.
    """
    for line in found:
        if sum(line.by_state().values()) != line.contents.quantity:
            raise Refused(row, _("The pieces of each line have to add up to as many as were sent."))
    with transaction.atomic():
        row.check_off(at=at, actor=actor, found=said(found), note=note)
        for line in found:
            for state, number in line.by_state().items():
                ReturnItem.objects.create(back=row, contents=line.contents, quantity=number, inspection=state)
                _restock(row, line.contents, state, number, used_go_back, at, actor)
        follow_pay(row.shipment.request, at=at, actor=actor)


def _restock(
    row: ReturnRequest, contents: ShipmentItem, state: str, number: int, used_go_back: bool, at: dt.datetime, actor: Actor
) -> None:  # fmt: skip
    if contents.batch is None or state == MISSING:
        return
    put_back(contents.batch, number, subject_of(row), at=at, actor=actor)
    if state == DAMAGED or (state == USED and not used_go_back):
        note = str(ReturnItem.Inspection(state).label)
        write_off(contents.batch, number, subject_of(row), note=note, at=at, actor=actor)


def said(found: Sequence[Found]) -> str:
    """Lip tint: 1 as new, 1 missing; Serum: 2 used."""
    return "; ".join(
        f"{line.contents.item}: "
        + ", ".join(f"{number} × {ReturnItem.Inspection(state).label}" for state, number in line.by_state().items())
        for line in found
    )
