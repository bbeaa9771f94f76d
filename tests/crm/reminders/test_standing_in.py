"""While somebody is away her deputy is told, and answers; afterwards everything is as before, and nobody hears twice."""

import datetime as dt
from collections.abc import Callable

import pytest

from crm.base.models import Organisation
from crm.outbox.models import Contact, Email
from crm.reminders.mailing import mail_due
from crm.reminders.models import Reminder, Rule
from crm.reminders.plan import plan
from crm.reminders.why import stories_about
from crm.team.leaves import come_back, plan_leave
from crm.team.models import Leave, User
from tests.crm.reminders.conftest import Source
from tests.factories import BrandFactory, UserFactory

LayRule = Callable[..., Rule]
DAY = dt.timedelta(days=1)
MONDAY = dt.datetime(2026, 11, 23, 3, 0, tzinfo=dt.UTC)  # 10.00 in Jakarta; the thing is due on Friday
NEXT_MONDAY, NEXT_TUESDAY, NEXT_WEDNESDAY = MONDAY + 7 * DAY, MONDAY + 8 * DAY, MONDAY + 9 * DAY


@pytest.fixture
def rani(organisation: Organisation) -> User:
    return UserFactory(name="Rani Pramesti", email="rani@mitra.example")


@pytest.fixture
def away(dinda: User, rani: User) -> Leave:
    """Dinda is away on Monday and Tuesday of the week after."""
    return plan_leave(dinda, rani, NEXT_MONDAY.date(), NEXT_TUESDAY.date(), by=dinda, at=MONDAY)


@pytest.fixture
def escalations(source: Source, rule: LayRule, dinda: User) -> None:
    rule((3, "escalation", "coordinator"), (4, "escalation", "coordinator"), (5, "escalation", "coordinator"))
    source.add(1, owner_id=dinda.pk)


def told() -> list[tuple[str, int]]:
    rows = Reminder.objects.standing().exclude(state="skipped").order_by("send_at", "pk")
    return list(rows.values_list("due_key", "contact"))


@pytest.mark.usefixtures("away", "escalations")
def test_what_falls_on_those_days_goes_to_the_deputy(dinda: User, rani: User) -> None:
    plan(NEXT_MONDAY - 2 * DAY)
    assert told() == [
        ("2026-11-27/+3d/coordinator", rani.contact_id),
        ("2026-11-27/+4d/coordinator", rani.contact_id),
        ("2026-11-27/+5d/coordinator", dinda.contact_id),
    ]


@pytest.mark.usefixtures("escalations")
def test_back_early_what_is_still_to_come_is_hers_and_what_was_told_is_not_told_again(
    away: Leave, dinda: User, rani: User
) -> None:
    plan(NEXT_MONDAY)
    mail_due(NEXT_MONDAY)
    come_back(away, by=dinda, at=NEXT_TUESDAY - dt.timedelta(hours=6))
    plan(NEXT_TUESDAY - dt.timedelta(hours=6))
    assert told() == [
        ("2026-11-27/+3d/coordinator", rani.contact_id),
        ("2026-11-27/+4d/coordinator", dinda.contact_id),
        ("2026-11-27/+5d/coordinator", dinda.contact_id),
    ]
    assert Email.objects.filter(name="escalation").count() == 1


@pytest.mark.usefixtures("away", "escalations")
def test_planning_again_changes_nothing_and_the_page_knows_who_was_told(dinda: User, rani: User) -> None:
    plan(NEXT_MONDAY)
    assert plan(NEXT_MONDAY) == {}
    said = [verdict.said for story in stories_about("test.thing:1", dinda, NEXT_MONDAY) for verdict in story.verdicts]
    assert [words for words in said if words.startswith("Planned at the next look")] == []


@pytest.mark.usefixtures("away")
def test_of_a_brand_the_deputy_may_not_see_she_is_not_told(
    source: Source, rule: LayRule, dinda: User, rani: User
) -> None:
    Organisation.objects.update(brand_walls=True)
    rule((3, "escalation", "coordinator"))
    source.add(1, owner_id=dinda.pk, brand_id=BrandFactory().pk)
    plan(NEXT_MONDAY - 2 * DAY)
    assert told() == [("2026-11-27/+3d/coordinator", dinda.contact_id)]


@pytest.mark.usefixtures("away")
@pytest.mark.parametrize(
    ("at", "answers"), [(NEXT_MONDAY, "rani@mitra.example"), (NEXT_WEDNESDAY, "dinda@mitra.example")]
)
def test_answers_to_what_leaves_meanwhile_come_to_the_deputy(
    at: dt.datetime, answers: str, source: Source, rule: LayRule, kirana: Contact, dinda: User
) -> None:
    rule((-1, "draft_due"))
    source.add(1, due_on=at.date() + DAY, contact_ids=(kirana.pk,), owner_id=dinda.pk)
    plan(at)
    mail_due(at)
    assert Email.objects.get(contact=kirana).reply_to == answers
