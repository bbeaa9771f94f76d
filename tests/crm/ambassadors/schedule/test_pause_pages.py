"""The pages of pausing a deal and of letting it go on: shown first, then done."""

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from crm.ambassadors.models import AmbassadorDeal, DealPause
from crm.ambassadors.schedule.pausing import Wish, pause
from crm.ambassadors.schedule.upkeep import keep_deals
from crm.contracts.models import Contract
from crm.timeline.record import SYSTEM
from tests.crm.ambassadors.conftest import DealOf

pytestmark = pytest.mark.django_db
ISO = dt.date.fromisoformat
SAID = {"first_on": "2026-12-01", "last_on": "2026-12-10", "effect": "shift", "why": "A journey."}


@pytest.fixture
def deal(deal_of: DealOf, now: dt.datetime) -> AmbassadorDeal:
    made = deal_of(
        start_on=ISO("2026-11-01"), end_on=ISO("2027-10-31"), renewal=Contract.Renewal.MANUAL, notice_value=30
    )
    keep_deals(now)
    return made


def address(deal: AmbassadorDeal, name: str = "pause") -> str:
    return reverse(f"ambassador-{name}", args=[deal.pk])


def shown_in(page: str) -> str:
    return page.split('name="shown" value="')[1].split('"')[0]


def test_what_a_pause_does_is_shown_and_nothing_is_done_yet(as_coordinator: Client, deal: AmbassadorDeal) -> None:
    page = as_coordinator.post(address(deal), SAID)
    words = page.content.decode()
    assert page.status_code == 200
    assert "Everything behind it moves by 10 days. No post and no pay is lost." in words
    assert "10 Nov 2027" in words
    assert "was Sun, 31 Oct 2027" in words
    assert DealPause.objects.count() == 0


def test_what_was_shown_is_done_once_it_is_confirmed(as_coordinator: Client, deal: AmbassadorDeal) -> None:
    shown = shown_in(as_coordinator.post(address(deal), SAID).content.decode())
    done = as_coordinator.post(address(deal), {**SAID, "shown": shown, "sure": "1"})
    assert (done.status_code, done["Location"]) == (302, reverse("ambassador-deal", args=[deal.pk]))
    deal.contract.refresh_from_db()
    assert deal.contract.end_on == ISO("2027-11-10")


def test_other_days_than_those_shown_are_shown_again(as_coordinator: Client, deal: AmbassadorDeal) -> None:
    shown = shown_in(as_coordinator.post(address(deal), SAID).content.decode())
    again = as_coordinator.post(address(deal), {**SAID, "last_on": "2026-12-20", "shown": shown, "sure": "1"})
    assert (again.status_code, DealPause.objects.count()) == (200, 0)
    assert "moves by 20 days" in again.content.decode()


def test_a_refused_pause_keeps_what_was_typed(as_coordinator: Client, deal: AmbassadorDeal) -> None:
    page = as_coordinator.post(address(deal), {**SAID, "first_on": "2026-10-01"})
    words = page.content.decode()
    assert page.status_code == 422
    assert "It begins on 1 November 2026. Choose that day or a later one." in words
    assert "A journey." in words


def test_a_pause_without_an_end_says_what_stops_meanwhile(as_coordinator: Client, deal: AmbassadorDeal) -> None:
    words = as_coordinator.post(address(deal), {**SAID, "last_on": ""}).content.decode()
    assert "From 1 December 2026 on nothing is owed, no period begins or ends" in words


def test_the_pause_that_is_ended_is_named_and_its_end_shown_first(
    as_coordinator: Client, deal: AmbassadorDeal, now: dt.datetime
) -> None:
    pause(deal, Wish(ISO("2026-11-24"), None), at=now, actor=SYSTEM)
    assert (
        "It is paused from 24 November 2026 on, end unknown"
        in as_coordinator.get(address(deal, "resume")).content.decode()
    )
    words = as_coordinator.post(address(deal, "resume"), {"on": "2026-12-04"}).content.decode()
    assert "Everything behind it moves by 10 days." in words
    as_coordinator.post(address(deal, "resume"), {"on": "2026-12-04", "shown": shown_in(words), "sure": "1"})
    deal.contract.refresh_from_db()
    assert (deal.contract.end_on, DealPause.objects.get().last_on) == (ISO("2027-11-10"), ISO("2026-12-03"))


def test_where_nothing_rests_there_is_nothing_to_end(as_coordinator: Client, deal: AmbassadorDeal) -> None:
    assert as_coordinator.get(address(deal, "resume"))["Location"] == reverse("ambassador-deal", args=[deal.pk])


def test_a_draft_is_not_paused(as_coordinator: Client, deal_of: DealOf) -> None:
    draft = deal_of(signed=False)
    assert as_coordinator.get(address(draft))["Location"] == reverse("ambassador-deal", args=[draft.pk])


def test_a_viewer_pauses_nothing(as_viewer: Client, deal: AmbassadorDeal) -> None:
    assert [as_viewer.post(address(deal, name), SAID).status_code for name in ("pause", "resume")] == [403, 403]


@pytest.mark.parametrize("months", [1, 3])
def test_the_preview_asks_the_same_for_one_period_and_for_three(
    as_coordinator: Client, deal_of: DealOf, now: dt.datetime, months: int
) -> None:
    deal = deal_of(start_on=ISO("2026-11-24"), end_on=ISO("2026-12-23") if months == 1 else ISO("2027-02-23"))
    keep_deals(now)
    as_coordinator.get(address(deal))
    with CaptureQueriesContext(connection) as asked:
        as_coordinator.post(address(deal), SAID)
    assert len(asked) == 17
