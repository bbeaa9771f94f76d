"""What came is noted, and the days of what waited for it follow: all of it while the card is held."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import partial

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from campaigns.planning.models import Collaboration, Deliverable, DeliverableHold, Refused, ring_after_commit
from campaigns.planning.models.steps import set_days
from campaigns.planning.models.waiting import close_question, decide
from campaigns.planning.places import use_days_of
from campaigns.planning.waiting.asking import ask_somebody
from campaigns.planning.waiting.days import Planned, Wait, days_for, days_to_move
from campaigns.planning.waiting.words import days_in_words
from crm.base.zones import local_date
from crm.reminders.settled import stop_asking
from crm.timeline.record import Actor, subject_of

Outcome = DeliverableHold.Outcome
FOLLOWS = (Outcome.IN_TIME, Outcome.MOVED, Outcome.WIDENED)
"""What a corrected arrival still moves; whatever somebody decided stays."""


@dataclass(frozen=True)
class Settled:
    """What became of one deliverable: moved by so many days, still waiting, or waiting for a choice."""

    row: Deliverable
    outcome: str = ""
    days: int = 0
    is_asked: bool = False

    @property
    def is_waiting(self) -> bool:
        return not self.outcome and not self.is_asked


def arrive(
    card: Collaboration, source: str, arrived_on: dt.date, *, is_our_fault: bool, at: dt.datetime, actor: Actor
) -> list[Settled]:
    """What `source` stands for is there. Told again it changes nothing; told with another day, the difference moves."""
    with card.held():
        holds = list(DeliverableHold.objects.of_source(source).of_card(card).with_work().order_by("pk"))
        known = [hold for hold in holds if hold.outcome != Outcome.LET_GO and hold.arrived_on != arrived_on]
        corrected = [_correct(hold, arrived_on, is_our_fault, at, actor) for hold in known if hold.settled_at]
        for hold in known:
            if not hold.settled_at:
                _note(hold, arrived_on, is_our_fault, at)
        fresh = settle(card, [hold.deliverable_id for hold in holds if not hold.settled_at], at=at, actor=actor)
    ring_after_commit()
    return corrected + fresh


def let_go(card: Collaboration, source: str, *, at: dt.datetime, actor: Actor) -> list[Settled]:
    """Nothing waits for `source` any more: where nothing else is awaited, the days count again."""
    with card.held():
        holds = DeliverableHold.objects.of_source(source).of_card(card).filter(settled_at__isnull=True)
        pks = list(holds.values_list("deliverable_id", flat=True))
        decide(holds, Outcome.LET_GO, at)
        settled = settle(card, pks, at=at, actor=actor)
        for pk in set(pks) - {one.row.pk for one in settled}:
            close_question(pk, at)
    ring_after_commit()
    return settled


def hold_again(card: Collaboration, source: str, *, at: dt.datetime) -> list[Deliverable]:
    """What came for these has to come once more: their days wait again, and the next one is late by the days they have now."""
    again = (Outcome.IN_TIME, Outcome.MOVED, Outcome.WIDENED, Outcome.SHORTENED, Outcome.BY_HAND)
    with card.held():
        holds = DeliverableHold.objects.of_source(source).of_card(card).filter(outcome__in=again).with_work()
        waiting = [hold for hold in holds if hold.deliverable.is_unposted]
        for hold in waiting:
            moved = hold.draft_moved_days if hold.deliverable.draft_due_on else hold.moved_days
            hold.expected_on = hold.expected_on + dt.timedelta(days=moved) if hold.expected_on else None
            hold.since_at, hold.outcome, hold.is_our_fault = at, "", False
            hold.arrived_on = hold.lifted_at = hold.settled_at = None
            hold.moved_days = hold.draft_moved_days = 0
            hold.save()
        stop_asking([subject_of(hold.deliverable) for hold in waiting], at)
    ring_after_commit()
    return [hold.deliverable for hold in waiting]


def settle(card: Collaboration, pks: Collection[int], *, at: dt.datetime, actor: Actor) -> list[Settled]:
    """Move whatever has everything now. Call it while the card is held."""
    rounds: dict[int, list[DeliverableHold]] = defaultdict(list)
    for hold in DeliverableHold.objects.unsettled().filter(deliverable__in=pks).with_work().order_by("pk"):
        rounds[hold.deliverable_id].append(hold)
    use_days = use_days_of(card) if rounds else None
    return [_settle(holds, use_days, at, actor) for holds in rounds.values()]


def _note(hold: DeliverableHold, arrived_on: dt.date, is_our_fault: bool, at: dt.datetime) -> None:
    """The day it came; an open hold lifts with it."""
    hold.arrived_on, hold.lifted_at = arrived_on, hold.lifted_at or at
    hold.is_our_fault = is_our_fault and hold.late_days > 0
    hold.save(update_fields=["arrived_on", "lifted_at", "is_our_fault", "updated_at"])


def _settle(holds: Sequence[DeliverableHold], use_days: int | None, at: dt.datetime, actor: Actor) -> Settled:
    """One deliverable with everything it waited for since it was settled last."""
    row = holds[0].deliverable
    if any(hold.arrived_on is None for hold in holds):
        return Settled(row)
    if not row.is_unposted:
        return _done(row, holds, Outcome.NOTHING, at)
    planned, waits = planned_of(row), waits_of(holds)
    days = days_to_move(planned, waits, use_days)
    if not days:
        return _done(row, holds, Outcome.IN_TIME, at)
    after = planned.moved(days)
    ask = partial(_ask, row, holds, planned, days, use_days, at, actor)
    if after.post_on > row.collaboration.campaign.end_on:
        return ask("")
    try:
        with transaction.atomic():
            note_moved(holds, planned, use_days, days, days, at, Outcome.MOVED)
            move_to(row, after, max(wait.late_days for wait in waits), at, actor)
    except Refused as refused:
        return ask(str(refused))
    close_question(row.pk, at)
    return Settled(row, Outcome.MOVED, days)


def _done(row: Deliverable, holds: Iterable[DeliverableHold], outcome: str, at: dt.datetime) -> Settled:
    decide(DeliverableHold.objects.filter(pk__in=[hold.pk for hold in holds]), outcome, at)
    close_question(row.pk, at)
    return Settled(row, outcome)


def _ask(
    row: Deliverable, holds: Sequence[DeliverableHold], planned: Planned, days: int, use_days: int | None,
    at: dt.datetime, actor: Actor, why: str,
) -> Settled:  # fmt: skip
    """It cannot move so far: it goes on waiting, and a person chooses."""
    latest = [hold.pk for hold in holds if days_for(planned, wait_of(hold), use_days) == days]
    DeliverableHold.objects.filter(pk__in=latest).update(lifted_at=None, updated_at=at)
    ask_somebody(row, days, why, at=at, actor=actor)
    return Settled(row, is_asked=True)


def note_moved(
    holds: Iterable[DeliverableHold], planned: Planned, use_days: int | None, days: int, draft_days: int,
    at: dt.datetime, outcome: str,
) -> None:  # fmt: skip
    """What each of them moved: the latest everything, the others nothing."""
    asked = {hold.pk: days_for(planned, wait_of(hold), use_days) for hold in holds}
    decide(DeliverableHold.objects.filter(pk__in=asked), outcome, at)
    latest = [pk for pk, moved in asked.items() if moved == max(asked.values())]
    DeliverableHold.objects.filter(pk__in=latest).update(
        moved_days=days, draft_moved_days=draft_days if planned.draft_on else 0
    )


def move_to(row: Deliverable, after: Planned, late: int, at: dt.datetime, actor: Actor) -> None:
    """The new days, told with why. Raises Refused, PromiseHeld among them."""
    sentence = BECAUSE_LATE if late else BECAUSE_OF_USE
    note = days_in_words(late or (after.post_on - row.post_due_on).days)
    set_days(row, after.draft_on, after.post_on, "", "deliverable.delayed", sentence, at, actor, note=note)


BECAUSE_LATE = _("New dates of %(what)s for %(campaign)s, because the parcel came %(note)s late")
BECAUSE_OF_USE = _("New dates of %(what)s for %(campaign)s, %(note)s later, so that there is time to use the product")
BECAUSE_CORRECTED = _("New dates of %(what)s for %(campaign)s, because the day the parcel came was corrected")


def _correct(hold: DeliverableHold, arrived_on: dt.date, is_our_fault: bool, at: dt.datetime, actor: Actor) -> Settled:
    """It came on another day than was noted: the days move by the difference, never before the planned ones or into the past."""
    row = Deliverable.objects.with_card().get(pk=hold.deliverable_id)
    together = list(row.holds.filter(settled_at=hold.settled_at, arrived_on__isnull=False).order_by("pk"))
    _note(hold, arrived_on, is_our_fault, at)
    if hold.outcome not in FOLLOWS or not row.is_unposted:
        return Settled(row, hold.outcome)
    applied = max(one.moved_days for one in together)
    planned, use_days = planned_of(row).moved(-applied), use_days_of(row.collaboration)
    before = days_to_move(planned, waits_of(together), use_days)
    for one in together:
        one.arrived_on = arrived_on if one.pk == hold.pk else one.arrived_on
    step = days_to_move(planned, waits_of(together), use_days) - before
    after = planned_of(row).moved(step)
    if not step or (step < 0 and after.first_on < local_date(at, row.zone)):
        return Settled(row, hold.outcome, applied)
    try:
        return _move_by(row, hold, together, planned, use_days, applied + step, at, actor)
    except Refused as refused:
        return _reopen(row, together, applied, step, at, actor, str(refused))


def _move_by(
    row: Deliverable, hold: DeliverableHold, together: Sequence[DeliverableHold], planned: Planned,
    use_days: int | None, days: int, at: dt.datetime, actor: Actor,
) -> Settled:  # fmt: skip
    after = planned.moved(days)
    if after.post_on > max(row.collaboration.campaign.end_on, row.post_due_on):
        raise Refused(row, "")
    outcome = Outcome.MOVED if days else Outcome.IN_TIME
    with transaction.atomic():
        asked = {one.pk: days_for(planned, wait_of(one), use_days) for one in together}
        for one in together:
            moved = days if days and asked[one.pk] == max(asked.values()) else 0
            one.moved_days, one.draft_moved_days, one.outcome = moved, moved if planned.draft_on else 0, outcome
            one.save(update_fields=["moved_days", "draft_moved_days", "outcome", "updated_at"])
        set_days(row, after.draft_on, after.post_on, "", "deliverable.delayed", BECAUSE_CORRECTED, at, actor)
    return Settled(row, outcome, days)


def _reopen(
    row: Deliverable, together: Iterable[DeliverableHold], applied: int, step: int, at: dt.datetime, actor: Actor,
    why: str,
) -> Settled:  # fmt: skip
    """The corrected day leads too far: what moved already stays, the rest is asked about."""
    for one in together:
        if one.expected_on is not None:
            one.expected_on += dt.timedelta(days=applied)
        one.settled_at, one.lifted_at, one.outcome = None, None, ""
        one.save(update_fields=["arrived_on", "expected_on", "settled_at", "lifted_at", "outcome", "updated_at"])
    ask_somebody(row, step, why, at=at, actor=actor)
    return Settled(row, is_asked=True)


def planned_of(row: Deliverable) -> Planned:
    return Planned(row.draft_due_on, row.post_due_on)


def wait_of(hold: DeliverableHold) -> Wait:
    """What came, as numbers; only of a hold that has a day of arrival."""
    if hold.arrived_on is None:
        raise ValueError(f"{hold} has not come")
    return Wait(hold.expected_on, hold.arrived_on)


def waits_of(holds: Iterable[DeliverableHold]) -> list[Wait]:
    return [wait_of(hold) for hold in holds]
