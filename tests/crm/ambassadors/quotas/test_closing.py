"""What is left of a period when it is closed goes where its quota says, and the period comes to nothing."""

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from djmoney.money import Money

from crm.ambassadors.models import DealPeriod, MakeGood, QuotaEntry, QuotaLine
from crm.ambassadors.quotas.closing import close_period, closing_of, shortfall
from crm.ambassadors.quotas.counting import credit, waive
from crm.ambassadors.quotas.granting import open_quota
from crm.ambassadors.quotas.ledger import Totals, replay, stored
from crm.timeline.models import Entry
from crm.timeline.record import Actor
from crm.timeline.transitions import TransitionRefused
from tests.crm.ambassadors.conftest import DealOf
from tests.crm.ambassadors.quotas.conftest import AT, month, rows

pytestmark = pytest.mark.django_db
State = DealPeriod.State


def posted(line: QuotaLine, count: int, number: int = 3) -> None:
    for one in range(count):
        credit(line, 1, key=f"{number}/{one}", on=dt.date(2026, number, 5 + one), at=AT)


def march_of(deal_of: DealOf, quantity: int, *, done: int, then: str = "planned", **line: Any) -> tuple[Any, Any, Any]:
    """A deal whose March is over, with so many posted, and April behind it."""
    deal = deal_of(quantity=quantity, line=line)
    march, april = month(deal, 3, "in_review"), month(deal, 4, then)
    open_quota(march, at=AT)
    if then != "planned":
        open_quota(april, at=AT)
    posted(deal.quotas.get(), done)
    return deal.quotas.get(), march, april


def begin(period: DealPeriod) -> None:
    DealPeriod.objects.filter(pk=period.pk).update(state=State.OPEN, opened_at=AT)
    open_quota(period, at=AT)


def test_what_was_missed_lapses_and_the_period_comes_to_nothing(deal_of: DealOf, actor: Actor) -> None:
    line, march, _april = march_of(deal_of, 4, done=1)
    assert shortfall(march, line) == 3
    close_period(march, at=AT, actor=actor)
    assert rows(line, march) == [("grant", 4), ("delivered", -1), ("expire", -3)]
    march.refresh_from_db()
    assert (march.state, march.closed_at, march.closed_by) == (State.CLOSED, AT, actor.label)
    assert stored(march, line) == replay(march, line) == Totals(granted=4, delivered=1, settled=-3)
    told = Entry.objects.get(verb="quota.closed")
    assert told.sentence_en == "Period 3 is closed. Not posted: Instagram Reel: 3."


def test_what_is_carried_is_owed_in_the_next_period_up_to_the_cap(deal_of: DealOf, actor: Actor) -> None:
    line, march, april = march_of(deal_of, 4, done=1, rollover="carry", carry_cap=2)
    close_period(march, at=AT, actor=actor)
    begin(april)
    begin(april)
    assert rows(line, march) == [("grant", 4), ("delivered", -1), ("carry_out", -2), ("expire", -1)]
    assert rows(line, april) == [("grant", 4), ("carry_in", 2)]
    assert QuotaEntry.objects.get(kind="carry_in").about == march


def test_what_is_carried_into_a_period_that_runs_already_is_owed_at_once(deal_of: DealOf, actor: Actor) -> None:
    line, march, april = march_of(deal_of, 4, done=3, then="open", rollover="carry")
    close_period(march, at=AT, actor=actor)
    assert rows(line, april) == [("grant", 4), ("carry_in", 1)]
    begin(april)
    assert rows(line, april) == [("grant", 4), ("carry_in", 1)]


def test_what_was_carried_lapses_at_the_close_of_the_next_period(deal_of: DealOf, actor: Actor) -> None:
    line, march, april = march_of(deal_of, 2, done=1, rollover="carry")
    may = month(line.deal, 5, "planned")
    close_period(march, at=AT, actor=actor)
    begin(april)
    close_period(april, at=AT + dt.timedelta(days=30), actor=actor)
    begin(may)
    assert rows(line, april) == [("grant", 2), ("carry_in", 1), ("carry_out", -2), ("expire", -1)]
    assert rows(line, may) == [("grant", 2), ("carry_in", 2)]
    assert QuotaEntry.objects.get(kind="expire").about == march


