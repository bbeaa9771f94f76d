"""What is due before a parcel can leave: her address, and which one she would like.

It is about her card where there is one and takes turns with offer, contract and brief in one series: one mail about one thing
that waits for her.
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from campaigns.planning.models import Campaign
from campaigns.planning.queries import CAMPAIGN_STOPPED, manager_ids
from campaigns.samples.asking.addresses import Goes, places_of
from campaigns.samples.asking.asks import asks_of
from campaigns.samples.models import SampleRequest
from campaigns.samples.request_dues import about_request, facts_of_request
from crm.base.models import Organisation
from crm.base.zones import end_of_day, local_date, local_instant
from crm.contracts.models import Contract
from crm.influencers.queries.mail import Route, mail_routes
from crm.outbox.topics import Topic
from crm.reminders.registry import Asked, Due, due, wanted
from crm.timeline.record import subject_of

ADDRESS = "sample.address"
SHOWN_AFTER = dt.timedelta(days=5)
"""From when on an address that is missing stands on Today; until then she is reminded."""
SETTLED, NOT_ASKED = _("Her address is confirmed and she has chosen"), _("Nothing is to be sent to her")
PAUSED, OFF = _("Reminders about this collaboration are paused"), _("The collaboration is not going ahead")
SIGNS = _("The contract is with her and asks by itself")
GONE = _("The person is archived, or does not want to be contacted")
NOBODY = Route((), ())


@dataclass(frozen=True)
class Asks:
    """One request with where it would go, and who is asked."""

    row: SampleRequest
    goes: Goes
    route: Route
    managers: tuple[int, ...]
    remind_at: dt.time

    @property
    def chooses(self) -> bool:
        return any(line.waits_for_choice for line in self.row.items.all())

    @property
    def is_open(self) -> bool:
        return self.row.status == SampleRequest.Status.TO_SEND and (bool(self.goes.why) or self.chooses)


@due(ADDRESS, label=_("Addresses and choices"), of="campaigns.SampleRequest", order=28, on_calendar=False)
def addresses(asked: Asked) -> Iterator[Due]:
    """From the day it was asked for until she has answered. On Today only once reminding did not help."""
    for one in _asks(asked):
        at = one.row.asked_at or one.row.created_at
        if asked.user is not None and asked.subjects is None and asked.now < at + SHOWN_AFTER:
            continue
        yield from wanted(_due(one, at, asked.now), asked)


def _asks(asked: Asked) -> list[Asks]:
    """Of each card the request that waits longest; settled ones only where somebody asks about exactly that card."""
    if asked.calendar and asked.subjects is None:
        return []
    rows = _rows(asked)
    if not rows:
        return []
    places = places_of(rows, asked.now)
    routes = mail_routes({row.influencer_id for row in rows}, asked.now)
    managers = manager_ids({row.brand_id for row in rows})
    at = Organisation.load().remind_at
    made = [
        Asks(row, places[row.pk], routes.of(row.influencer_id, Topic.PARCELS), managers[row.brand_id], at)
        for row in rows
    ]
    first: dict[str, Asks] = {}
    for one in made:
        subject = about(one.row)
        if subject not in first or (one.is_open and not first[subject].is_open):
            first[subject] = one
    return list(first.values())


def about(row: SampleRequest) -> str:
    """Her card where there is one: what it takes turns with is about the card, too."""
    return subject_of(row.collaboration or row)


def _rows(asked: Asked) -> Sequence[SampleRequest]:
    rows = SampleRequest.objects.all() if asked.user is None else SampleRequest.objects.visible_to(asked.user)
    rows = rows.filter(way=SampleRequest.Way.PARCEL).with_person()
    rows = rows.select_related("collaboration__party__contract", "collaboration__influencer")
    if asked.subjects is not None:
        rows = rows.filter(Q(collaboration__in=asked.subjects) | Q(collaboration=None, pk__in=asked.subjects))
    else:
        rows = rows.to_send()
    return list(rows.prefetch_related("items__product", "items__variant__product").order_by("pk"))


def _stopped(one: Asks, now: dt.datetime) -> Any:
    """Why nobody asks her now; empty while she is asked."""
    row, card = one.row, one.row.collaboration
    if not one.is_open:
        return SETTLED if row.is_standing else NOT_ASKED
    person = row.influencer
    if person.archived_at is not None or not person.may_be_contacted(local_date(now, person.zone)):
        return GONE
    if card is None:
        return ""
    if card.is_off:
        return OFF
    if card.campaign.status != Campaign.Status.LIVE:
        return CAMPAIGN_STOPPED[card.campaign.status]
    if not card.may_be_reminded:
        return PAUSED
    is_signing = card.party is not None and card.party.contract.status == Contract.Status.SENT
    return SIGNS if is_signing else ""


def _due(one: Asks, at: dt.datetime, now: dt.datetime) -> Due:
    row, card = one.row, one.row.collaboration
    zone = card.campaign.zone if card is not None else row.owner.zone
    on = first_morning(at, zone, one.remind_at)
    why = _stopped(one, now)
    is_paused = card is not None and (not card.may_be_reminded or card.campaign.status == Campaign.Status.PAUSED)
    return about_request(
        row,
        kind=ADDRESS,
        subject=about(row),
        zone=zone,
        due_on=on,
        due_at=end_of_day(on, zone),
        title=asks_of(one.goes, chooses=one.chooses).question,
        manager_ids=one.managers,
        contact_ids=one.route.to,
        copy_ids=one.route.copies,
        url=reverse("sample", args=[row.pk]),
        verb=_("Look at it"),
        icon="house",
        stopped_why=why,
        on_hold=one.is_open and (is_paused or why == SIGNS),
        born_at=at,
        went_on_at=card.resumed_at if card is not None else None,
        entered_at=at,
        changed_at=row.updated_at,
        facts={**facts_of_request(row), "words": words_of(one)},
    )


def first_morning(at: dt.datetime, zone: str, remind_at: dt.time) -> dt.date:
    """The day of the first reminding hour after it was asked for: she hears of it at once, or the next morning."""
    on = local_date(at, zone)
    return on if at < local_instant(on, remind_at, zone) else on + dt.timedelta(days=1)


def words_of(one: Asks) -> dict[str, Any]:
    """What is to be sent and what we ask, as a mail says it."""
    things = ", ".join(dict.fromkeys(str(line) for line in one.row.items.all()))
    return {"things": things, **asks_of(one.goes, chooses=one.chooses).words}
