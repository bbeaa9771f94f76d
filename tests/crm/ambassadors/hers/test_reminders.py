"""Posts a period still owes: who is reminded when, what stops it, and what only makes it wait."""

import datetime as dt
from collections.abc import Collection, Iterator
from contextlib import contextmanager

import pytest
import time_machine

from crm.ambassadors.hers.reminders import MAKE_GOOD, QUOTA
from crm.ambassadors.models import AmbassadorDeal, DealPause, DealPeriod, MakeGood, PeriodQuota
from crm.ambassadors.places import Planned, planned_ahead
from crm.contracts.models import Contract
from crm.outbox.models import Contact, Email
from crm.reminders.mailing import mail_due
from crm.reminders.models import Reminder, Todo
from crm.reminders.plan import plan
from crm.reminders.registry import Asked, Due, dues
from crm.reminders.today import all_lines
from crm.reminders.todos import settle_todo
from crm.team.models import User
from crm.timeline.record import subject_of
from tests.crm.ambassadors.conftest import DealOf
from tests.crm.ambassadors.showing.laid import State, period_of

pytestmark = pytest.mark.django_db
MONTH = ("11-02", "11-20", "11-27", "11-30")
QUOTA_STEPS = [("deal_posts", "11-20"), ("deal_posts", "11-27"), ("escalation", "11-27")]


def mailed(*mornings: str) -> list[tuple[str, str]]:
    """Look on these mornings of the year; which messages were written so far, and for which."""
    for morning in mornings:
        now = dt.datetime.fromisoformat(f"2026-{morning}T03:00+00:00")
        with time_machine.travel(now, tick=False):
            plan(now)
            mail_due(now)
    rows = Reminder.objects.exclude(email=None).order_by("send_at", "email_name")
    return [(row.email_name, f"{row.send_at:%m-%d}") for row in rows]


def told(kind: str, pk: int, now: dt.datetime) -> Due:
    (found,) = dues(Asked(now=now, subjects=[pk]), [kind])
    return found


def all_posted(period: DealPeriod) -> None:
    for row in PeriodQuota.objects.filter(period=period):
        row.delivered, row.left = row.granted + row.carried, 0
        row.save()


@contextmanager
def with_cards(posts: int = 0, make_goods: int = 0) -> Iterator[None]:
    """Another room has so many cards for every quota and make-good it is asked about."""

    def counted(periods: Collection[int], goods: Collection[int], now: dt.datetime) -> Planned:
        rows = PeriodQuota.objects.filter(period__in=periods)
        return Planned({(row.period_id, row.line_id): posts for row in rows}, dict.fromkeys(goods, make_goods))

    planned_ahead("test")(counted)
    try:
        yield
    finally:
        del planned_ahead._placed["test"]


def test_she_is_reminded_ten_and_three_days_before_and_then_the_coordinator(
    november: DealPeriod, her: Contact, coordinator: User
) -> None:
    assert mailed(*MONTH) == QUOTA_STEPS
    assert set(Email.objects.exclude(name="escalation").values_list("contact", flat=True)) == {her.pk}


def test_it_says_what_is_still_to_come(november: DealPeriod, her: Contact) -> None:
    mailed("11-02", "11-20")
    email = Email.objects.get(name="deal_posts")
    assert email.subject == "Lumi Skincare: 1 to post by Mon 30 Nov"
    assert "Still to come: 1 × Instagram Reel." in email.text


def test_nobody_is_reminded_of_a_period_that_is_met(november: DealPeriod, her: Contact, now: dt.datetime) -> None:
    all_posted(november)
    assert mailed(*MONTH) == []
    assert told(QUOTA, november.pk, now).stopped_why == "Everything is posted"


def test_what_is_posted_meanwhile_takes_the_rest_back(november: DealPeriod, her: Contact) -> None:
    assert mailed("11-02", "11-20") == QUOTA_STEPS[:1]
    all_posted(november)
    assert mailed("11-27", "11-30") == QUOTA_STEPS[:1]
    assert set(Reminder.objects.filter(kind=QUOTA).exclude(state="mailed").values_list("state", flat=True)) == {"void"}


def test_a_pause_holds_the_reminders(november: DealPeriod, her: Contact, now: dt.datetime) -> None:
    DealPause.objects.create(deal=november.deal, first_on=dt.date(2026, 11, 15))
    assert mailed(*MONTH) == []
    found = told(QUOTA, november.pk, now)
    assert (found.stopped_why, found.on_hold) == ("The deal is paused", True)


def test_after_a_pause_it_is_planned_anew_for_its_new_last_day(november: DealPeriod, her: Contact) -> None:
    pause = DealPause.objects.create(deal=november.deal, first_on=dt.date(2026, 11, 10))
    assert mailed("11-02", "11-20") == []
    pause.last_on = dt.date(2026, 11, 19)
    pause.save()
    DealPeriod.objects.filter(pk=november.pk).update(last_on=dt.date(2026, 12, 10))
    assert mailed("11-21", "11-30", "12-07") == [
        ("deal_posts", "11-30"), ("deal_posts", "12-07"), ("escalation", "12-07"),
    ]  # fmt: skip


