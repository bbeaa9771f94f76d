"""What a look at everything asks the database: as much for thirty collaborations as for a hundred and twenty."""

import datetime as dt
from typing import Any

import pytest

from campaigns.planning.models import Campaign, Collaboration
from crm.base.models import Organisation
from crm.influencers.models import DayOff, Influencer, ReminderPause, Representation
from crm.preferences.models import ReminderWish
from crm.reminders.models import Reminder, Todo
from crm.reminders.plan import plan
from tests.benchmarks.bench_plan import NOW, promise
from tests.factories import RepresentationFactory, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("organisation")]
SIZES = pytest.mark.parametrize("size", [30, 120])
DAY = dt.timedelta(days=1)


def season(size: int) -> None:
    """Running collaborations of every sort: paused ones, people on leave, with wishes of their own or no contact."""
    people = [stands.influencer for stands in RepresentationFactory.create_batch(size)]
    promise(size, UserFactory(name="Dinda Ayuningrum"))
    Collaboration.objects.filter(influencer__in=people[::7]).update(paused_at=NOW - DAY)
    Representation.objects.filter(influencer__in=people[1::7]).delete()
    for person in people[2::7]:
        DayOff.objects.create(influencer=person, start_on=NOW.date(), end_on=NOW.date() + 2 * DAY)
    for person in people[3::7]:
        ReminderPause.objects.create(influencer=person, since_at=NOW - 3 * DAY, until_on=NOW.date() - DAY, why="Exam")
    for person in people[4::7]:
        contact = Representation.objects.filter(influencer=person).values_list("contact_id", flat=True)[0]
        ReminderWish.objects.create(contact_id=contact, pace=ReminderWish.Pace.WEEKLY, weekday=3)
    Influencer.objects.filter(pk__in=[person.pk for person in people[5::7]]).update(do_not_contact_at=NOW - DAY)
    plan(NOW)


@SIZES
def test_a_look_at_unchanged_work_asks_the_same_number_of_questions(size: int, django_assert_num_queries: Any) -> None:
    season(size)
    assert Todo.objects.filter(key__startswith="no_contact:").exists()
    with django_assert_num_queries(26):
        assert plan(NOW) == {}


@SIZES
def test_taking_everything_back_asks_no_more_of_many(size: int, django_assert_num_queries: Any) -> None:
    season(size)
    waiting = Reminder.objects.queued().count()
    Campaign.objects.update(status="paused")
    with django_assert_num_queries(31):
        assert plan(NOW) == {"taken back": waiting}


@SIZES
def test_moving_everything_asks_for_each_moment_not_for_each_reminder(
    size: int, django_assert_num_queries: Any
) -> None:
    season(size)
    Organisation.objects.update(remind_at=dt.time(10))
    with django_assert_num_queries(38):
        assert plan(NOW)["moved"] > size
