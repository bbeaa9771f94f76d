"""Two at the same moment: one standing campaign, every post planned once, and nobody waits for each other for ever."""

import datetime as dt
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import transaction

from campaigns.planning.models import Campaign, Collaboration, Deliverable, QuotaPost
from campaigns.planning.standing import campaign as standing_campaign
from campaigns.planning.standing import planning
from campaigns.planning.standing.planning import keep_posts
from crm.ambassadors.models import AmbassadorDeal, DealPeriod, PeriodQuota, Program
from crm.ambassadors.quotas.closing import close_period
from crm.ambassadors.quotas.ledger import write
from crm.timeline.record import SYSTEM
from tests.campaigns.planning.standing.conftest import DECEMBER, on
from tests.crm.ambassadors.conftest import DealOf
from tests.races import together

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]
JANUARY = DECEMBER + dt.timedelta(days=31)


def begun(deal: AmbassadorDeal) -> DealPeriod:
    """Open and owed, and nobody has planned it."""
    period = DealPeriod.objects.create(
        deal=deal, number=1, first_on=on(12, 1), last_on=on(12, 31), active_days=31, nominal_days=31, state="open",
        opened_at=DECEMBER,
    )  # fmt: skip
    line = deal.quotas.get()
    write(period, line, "grant", 2, key=f"grant:{period.pk}", on=on(12, 1), at=DECEMBER, by="Mitra")
    return period


@pytest.fixture
def two_of_a_circle(deal_of: DealOf, circle: Program) -> list[DealPeriod]:
    return [begun(deal_of(program=circle, start_on=on(12, 1), end_on=on(12, 31))) for _number in range(2)]


def plan_both(periods: list[DealPeriod]) -> list[str]:
    return together(*(lambda period=period: keep_posts(period, at=DECEMBER) for period in periods))  # type: ignore[misc]


def both_look_first(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither goes on before the other has seen that there is no campaign yet."""
    look, looked = standing_campaign.standing_of, threading.Barrier(2)

    def slowly(program: Program) -> Campaign | None:
        found = look(program)
        looked.wait(timeout=10)
        return found

    monkeypatch.setattr(standing_campaign, "standing_of", slowly)


def test_two_first_periods_at_once_open_one_campaign(
    two_of_a_circle: list[DealPeriod], monkeypatch: pytest.MonkeyPatch
) -> None:
    both_look_first(monkeypatch)
    assert plan_both(two_of_a_circle) == []
    assert (Campaign.objects.count(), Collaboration.objects.count(), QuotaPost.objects.count()) == (1, 2, 4)


def test_control_without_naming_the_conflict_one_of_them_breaks(
    two_of_a_circle: list[DealPeriod], monkeypatch: pytest.MonkeyPatch
) -> None:
    def insert(rows: list[Campaign], _target: str) -> int:
        rows[0].save(force_insert=True)
        return 1

    both_look_first(monkeypatch)
    monkeypatch.setattr(standing_campaign, "insert_missing", insert)
    assert plan_both(two_of_a_circle) == ["IntegrityError"]


def test_one_period_planned_twice_at_once_is_planned_once(two_of_a_circle: list[DealPeriod]) -> None:
    period = two_of_a_circle[0]
    keep_posts(two_of_a_circle[1], at=DECEMBER)
    assert plan_both([period, period]) == []
    assert QuotaPost.objects.filter(period=period).count() == 2


def test_control_without_holding_her_the_second_breaks_on_the_number(
    two_of_a_circle: list[DealPeriod], monkeypatch: pytest.MonkeyPatch
) -> None:
    period, other = two_of_a_circle
    keep_posts(other, at=DECEMBER)
    looked, look = threading.Barrier(2), planning.posts_for

    def slowly(want: planning.Want) -> list[QuotaPost]:
        found = look(want)
        looked.wait(timeout=10)
        return found

    @contextmanager
    def unheld(*_people: object) -> Iterator[None]:
        with transaction.atomic():
            yield

    with planning.gate([period.deal.influencer_id]):
        planning.card_for(period.deal, Campaign.objects.get(), at=DECEMBER)
    monkeypatch.setattr(planning, "posts_for", slowly)
    monkeypatch.setattr(planning, "gate", unheld)
    monkeypatch.setattr(Collaboration, "held", unheld)
    assert plan_both([period, period]) == ["IntegrityError"]


@pytest.mark.parametrize(("rollover", "ways"), [
    ("carry", [([], 1)]),
    ("none", [([], 1), (["TransitionRefused"], 0)]),
])  # fmt: skip
def test_a_post_that_comes_while_its_period_closes_counts_once_or_is_refused(
    deal_of: DealOf, circle: Program, rollover: str, ways: list[tuple[list[str], int]]
) -> None:
    """Both hold her first, so neither waits for the other with something the other needs. What lapsed is dropped first."""
    terms: dict[str, Any] = {"retainer": None, "line": {"rollover": rollover}}
    deal = deal_of(program=circle, start_on=on(12, 1), end_on=dt.date(2027, 1, 31), **terms)
    period = begun(deal)
    DealPeriod.objects.create(
        deal=deal, number=2, first_on=dt.date(2027, 1, 1), last_on=dt.date(2027, 1, 31), active_days=31, nominal_days=31
    )
    keep_posts(period, at=DECEMBER)
    row = Deliverable.objects.with_card().order_by("post_due_on")[0]
    raised = together(
        lambda: row.publish(at=JANUARY, posted_at=JANUARY - dt.timedelta(days=3), actor=SYSTEM),
        lambda: close_period(period, at=JANUARY),
    )
    assert (raised, sum(PeriodQuota.objects.values_list("delivered", flat=True))) in ways
