"""Campaigns, collaborations and people paused and resumed in any order, while deadlines move and drafts arrive."""

import datetime as dt
from collections.abc import Collection
from contextlib import suppress
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from campaigns.approvals.models import Review
from campaigns.planning.models import Campaign, Collaboration, Deliverable
from crm.base.zones import end_of_day
from crm.influencers.actions.pauses import pause_reminders, resume_reminders
from crm.influencers.models import Influencer
from crm.outbox.models import Email
from crm.reminders.mailing import mail_due
from crm.reminders.models import Reminder
from crm.reminders.plan import plan
from crm.team.models import User
from crm.timeline.record import Actor
from crm.timeline.transitions import TransitionRefused
from tests.crm.reminders.test_plan_properties import derived, standing
from tests.factories import (
    CampaignFactory,
    CollaborationFactory,
    ContactFactory,
    DeliverableFactory,
    InfluencerFactory,
    RepresentationFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("organisation")]

MONDAY = dt.datetime(2026, 11, 23, 0, 0, tzinfo=dt.UTC)
FRIDAY = dt.date(2026, 11, 27)
ZONE = "Asia/Jakarta"
DAY = dt.timedelta(days=1)

events = st.one_of(
    st.tuples(st.sampled_from(["campaign pauses", "campaign goes on"]), st.integers(0, 1)),
    st.tuples(st.sampled_from(["work pauses", "work goes on"]), st.integers(0, 2)),
    st.tuples(st.just("person pauses"), st.integers(0, 1), st.integers(0, 3)),
    st.tuples(st.just("person goes on"), st.integers(0, 1)),
    st.tuples(st.just("moves"), st.integers(0, 2), st.integers(-3, 6)),
    st.tuples(st.sampled_from(["arrives", "is dropped"]), st.integers(0, 2)),
    st.tuples(st.just("time passes"), st.sampled_from([1, 5, 24, 26, 48])),
    st.just(("the clock rings",)),
)


class Season:
    """Two campaigns, two people, three drafts: Kirana works for both campaigns, Sekar for one."""

    def __init__(self, user: User) -> None:
        self.user, self.actor, self.now = user, Actor.user(user), MONDAY
        self.campaigns = [CampaignFactory(owner=user, name=name) for name in ("Glow", "Spark")]
        self.people = [InfluencerFactory(stage_name=name) for name in ("Kirana Larasati", "Sekar Ayu")]
        for person in self.people:
            RepresentationFactory(influencer=person, contact=ContactFactory(name=person.stage_name, zone=ZONE))
        pairs = [(0, 0), (1, 0), (1, 1)]
        self.work = [
            CollaborationFactory(campaign=self.campaigns[one], influencer=self.people[other]) for one, other in pairs
        ]
        self.drafts = [DeliverableFactory(collaboration=card, draft_due_on=FRIDAY) for card in self.work]
        Deliverable.objects.update(created_at=MONDAY - 60 * DAY)
        self.quiet: dict[Any, dt.datetime | None] = {}
        """Who rests: None while it lasts, else when that ended."""
        self.ends: dict[Influencer, dt.datetime] = {}

    def play(self, event: tuple[Any, ...]) -> None:
        what, *words = event
        if what == "time passes":
            self.now += dt.timedelta(hours=words[0])
        elif what == "the clock rings":
            self.ring()
        else:
            with suppress(TransitionRefused):
                self._change(what, *words)

    def ring(self) -> None:
        """Plan and write; whatever is written leaves at once."""
        plan(self.now)
        before = set(Reminder.objects.mailed().values_list("pk", flat=True))
        mail_due(self.now)
        for row in Reminder.objects.mailed().exclude(pk__in=before):
            self.check_rest(row)
        Email.objects.filter(state="queued").update(state="sent", sent_at=self.now)

    def check_rest(self, row: Reminder) -> None:
        """Nothing leaves while somebody rests, and afterwards nothing whose moment passed meanwhile."""
        card = self._card(row.subject)
        for rests in (card, card.campaign, card.influencer):
            assert self.quiet.get(rests, MONDAY) is not None, f"{rests} rests"
            ended_at = self.quiet.get(rests)
            assert ended_at is None or row.send_at >= ended_at, f"passed while {rests} rested"

    def _card(self, subject: str) -> Collaboration:
        """Whose work a reminder is about: a draft's, or the draft's that waits for a decision."""
        label, pk = subject.split(":")
        draft = Review.objects.get(pk=pk).version.deliverable_id if label == "campaigns.review" else int(pk)
        return next(card for card, one in zip(self.work, self.drafts, strict=True) if one.pk == draft)

    def _change(self, what: str, number: int, *words: int) -> None:
        told: dict[str, Any] = {"at": self.now, "actor": self.actor}
        if what.startswith("campaign"):
            self._rest(Campaign.objects.get(pk=self.campaigns[number].pk), what, "pause", "resume", told)
        elif what.startswith("work"):
            card = Collaboration.objects.get(pk=self.work[number].pk)
            self._rest(card, what, "pause_reminders", "resume_reminders", told)
        elif what.startswith("person"):
            self._person(self.people[number], *words)
        else:
            draft = Deliverable.objects.get(pk=self.drafts[number].pk)
            if what == "moves":
                day = FRIDAY + words[0] * DAY
                draft.reschedule(draft_due_on=day, post_due_on=max(day, draft.post_due_on), **told)
            else:
                {"arrives": draft.submit, "is dropped": draft.drop}[what](**told)

    def _rest(self, thing: Any, what: str, pause: str, resume: str, told: dict[str, Any]) -> None:
        begins = what.endswith("pauses")
        getattr(thing, pause if begins else resume)(**told)
        self.quiet[thing] = None if begins else self.now

    def _person(self, person: Influencer, *days: int) -> None:
        if days:
            until = self.now.date() + days[0] * DAY
            pause_reminders(person, until=until, why="She moves house", by=self.user, at=self.now)
            self.ends[person] = end_of_day(until, ZONE)
            self.quiet[person] = None
        elif resume_reminders(person, by=self.user, at=self.now):
            self.quiet[person] = self.now

    def wake(self) -> None:
        """A pause of a person ends by itself with its last day."""
        for person, ends_at in self.ends.items():
            if self.quiet[person] is None and ends_at <= self.now:
                self.quiet[person] = ends_at


