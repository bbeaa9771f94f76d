"""A request holds the work that needs what is sent."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from campaigns.planning.models import Deliverable, DeliverableHold, Refused, ring_after_commit
from campaigns.planning.waiting import moving
from campaigns.planning.waiting.days import expected_on
from campaigns.planning.waiting.moving import Settled, planned_of
from campaigns.samples.models import SampleRequest
from crm.reminders.settled import stop_asking
from crm.timeline.record import Actor, record, subject_of

NEVER_FOR_GIFTS = _("A gift is no obligation: no work waits for it.")
OF_ANOTHER = _("What waits for a parcel belongs to the same collaboration.")


@dataclass(frozen=True)
class Moved:
    """What became of everything that waited."""

    rows: Sequence[Settled] = field(default=())

    @property
    def moved(self) -> list[Settled]:
        return [one for one in self.rows if one.days]

    @property
    def asked(self) -> list[Settled]:
        return [one for one in self.rows if one.is_asked]

    @property
    def waiting(self) -> list[Settled]:
        return [one for one in self.rows if one.is_waiting]

    @property
    def words(self) -> str:
        """For whoever noted it: “2 things moved. 1 thing waits for a choice.” Empty where nothing waited."""
        said = []
        if n := len(self.moved):
            said.append(ngettext("%(n)d thing moved.", "%(n)d things moved.", n) % {"n": n})
        if n := len(self.asked):
            said.append(ngettext("%(n)d thing waits for a choice.", "%(n)d things wait for a choice.", n) % {"n": n})
        if n := len(self.waiting):
            said.append(ngettext("%(n)d thing still waits.", "%(n)d things still wait.", n) % {"n": n})
        if self.rows and not said:
            said.append(_now("The planned days stay."))
        return " ".join(said)


def hold(
    request: SampleRequest,
    deliverables: Sequence[Deliverable],
    *,
    days_after: int | None,
    at: dt.datetime,
    actor: Actor,
) -> list[DeliverableHold]:
    """From now on these wait for the parcel: nobody is reminded of them. What waits for it already stays as it is.

    Raises Refused for a gift, for work of another collaboration, and for what is out or dropped.
    """
    card = request.collaboration
    if not deliverables:
        return []
    if request.is_gift or card is None:
        raise Refused(request, NEVER_FOR_GIFTS)
    with card.held():
        rows = card.deliverables.filter(pk__in=[row.pk for row in deliverables]).select_related("format__platform")
        found = {row.pk: row for row in rows}
        _check(request, deliverables, found)
        waiting = set(DeliverableHold.objects.of_source(subject_of(request)).values_list("deliverable_id", flat=True))
        made = [
            DeliverableHold(
                deliverable=row, source=subject_of(request), days_after=days_after, since_at=at,
                expected_on=expected_on(planned_of(row), request.needed_by_on, days_after),
            )
            for row in found.values() if row.pk not in waiting
        ]  # fmt: skip
        DeliverableHold.objects.bulk_create(made)
        _tell(request, [one.deliverable for one in made], at, actor)
        stop_asking([subject_of(one.deliverable) for one in made], at)
    ring_after_commit()
    return made


def _check(request: SampleRequest, asked: Sequence[Deliverable], found: dict[int, Deliverable]) -> None:
    if any(row.pk not in found for row in asked):
        raise Refused(request, OF_ANOTHER)
    done = next((row for row in found.values() if not row.is_unposted), None)
    if done is not None:
        raise Refused(request, _("“%(what)s” is out or dropped and waits for nothing.") % {"what": done})


def _tell(request: SampleRequest, rows: Sequence[Deliverable], at: dt.datetime, actor: Actor) -> None:
    """One line in her story for each, under the work it is about."""
    for row in rows:
        record(
            "deliverable.waits", _("%(what)s for %(campaign)s waits for the parcel"), at=at, actor=actor, subject=row,
            params={"what": row, "campaign": request.collaboration.campaign if request.collaboration else ""},
            influencer=request.influencer_id, brand=request.brand_id,
        )  # fmt: skip


def lift(
    request: SampleRequest, *, arrived_on: dt.date, is_our_fault: bool = True, at: dt.datetime, actor: Actor
) -> Moved:
    """Everything of it is there. Days follow when it came late; told again nothing changes, another day moves the difference."""
    card = request.collaboration
    if card is None:
        return Moved()
    source = subject_of(request)
    return Moved(moving.arrive(card, source, arrived_on, is_our_fault=is_our_fault, at=at, actor=actor))


def wait_again(request: SampleRequest, *, at: dt.datetime, actor: Actor) -> None:
    """What came is of no use and another parcel follows: what is not out waits once more, counted from the days it has now."""
    if request.collaboration is not None:
        held = moving.hold_again(request.collaboration, subject_of(request), at=at)
        _tell(request, held, at, actor)


def let_go(request: SampleRequest, *, at: dt.datetime, actor: Actor) -> Moved:
    """It does not come any more: cancelled, declined. Nothing waits for it."""
    if request.collaboration is None:
        return Moved()
    return Moved(moving.let_go(request.collaboration, subject_of(request), at=at, actor=actor))
