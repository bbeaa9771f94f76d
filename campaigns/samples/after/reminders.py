"""What is due after a parcel arrived: that what was lent comes back, and the few gentle words about a gift."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from campaigns.planning.models import Campaign, Collaboration
from campaigns.planning.queries import CAMPAIGN_STOPPED
from campaigns.samples.after import charges  # noqa: F401  puts itself into the upkeep of the tick
from campaigns.samples.after.gifts import GIFT, KINDS, QUIET, THANKS, Pace, arrived_gifts, paces, zone_of
from campaigns.samples.after.moving import RETURN, returns_page
from campaigns.samples.models import ReturnRequest, SampleRequest, StockLocation
from campaigns.samples.request_dues import about_request, facts_of_request
from crm.base.zones import end_of_day, local_date
from crm.influencers.queries.mail import Route, mail_routes
from crm.outbox.topics import Topic
from crm.reminders.registry import Asked, Due, due, wanted
from crm.timeline.record import subject_of

SENT_HOME = "sample.sent_home"
TITLES: dict[str, Any] = {RETURN: _("Sample to come back"), SENT_HOME: _("Parcel nobody took, on its way back to us")}
CONTENTS = ("shipment__items__item__product", "shipment__items__item__variant__product")
AROUND = dt.timedelta(days=1)
LOOK_BACK = dt.timedelta(days=90)
"""Gifts that arrived longer ago are settled, whatever came of them."""
NOBODY = Route((), ())
NOT_OPEN: dict[str, Any] = {
    "under_way": _("It is on its way back"), "back": _("It is back"), "checked": _("It is back"),
    "kept": _("She keeps it"), "given_up": _("Nobody waits for it any longer"),
}  # fmt: skip
PAUSED = _("Reminders about this collaboration are paused")
CLOSED, BY_HAND = _("It is settled what came of the gift"), _("A colleague has spoken to her about it")


page_of = lazy(returns_page, str)
"""Where it is settled, put together when somebody reads it."""


@due(RETURN, label=_("Samples to come back"), of="campaigns.ReturnRequest", order=32)
def returns(asked: Asked) -> Iterator[Due]:
    """What she is to send back, on its day, until it is on its way."""
    return _returns(RETURN, asked)


@due(SENT_HOME, label=_("Parcels that come back"), of="campaigns.ReturnRequest", order=33)
def sent_home(asked: Asked) -> Iterator[Due]:
    """What a courier brings back: nobody is reminded of it, somebody here has to look out for it."""
    return _returns(SENT_HOME, asked)


def _returns(kind: str, asked: Asked) -> Iterator[Due]:
    rows: list[ReturnRequest] = asked.once("returns", lambda: _read_returns(asked))
    looks = asked.calendar and asked.subjects is None
    people = {row.shipment.request.influencer_id for row in rows}
    routes = None if looks or not rows else asked.once("return routes", lambda: mail_routes(people, asked.now))
    for row in rows:
        if (row.reason == ReturnRequest.Reason.REFUSED) == (kind == SENT_HOME):
            told = NOBODY if routes is None else routes.of(row.shipment.request.influencer_id, Topic.PARCELS)
            yield from wanted(_return_due(kind, row, row.shipment.request, told), asked)


def _read_returns(asked: Asked) -> list[ReturnRequest]:
    rows = ReturnRequest.objects.all() if asked.user is None else ReturnRequest.objects.visible_to(asked.user)
    if asked.subjects is not None:
        rows = rows.filter(pk__among=asked.subjects)
    else:
        rows = rows.filter(status=ReturnRequest.Status.ASKED)
        rows = rows.filter(due_on__gte=asked.from_at - AROUND) if asked.from_at else rows
        rows = rows.filter(due_on__lte=asked.to_at + AROUND) if asked.to_at else rows
    card = "shipment__request__collaboration"
    rows = rows.with_request().select_related(f"{card}__influencer", f"{card}__campaign__brand").order_by("pk")
    looks = asked.calendar and asked.subjects is None
    return list(rows if looks else rows.prefetch_related(*CONTENTS))


def _return_due(kind: str, row: ReturnRequest, request: SampleRequest, told: Route) -> Due:
    zone = zone_of(request)
    why = NOT_OPEN.get(row.status, "")
    waits = _paused(request.collaboration)
    return about_request(
        request,
        kind=kind,
        subject=subject_of(row),
        due_on=row.due_on,
        due_at=end_of_day(row.due_on, zone),
        title=TITLES[kind],
        contact_ids=told.to,
        copy_ids=told.copies,
        url=page_of(request.pk),
        verb=_("See how it stands"),
        icon="arrow-return-left",
        stopped_why=why or waits,
        on_hold=not why and bool(waits),
        born_at=row.created_at,
        entered_at=row.created_at,
        changed_at=row.updated_at,
        facts={**facts_of_request(request), "words": words_of(row)} if told is not NOBODY else {},
    )


def words_of(row: ReturnRequest) -> dict[str, str]:
    """What was sent and where it comes back to, as a mail says it."""
    things = ", ".join(dict.fromkeys(str(line.item) for line in row.shipment.items.all()))
    return {"things": things, "where_to": ", ".join(label_of(row.shipment.location))}


def label_of(place: StockLocation | None) -> list[str]:
    """What stands on a parcel to us, line by line."""
    if place is None:
        return []
    return [line for line in (place.sender, *place.address.splitlines(), str(place.phone)) if line.strip()]


def _paused(card: Collaboration | None) -> Any:
    """A loan comes back also after the campaign is over; only a pause is waited for."""
    if card is None:
        return ""
    if card.campaign.status == Campaign.Status.PAUSED:
        return CAMPAIGN_STOPPED[card.campaign.status]
    return "" if card.may_be_reminded else PAUSED


@due(GIFT, label=_("Gifts: a post is hoped for"), of="campaigns.SampleRequest", order=34, on_calendar=False)
def gifts(asked: Asked) -> Iterator[Due]:
    """From the day it arrived: up to three gentle touches. Nobody has to do anything, so it stands on no list."""
    return _gifts(GIFT, asked)


@due(THANKS, label=_("Gifts: nothing is asked"), of="campaigns.SampleRequest", order=35, on_calendar=False)
def thanks(asked: Asked) -> Iterator[Due]:
    """One word about the parcel, and thanks."""
    return _gifts(THANKS, asked)


def _gifts(kind: str, asked: Asked) -> Iterator[Due]:
    if asked.subjects is None and (asked.user is not None or asked.calendar):
        return
    read: tuple[list[SampleRequest], dict[int, Pace], Any] = asked.once("gifts", lambda: _read(asked))
    for row in read[0]:
        if KINDS.get(row.purpose) == kind:
            told = read[2].of(row.influencer_id, Topic.PARCELS)
            yield from wanted(_gift_due(kind, row, read[1][row.pk], told, asked.now), asked)


def _read(asked: Asked) -> tuple[list[SampleRequest], dict[int, Pace], Any]:
    rows = SampleRequest.objects.all() if asked.user is None else SampleRequest.objects.visible_to(asked.user)
    rows = arrived_gifts(rows.with_person().select_related("collaboration__influencer")).prefetch_related(
        "items__product", "items__variant__product"
    )
    if asked.subjects is not None:
        rows = rows.filter(pk__among=asked.subjects)
    else:
        rows = rows.filter(outcome__in=["", QUIET], there_at__gte=asked.now - LOOK_BACK)
    found = list(rows.order_by("pk"))
    routes = mail_routes({row.influencer_id for row in found}, asked.now) if found else None
    return found, paces(found, asked.now), routes


def _gift_due(kind: str, row: SampleRequest, pace: Pace, told: Route, now: dt.datetime) -> Due:
    today = local_date(now, pace.zone)
    on = local_date(row.there_at, pace.zone)  # type: ignore[attr-defined]
    closed = bool(row.outcome) and not (row.outcome == QUIET and _by_its_pace(row, pace))
    held = pace.is_held(today)
    waits = _paused(row.collaboration)
    return about_request(
        row,
        kind=kind,
        subject=subject_of(row),
        due_on=on,
        due_at=end_of_day(on, pace.zone),
        title=_("A word about the gift"),
        contact_ids=told.to,
        copy_ids=told.copies,
        url=page_of(row.pk),
        verb=_("See how it stands"),
        icon="gift",
        stopped_why=CLOSED if closed else waits or (BY_HAND if held else ""),
        on_hold=not closed and bool(waits),
        went_on_at=pace.went_on_at(today),
        facts={**facts_of_request(row), "words": gift_words(row)},
    )


def gift_words(row: SampleRequest) -> dict[str, str]:
    things = ", ".join(dict.fromkeys(str(item) for item in row.items.all()))
    return {"things": things}


def _by_its_pace(row: SampleRequest, pace: Pace) -> bool:
    """Closed on its last day, whose polite word may still be on its way; not earlier, by somebody who knew better."""
    return row.outcome_at is not None and local_date(row.outcome_at, pace.zone) >= pace.ends_on