def rows() -> Collection[Any]:
    return list(Reminder.objects.order_by("pk").values())


@settings(
    max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(happened=st.lists(events, min_size=3, max_size=10))
def test_pauses_in_any_order_send_nothing_twice_nothing_meanwhile_and_no_burst_afterwards(
    happened: list[tuple[Any, ...]], coordinator: User
) -> None:
    with transaction.atomic():
        season = Season(coordinator)
        for event in happened:
            season.play(event)
            season.wake()
            plan(season.now)
            assert standing("queued") == derived(season.now) - standing("mailed", "skipped")
            before = rows()
            assert plan(season.now) == {}
            assert rows() == before
        season.ring()
        said = list(Reminder.objects.mailed().values_list("contact_id", "rule_id", "subject", "due_key"))
        assert len(said) == len(set(said))
        transaction.set_rollback(True)


@pytest.mark.parametrize(
    ("pauses", "goes_on"),
    [
        (("campaign pauses", 0), ("campaign goes on", 0)),
        (("work pauses", 0), ("work goes on", 0)),
        (("person pauses", 0, 9), ("person goes on", 0)),
    ],
)
def test_what_passed_while_it_rested_is_kept_as_not_sent_and_the_next_step_leaves(
    pauses: tuple[Any, ...], goes_on: tuple[Any, ...], coordinator: User
) -> None:
    """Tuesday's and Thursday's fall into the pause; on Friday, the day itself, she hears again."""
    season = Season(coordinator)
    Deliverable.objects.exclude(pk=season.drafts[0].pk).update(status="dropped")
    for event in [("the clock rings",), pauses, ("time passes", 72), ("time passes", 6), goes_on, ("the clock rings",)]:
        season.play(event)
    assert list(Reminder.objects.mailed()) == []
    season.play(("time passes", 24))
    season.play(("the clock rings",))
    assert [row.due_key for row in Reminder.objects.mailed()] == ["2026-11-27/+0d/influencer"]
