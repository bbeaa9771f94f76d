"""When her numbers are due: three days after something went out that stays, a day after what disappears (INSIGHTS)."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.functional import lazy
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from campaigns.approvals.models import LivePost
from campaigns.approvals.publishing.reminders import both_of, paused, what_of
from campaigns.planning.card_dues import due_about, facts_about
from campaigns.planning.models import Campaign, Collaboration
from campaigns.planning.queries import manager_ids
from campaigns.results.models import PostSnapshot, Screenshot
from campaigns.results.numbers import following  # noqa: F401  puts itself into the places of approvals
from campaigns.results.numbers.pictures import unread
from crm.base.zones import end_of_day, local_date
from crm.influencers.queries.mail import NOBODY, Route, mail_routes
from crm.outbox.topics import Topic
from crm.outbox.words import short_day
from crm.reminders.registry import Asked, Due, due, wanted
from crm.reminders.wordings import LANGUAGES
from crm.timeline.record import subject_of

POST, STORY = "numbers.post", "numbers.story"
AFTER = {POST: dt.timedelta(days=3), STORY: dt.timedelta(hours=24)}
LOOK_BACK = dt.timedelta(days=30)
HERE, READ_SOON, GONE = _("The numbers are here"), _("Her screenshots are here"), _("It is no longer online")


@due(POST, label=_("Numbers of posts"), of="campaigns.LivePost", order=19, on_calendar=False)
def of_posts(asked: Asked) -> Iterator[Due]:
    """Of what stays online."""
    return _dues(POST, asked)


@due(STORY, label=_("Numbers of stories"), of="campaigns.LivePost", order=19, on_calendar=False)
def of_stories(asked: Asked) -> Iterator[Due]:
    """Of what disappears after a day."""
    return _dues(STORY, asked)


def _dues(kind: str, asked: Asked) -> Iterator[Due]:
    rows: list[Any] = [
        row for row in asked.once("posts for numbers", lambda: _read(asked)) if row.lasts == (kind == POST)
    ]
    looks = asked.calendar and asked.subjects is None
    people = {row.deliverable.collaboration.influencer_id for row in rows}
    brands = {row.deliverable.collaboration.campaign.brand_id for row in rows}
    routes = None if looks or not rows else mail_routes(people, asked.now)
    managers = {} if looks or not rows else manager_ids(brands)
    for row in rows:
        card = row.deliverable.collaboration
        told = NOBODY if routes is None else routes.of(card.influencer_id, Topic.WORK)
        yield from wanted(_due(kind, row, told, managers.get(card.campaign.brand_id, ())), asked)


def _read(asked: Asked) -> list[Any]:
    """Posts without numbers, and whether pictures of them wait, in one query."""
    rows = LivePost.objects.all() if asked.user is None else LivePost.objects.visible_to(asked.user)
    counted = Exists(PostSnapshot.objects.standing().filter(live_post=OuterRef("pk")))
    pictured = Exists(unread(Screenshot.objects.filter(live_post=OuterRef("pk"))))
    if asked.subjects is not None:
        rows = rows.filter(pk__among=asked.subjects)
    else:
        rows = rows.standing().filter(
            ~counted, ~pictured, published_at__gte=asked.now - LOOK_BACK,
            deliverable__collaboration__status__in=Collaboration.PROMISED,
        ).exclude(deliverable__collaboration__campaign__status=Campaign.Status.CANCELLED)  # fmt: skip
    return list(rows.annotate(is_counted=counted, is_pictured=pictured).with_card().order_by("pk"))


def _due(kind: str, row: Any, told: Route, managers: tuple[int, ...]) -> Due:
    card = row.deliverable.collaboration
    due_at = row.published_at + AFTER[kind]
    on = local_date(due_at, row.deliverable.zone)
    why, waits = _why(row), paused(card)
    return due_about(
        card,
        kind=kind,
        subject=subject_of(row),
        due_on=on,
        due_at=due_at if kind == STORY else end_of_day(on, row.deliverable.zone),
        zone=row.deliverable.zone,
        title=format_lazy(_("Numbers of {what} on {platform}"), what=what_of(row), platform=row.platform.name),
        manager_ids=managers,
        contact_ids=told.to,
        copy_ids=told.copies,
        url=page_of(row.pk),
        verb=_("Type them"),
        icon="bar-chart-line",
        stopped_why=why or waits,
        on_hold=not why and bool(waits),
        born_at=row.created_at,
        went_on_at=max((at for at in (card.resumed_at, card.campaign.resumed_at) if at is not None), default=None),
        changed_at=row.updated_at,
        facts={**facts_about(card), "campaign": card.campaign.name, "words": words_of(row, on)},
    )


def _why(row: Any) -> Any:
    """Why nobody has to be asked any more."""
    if row.is_counted:
        return HERE
    if row.is_pictured:
        return READ_SOON
    return GONE if row.status == LivePost.Status.REMOVED else ""


def words_of(row: Any, on: dt.date) -> dict[str, Any]:
    """What it is, as an e-mail says it."""
    short = {language: short_day(on, language) for language in LANGUAGES}
    return {"what": both_of(row), "where": row.platform.name, "due_day": on, "due_short": short}


def _page(pk: int) -> str:
    return reverse("post-numbers", args=[pk])


page_of = lazy(_page, str)
"""Where they are typed, put together when somebody reads it."""
