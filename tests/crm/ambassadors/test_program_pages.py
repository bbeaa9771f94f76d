"""Pages of programmes: the list, one of them with its people and tiers, and its forms."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from djmoney.money import Money

from crm.ambassadors.models import DealPeriod, PeriodQuota, Program, Prospect
from crm.influencers.models import Influencer
from crm.team.models import User
from tests.crm.ambassadors.conftest import DealOf

pytestmark = pytest.mark.django_db
ALL = reverse("ambassador-programs")


def page_of(program: Program) -> str:
    return reverse("ambassador-program", args=[program.pk])


def begun(deal: Any, owed: int, done: int) -> None:
    """The deal's November has begun, with so many posts owed and done."""
    days = {"first_on": dt.date(2026, 11, 1), "last_on": dt.date(2026, 11, 30)}
    period = DealPeriod.objects.create(
        deal=deal, number=11, active_days=30, nominal_days=30, state=DealPeriod.State.OPEN, **days
    )
    PeriodQuota.objects.create(period=period, line=deal.quotas.get(), granted=owed, delivered=done, left=owed - done)


def test_nothing_yet_leads_to_the_first_one(as_coordinator: Client) -> None:
    page = as_coordinator.get(ALL)
    assert "No programme yet" in page.text
    assert f'href="{reverse("ambassador-program-new")}"' in page.text


def test_the_list_says_who_is_in_what_is_done_and_what_a_month_costs(
    as_coordinator: Client, circle: Program, kirana: Influencer, deal_of: DealOf
) -> None:
    begun(deal_of(program=circle, retainer=4_000_000), owed=3, done=1)
    deal_of(program=circle, retainer=9_000_000, unit="quarter")
    deal_of(program=circle, signed=False)
    Prospect.objects.create(influencer=kirana, brand=circle.brand, program=circle)
    (row,) = as_coordinator.get(ALL).context["rows"]
    assert (row.people, row.owed, row.done, row.prospects) == (2, 3, 1, 1)
    assert [(round(amount), currency) for amount, currency in row.per_month.parts] == [(7_000_000, "IDR")]


def test_the_list_asks_the_same_for_one_and_for_three(
    as_coordinator: Client, circle: Program, coordinator: User, django_assert_num_queries: Any
) -> None:
    as_coordinator.get(ALL)
    with django_assert_num_queries(9):
        as_coordinator.get(ALL)
    for name in ("Two", "Three"):
        Program.objects.create(name=name, brand=circle.brand, owner=coordinator)
    with django_assert_num_queries(9):
        as_coordinator.get(ALL)


def test_one_programme_shows_its_people_by_standing(as_coordinator: Client, circle: Program, deal_of: DealOf) -> None:
    running, draft = deal_of(program=circle), deal_of(program=circle, signed=False)
    begun(running, owed=2, done=2)
    here = as_coordinator.get(page_of(circle)).context
    assert [(row.deal, row.owed, row.done, row.rate) for row in here["members"]] == [
        (running, 2, 2, Money(10_000_000, "IDR"))
    ]
    assert [tab["count"] for tab in here["tabs"]] == [1, 1, 0]
    waiting = as_coordinator.get(page_of(circle), {"tab": "waiting"}).context
    assert [row.deal for row in waiting["members"]] == [draft]


@pytest.mark.parametrize("several", [1, 3])
def test_the_page_asks_the_same_whatever_their_number(
    as_coordinator: Client, circle: Program, deal_of: DealOf, several: int, django_assert_num_queries: Any
) -> None:
    for _one in range(several):
        begun(deal_of(program=circle), owed=2, done=1)
    as_coordinator.get(page_of(circle))
    with django_assert_num_queries(17):
        as_coordinator.get(page_of(circle))


