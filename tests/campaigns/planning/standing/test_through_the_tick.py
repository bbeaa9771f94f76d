"""A deal, its periods and its posts through whole ticks: looked at every day, or after a month, it comes to the same."""

import datetime as dt
import re
from collections.abc import Sequence
from typing import Any

import pytest
from django.db import transaction

from campaigns.planning.models import Campaign, Collaboration, Deliverable, QuotaPost
from crm.ambassadors.models import AmbassadorDeal, DealPeriod, Program, QuotaEntry
from crm.influencers.models import Influencer
from crm.reminders.tick import tick
from tests.campaigns.planning.standing.conftest import on
from tests.crm.ambassadors.conftest import DealOf, line_of

DAY = dt.timedelta(days=1)
MORNING = dt.datetime(2026, 11, 30, 18, 0, tzinfo=dt.UTC)
"""Just after midnight of 1 December in Jakarta, where the deal begins."""


@pytest.fixture
def deal(deal_of: DealOf, circle: Program, kirana: Influencer) -> AmbassadorDeal:
    made = deal_of(
        program=circle, person=kirana, start_on=on(12, 1), end_on=dt.date(2027, 11, 30), line={"rollover": "carry"}
    )
    line_of(made, 3, "story")
    return made


def looked_at(*days: int) -> dict[str, Any]:
    """What it came to when the clock was looked at on these days of the deal; everything is taken back then."""
    with transaction.atomic():
        for day in days:
            at = MORNING + DAY * day
            tick(lambda at=at: at)
        found = state()
        transaction.set_rollback(True)
    return found


def state() -> dict[str, Any]:
    posts = QuotaPost.objects.order_by("line_id", "period__number", "slot")
    booked = QuotaEntry.objects.values_list("key", "line", "period__number", "kind", "quantity")
    return {
        "campaign": list(Campaign.objects.values_list("name", "status", "start_on", "end_on")),
        "cards": list(Collaboration.objects.values_list("status", "paused_at")),
        "made": sorted(Deliverable.objects.values_list("format", "status", "draft_due_on", "post_due_on")),
        "slots": list(posts.values_list("line", "period__number", "slot", "planned_on")),
        "periods": list(DealPeriod.objects.order_by("number").values_list("number", "state")[:4]),
        "ledger": sorted((*said, re.sub(r"\d+", "#", key)) for key, *said in booked),
    }


DAYS: Sequence[int] = range(40)


@pytest.mark.usefixtures("deal")
def test_after_a_month_it_is_as_if_somebody_had_looked_every_day() -> None:
    daily = looked_at(*DAYS)
    assert looked_at(DAYS[-1]) == daily
    assert daily["periods"][:2] == [(1, "closed"), (2, "open")]
    assert len([row for row in daily["made"] if row[1] == "expected"]) == 7


@pytest.mark.usefixtures("deal")
def test_a_second_tick_changes_nothing() -> None:
    assert looked_at(0, 0, 0) == looked_at(0)


def test_over_a_pause_of_three_weeks_as_well(deal: AmbassadorDeal) -> None:
    deal.pauses.create(first_on=on(12, 15), last_on=dt.date(2027, 1, 3), effect="freeze")
    now_and_then = looked_at(*range(0, 36, 5))
    assert looked_at(35) == now_and_then