def test_what_was_carried_is_done_first(deal_of: DealOf, actor: Actor) -> None:
    line, march, april = march_of(deal_of, 2, done=1, rollover="carry")
    may = month(line.deal, 5, "planned")
    close_period(march, at=AT, actor=actor)
    begin(april)
    posted(line, 1, number=4)
    close_period(april, at=AT + dt.timedelta(days=30), actor=actor)
    begin(may)
    assert rows(line, april)[-1:] == [("carry_out", -2)]
    assert QuotaEntry.objects.get(period=may, kind="carry_in").about == april


def test_a_period_in_which_no_day_counts_does_not_use_up_what_was_carried(deal_of: DealOf, actor: Actor) -> None:
    line, march, april = march_of(deal_of, 2, done=1, rollover="carry")
    may = month(line.deal, 5, "planned")
    DealPeriod.objects.filter(pk=april.pk).update(active_days=0)
    line.deal.pauses.create(first_on=dt.date(2026, 4, 1), last_on=dt.date(2026, 4, 30), effect="freeze")
    close_period(march, at=AT, actor=actor)
    begin(april)
    close_period(april, at=AT + dt.timedelta(days=30), actor=actor)
    begin(may)
    assert rows(line, april) == [("carry_in", 1), ("carry_out", -1)]
    assert rows(line, may) == [("grant", 2), ("carry_in", 1)]


def test_in_the_last_period_what_would_be_carried_lapses(deal_of: DealOf, actor: Actor) -> None:
    line, march, april = march_of(deal_of, 2, done=1, rollover="carry")
    DealPeriod.objects.filter(pk=april.pk).update(state=State.VOID)
    close_period(march, at=AT, actor=actor)
    assert rows(line) == [("grant", 2), ("delivered", -1), ("expire", -1)]


def test_what_is_to_be_made_good_has_a_day_of_its_own(deal_of: DealOf, actor: Actor) -> None:
    line, march, april = march_of(deal_of, 3, done=1, then="open", rollover="make_good", make_good_days=14)
    close_period(march, at=AT, actor=actor)
    owed = MakeGood.objects.get()
    assert (owed.period, owed.line, owed.quantity, owed.due_on) == (march, line, 2, dt.date(2026, 4, 14))
    assert (rows(line, march)[-1], rows(line, april)) == (("mg_due", -2), [("grant", 3)])


def test_what_is_taken_off_is_told_with_what_was_owed(deal_of: DealOf, actor: Actor) -> None:
    line, march, _april = march_of(deal_of, 4, done=1, rollover="deduct")
    assert closing_of(march).shortfalls == {line: (3, 4)}
    assert close_period(march, at=AT, actor=actor).shortfalls == {line: (3, 4)}
    assert rows(line, march)[-1] == ("expire", -3)


def test_nothing_is_taken_off_for_what_was_let_go(deal_of: DealOf, actor: Actor) -> None:
    line, march, _april = march_of(deal_of, 4, done=1, rollover="deduct")
    waive(march, line, 2, "The sample came late.", at=AT, actor=actor)
    assert close_period(march, at=AT, actor=actor).shortfalls == {line: (1, 4)}
    assert rows(line, march)[-2:] == [("waive", -2), ("expire", -1)]


@pytest.mark.parametrize(
    ("over", "march_rows", "april_rows"),
    [
        ("bonus", [("extra", 3)], [("grant", 2)]),
        ("ignore", [("extra", 3)], [("grant", 2)]),
        ("advance", [("advance", 2), ("extra", 1)], [("grant", 2), ("advance", -2)]),
    ],
)
def test_too_many_go_where_the_quota_says(
    deal_of: DealOf, actor: Actor, over: str, march_rows: list[Any], april_rows: list[Any]
) -> None:
    line, march, april = march_of(deal_of, 2, done=5, over=over)
    close_period(march, at=AT, actor=actor)
    begin(april)
    assert (rows(line, march)[6:], rows(line, april)) == (march_rows, april_rows)
    assert (stored(march, line).left, stored(april, line)) == (0, replay(april, line))


def test_no_more_is_done_ahead_than_the_running_period_still_owes(deal_of: DealOf, actor: Actor) -> None:
    line, march, april = march_of(deal_of, 2, done=5, then="open", over="advance")
    posted(line, 1, number=4)
    close_period(march, at=AT, actor=actor)
    assert rows(line, march)[6:] == [("advance", 1), ("extra", 2)]
    assert stored(april, line) == Totals(granted=2, carried=-1, delivered=1)


