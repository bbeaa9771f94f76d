"""Gifts after they arrived: at most three gentle touches, a polite end, and nothing that anybody owes (domain 4.1, 4.2)."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Unpack

from django.db.models import Max, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from campaigns.planning.models import Refused
from campaigns.planning.models.told import Told, ring_after_commit
from campaigns.samples.models import GIFTS, Purpose, SampleRequest, SampleTerm, Shipment, terms_on
from campaigns.samples.models.requests import SampleRequestQuerySet
from crm.base.zones import local_date, local_instant
from crm.reminders.models import Recipient, RuleStep
from crm.reminders.tick import upkeep
from crm.timeline.models import Entry
from crm.timeline.record import SYSTEM, Actor, record, subject_of
from crm.timeline.transitions import Moves, TransitionRefused, move

GIFT, THANKS = "sample.gift", "sample.thanks"
KINDS = {Purpose.GIFT_SOFT_ASK.value: GIFT, Purpose.GIFT_NO_ASK.value: THANKS}
TOUCHED = ("sample.touched", "talk.said")
"""What a colleague noted as said to her about the gift, on its page or as a talk."""
MIDNIGHT = dt.time(0, 0)
OPEN, POSTED, QUIET, RATHER_NOT = "", *(str(one.value) for one in SampleRequest.Outcome)
OUTCOMES: Moves = {POSTED: (OPEN, QUIET, RATHER_NOT), QUIET: (OPEN,), RATHER_NOT: (OPEN, QUIET)}
"""What may become of a gift: a post is welcome at any time, also long after nobody hoped for one."""
TELL: Mapping[str, tuple[str, Any]] = {
    POSTED: ("sample.posted", _("Posted about the gift of %(brand)s")),
    QUIET: ("sample.quiet", _("No post came of the gift of %(brand)s; it is closed, and nobody asks again")),
    RATHER_NOT: ("sample.rather_not", _("Would rather not post about the gift of %(brand)s")),
}


def close_gift(
    request: SampleRequest, outcome: str, *, at: dt.datetime, actor: Actor, post_url: str = "", **told: Unpack[Told]
) -> None:
    """Say what came of a gift. An address of a post is kept as seen; no deliverable and no obligation comes of it."""
    _refuse_other(request)
    verb, sentence = TELL[outcome]
    also = {"outcome_at": at, "post_url": post_url} if post_url else {"outcome_at": at}
    told["quote"] = "\n".join(part for part in (post_url, told.get("quote", "")) if part)
    move(
        request, outcome, moves=OUTCOMES, field="outcome", at=at, actor=actor, verb=verb, sentence=sentence, also=also,
        params={"brand": request.brand}, influencer=request.influencer_id, brand=request.brand_id,
        **told,
    )  # fmt: skip
    ring_after_commit()


def _refuse_other(request: SampleRequest) -> None:
    if not request.is_gift:
        raise Refused(request, _("This is not a gift: what is due for it stands with the work it belongs to."))


def note_touch(request: SampleRequest, *, at: dt.datetime, actor: Actor, **told: Unpack[Told]) -> None:
    """A colleague wrote or spoke to her about the gift: the next mail about it stays away."""
    _refuse_other(request)
    sentence = _("Wrote or spoke to her about the gift of %(brand)s")
    record(
        "sample.touched", sentence, at=at, actor=actor, subject=request, params={"brand": request.brand},
        influencer=request.influencer_id, brand=request.brand_id, **told,
    )  # fmt: skip
    ring_after_commit()


def arrived_gifts(rows: SampleRequestQuerySet) -> Any:
    """Gifts that are there, each with `there_at`: since she was handed it or bought it, or the last parcel of it arrived."""
    parcels = Max("shipments__delivered_at", filter=Q(shipments__status__in=Shipment.THERE))
    there = Coalesce("had_at", parcels)
    found = rows.filter(purpose__in=GIFTS, status=SampleRequest.Status.ARRIVED)
    return found.annotate(there_at=there).filter(there_at__isnull=False)


def zone_of(request: SampleRequest) -> str:
    """Whose days count: the campaign's; of what has none, its owner's."""
    card = request.collaboration
    return card.campaign.zone if card is not None else request.owner.zone


@dataclass(frozen=True)
class Pace:
    """The days on which one gift is spoken of, and what of it colleagues have done by hand."""

    zone: str
    days: tuple[dt.date, ...]
    ends_on: dt.date
    touched_on: tuple[dt.date, ...] = ()

    def taken(self) -> list[dt.date | None]:
        """Until when each touch by hand keeps mails away: it takes the next one's place. None is for good."""
        free = list(range(len(self.days)))
        found: list[dt.date | None] = []
        for day in sorted(self.touched_on):
            place = next((number for number in free if self.days[number] >= day), None)
            if place is not None:
                free.remove(place)
                found.append(self.days[place + 1] if place + 1 < len(self.days) else None)
        return found

    def is_held(self, today: dt.date) -> bool:
        return any(until is None or today < until for until in self.taken())

    def went_on_at(self, today: dt.date) -> dt.datetime | None:
        """When mails were last allowed again: what would have left before stays unsaid."""
        past = [until for until in self.taken() if until is not None and until <= today]
        return local_instant(max(past), MIDNIGHT, self.zone) if past else None


