"""What is due once something is out: that it is compared, that it is mended, that it stays, that she answers below it.

All of it is about the live post, so one query serves every kind.
"""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.db.models import Exists, Min, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.functional import lazy
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from campaigns.approvals.models import Deviation, LiveCheck, LivePost, ReplyPromise
from campaigns.approvals.publishing import actions, following  # noqa: F401  put themselves into the places of planning
from campaigns.planning.card_dues import due_about, facts_about
from campaigns.planning.models import Campaign, Collaboration
from campaigns.planning.queries import CAMPAIGN_STOPPED, manager_ids
from crm.base.zones import end_of_day, local_date
from crm.influencers.queries.mail import NOBODY, Route, mail_routes
from crm.outbox.topics import Topic
from crm.outbox.words import short_day
from crm.reminders.registry import Asked, Due, due, wanted
from crm.reminders.wordings import LANGUAGES
from crm.timeline.record import subject_of

LOOK, LIVE, REPLIES = "post.label", "post.live", "post.replies"
DECIDE, ASKED, MEND = "deviation.decide", "deviation.asked", "deviation.mend"
LOOK_BACK = dt.timedelta(days=60)
"""What went out longer ago and nobody compared is left alone; its page still takes it."""

A_DAY = dt.timedelta(days=1)
COMPARED, TAKEN_DOWN = _("It was compared"), _("It is no longer online")
DECIDED, MENDED = _("It is decided what becomes of it"), _("She says it is mended")
NOT_ASKED, NO_LOOK = _("She was not asked"), _("No look is due")
CHECKED, PAUSED = _("Somebody has looked"), _("Reminders about this collaboration are paused")

TITLES: dict[str, Any] = {
    LOOK: _("Compare {what} on {platform} with what was approved"),
    DECIDE: _("{what} on {platform} differs: what becomes of it?"),
    ASKED: _("Something to put right in {what} on {platform}"),
    MEND: _("Something to put right in {what} on {platform}"),
    LIVE: _("Is {what} still online on {platform}?"),
    REPLIES: _("Did she answer the comments below {what}?"),
}
VERBS: dict[str, Any] = {
    LOOK: _("Compare"), DECIDE: _("Decide"), ASKED: _("See how it stands"), MEND: _("See how it stands"), LIVE: _("Look"),
    REPLIES: _("Look"),
}  # fmt: skip
ICONS = {
    LOOK: "eye",
    DECIDE: "exclamation-circle",
    ASKED: "pencil",
    MEND: "pencil",
    LIVE: "broadcast",
    REPLIES: "chat-left-text",
}


@due(LOOK, label=_("Posts to compare"), of="campaigns.LivePost", order=14, on_calendar=False)
def to_compare(asked: Asked) -> Iterator[Due]:
    """The day after it went out; in the same look: is the platform's label on."""
    return _dues(LOOK, asked)


@due(DECIDE, label=_("Deviations to decide"), of="campaigns.LivePost", order=15, on_calendar=False)
def to_decide(asked: Asked) -> Iterator[Due]:
    """Something differs, or she says it is mended: nobody else but us has to do something."""
    return _dues(DECIDE, asked)


@due(ASKED, label=_("Posts she was asked to mend"), of="campaigns.LivePost", order=16, on_calendar=False)
def asked_to_mend(asked: Asked) -> Iterator[Due]:
    """On the day she is asked she hears of it. Nobody here has to do anything about it, so it stands on no list."""
    return _dues(ASKED, asked) if asked.user is None or asked.subjects is not None else iter(())


@due(MEND, label=_("Posts to mend"), of="campaigns.LivePost", order=16)
def to_mend(asked: Asked) -> Iterator[Due]:
    """What she was asked to put right, by its day."""
    return _dues(MEND, asked)


@due(LIVE, label=_("Posts that stay online"), of="campaigns.LivePost", order=17)
def to_look(asked: Asked) -> Iterator[Due]:
    """Half way through the time it stays online, and before that ends."""
    return _dues(LIVE, asked)


@due(REPLIES, label=_("Answers below posts"), of="campaigns.LivePost", order=18)
def replies(asked: Asked) -> Iterator[Due]:
    """Once the hours are over in which she answers comments."""
    return _dues(REPLIES, asked)


def _dues(kind: str, asked: Asked) -> Iterator[Due]:
    rows: list[LivePost] = asked.once("live posts", lambda: _read(asked))
    looks = asked.calendar and asked.subjects is None
    people = {row.deliverable.collaboration.influencer_id for row in rows}
    brands = {row.deliverable.collaboration.campaign.brand_id for row in rows}
    routes = None if looks or not rows else asked.once("live post routes", lambda: mail_routes(people, asked.now))
    managers = {} if looks or not rows else asked.once("live post managers", lambda: manager_ids(brands))
    for row in rows:
        day = _day(kind, row)
        if day is None:
            continue
        card = row.deliverable.collaboration
        told = NOBODY if routes is None or kind not in (ASKED, MEND) else routes.of(card.influencer_id, Topic.WORK)
        yield from wanted(_due(kind, row, *day, told, managers.get(card.campaign.brand_id, ())), asked)


