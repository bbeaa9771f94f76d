"""How the days of drafts and posts move: what it would do, tried and taken back, and doing it by the one way there is."""

import datetime as dt
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from campaigns.planning.models import Deliverable, Refused
from campaigns.planning.models.promises import PromiseHeld
from campaigns.planning.promise_page import conflicts_of, in_short, told_why
from crm.base.formats import day_words
from crm.base.models import Holiday, Organisation
from crm.base.zones import end_of_day
from crm.exclusivity.bars import has_bars
from crm.exclusivity.conflicts import Conflict
from crm.exclusivity.gate import gate
from crm.reminders.preview import following
from crm.reminders.registry import Movable, Outlook, Shift, days_off_of, movable
from crm.timeline.record import Actor, subject_of
from crm.timeline.transitions import TransitionRefused

if TYPE_CHECKING:
    from crm.team.models import User

DRAFT, POST = "deliverable.draft", "deliverable.post"
KINDS = (DRAFT, POST, "deliverable.proof", "deliverable.link")
SATURDAY = 5


@contextmanager
def undone() -> Iterator[None]:
    """What is written inside is seen inside and nowhere else: it is taken back at the end."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@dataclass(frozen=True)
class Days:
    """The two days of a deliverable."""

    draft: dt.date | None
    post: dt.date


@dataclass(frozen=True)
class Free:
    """The days on which nobody works, and those on which each of these people is away."""

    holidays: frozenset[dt.date]
    away: dict[int, Collection[dt.date]]


@dataclass(frozen=True)
class DeliverableDays:
    """The draft's day or the post's; the post may carry the draft along."""

    kind: str

    def preview(self, pks: Collection[int], shift: Shift, user: "User", now: dt.datetime) -> list[Outlook]:
        rows = rows_of(pks, user)
        people = {row.collaboration.influencer_id for row in rows}
        free = Free(Holiday.objects.free_days(Organisation.load().country), days_off_of(people))
        with undone(), gate(people):
            tried = [self._tried(row, shift, free, user, now) for row in rows]
            told = following(KINDS, [row.pk for row in rows], now)
        follows = {row.pk: told.get(subject_of(row)) for row in rows}
        return [
            replace(one, cancelled=known.cancelled, planned=known.planned)
            if not one.refused and (known := follows[one.pk]) is not None
            else one
            for one in tried
        ]

    def move(self, pk: int, shift: Shift, user: "User", at: dt.datetime) -> Any:
        rows = rows_of([pk], user)
        if not rows:
            raise Deliverable.DoesNotExist
        row = rows[0]
        with row.collaboration.held():
            row.refresh_from_db(fields=["draft_due_on", "post_due_on", "zone", "status"])
            if shift.from_on not in (None, self._day(Days(row.draft_due_on, row.post_due_on))):
                raise Refused(row, _("It has moved on since. Look at its page."))
            days = self._new_days(row, shift)
            row.reschedule(draft_due_on=days.draft, post_due_on=days.post, at=at, actor=Actor.user(user))
        return _("%(what)s: now %(day)s") % {"what": self._called(row), "day": day_words(self._day(days), "short")}

    def _tried(self, row: Deliverable, shift: Shift, free: Free, user: "User", now: dt.datetime) -> Outlook:
        before = Days(row.draft_due_on, row.post_due_on)
        days = self._new_days(row, shift)
        outlook = Outlook(
            pk=row.pk,
            who=row.collaboration.influencer.stage_name,
            what=self._called(row),
            from_on=self._day(before),
            to_on=self._day(days),
            url=f"{reverse('collaboration', args=[row.collaboration_id])}#made-{row.pk}",
        )
        refused, told = attempt(row, days, user, now)
        if refused:
            return replace(outlook, refused=refused)
        warnings = (*warnings_of(row, before, days, free, now), *([told] if told else []))
        return replace(outlook, also=self._also(before, days), warnings=warnings)

    def _new_days(self, row: Deliverable, shift: Shift) -> Days:
        if self.kind == DRAFT:
            return Days(shift.day(row.draft_due_on) if row.draft_due_on else None, row.post_due_on)
        post = shift.day(row.post_due_on)
        step = post - row.post_due_on if shift.along else dt.timedelta()
        return Days(row.draft_due_on + step if row.draft_due_on else None, post)

    def _day(self, days: Days) -> dt.date:
        return days.draft if self.kind == DRAFT and days.draft is not None else days.post

    def _called(self, row: Deliverable) -> str:
        words = _("Draft of %(what)s") if self.kind == DRAFT else _("Post of %(what)s")
        return words % {"what": row}

    def _also(self, before: Days, days: Days) -> tuple[str, ...]:
        if self.kind == DRAFT or before.draft is None or days.draft is None or before.draft == days.draft:
            return ()
        told = {"old": day_words(before.draft, "brief"), "new": day_words(days.draft, "brief")}
        return (_("The draft moves with it: %(old)s → %(new)s.") % told,)


def rows_of(pks: Collection[int], user: "User") -> list[Deliverable]:
    """The deliverables this colleague may see, in the order asked for."""
    found = Deliverable.objects.visible_to(user).with_card().in_bulk(list(pks))
    return [found[pk] for pk in dict.fromkeys(pks) if pk in found]


def attempt(row: Deliverable, days: Days, user: "User", now: dt.datetime) -> tuple[str, str]:
    """Why it cannot be, and what promise it would meet; written as it would be, inside what is taken back."""
    if days == Days(row.draft_due_on, row.post_due_on):
        return _("It stands on that day already."), ""
    if not row.is_unposted:
        return _("It is out or was dropped: its days stay as they are."), ""
    try:
        with transaction.atomic():
            row.reschedule(draft_due_on=days.draft, post_due_on=days.post, at=now, actor=Actor.user(user))
            met = met_by(row, now)
    except PromiseHeld as held:
        return told_why(held, user, now), ""
    except TransitionRefused as refused:
        return str(refused), ""
    return "", in_short(met, user, now)


def met_by(row: Deliverable, now: dt.datetime) -> list[Conflict]:
    """The promises this one piece of work meets on its day, the worst first."""
    card = row.collaboration
    return conflicts_of(card, [row], [], now) if has_bars([card.influencer_id]) else []


def warnings_of(row: Deliverable, before: Days, days: Days, free: Free, now: dt.datetime) -> Iterator[str]:
    """What a colleague should know of the new days."""
    campaign = row.collaboration.campaign
    away = free.away.get(row.collaboration.influencer_id, ())
    for on, old in ((days.draft, before.draft), (days.post, before.post)):
        if on is None or on == old:
            continue
        told = {"day": day_words(on, "brief")}
        if end_of_day(on, row.zone) <= now:
            yield _("%(day)s is over already: it turns late at once.") % told
        if not campaign.start_on <= on <= campaign.end_on:
            yield _("%(day)s lies outside the campaign.") % told
        if on in away:
            yield _("%(day)s is a day off of hers or his.") % told
        if on in free.holidays:
            yield _("%(day)s is a public holiday.") % told
        elif on.weekday() >= SATURDAY:
            yield _("%(day)s is a weekend.") % told


@movable(DRAFT, along=POST)
def draft_days() -> Movable:
    return DeliverableDays(DRAFT)


@movable(POST)
def post_days() -> Movable:
    return DeliverableDays(POST)
