"""The page on which notice is given says what it will do; one that comes too late is shown once more."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from crm.base.zones import local_date
from crm.contracts.actions.by_date import move_by_date
from crm.contracts.models import Contract, Notice
from crm.influencers.models import Influencer
from crm.timeline.record import Actor
from tests.crm.contracts.conftest import Write
from tests.crm.contracts.noticing import give_notice
from tests.crm.contracts.test_signing import sign_both

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
Running = Callable[..., Contract]


@pytest.fixture
def today(now: dt.datetime) -> dt.date:
    return local_date(now, "Asia/Jakarta")


@pytest.fixture
def running(write: Write, kirana: Influencer, actor: Actor, now: dt.datetime, today: dt.date) -> Running:
    """running(ends_in=40, ...): since ten days ago, with thirty days' notice."""

    def made(ends_in: int = 40, **terms: Any) -> Contract:
        usual = {"renewal": "auto", "renew_months": 12, "notice_value": 30, "language": "en"}
        days = {"start_on": today - 10 * DAY, "end_on": today + ends_in * DAY}
        sign_both(write(kirana, said="1 reel 2jt", **{**usual, **days, **terms}), now, actor)
        move_by_date(now)
        return Contract.objects.get()

    return made


def typed(today: dt.date, **data: Any) -> dict[str, Any]:
    return {"kind": "non_renewal", "given_by": "us", "sent_on": today.isoformat(), "channel": "email", **data}


def address(contract: Contract) -> str:
    return reverse("contract-notice", args=[contract.pk])


def test_the_page_says_until_when_it_is_in_time_and_what_happens_after(
    as_coordinator: Client, running: Running, today: dt.date
) -> None:
    shown = as_coordinator.get(address(running()))
    page = shown.content.decode()
    assert shown.context["form"]["sent_on"].value() == today
    assert "Notice is in time until" in page
    assert "After that day it goes on until" in page


def test_in_time_it_is_kept_at_once(as_coordinator: Client, running: Running, today: dt.date) -> None:
    contract = running()
    answer = as_coordinator.post(address(contract), typed(today, note="A rest"))
    assert answer.status_code == 302
    assert Contract.objects.get().status == "in_notice"
    page = as_coordinator.get(reverse("contract", args=[contract.pk])).content.decode()
    assert "It does not go on" in page
    assert "A rest" in page


def test_late_it_is_shown_and_kept_once_somebody_is_sure(
    as_coordinator: Client, write: Write, running: Running, today: dt.date
) -> None:
    contract = running(ends_in=29)
    move_by_date(dt.datetime.combine(today, dt.time(5), dt.UTC))
    data = typed(today)
    shown = as_coordinator.post(address(contract), data)
    page = shown.content.decode()
    assert (shown.status_code, Notice.objects.count()) == (200, 0)
    assert "It comes too late" in page
    assert "That is 1 day after" in page
    assert reverse("contract-end", args=[contract.pk]) in page
    seal = shown.context["shown"]
    assert as_coordinator.post(address(contract), {**data, "shown": "other", "sure": "1"}).status_code == 200
    assert Notice.objects.count() == 0
    assert as_coordinator.post(address(contract), {**data, "shown": seal, "sure": "1"}).status_code == 302
    assert (Notice.objects.get().is_late, Contract.objects.get().status) == (True, "in_notice")


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"sent_on": ""}, "sent_on"),
        ({"sent_on": "2040-01-01"}, "sent_on"),
        ({"kind": "termination"}, "effective_on"),
        ({"kind": "option"}, "kind"),
        ({"received_on": "2020-01-01"}, "received_on"),
    ],
)
def test_a_refused_notice_names_the_field_and_keeps_nothing(
    as_coordinator: Client, running: Running, today: dt.date, wrong: dict[str, Any], field: str
) -> None:
    answer = as_coordinator.post(address(running()), typed(today, note="typed", **wrong))
    assert (answer.status_code, field in answer.context["form"].errors) == (422, True)
    assert "typed" in answer.content.decode()
    assert (Notice.objects.count(), Contract.objects.get().status) == (0, "active")


def test_the_day_it_arrived_is_noted_on_a_page_of_its_own(
    as_coordinator: Client, running: Running, today: dt.date, actor: Actor, now: dt.datetime
) -> None:
    contract = running(notice_counts="received")
    notice = give_notice(contract, today - 2 * DAY, at=now, actor=actor)
    page = as_coordinator.get(reverse("contract", args=[contract.pk])).content.decode()
    arrived = reverse("contract-notice-arrived", args=[contract.pk, notice.pk])
    assert arrived in page
    too_early = as_coordinator.post(arrived, {"received_on": (today - 3 * DAY).isoformat()})
    assert too_early.status_code == 422
    assert as_coordinator.post(arrived, {"received_on": today.isoformat()}).status_code == 302
    assert Contract.objects.get().status == "in_notice"


def test_a_contract_that_does_not_run_leads_back(as_coordinator: Client, write: Write, kirana: Influencer) -> None:
    contract = write(kirana, said="1 reel 2jt")
    answer = as_coordinator.get(address(contract))
    assert (answer.status_code, answer["Location"]) == (302, reverse("contract", args=[contract.pk]))


def test_a_contract_by_our_option_is_written_and_its_page_offers_the_option(
    as_coordinator: Client, running: Running, today: dt.date
) -> None:
    contract = running(renewal="option", most_renewals=1)
    page = as_coordinator.get(address(contract)).content.decode()
    assert "Our option is in time until" in page
    assert as_coordinator.post(address(contract), typed(today, kind="option")).status_code == 302
    assert (Contract.objects.get().renewed, Contract.objects.get().status) == (1, "active")