def test_a_last_day_that_moves_takes_its_reminders_along(november: DealPeriod, her: Contact) -> None:
    assert mailed("11-02") == []
    DealPeriod.objects.filter(pk=november.pk).update(last_on=dt.date(2026, 12, 10))
    assert mailed("11-20", "11-27", "11-30") == [("deal_posts", "11-30")]


@pytest.mark.parametrize("state", [State.CLOSED, State.VOID, State.IN_REVIEW, State.PLANNED])
def test_a_period_that_is_not_under_way_asks_nothing(
    deal: AmbassadorDeal, her: Contact, now: dt.datetime, state: str
) -> None:
    period = period_of(deal, 11, state, (2, 1))
    PeriodQuota.objects.filter(period=period).update(settled=0, left=1)
    assert told(QUOTA, period.pk, now).stopped_why == "The period is not under way"
    assert list(dues(Asked(now=now), [QUOTA])) == []


def test_a_deal_that_is_over_asks_nothing(november: DealPeriod, her: Contact, now: dt.datetime) -> None:
    Contract.objects.filter(pk=november.deal.contract_id).update(status="ended")
    assert list(dues(Asked(now=now), [QUOTA])) == []
    assert told(QUOTA, november.pk, now).stopped_why == "The deal is not in force"


def test_posts_with_cards_of_their_own_are_not_asked_for_twice(
    november: DealPeriod, her: Contact, now: dt.datetime
) -> None:
    with with_cards(posts=1):
        assert mailed(*MONTH) == []
        found = told(QUOTA, november.pk, now)
    assert (found.stopped_why, found.on_hold) == ("Each of them has a card of its own", True)


def test_only_what_has_no_card_is_asked_for(deal: AmbassadorDeal, her: Contact, now: dt.datetime) -> None:
    period = period_of(deal, 11, State.OPEN, (2, 0), (4, 1))
    with with_cards(posts=2):
        found = told(QUOTA, period.pk, now)
    assert str(found.title) == "Posts of period 11: 1 × Instagram Story"
    assert found.facts["words"]["count"] == 1


def test_a_question_of_hers_holds_them_until_it_is_answered(
    november: DealPeriod, her: Contact, coordinator: User, now: dt.datetime
) -> None:
    todo = Todo.objects.create(text="?", key="deal_asked:1", subject=subject_of(november), owner=coordinator)
    assert mailed("11-02", "11-20", "11-25") == []
    assert told(QUOTA, november.pk, now).stopped_why == "She waits for our answer"
    settle_todo(todo, by=coordinator, at=dt.datetime(2026, 11, 25, 4, tzinfo=dt.UTC))
    assert mailed("11-27") == QUOTA_STEPS[1:]


def test_what_is_to_be_made_good_has_a_day_of_its_own(from_october: MakeGood, her: Contact) -> None:
    assert mailed("11-25", "11-30", "12-07") == [
        ("deal_make_good", "11-30"), ("deal_make_good", "12-07"), ("escalation", "12-07"),
    ]  # fmt: skip


def test_made_good_or_let_go_it_is_over(from_october: MakeGood, her: Contact, now: dt.datetime) -> None:
    MakeGood.objects.filter(pk=from_october.pk).update(waived=1)
    assert list(dues(Asked(now=now), [MAKE_GOOD])) == []
    assert told(MAKE_GOOD, from_october.pk, now).stopped_why == "Everything is posted"


def test_it_stands_on_today(november: DealPeriod, her: Contact, coordinator: User) -> None:
    at = dt.datetime(2026, 11, 30, 3, tzinfo=dt.UTC)
    november.deal.contract.owner = coordinator
    november.deal.contract.save()
    lines = [str(line.what) for line in all_lines(coordinator, at) if line.kind == QUOTA]
    assert lines == ["Posts of period 11: 1 × Instagram Reel"]


def test_the_day_counts_in_the_zone_of_the_deal(deal_of: DealOf, her: Contact, now: dt.datetime) -> None:
    deal = deal_of(zone="Asia/Makassar")
    period = period_of(deal, 11, State.OPEN, (2, 1))
    assert told(QUOTA, period.pk, now).due_at == dt.datetime(2026, 11, 30, 16, tzinfo=dt.UTC)


@pytest.mark.parametrize("many", [1, 3])
def test_a_fixed_number_of_questions(
    deal_of: DealOf, many: int, now: dt.datetime, django_assert_num_queries: object
) -> None:
    for _n in range(many):
        period_of(deal_of(), 11, State.OPEN, (2, 1))
    with django_assert_num_queries(7):  # type: ignore[operator]
        assert len(list(dues(Asked(now=now), [QUOTA]))) == many


@pytest.mark.parametrize("many", [1, 3])
def test_a_calendar_asks_less(
    deal_of: DealOf, many: int, now: dt.datetime, coordinator: User, django_assert_num_queries: object
) -> None:
    for _n in range(many):
        period_of(deal_of(), 11, State.OPEN, (2, 1))
    with django_assert_num_queries(2):  # type: ignore[operator]
        assert len(list(dues(Asked(now=now, user=coordinator, calendar=True), [QUOTA]))) == many
