"""What is due about events: her answer, the day itself for those who come, and for whoever plans it."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from campaigns.events import moving  # noqa: F401  puts itself into the place of days that move
from campaigns.events.letters import facts_of
from campaigns.events.models import Event, Guest
from campaigns.events.words import when_words
from crm.base.zones import end_of_day, local_date
from crm.influencers.queries.mail import Route, mail_routes
from crm.outbox.topics import Topic
from crm.reminders.registry import Asked, Due, due, wanted
from crm.timeline.record import subject_of

ANSWER, COMING, EVENT = "event.answer", "event.coming", "event.day"
Status = Guest.Status

ANSWERED, NOT_ASKED = _("She has answered"), _("She is not asked any more")
NOT_COMING, OVER = _("She does not come"), _("The event is over or was cancelled")
GONE = _("The person is archived, or does not want to be contacted")


@due(ANSWER, label=_("Answers to invitations"), of="campaigns.Guest", order=25, on_calendar=False)
def answers(asked: Asked) -> Iterator[Due]:
    """From the day she was invited until she has answered, or until nobody asks any more."""
    if asked.user is not None and asked.subjects is None:
        return
    for guest, route in _guests(asked):
        if guest.invited_at is None:
            continue
        why = _stopped(guest, asked.now) or ("" if guest.is_asked else ANSWERED)
        by_on = guest.event.answer_by_on
        if not why and by_on is not None and by_on < local_date(asked.now, guest.event.zone):
            why = NOT_ASKED
        on = local_date(guest.invited_at, guest.event.zone)
        title = format_lazy(_("Answer to “{event}”"), event=guest.event.name)
        yield from wanted(_due(ANSWER, guest, route, on, end_of_day(on, guest.event.zone), title, why), asked)


@due(COMING, label=_("Guests of events"), of="campaigns.Guest", order=26, on_calendar=False)
def comings(asked: Asked) -> Iterator[Due]:
    """The day of an event, for whoever comes."""
    if asked.user is not None and asked.subjects is None:
        return
    for guest, route in _guests(asked):
        event = guest.event
        on = local_date(event.starts_at, event.zone)
        why = _stopped(guest, asked.now) or ("" if guest.is_coming else NOT_COMING)
        title = format_lazy(_("“{event}”: {when}"), event=event.name, when=when_words(event))
        yield from wanted(_due(COMING, guest, route, on, event.starts_at, title, why), asked)


@due(EVENT, label=_("Events and shoots"), of="campaigns.Event", order=27)
def days(asked: Asked) -> Iterator[Due]:
    """The day of an event, for whoever plans it; it stands in calendars. One query."""
    rows = Event.objects.select_related("brand", "campaign").order_by("pk")
    if asked.user is not None:
        rows = rows.visible_to(asked.user)
    rows = rows.filter(pk__among=asked.subjects) if asked.subjects is not None else rows.planned()
    for event in rows:
        why = "" if event.is_planned and event.starts_at > asked.now - A_DAY else OVER
        yield from wanted(event_due(event, why), asked)


A_DAY = dt.timedelta(days=1)


def event_due(event: Event, why: Any = "") -> Due:
    """The day of one event."""
    campaign = event.campaign
    return Due(
        kind=EVENT,
        subject=subject_of(event),
        due_on=local_date(event.starts_at, event.zone),
        due_at=event.starts_at,
        zone=event.zone,
        title=format_lazy(_("{event}: {when}"), event=event.name, when=when_words(event)),
        brand_id=event.brand_id,
        brand_label=event.brand.name,
        owner_id=event.owner_id,
        url=reverse("event", args=[event.pk]),
        verb=_("Open"),
        icon="calendar-event",
        within=subject_of(campaign),
        within_label=campaign.name if campaign is not None else "",
        detail=", ".join(part for part in (campaign.name if campaign is not None else "", event.brand.name) if part),
        stopped_why=why,
        born_at=event.created_at,
        entered_at=event.created_at,
        changed_at=event.updated_at,
        facts={"thing": event.name},
    )


def _guests(asked: Asked) -> Iterable[tuple[Guest, Route]]:
    """The guests asked for and who reads their mail; read once for both kinds."""
    return asked.once("event guests", lambda: _read(asked))  # type: ignore[no-any-return]


def _read(asked: Asked) -> list[tuple[Guest, Route]]:
    guests = list(_rows(asked).order_by("pk"))
    routes = mail_routes({guest.influencer_id for guest in guests}, asked.now)
    return [(guest, routes.of(guest.influencer_id, Topic.WORK)) for guest in guests]


def _rows(asked: Asked) -> QuerySet[Guest]:
    rows = Guest.objects.with_event()
    if asked.user is not None:
        rows = rows.visible_to(asked.user)
    if asked.subjects is not None:
        return rows.filter(pk__among=asked.subjects)
    return rows.filter(event__status=Event.Status.PLANNED, status__in=[Status.INVITED, Status.COMING])


def _stopped(guest: Guest, now: dt.datetime) -> Any:
    event, person = guest.event, guest.influencer
    if not event.is_planned or event.starts_at <= now:
        return OVER
    if person.archived_at is not None or not person.may_be_contacted(local_date(now, event.zone)):
        return GONE
    return ""


def _due(kind: str, guest: Guest, route: Route, on: dt.date, at: dt.datetime, title: Any, why: Any) -> Due:
    event = guest.event
    facts: Mapping[str, Any] = facts_of(guest)
    return Due(
        kind=kind,
        subject=subject_of(guest),
        due_on=on,
        due_at=at,
        zone=event.zone,
        title=title,
        influencer_id=guest.influencer_id,
        influencer_label=guest.influencer.stage_name,
        brand_id=event.brand_id,
        brand_label=event.brand.name,
        owner_id=event.owner_id,
        contact_ids=route.to,
        copy_ids=route.copies,
        url=guest.url,
        verb=_("Look at it"),
        icon="calendar-event",
        within=subject_of(event.campaign),
        within_label=event.campaign.name if event.campaign is not None else "",
        detail=f"{event.name}, {event.brand.name}",
        stopped_why=why,
        born_at=guest.invited_at or guest.created_at,
        entered_at=guest.invited_at or guest.created_at,
        changed_at=guest.updated_at,
        facts=dict(facts),
    )