def test_what_was_done_ahead_is_not_done_ahead_again(deal_of: DealOf, actor: Actor) -> None:
    line, march, april = march_of(deal_of, 2, done=4, over="advance")
    month(line.deal, 5, "planned")
    close_period(march, at=AT, actor=actor)
    begin(april)
    assert stored(april, line).left == 0
    close_period(april, at=AT + dt.timedelta(days=30), actor=actor)
    assert rows(line, april) == [("grant", 2), ("advance", -2)]


@pytest.mark.parametrize(("over", "paid"), [("bonus", 2), ("ignore", None)])
def test_posts_beyond_the_quota_are_paid_only_where_they_have_a_price(
    deal_of: DealOf, over: str, paid: int | None
) -> None:
    line, march, _april = march_of(deal_of, 1, done=3, over=over, extra_price=Money(750_000, "IDR"))
    assert closing_of(march).extras == ({line: paid} if paid else {})
    QuotaLine.objects.update(extra_price=None)
    assert closing_of(march).extras == {}


def test_looking_at_a_close_changes_nothing(deal_of: DealOf) -> None:
    line, march, _april = march_of(deal_of, 4, done=1, rollover="make_good")
    found = closing_of(march).lines[0]
    assert (found.close.made_good, found.make_good_by, found.is_settled) == (3, dt.date(2026, 4, 14), False)
    assert (rows(line), MakeGood.objects.count(), Entry.objects.count()) == ([("grant", 4), ("delivered", -1)], 0, 0)


def test_a_period_that_still_runs_is_not_closed(deal_of: DealOf, actor: Actor) -> None:
    line, march, _april = march_of(deal_of, 2, done=1)
    evening = dt.datetime(2026, 3, 31, 16, 59, tzinfo=dt.UTC)
    with pytest.raises(ValidationError, match="still running"):
        close_period(march, at=evening, actor=actor)
    march.refresh_from_db()
    assert (march.state, rows(line)) == (State.IN_REVIEW, [("grant", 2), ("delivered", -1)])
    close_period(march, at=evening + dt.timedelta(minutes=1), actor=actor)
    march.refresh_from_db()
    assert march.state == State.CLOSED


def test_periods_close_oldest_first(deal_of: DealOf, actor: Actor) -> None:
    line, march, april = march_of(deal_of, 2, done=1, then="in_review")
    month(line.deal, 2, "void")
    with pytest.raises(ValidationError, match="earlier period"):
        close_period(april, at=AT + dt.timedelta(days=30), actor=actor)
    assert [one.state for one in DealPeriod.objects.filter(pk__in=[march.pk, april.pk])] == [State.IN_REVIEW] * 2


def test_a_period_closes_once(deal_of: DealOf, actor: Actor) -> None:
    line, march, _april = march_of(deal_of, 2, done=1)
    close_period(march, at=AT, actor=actor)
    before = rows(line)
    with pytest.raises(TransitionRefused):
        close_period(march, at=AT, actor=actor)
    assert (rows(line), Entry.objects.filter(verb="quota.closed").count()) == (before, 1)


def test_a_post_that_turns_up_late_is_owed_less_in_the_open_period(deal_of: DealOf, actor: Actor) -> None:
    line, march, april = march_of(deal_of, 2, done=1, then="open")
    close_period(march, at=AT, actor=actor)
    credit(line, 1, key="late", on=dt.date(2026, 3, 30), at=AT)
    assert (stored(march, line).left, stored(april, line).left) == (0, 1)


@pytest.mark.parametrize(
    ("done", "line", "waits"),
    [
        (2, {}, False),
        (1, {}, True),
        (1, {"rollover": "carry"}, False),
        (0, {"rollover": "carry", "carry_cap": 1}, True),
        (1, {"rollover": "make_good"}, False),
        (1, {"rollover": "deduct"}, True),
        (3, {}, False),
        (3, {"extra_price": Money(750_000, "IDR")}, True),
    ],
)
def test_what_is_lost_for_good_or_asks_for_money_is_looked_at_first(
    deal_of: DealOf, done: int, line: dict[str, Any], waits: bool
) -> None:
    _line, march, _april = march_of(deal_of, 2, done=done, **line)
    assert [one.needs_somebody for one in closing_of(march).lines] == [waits]
