"""What an open hold does to a deliverable: it is not due, and a day somebody moves is expected later as well."""

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Exists, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce

from crm.reminders.models import Todo

if TYPE_CHECKING:
    from campaigns.planning.models.deliverable import Deliverable
    from campaigns.planning.models.holds import DeliverableHoldQuerySet


class WaitingRows(models.QuerySet["Deliverable"]):
    """Deliverables, with and without what they wait for."""

    def unheld(self) -> Self:
        """Waiting for nothing: its days count."""
        return self.filter(~open_hold())

    def knowing_holds(self) -> Self:
        """Each row knows whether it waits, and how many days it gets after what it waits for, in the same query."""
        from campaigns.planning.models.holds import DeliverableHold

        waiting = DeliverableHold.objects.open().filter(deliverable=OuterRef("pk"), days_after__isnull=False)
        longest = waiting.order_by("-days_after").values("days_after")[:1]
        ever = DeliverableHold.objects.filter(deliverable=OuterRef("pk"))
        return self.annotate(
            waits_now=open_hold(),
            waits_days=Subquery(longest),
            waited_ever=Exists(ever),
            moved_ever=Exists(ever.moved()),
        )


def open_hold(to: str = "pk") -> Exists:
    """Whether the deliverable that `to` leads to waits for something."""
    from campaigns.planning.models.holds import DeliverableHold

    return Exists(DeliverableHold.objects.open().filter(deliverable=OuterRef(to)))


def is_held(row: "Deliverable") -> bool:
    """Whether it waits for something: as the row brought it along, else asked."""
    known: bool | None = row.__dict__.get("waits_now")
    return row.holds.open().exists() if known is None else known


def has_waited(row: "Deliverable") -> bool:
    """Whether it waits or ever waited: as the row brought it along, else asked."""
    known: bool | None = row.__dict__.get("waited_ever")
    return row.holds.exists() if known is None else known


def has_moved(row: "Deliverable") -> bool:
    """Whether its days ever followed a late parcel; only of rows that know."""
    return bool(row.__dict__.get("moved_ever"))


def late_key(pk: int) -> str:
    """The key of the task that asks what becomes of a deliverable whose parcel came too late."""
    return f"late_parcel/{pk}"


def days_by_hand(row: "Deliverable", values: Mapping[str, Any], at: dt.datetime, by: int | None) -> None:
    """Somebody moves the days of what waits: what is awaited is expected as many days later, or earlier; what came too late
    is decided with it. Call it while the card is held, before the row at hand has the new days."""
    first = "draft_due_on" if row.draft_due_on is not None else "post_due_on"
    if not {"draft_due_on", "post_due_on"} & set(values):
        return
    moved = values.get(first) - getattr(row, first) if values.get(first) else dt.timedelta(0)
    holds: DeliverableHoldQuerySet = row.holds.all()
    for hold in holds.awaited().filter(expected_on__isnull=False) if moved else ():
        hold.expected_on += moved
        hold.save(update_fields=["expected_on", "updated_at"])
    if decide(holds.undecided(), "by_hand", at):
        close_question(row.pk, at, by)


def decide(holds: "DeliverableHoldQuerySet", outcome: str, at: dt.datetime) -> int:
    """Settle what is not settled yet, all of it in the same moment."""
    lifted_at = Coalesce("lifted_at", Value(at, output_field=models.DateTimeField()))
    return holds.unsettled().update(lifted_at=lifted_at, settled_at=at, outcome=outcome, updated_at=at)


def close_question(pk: int, at: dt.datetime, by: int | None = None) -> None:
    """The task about it is done: somebody has decided, or nothing is left to decide."""
    Todo.objects.open().filter(key=late_key(pk)).update(done_at=at, done_by=by, updated_at=at)


def wait_is_over(row: "Deliverable", to: str, at: dt.datetime, by: int | None) -> None:
    """It is out or dropped: whatever came too late for it is decided by that. Call it while the card is held."""
    outcome = OVER.get(to)
    if outcome and decide(row.holds.undecided(), outcome, at):
        close_question(row.pk, at, by)


OVER = {"published": "nothing", "dropped": "dropped"}