def paces(requests: Collection[SampleRequest], now: dt.datetime) -> dict[int, Pace]:
    """The pace of each of these gifts (with `there_at`), in three queries."""
    if not requests:
        return {}
    steps, most = offsets(), terms_on(local_date(now, "UTC"))[SampleTerm.Code.GIFT_ASK]
    touches = touches_of(requests)
    return {row.pk: _pace(row, steps, most, touches[subject_of(row)]) for row in requests}


def _pace(row: Any, steps: Mapping[str, list[int]], most: int, touches: Iterable[dt.datetime]) -> Pace:
    zone = zone_of(row)
    day = local_date(row.there_at, zone)
    days = tuple(day + dt.timedelta(days=step) for step in steps[KINDS[row.purpose]][:most])
    touched = tuple(local_date(at, zone) for at in touches)
    return Pace(zone, days, day + dt.timedelta(days=last_day(steps)), touched)


def offsets() -> dict[str, list[int]]:
    """After how many days she hears of a gift, by kind, as the rules have it."""
    rows = RuleStep.objects.filter(rule__kind__in=[GIFT, THANKS], recipient=Recipient.INFLUENCER)
    found: dict[str, list[int]] = defaultdict(list)
    for kind, offset in rows.order_by("offset").values_list("rule__kind", "offset"):
        found[kind].append(offset)
    return found


def last_day(steps: Mapping[str, list[int]]) -> int:
    """After how many days a gift is closed: with the last touch there could be."""
    return max((offset for found in steps.values() for offset in found), default=0)


def touches_of(requests: Iterable[SampleRequest]) -> dict[str, list[dt.datetime]]:
    """When colleagues spoke to her about each of these, by subject."""
    subjects = [subject_of(row) for row in requests]
    rows = Entry.objects.filter(subject__among=subjects, verb__in=TOUCHED).order_by("at")
    found: dict[str, list[dt.datetime]] = defaultdict(list)
    for subject, at in rows.values_list("subject", "at"):
        found[subject].append(at)
    return found


@upkeep("gifts")
def close_gifts(now: dt.datetime) -> dict[str, int]:
    """Close the gifts whose last touch was today or earlier. Asked again, also after days without a tick, it closes none twice."""
    last = last_day(offsets())
    early = now - dt.timedelta(days=max(last - 1, 0))
    rows = arrived_gifts(SampleRequest.objects.filter(outcome=OPEN)).filter(there_at__lt=early)
    closed = 0
    for row in rows.with_person().order_by("pk")[:200]:
        if last and local_date(now, zone_of(row)) >= local_date(row.there_at, zone_of(row)) + dt.timedelta(days=last):
            closed += _close_quietly(row, now)
    return {"closed": closed} if closed else {}


def _close_quietly(row: SampleRequest, now: dt.datetime) -> int:
    try:
        close_gift(row, QUIET, at=now, actor=SYSTEM)
    except TransitionRefused:  # somebody said what came of it a moment ago
        return 0
    return 1
