"""Colleagues and the clock at the same second: one close, one row for each key, and no more let go than is owed."""

import datetime as dt

import pytest
from django.db import transaction

from crm.ambassadors.models import DealPeriod, QuotaEntry, QuotaLine
from crm.ambassadors.quotas.closing import close_period
from crm.ambassadors.quotas.counting import credit, waive
from crm.ambassadors.quotas.granting import open_quota
from crm.ambassadors.quotas.ledger import replay, stored
from crm.timeline.models import Entry
from crm.timeline.record import SYSTEM
from tests.crm.ambassadors.conftest import DealOf
from tests.crm.ambassadors.quotas.conftest import AT, month, rows
from tests.races import together

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]
CROWD = 8
MARCH_9 = dt.date(2026, 3, 9)


def march_of(deal_of: DealOf, quantity: int = 4) -> tuple[QuotaLine, DealPeriod]:
    deal = deal_of(quantity=quantity, retainer=None, line={"rollover": "carry"})
    march = month(deal, 3, "in_review")
    open_quota(march, at=AT)
    open_quota(month(deal, 4), at=AT)
    return deal.quotas.get(), march


def copies(march: DealPeriod) -> list[DealPeriod]:
    return [DealPeriod.objects.select_related("deal__contract").get(pk=march.pk) for _one in range(CROWD)]


def test_a_period_is_closed_by_one_of_them(deal_of: DealOf) -> None:
    line, march = march_of(deal_of)
    raised = together(*(lambda row=row: close_period(row, at=AT) for row in copies(march)))
    assert raised == ["TransitionRefused"] * (CROWD - 1)
    assert rows(line) == [("grant", 4), ("grant", 4), ("carry_out", -4), ("carry_in", 4)]
    assert Entry.objects.filter(verb="quota.closed").count() == 1


def test_a_post_counts_once_however_often_it_is_told_at_once(deal_of: DealOf) -> None:
    line, march = march_of(deal_of)
    raised = together(*(lambda: credit(line, 1, key="post", on=MARCH_9, at=AT) for _one in range(CROWD)))
    assert (raised, stored(march, line).delivered) == ([], 1)
    assert stored(march, line) == replay(march, line)


def test_different_posts_at_once_all_count(deal_of: DealOf) -> None:
    line, march = march_of(deal_of)
    raised = together(*(lambda n=n: credit(line, 1, key=f"post {n}", on=MARCH_9, at=AT) for n in range(CROWD)))
    assert (raised, stored(march, line).delivered) == ([], CROWD)
    assert stored(march, line) == replay(march, line)


def test_no_more_is_let_go_than_is_owed(deal_of: DealOf) -> None:
    line, march = march_of(deal_of, 2)
    raised = together(*(lambda row=row: waive(row, line, 1, "Late.", at=AT, actor=SYSTEM) for row in copies(march)))
    assert raised == ["ValidationError"] * (CROWD - 2)
    assert stored(march, line).left == 0


def test_control_without_the_lock_more_is_let_go_than_is_owed(deal_of: DealOf) -> None:
    def unlocked(line: QuotaLine, march: DealPeriod, number: int) -> None:
        with transaction.atomic():
            if replay(march, line).left > 0:
                QuotaEntry.objects.create(
                    period=march, line=line, kind="waive", quantity=-1, key=f"{march.pk}/{number}", on=MARCH_9, at=AT, by="-"
                )  # fmt: skip

    lefts = []
    for _turn in range(5):
        line, march = march_of(deal_of, 1)
        together(*(lambda n=n: unlocked(line, march, n) for n in range(CROWD)))  # noqa: B023
        lefts.append(replay(march, line).left)
    assert min(lefts) < 0
