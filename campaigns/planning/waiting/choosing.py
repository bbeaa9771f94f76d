"""The parcel came too late for the days to follow by themselves: what can be done, what each way would do, and doing one."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from campaigns.planning.actions.campaigns import save_campaign
from campaigns.planning.models import Campaign, Deliverable, DeliverableHold, Refused, ring_after_commit
from campaigns.planning.models.waiting import close_question
from campaigns.planning.places import use_days_of
from campaigns.planning.waiting.days import Planned, days_to_move, shortened
from campaigns.planning.waiting.moving import Outcome, move_to, note_moved, planned_of, waits_of
from campaigns.planning.waiting.shown import days_of
from crm.base.formats import day_words
from crm.timeline.record import Actor
from crm.timeline.transitions import TransitionRefused

DECIDED = _("Somebody has decided about this already. Nothing was changed.")
TOO_LATE = _("The parcel came too late")


class Way(models.TextChoices):
    WIDEN = "widen", _("Make the campaign longer")
    SHORTEN = "shorten", _("Make the review shorter")
    DROP = "drop", _("Drop it")


@dataclass(frozen=True)
class Question:
    """One deliverable whose parcel came too late: its days, and where they would go."""

    row: Deliverable
    holds: Sequence[DeliverableHold]
    days: int
    use_days: int | None

    @property
    def planned(self) -> Planned:
        return planned_of(self.row)

    @property
    def after(self) -> Planned:
        return self.planned.moved(self.days)

    @property
    def is_beyond(self) -> bool:
        """The new posting day lies after the campaign; else a promise stands against it."""
        return self.after.post_on > self.row.collaboration.campaign.end_on

    @property
    def squeezed(self) -> Planned:
        last_on = self.row.collaboration.campaign.end_on if self.is_beyond else self.planned.post_on
        return shortened(self.planned, self.days, last_on)

    @property
    def late_days(self) -> int:
        return max(wait.late_days for wait in waits_of(self.holds))


@dataclass(frozen=True)
class Choice:
    """One way out, with what it does. Empty `refused`: it can be taken."""

    way: Way
    says: Sequence[str]
    refused: str = ""


def question_of(row: Deliverable) -> Question | None:
    """What is to be decided about it; None once somebody has, or when nothing came too late."""
    holds = list(row.holds.unsettled().filter(arrived_on__isnull=False).order_by("pk"))
    if not row.is_unposted or not any(hold.is_undecided for hold in holds):
        return None
    use_days = use_days_of(row.collaboration)
    return Question(row, holds, days_to_move(planned_of(row), waits_of(holds), use_days), use_days)


def choices_of(asked: Question, *, at: dt.datetime, actor: Actor) -> list[Choice]:
    """Every way with what it would do; nothing stays changed."""
    ways = [Way.WIDEN, Way.SHORTEN, Way.DROP] if asked.is_beyond else [Way.SHORTEN, Way.DROP]
    return [Choice(way, SAYS[way](asked), _refused(asked, way, at, actor)) for way in ways]


def _refused(asked: Question, way: Way, at: dt.datetime, actor: Actor) -> str:
    """Why it cannot be done, found by doing it and taking it back."""
    row = Deliverable.objects.with_card().get(pk=asked.row.pk)
    try:
        with transaction.atomic():
            choose(row, way, at=at, actor=actor)
            raise TakenBack
    except TakenBack:
        return ""
    except TransitionRefused as refused:
        return str(refused)


class TakenBack(Exception):
    """Ends a trial: everything done since goes with it."""


def _widening(asked: Question) -> list[str]:
    campaign = asked.row.collaboration.campaign
    days = {"campaign": campaign, "old": day_words(campaign.end_on), "new": day_words(asked.after.post_on)}
    return [
        _now("%(campaign)s ends on %(new)s instead of %(old)s, for everybody in it.") % days,
        _now("New days: %(days)s.") % {"days": days_of(asked.after)},
    ]


def _shortening(asked: Question) -> list[str]:
    said = [_now("New days: %(days)s.") % {"days": days_of(asked.squeezed)}]
    if asked.squeezed.draft_on is not None:
        left = (asked.squeezed.post_on - asked.squeezed.draft_on).days
        before = (asked.planned.post_on - (asked.planned.draft_on or asked.planned.post_on)).days
        said.append(
            _now("Days between draft and post: %(left)d instead of %(before)d.") % {"left": left, "before": before}
        )
    return said


def _dropping(asked: Question) -> list[str]:
    return [
        _now("It will not be made, and nobody is reminded of it."),
        _now("“Open it again” on the collaboration's page brings it back."),
    ]


SAYS: dict[Way, Any] = {Way.WIDEN: _widening, Way.SHORTEN: _shortening, Way.DROP: _dropping}


def choose(row: Deliverable, way: str, *, at: dt.datetime, actor: Actor) -> str:
    """Take one way, once: whoever comes second is told. Raises TransitionRefused, PromiseHeld among them, nothing changed."""
    before = question_of(row)
    with transaction.atomic():
        if way == Way.WIDEN and before is not None:
            _widen(row.collaboration.campaign_id, before.after.post_on, at, actor)
        card = row.collaboration
        with card.held():
            card.campaign.refresh_from_db(fields=["end_on"])
            row.refresh_from_db(fields=["status", "draft_due_on", "post_due_on", "zone"])
            asked = question_of(row)
            if asked is None:
                raise Refused(row, DECIDED)
            DOES[Way(way)](asked, at, actor)
            close_question(row.pk, at, by=actor.user_id)
    ring_after_commit()
    return days_of(planned_of(row))


def _widen(pk: int, end_on: dt.date, at: dt.datetime, actor: Actor) -> None:
    """The campaign first, then the person: the order in which everybody holds them."""
    campaign = Campaign.objects.get(pk=pk)
    if end_on > campaign.end_on:
        campaign.end_on = end_on
        save_campaign(campaign, at=at, actor=actor)


def _follow(asked: Question, after: Planned, outcome: str, at: dt.datetime, actor: Actor) -> None:
    planned = asked.planned
    draft = (after.draft_on - planned.draft_on).days if after.draft_on and planned.draft_on else 0
    post = (after.post_on - planned.post_on).days
    note_moved(asked.holds, planned, asked.use_days, post, draft, at, outcome)
    move_to(asked.row, after, asked.late_days, at, actor)


def _do_widen(asked: Question, at: dt.datetime, actor: Actor) -> None:
    if asked.is_beyond:
        raise Refused(asked.row, _("The days have changed meanwhile. Look at the choices again."))
    _follow(asked, asked.after, Outcome.WIDENED, at, actor)


def _do_shorten(asked: Question, at: dt.datetime, actor: Actor) -> None:
    _follow(asked, asked.squeezed, Outcome.SHORTENED, at, actor)


def _do_drop(asked: Question, at: dt.datetime, actor: Actor) -> None:
    asked.row.drop(at=at, actor=actor, why=str(TOO_LATE))


DOES: dict[Way, Any] = {Way.WIDEN: _do_widen, Way.SHORTEN: _do_shorten, Way.DROP: _do_drop}