def test_tiers_are_typed_as_a_whole(as_coordinator: Client, circle: Program) -> None:
    tiers = reverse("ambassador-program-tiers", args=[circle.pk])
    data = {
        "row-TOTAL_FORMS": "2", "row-INITIAL_FORMS": "0", "row-0-rank": "1", "row-0-name": "Glow", "row-0-min_quota": "0",
        "row-0-percent": "5", "row-1-rank": "2", "row-1-name": "Shine", "row-1-min_quota": "3",
        "row-1-from_sales_0": "25jt", "row-1-from_sales_1": "IDR", "row-1-from_posts": "24",
    }  # fmt: skip
    twice = as_coordinator.post(tiers, {**data, "row-1-rank": "1"})
    assert (twice.status_code, circle.tiers.count()) == (422, 0)
    assert "Two tiers have the same rank." in twice.text
    assert as_coordinator.post(tiers, data).status_code == 302
    shown = as_coordinator.get(page_of(circle)).context["page"].tiers
    assert [(one.tier.name, one.rule and one.rule.rate_bp, one.tier.from_sales) for one in shown] == [
        ("Glow", 500, None), ("Shine", None, Money(25_000_000, "IDR")),
    ]  # fmt: skip
    glow, shine = circle.tiers.order_by("rank")
    known = {"row-INITIAL_FORMS": "2", "row-0-id": glow.pk, "row-1-id": shine.pk, "row-0-rank": "2", "row-1-rank": "1"}
    assert as_coordinator.post(tiers, {**data, **known}).status_code == 302
    assert list(circle.tiers.values_list("rank", "name")) == [(1, "Shine"), (2, "Glow")]


def test_a_tier_somebody_stands_on_is_not_taken_out(as_coordinator: Client, circle: Program, deal_of: DealOf) -> None:
    glow = circle.tiers.create(rank=1, name="Glow")
    deal_of(program=circle, tier=glow)
    data = {
        "row-TOTAL_FORMS": "1", "row-INITIAL_FORMS": "1", "row-0-id": glow.pk, "row-0-rank": "1", "row-0-name": "Glow",
        "row-0-min_quota": "0", "row-0-DELETE": "on",
    }  # fmt: skip
    page = as_coordinator.post(reverse("ambassador-program-tiers", args=[circle.pk]), data)
    assert page.status_code == 422
    assert "Somebody stands or stood on tier “Glow”." in page.text
    assert circle.tiers.count() == 1


def test_a_tier_brings_what_is_typed(as_coordinator: Client, circle: Program) -> None:
    glow = circle.tiers.create(rank=1, name="Glow")
    page = reverse("ambassador-tier-perks", args=[circle.pk, glow.pk])
    more = as_coordinator.post(
        page, {"row-TOTAL_FORMS": "1", "row-INITIAL_FORMS": "0", "row-0-label": "Serum", "more": "1"}
    )
    assert (more.status_code, more.context["formset"].total_form_count()) == (200, 2)
    data = {
        "row-TOTAL_FORMS": "1", "row-INITIAL_FORMS": "0", "row-0-kind": "product", "row-0-label": "Serum set",
        "row-0-value_0": "900rb", "row-0-value_1": "IDR", "row-0-every": "period",
    }  # fmt: skip
    assert as_coordinator.post(page, data).status_code == 302
    assert list(glow.perks.values_list("label", "every")) == [("Serum set", "period")]


def test_a_name_that_is_taken_is_said_and_stays_typed(
    as_coordinator: Client, circle: Program, coordinator: User
) -> None:
    new = reverse("ambassador-program-new")
    data = {"name": " Lumi  Circle ", "brand": circle.brand_id, "owner": coordinator.pk}
    page = as_coordinator.post(new, data)
    assert (page.status_code, Program.objects.count()) == (422, 1)
    assert "This brand has a programme of that name." in page.text
    assert as_coordinator.post(new, {**data, "name": "Lumi Friends"}).status_code == 302
    assert Program.objects.get(name="Lumi Friends").category == circle.brand.category


def test_a_closed_programme_takes_nobody_and_opens_again(as_coordinator: Client, circle: Program) -> None:
    close = reverse("ambassador-program-close", args=[circle.pk])
    as_coordinator.post(close)
    page = as_coordinator.get(page_of(circle))
    assert f"{reverse('ambassador-new')}?program={circle.pk}" not in page.text
    assert [row.program for row in as_coordinator.get(ALL, {"tab": "closed"}).context["rows"]] == [circle]
    as_coordinator.post(close)
    assert list(Program.objects.running()) == [circle]
