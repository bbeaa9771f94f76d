"""The page of a change: today's numbers in the fields, what it comes to, then an amendment to be signed."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from djmoney.money import Money

from crm.ambassadors.models import AmbassadorDeal, DealChange
from crm.contracts.models import Contract
from tests.crm.ambassadors.conftest import DealOf, format_of

pytestmark = pytest.mark.django_db
ROWS = {"quota-TOTAL_FORMS": "2", "quota-INITIAL_FORMS": "0"}


@pytest.fixture
def deal(deal_of: DealOf) -> AmbassadorDeal:
    return deal_of(retainer=10_000_000, quantity=2)


def page_of(deal: AmbassadorDeal) -> str:
    return reverse("ambassador-change", args=[deal.pk])


def typed(deal: AmbassadorDeal, **more: Any) -> dict[str, Any]:
    line = deal.quotas.get()
    usual = {
        "from_on": "2026-12-11", f"line-{line.pk}": "4", "retainer_0": "12000000", "retainer_1": "IDR", **ROWS,
    }  # fmt: skip
    return {**usual, **more}


def test_todays_numbers_stand_in_the_fields(as_coordinator: Client, deal: AmbassadorDeal) -> None:
    form = as_coordinator.get(page_of(deal)).context["form"]
    line = deal.quotas.get()
    assert form["from_on"].value() == dt.date(2026, 11, 24)
    assert (form[f"line-{line.pk}"].value(), form["retainer"].value()) == (2, Money(10_000_000, "IDR"))


def test_it_shows_both_stretches_and_writes_nothing(as_coordinator: Client, deal: AmbassadorDeal) -> None:
    page = as_coordinator.post(page_of(deal), typed(deal, show="1"))
    assert page.status_code == 200
    assert [(row.here, row.becomes) for row in page.context["rows"]] == [
        (3, 4), (Money(11_354_839, "IDR"), Money(12_000_000, "IDR")),
    ]  # fmt: skip
    assert "10 of 31 days" in page.text
    assert DealChange.objects.count() == 0


def test_saving_leads_to_the_amendment(as_coordinator: Client, deal: AmbassadorDeal) -> None:
    page = as_coordinator.post(page_of(deal), typed(deal, save="1"))
    amendment = Contract.objects.get(amends=deal.contract)
    assert (page.status_code, page["Location"]) == (302, reverse("contract", args=[amendment.pk]))
    there = as_coordinator.get(page_of(deal))
    assert list(there.context["drafts"]) == [amendment]


def test_the_day_of_the_next_term_is_offered(as_coordinator: Client, deal_of: DealOf) -> None:
    deal = deal_of(renewal="auto", renew_months=12, notice_value=30)
    page = as_coordinator.get(page_of(deal))
    assert 'href="?from=2027-01-01"' in page.text
    form = as_coordinator.get(page_of(deal), {"from": "2027-01-01"}).context["form"]
    assert form["from_on"].value() == dt.date(2027, 1, 1)


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"from_on": "2026-11-01"}, "A change holds from today on at the earliest"),
        ({"from_on": "2027-02-01"}, "The contract ends on 31 December 2026"),
        ({"from_on": "soon"}, "Enter a valid date."),
        ({"retainer_0": "much"}, "Write the amount like"),
        ({"quota-0-quantity": "3"}, "Of what?"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_lost(
    as_coordinator: Client, deal: AmbassadorDeal, more: dict[str, str], said: str
) -> None:
    page = as_coordinator.post(page_of(deal), typed(deal, save="1", **more))
    assert page.status_code == 422
    assert said in page.text
    assert 'value="4"' in page.text
    assert DealChange.objects.count() == 0


def test_the_same_numbers_are_no_change(as_coordinator: Client, deal: AmbassadorDeal) -> None:
    line = deal.quotas.get()
    same = typed(deal, save="1", retainer_0="10000000", **{f"line-{line.pk}": "2"})
    page = as_coordinator.post(page_of(deal), same)
    assert (page.status_code, DealChange.objects.count()) == (422, 0)
    assert "Nothing changes yet." in page.text


def test_one_more_kind_of_post_finds_room(as_coordinator: Client, deal: AmbassadorDeal) -> None:
    story = {"quota-0-quantity": "4", "quota-0-format": str(format_of("story").pk)}
    more = as_coordinator.post(page_of(deal), typed(deal, more="1", **story))
    assert (more.status_code, more.context["form"].rows.total_form_count()) == (200, 3)
    shown = as_coordinator.post(page_of(deal), typed(deal, show="1", **story)).context["rows"]
    assert [row.label for row in shown] == ["Instagram Reel", "Instagram Story", ""]


def test_a_draft_is_changed_in_place_not_by_an_amendment(as_coordinator: Client, deal_of: DealOf) -> None:
    deal = deal_of(signed=False)
    page = as_coordinator.get(page_of(deal))
    assert (page.status_code, page["Location"]) == (302, reverse("ambassador-deal", args=[deal.pk]))
