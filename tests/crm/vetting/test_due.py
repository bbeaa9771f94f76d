"""Checks that run out stand on Today, for colleagues who can check again and for nobody else."""

import datetime as dt

import pytest
from django.test import Client

from crm.influencers.models import Influencer
from crm.reminders.models import Reminder
from crm.reminders.plan import plan
from crm.reminders.registry import Asked, Due
from crm.reminders.today import today
from crm.team.models import Role, User
from crm.timeline.record import subject_of
from crm.vetting.models import CheckItem
from crm.vetting.reminders import running_out
from tests.crm.vetting.conftest import TODAY, check
from tests.factories import InfluencerFactory, UserFactory

pytestmark = pytest.mark.django_db

WEEK = dt.timedelta(days=7)


@pytest.fixture
def vetted(kirana: Influencer, coordinator: User) -> Influencer:
    """Checked on 25 May: six-month items are good until 25 November."""
    Influencer.objects.filter(pk=kirana.pk).update(owner=coordinator)
    for code in ("unsafe", "scandals", "past-content"):
        check(kirana, code, "pass", coordinator, on=dt.date(2026, 5, 25))
    return kirana


def asked(now: dt.datetime, user: User | None) -> list[Due]:
    return list(running_out(Asked(now=now, from_at=now - dt.timedelta(days=120), to_at=now + WEEK, user=user)))


def test_what_runs_out_within_a_week_is_one_line_for_each_person(
    vetted: Influencer, coordinator: User, now: dt.datetime
) -> None:
    (found,) = asked(now, coordinator)
    assert (str(found.title), found.detail, found.due_on, found.owner_id) == (
        "2 checks run out", "Scandals in the news, Unsafe content", dt.date(2026, 11, 25), coordinator.pk,
    )  # fmt: skip
    assert found.contact_ids == ()


def test_today_shows_it_with_the_verb_that_settles_it(vetted: Influencer, coordinator: User, now: dt.datetime) -> None:
    (line,) = [line for group in today(coordinator, now).groups for line in group.lines]
    assert (line.who, str(line.what), str(line.verb), line.late) == (
        "Kirana Maheswari", "2 checks run out", "Check again", False,
    )  # fmt: skip
    assert line.url == f"/people/{vetted.pk}/vetting/check/"
    assert [line.late for group in today(coordinator, now + WEEK).groups for line in group.lines] == [True]


def test_checking_again_settles_it(vetted: Influencer, coordinator: User, now: dt.datetime) -> None:
    for one in vetted.checks.standing().filter(item__code__in=["unsafe", "scandals"]):
        check(vetted, one.item.code, "pass", coordinator, seen=one.pk)
    assert asked(now, coordinator) == []


def test_who_cannot_check_is_not_asked_to(vetted: Influencer, viewer: User, now: dt.datetime) -> None:
    finance = UserFactory(role=Role.FINANCE)
    assert [asked(now, viewer), asked(now, finance)] == [[], []]


def test_people_in_the_archive_and_resting_ones_are_left_alone(
    vetted: Influencer, coordinator: User, now: dt.datetime
) -> None:
    Influencer.objects.filter(pk=vetted.pk).update(archived_at=now)
    assert asked(now, coordinator) == []
    Influencer.objects.filter(pk=vetted.pk).update(archived_at=None, stage="resting")
    assert asked(now, coordinator) == []


def test_items_out_of_force_run_out_unnoticed(vetted: Influencer, coordinator: User, now: dt.datetime) -> None:
    CheckItem.objects.update(valid_to=TODAY - dt.timedelta(days=1))
    assert asked(now, coordinator) == []


def test_asked_about_one_person_it_answers_for_her_alone(
    vetted: Influencer, coordinator: User, now: dt.datetime
) -> None:
    other = InfluencerFactory()
    check(other, "unsafe", "pass", coordinator, on=dt.date(2026, 5, 25))
    found = list(running_out(Asked(now=now, subjects=[vetted.pk])))
    assert [one.subject for one in found] == [subject_of(vetted)]


def test_nobody_is_mailed_about_it(vetted: Influencer, now: dt.datetime) -> None:
    plan(now)
    assert Reminder.objects.count() == 0


def test_the_page_of_today_opens_with_it(vetted: Influencer, as_coordinator: Client) -> None:
    assert as_coordinator.get("/").status_code == 200
