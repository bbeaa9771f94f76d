"""Reminders to one person paused for a while: recorded, shown, and without a burst afterwards."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from campaigns.planning.models import Collaboration, Deliverable
from crm.base.models import Holiday, Organisation
from crm.influencers.actions.pauses import pause_reminders, resume_reminders
from crm.influencers.models import Influencer, ReminderPause
from crm.outbox.models import Email
from crm.outbox.reasons import in_words
from crm.reminders.mailing import mail_due
from crm.reminders.models import Reminder
from crm.reminders.plan import plan
from crm.team.models import User
from crm.timeline.models import Entry
from tests.factories import (
    CampaignFactory,
    CollaborationFactory,
    ContactFactory,
    DeliverableFactory,
    InfluencerFactory,
    RepresentationFactory,
)

NOW = dt.datetime(2026, 11, 24, 3, 0, tzinfo=dt.UTC)  # Tuesday, 10.00 in Jakarta
LONG_AGO = dt.datetime(2026, 10, 1, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)


@pytest.fixture
def kirana(organisation: Organisation) -> Influencer:
    Holiday.objects.all().delete()
    person = InfluencerFactory(stage_name="Kirana Larasati", zone="Asia/Jakarta")
    RepresentationFactory(influencer=person, contact=ContactFactory(name="Kirana Larasati", zone="Asia/Jakarta"))
    return person


@pytest.fixture
def draft(kirana: Influencer, coordinator: User) -> Deliverable:
    """A draft due on Friday 4 December, and a post far away."""
    card = CollaborationFactory(influencer=kirana, campaign=CampaignFactory(owner=coordinator))
    made = DeliverableFactory(collaboration=card, draft_due_on=dt.date(2026, 12, 4), post_due_on=dt.date(2027, 3, 1))
    Deliverable.objects.filter(pk=made.pk).update(created_at=LONG_AGO, dates_set_at=LONG_AGO)
    return made


def ring(now: dt.datetime) -> list[str]:
    """What is written at that moment."""
    before = set(Email.objects.values_list("pk", flat=True))
    plan(now)
    mail_due(now)
    Email.objects.filter(state="queued").update(state="sent", sent_at=now)
    return list(Email.objects.exclude(pk__in=before).order_by("pk").values_list("name", flat=True))


def pause(kirana: Influencer, by: User, until: dt.date = dt.date(2026, 12, 3), at: dt.datetime = NOW) -> None:
    pause_reminders(kirana, until=until, why="She moves house", by=by, at=at)


def test_nothing_is_said_while_it_lasts_and_every_reminder_says_why(
    draft: Deliverable, kirana: Influencer, coordinator: User
) -> None:
    plan(NOW)
    pause(kirana, coordinator)
    for day in range(10):
        assert ring(NOW + day * DAY) == []
    assert {in_words(why) for why in Reminder.objects.values_list("why", flat=True)} == {
        "On hold: Reminders to this person are paused"
    }


@pytest.mark.parametrize("planned_before", [True, False])
def test_it_ends_by_itself_after_its_last_day_and_nothing_is_caught_up(
    planned_before: bool, draft: Deliverable, kirana: Influencer, coordinator: User
) -> None:
    if planned_before:
        plan(NOW)
    pause(kirana, coordinator, until=dt.date(2026, 12, 5))
    sent = {day: ring(NOW + day * DAY) for day in range(21)}
    assert {day: names for day, names in sent.items() if names} == {13: ["draft_late", "escalation"]}
    missed = Reminder.objects.skipped().values_list("due_key", "why")
    assert {(key.partition("/")[2], in_words(why)) for key, why in missed} == {
        ("-3d/influencer", "Its moment passed while it was on hold."),
        ("-1d/influencer", "Its moment passed while it was on hold."),
        ("+0d/influencer", "Its moment passed while it was on hold."),
    }


def test_ended_early_she_is_reminded_from_then_on(draft: Deliverable, kirana: Influencer, coordinator: User) -> None:
    pause(kirana, coordinator, until=dt.date(2026, 12, 20))
    thursday = dt.datetime(2026, 12, 3, 1, 0, tzinfo=dt.UTC)  # 08.00, an hour before the next step
    assert resume_reminders(kirana, by=coordinator, at=thursday) is True
    assert ring(thursday) == []
    assert ring(thursday + dt.timedelta(hours=2)) == ["draft_due"]
    assert resume_reminders(kirana, by=coordinator, at=thursday) is False


def test_what_waits_in_the_outbox_does_not_leave_either(
    draft: Deliverable, kirana: Influencer, coordinator: User
) -> None:
    from crm.reminders.emails import no_longer_true

    tuesday = dt.datetime(2026, 12, 1, 3, 0, tzinfo=dt.UTC)
    plan(tuesday)
    mail_due(tuesday)
    pause(kirana, coordinator, at=tuesday)
    (email,) = Email.objects.all()
    assert {pk: in_words(why) for pk, why in no_longer_true([email], tuesday).items()} == {
        email.pk: "On hold: Reminders to this person are paused"
    }


@pytest.mark.parametrize("of", ["campaign", "collaboration"])
def test_a_long_pause_of_work_ends_without_a_burst(of: str, draft: Deliverable, coordinator: User) -> None:
    """Nothing was planned that far ahead when it began: what passed meanwhile is not said all the same."""
    from crm.timeline.record import SYSTEM

    card = Collaboration.objects.select_related("campaign").get()
    since, until = NOW - 20 * DAY, dt.datetime(2026, 12, 5, 9, 0, tzinfo=dt.UTC)
    if of == "campaign":
        card.campaign.pause(at=since, actor=SYSTEM)
        plan(since)
        card.campaign.resume(at=until, actor=SYSTEM)
    else:
        card.pause_reminders(at=since, actor=SYSTEM)
        plan(since)
        card.resume_reminders(at=until, actor=SYSTEM)
    assert ring(until) == []
    assert ring(until + 2 * DAY) == ["draft_late", "escalation"]


class TestOnHerPage:
    def test_a_colleague_pauses_and_lets_it_go_on(
        self, kirana: Influencer, as_coordinator: Client, coordinator: User
    ) -> None:
        page, last = f"/people/{kirana.pk}/", "2099-01-01"
        answer = as_coordinator.post(f"{page}pause-reminders/", {"until": last, "why": "She moves house"})
        assert (answer.status_code, "more than a year away" in answer.content.decode()) == (422, True)
        today = dt.datetime.now(tz=dt.UTC).date() + 5 * DAY
        answer = as_coordinator.post(f"{page}pause-reminders/", {"until": today.isoformat(), "why": "She moves house"})
        assert answer.status_code == 302
        row = ReminderPause.objects.get()
        assert (row.until_on, row.why, row.decided_by, row.ended_at) == (today, "She moves house", coordinator, None)
        assert Entry.objects.filter(verb="reminder.paused", influencer=kirana).count() == 1
        shown = as_coordinator.get(f"{page}panels/").content.decode()
        assert ("She moves house" in shown, "Go on now" in shown) == (True, True)
        assert as_coordinator.post(f"{page}go-on-reminding/").status_code == 302
        assert ReminderPause.objects.standing().count() == 0
        assert Entry.objects.filter(verb="reminder.resumed", influencer=kirana).count() == 1

    @pytest.mark.parametrize(
        ("typed", "said"),
        [
            ({"until": "2020-01-01", "why": "Calm"}, "This day is over."),
            ({"until": "soon", "why": "Calm"}, "Enter a valid date."),
            ({"until": "", "why": "Calm"}, "This field is required."),
            ({"until": "2026-12-24", "why": ""}, "This field is required."),
        ],
    )
    def test_what_is_wrong_is_said_and_kept(
        self, typed: dict[str, Any], said: str, kirana: Influencer, as_coordinator: Client
    ) -> None:
        answer = as_coordinator.post(f"/people/{kirana.pk}/pause-reminders/", typed)
        assert (answer.status_code, said in answer.content.decode()) == (422, True)
        assert (ReminderPause.objects.count(), Entry.objects.filter(verb="reminder.paused").count()) == (0, 0)

    def test_a_new_pause_follows_the_one_that_runs(self, kirana: Influencer, coordinator: User) -> None:
        pause(kirana, coordinator)
        pause(kirana, coordinator, until=dt.date(2026, 12, 24), at=NOW + DAY)
        assert list(ReminderPause.objects.order_by("pk").values_list("until_on", "ended_at")) == [
            (dt.date(2026, 12, 3), NOW + DAY),
            (dt.date(2026, 12, 24), None),
        ]
