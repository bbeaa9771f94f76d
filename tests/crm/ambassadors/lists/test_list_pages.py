"""The list of ambassadors: what a row says, how it is narrowed, and what it costs."""

import datetime as dt
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from djmoney.money import Money

from crm.ambassadors.models import AmbassadorDeal, DealPeriod, PeriodQuota, Program
from crm.base.models import Organisation
from crm.contracts.models import Contract
from crm.influencers.models import Influencer
from tests.crm.ambassadors.conftest import DealOf

pytestmark = pytest.mark.django_db
LIST = "/ambassadors/"


def period_of(deal: AmbassadorDeal, owed: int, done: int) -> DealPeriod:
    """November 2026, under way."""
    days = {"first_on": dt.date(2026, 11, 1), "last_on": dt.date(2026, 11, 30), "active_days": 30, "nominal_days": 30}
    period = DealPeriod.objects.create(deal=deal, number=11, state=DealPeriod.State.OPEN, **days)
    PeriodQuota.objects.create(
        period=period, line=deal.quotas.earliest("pk"), granted=owed, delivered=done, left=owed - done
    )
    return period


def names(client: Client, **words: Any) -> list[str]:
    return [str(row.deal.influencer) for row in client.get(LIST, words).context["rows"]]


def test_a_row_says_this_period_the_next_day_and_the_retainer(
    as_coordinator: Client, deal_of: DealOf, kirana: Influencer, circle: Program
) -> None:
    period_of(deal_of(person=kirana, program=circle), owed=4, done=1)
    (row,) = as_coordinator.get(LIST).context["rows"]
    assert (row.pace.done, row.pace.owed, row.is_behind) == (1, 4, True)
    assert (str(row.next.label), row.next.on, row.retainer) == ("Ends", dt.date(2026, 12, 31), Money(10_000_000, "IDR"))
    page = as_coordinator.get(LIST).content.decode()
    assert "1 of 4" in page
    assert "behind" in page


def test_who_keeps_up_is_not_behind(as_coordinator: Client, deal_of: DealOf) -> None:
    period_of(deal_of(), owed=2, done=1)
    (row,) = as_coordinator.get(LIST).context["rows"]
    assert row.is_behind is False


def test_a_pause_counts_more_than_the_contract(as_coordinator: Client, deal_of: DealOf) -> None:
    deal = deal_of()
    period_of(deal, owed=4, done=0)
    deal.pauses.create(first_on=dt.date(2026, 11, 10))
    (row,) = as_coordinator.get(LIST).context["rows"]
    assert (str(row.standing), row.tone, row.is_behind) == ("Paused", "warn", False)


def test_the_day_for_notice_comes_before_the_end(as_coordinator: Client, deal_of: DealOf) -> None:
    deal_of(renewal=Contract.Renewal.AUTO, renew_months=12, notice_value=30)
    (row,) = as_coordinator.get(LIST).context["rows"]
    assert (str(row.next.label), row.next.on, row.next.is_close) == (
        "Last day for notice", dt.date(2026, 12, 1), True,
    )  # fmt: skip


def test_a_look_that_is_open_comes_first(as_coordinator: Client, deal_of: DealOf) -> None:
    deal = deal_of(renewal=Contract.Renewal.AUTO, renew_months=12, notice_value=30)
    deal.reviews.create(for_on=dt.date(2026, 12, 31), due_on=dt.date(2026, 11, 17))
    (row,) = as_coordinator.get(LIST).context["rows"]
    assert (str(row.next.label), row.next.on, row.next.is_past) == ("To be looked at", dt.date(2026, 11, 17), True)


def test_each_standing_has_its_tab(as_coordinator: Client, deal_of: DealOf) -> None:
    deal_of(signed=False, end_on=dt.date(2027, 12, 31))
    deal_of(end_on=dt.date(2027, 12, 31))
    rests = deal_of(end_on=dt.date(2027, 12, 31))
    rests.pauses.create(first_on=dt.date(2026, 11, 1), last_on=dt.date(2026, 11, 24))
    deal_of(status=Contract.Status.IN_NOTICE)
    deal_of(status=Contract.Status.ENDED)
    tabs = as_coordinator.get(LIST).context["tabs"]
    assert [(str(tab["label"]), tab["count"]) for tab in tabs] == [
        ("Going on", 4), ("Being made", 1), ("Running", 2), ("Paused", 1), ("Notice given", 1), ("Ending in 90 days", 1),
        ("Over", 1),
    ]  # fmt: skip
    for tab in tabs:
        assert len(as_coordinator.get(LIST + tab["url"]).context["rows"]) == tab["count"]