def _read(asked: Asked) -> list[LivePost]:
    """Posts something is open about, with the nearest day of each kind, in one query."""
    rows = LivePost.objects.all() if asked.user is None else LivePost.objects.visible_to(asked.user)
    if asked.subjects is not None:
        rows = rows.filter(pk__among=asked.subjects)
    else:
        fresh = Q(status=LivePost.Status.PUBLISHED, published_at__gte=asked.now - LOOK_BACK)
        open_cases = Exists(Deviation.objects.open().filter(post=OuterRef("pk")))
        looks = Exists(LiveCheck.objects.open().filter(post=OuterRef("pk")))
        asks = Exists(ReplyPromise.objects.unchecked().filter(deliverable=OuterRef("deliverable")))
        rows = rows.filter(fresh | Q(open_cases) | Q(looks) | Q(asks)).exclude(
            deliverable__collaboration__campaign__status=Campaign.Status.CANCELLED
        )
    checks = LiveCheck.objects.open().filter(post=OuterRef("pk")).order_by("due_on")
    cases = Deviation.objects.filter(post=OuterRef("pk")).order_by()
    found = rows.with_card().annotate(
        mend_on=Subquery(_least(cases.asked(), "mend_on")),
        asked_last=Subquery(cases.asked().order_by("-asked_at").values("asked_at")[:1]),
        undecided_since=Subquery(_least(cases.unasked(), "found_at")),
        check_on=Subquery(checks.values("due_on")[:1]),
    )
    return list(found.order_by("pk"))


def _least(cases: Any, column: str) -> Any:
    return cases.values("post").annotate(least=Min(column)).values("least")


def _day(kind: str, row: Any) -> tuple[dt.date, dt.datetime, Any] | None:
    """The day, its instant, and why nobody is asked; None where it has no day of this kind."""
    zone = row.deliverable.zone
    on, why = {LOOK: _look, DECIDE: _decide, ASKED: _asked, MEND: _mend, LIVE: _live, REPLIES: _replies}[kind](
        row, zone
    )
    return None if on is None else (on, end_of_day(on, zone), why)


def _look(row: Any, zone: str) -> tuple[dt.date | None, Any]:
    return local_date(row.published_at + A_DAY, zone), "" if row.status == LivePost.Status.PUBLISHED else COMPARED


def _decide(row: Any, zone: str) -> tuple[dt.date | None, Any]:
    since = row.undecided_since
    return (local_date(since + A_DAY, zone), "") if since else (local_date(row.published_at, zone), DECIDED)


def _asked(row: Any, zone: str) -> tuple[dt.date | None, Any]:
    if row.asked_last is None:
        return local_date(row.published_at, zone), DECIDED
    return local_date(row.asked_last, zone), TAKEN_DOWN if row.status == LivePost.Status.REMOVED else ""


def _mend(row: Any, zone: str) -> tuple[dt.date | None, Any]:
    if row.mend_on is None:
        return local_date(row.published_at, zone), DECIDED
    return row.mend_on, TAKEN_DOWN if row.status == LivePost.Status.REMOVED else ""


def _live(row: Any, zone: str) -> tuple[dt.date | None, Any]:
    if row.check_on is None:
        return (row.live_until, CHECKED) if row.live_until else (None, "")
    return row.check_on, TAKEN_DOWN if row.status == LivePost.Status.REMOVED else ""


def _replies(row: Any, zone: str) -> tuple[dt.date | None, Any]:
    promise = getattr(row.deliverable, "reply_promise", None)
    if promise is None or not row.is_first:
        return None, ""
    over_at = row.published_at + dt.timedelta(hours=promise.hours)
    return local_date(over_at, zone), CHECKED if promise.checked_at else ""


def _due(
    kind: str, row: LivePost, on: dt.date, at: dt.datetime, why: Any, told: Route, managers: tuple[int, ...]
) -> Due:  # fmt: skip
    card = row.deliverable.collaboration
    waits = paused(card)
    return due_about(
        card,
        kind=kind,
        subject=subject_of(row),
        due_on=on,
        due_at=at,
        zone=row.deliverable.zone,
        title=format_lazy(TITLES[kind], what=what_of(row), platform=row.platform.name),
        manager_ids=managers,
        contact_ids=told.to,
        copy_ids=told.copies,
        url=page_of(row.pk),
        verb=VERBS[kind],
        icon=ICONS[kind],
        stopped_why=why or waits,
        on_hold=not why and bool(waits),
        born_at=born_at(kind, row),
        went_on_at=max((at for at in (card.resumed_at, card.campaign.resumed_at) if at is not None), default=None),
        changed_at=row.updated_at,
        facts={
            **facts_about(card),
            "campaign": card.campaign.name,
            "words": words_of(row) if kind in (ASKED, MEND) else {},
        },
    )


def born_at(kind: str, row: Any) -> dt.datetime | None:
    """From when on anybody could be asked: what she is told the day she is asked is said at once."""
    since: dt.datetime | None = {ASKED: None, MEND: row.asked_last}.get(kind, row.created_at)
    return since


def paused(card: Collaboration) -> Any:
    """What stays online is looked at also after the campaign is over; only a pause is waited for."""
    if card.campaign.status in (Campaign.Status.PAUSED, Campaign.Status.CANCELLED):
        return CAMPAIGN_STOPPED[card.campaign.status]
    return "" if card.may_be_reminded else PAUSED


def words_of(row: Any) -> dict[str, Any]:
    """What it is, as an e-mail says it; and the day by which it is to be put right, where she was asked."""
    words: dict[str, Any] = {"what": both_of(row), "where": row.platform.name}
    if row.mend_on is not None:
        short = {language: short_day(row.mend_on, language) for language in LANGUAGES}
        words |= {"due_day": row.mend_on, "due_short": short}
    return words


def both_of(row: LivePost) -> dict[str, str]:
    made = row.deliverable
    return {"en": made.title or made.format.name_en, "id": made.title or made.format.name_id}


def _what(row: LivePost) -> str:
    return str(row.deliverable)


def _page(pk: int) -> str:
    return reverse("live-post", args=[pk])


what_of = lazy(_what, str)
"""Its title or the name of its format, in the language of whoever reads."""

page_of = lazy(_page, str)
"""Where it is settled, put together when somebody reads it."""