def test_the_list_is_narrowed_by_what_was_asked(as_coordinator: Client, deal_of: DealOf, circle: Program) -> None:
    gold = circle.tiers.create(rank=2, name="Gold")
    one = deal_of(program=circle, tier=gold, label=AmbassadorDeal.Label.FEATURED)
    deal_of()
    for asked in (
        {"program": circle.pk}, {"brand": circle.brand_id}, {"tier": gold.pk}, {"label": "featured"}, {"q": "Lumi"},
        {"owner": circle.owner_id},
    ):  # fmt: skip
        assert names(as_coordinator, **asked) == [str(one.influencer)]
    chips = as_coordinator.get(LIST, {"program": circle.pk, "tier": gold.pk}).context["chips"]
    assert [(chip.label, chip.remove_url) for chip in chips] == [
        ("in Lumi Circle", f"?tier={gold.pk}"), ("on tier Gold", f"?program={circle.pk}"),
    ]  # fmt: skip


def test_only_those_behind_are_shown_when_asked(as_coordinator: Client, deal_of: DealOf) -> None:
    late, fine = deal_of(), deal_of()
    period_of(late, owed=4, done=0)
    period_of(fine, owed=4, done=3)
    assert names(as_coordinator, behind="on") == [str(late.influencer)]


def test_a_filter_that_is_not_understood_is_named(as_coordinator: Client, deal_of: DealOf) -> None:
    deal_of()
    page = as_coordinator.get(LIST, {"program": "x", "standing": "x", "sort": "x"})
    assert page.context["asked"].refused == ("Programme",)
    assert len(page.context["rows"]) == 1


def test_deals_come_in_the_order_asked_for(as_coordinator: Client, deal_of: DealOf, kirana: Influencer) -> None:
    last = deal_of(end_on=dt.date(2027, 6, 30), person=kirana)
    first = deal_of()
    assert names(as_coordinator) == [str(first.influencer), "Kirana Maheswari"]
    assert names(as_coordinator, sort="newest") == [str(first.influencer), str(last.influencer)]
    assert names(as_coordinator, sort="name") == sorted([str(first.influencer), str(last.influencer)])


def test_a_deal_behind_the_wall_is_not_listed(as_coordinator: Client, deal_of: DealOf) -> None:
    deal_of()
    Organisation.objects.update(brand_walls=True)
    cache.clear()
    page = as_coordinator.get(LIST)
    assert (page.context["rows"], [tab["count"] for tab in page.context["tabs"]]) == ([], [0] * 7)


def test_the_filter_opens_in_the_list_and_alone(as_coordinator: Client, circle: Program) -> None:
    alone = as_coordinator.get(reverse("ambassadors-filter"), {"program": circle.pk})
    assert "Lumi Circle" in alone.content.decode()
    part = as_coordinator.get(reverse("ambassadors-filter"), headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    assert 'name="program"' in part


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_deals_of_the_filter_become_a_file(as_coordinator: Client, deal_of: DealOf, kind: str) -> None:
    deal_of()
    answer = as_coordinator.get(reverse("ambassadors-sheet", args=[kind]))
    assert f"ambassadors 2026-11-24.{kind}" in answer["Content-Disposition"]
    answer.close()


def test_the_file_says_what_the_list_says(
    as_coordinator: Client, deal_of: DealOf, kirana: Influencer, circle: Program
) -> None:
    period_of(deal_of(person=kirana, program=circle), owed=4, done=1)
    answer: Any = as_coordinator.get(reverse("ambassadors-sheet", args=["csv"]))
    head, line = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
    assert line.split(",")[1:12] == [
        "Kirana Maheswari", "Lumi Circle", "Lumi Skincare", "Member", "", "Running", "11", "4", "1", "10000000.00", "IDR",
    ]  # fmt: skip
    assert len(head.split(",")) == len(line.split(","))
    assert as_coordinator.get("/ambassadors/sheet/pdf/").status_code == 404


def test_an_empty_list_says_how_to_begin(as_coordinator: Client) -> None:
    assert "No ambassador yet" in as_coordinator.get(LIST).content.decode()
    assert "No deal matches" in as_coordinator.get(LIST, {"q": "x"}).content.decode()


@pytest.mark.parametrize("many", [1, 3])
def test_the_list_costs_the_same_however_long_it_is(
    as_coordinator: Client, deal_of: DealOf, many: int, django_assert_num_queries: Any
) -> None:
    for _number in range(many):
        deal = deal_of()
        period_of(deal, owed=4, done=1)
        deal.pauses.create(first_on=dt.date(2026, 11, 10))
    as_coordinator.get(LIST)
    with django_assert_num_queries(8):
        page = as_coordinator.get(LIST)
    assert len(page.context["rows"]) == many
