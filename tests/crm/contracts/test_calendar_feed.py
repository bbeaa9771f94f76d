"""A colleague's calendar reads the clock: by an address nobody else has, which dies with her."""

import datetime as dt
import logging
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from djmoney.money import Money
from icalendar import Calendar

from crm.config.logs import WithoutKeys
from crm.contracts.models import Contract
from crm.contracts.rights import go_on
from crm.influencers.models import Influencer
from crm.reminders.feeds import calendar_of, digest, new_address
from crm.reminders.models import CalendarFeed
from crm.team.models import User
from crm.timeline.record import Actor
from tests.crm.contracts.conftest import Write, person
from tests.crm.contracts.test_clock import promise
from tests.crm.contracts.test_windows import AUTO, fixed, running

pytestmark = pytest.mark.django_db


def made(user: User, now: dt.datetime) -> str:
    """The path of her address."""
    return new_address(user, at=now).partition("//")[2].partition("/")[2].join(["/", ""])


def events(body: bytes) -> list[Any]:
    return list(Calendar.from_ical(body).walk("VEVENT"))


def test_what_closes_is_an_event_of_its_last_day(
    write: Write, actor: Actor, now: dt.datetime, coordinator: User
) -> None:
    long = "Ayu, Sekar; \\ dan kawan-kawan dengan nama yang sangat panjang sekali sampai barisnya harus dilipat, \U0001f338"
    contract = running(write, actor, now, person(long), end_on=None)
    right = fixed(contract, dt.date(2026, 12, 10), extension=Money(500_000, "IDR"), extension_days=30)
    answer = Client().get(made(coordinator, now))
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    assert answer["Cache-Control"] == "private, no-store"
    assert max(len(line) for line in answer.content.split(b"\r\n")) <= 75
    (event,) = events(answer.content)
    assert str(event["summary"]) == f"{long}: Right ends: Run it as an ad"
    assert (event.decoded("dtstart"), event.decoded("dtend")) == (dt.date(2026, 12, 10), dt.date(2026, 12, 11))
    assert str(event["uid"]).startswith(f"right.end.crm.usageright.{right.pk}@")
    assert str(event["description"]).splitlines() == [
        "Lumi Skincare, Lumi · Kirana",
        "Going on for 30 days costs IDR\xa0500,000, as agreed.",
        "Until the end of that day in Asia/Jakarta.",
    ]
    assert str(Calendar.from_ical(answer.content)["x-wr-timezone"]) == coordinator.zone


def test_a_day_that_moves_keeps_its_name_and_counts_up(
    write: Write, kirana: Influencer, actor: Actor, now: dt.datetime, coordinator: User
) -> None:
    contract = running(write, actor, now, kirana, end_on=None)
    right = fixed(contract, dt.date(2026, 12, 10), extension=Money(500_000, "IDR"), extension_days=30)
    (before,) = events(calendar_of(coordinator, now))
    assert events(calendar_of(coordinator, now))[0] == before
    later = now + dt.timedelta(hours=2)
    with time_machine.travel(later, tick=False):
        go_on(right, dt.date(2026, 12, 10), at=later, actor=actor)
    (after,) = events(calendar_of(coordinator, later))
    assert (after["uid"], after.decoded("dtstart")) == (before["uid"], dt.date(2027, 1, 9))
    assert (after["sequence"] - before["sequence"], after.decoded("last-modified")) == (120, later)


def test_it_speaks_her_language(
    write: Write, kirana: Influencer, actor: Actor, now: dt.datetime, coordinator: User
) -> None:
    promise(running(write, actor, now, kirana, end_on=None), "2026-12-02T17:00")
    coordinator.language = "id"
    (event,) = events(calendar_of(coordinator, now))
    assert str(event["summary"]) == "Kirana Maheswari: Eksklusivitas untuk Lumi Skincare berakhir"


def test_a_new_address_ends_the_old_one_and_only_its_hash_is_kept(coordinator: User, now: dt.datetime) -> None:
    first, second = made(coordinator, now), made(coordinator, now)
    assert (Client().get(first).status_code, Client().get(second).status_code) == (404, 200)
    kept = CalendarFeed.objects.get(revoked_at=None)
    token = second.rpartition("/")[2].removesuffix(".ics")
    assert (kept.token_sha256, len(token)) == (digest(token), 43)
    assert CalendarFeed.objects.count() == 2


def test_it_dies_with_its_owner_at_once(coordinator: User, now: dt.datetime) -> None:
    address = made(coordinator, now)
    User.objects.filter(pk=coordinator.pk).update(is_active=False)
    assert Client().get(address).status_code == 404


@pytest.mark.parametrize("token", ["unknown", "x" * 43, "-"])
def test_an_unknown_address_is_not_found(token: str, organisation: object) -> None:
    assert Client().get(f"/calendar/{token}.ics").status_code == 404


def test_looking_changes_nothing_and_takes_no_session(
    write: Write, kirana: Influencer, actor: Actor, now: dt.datetime, coordinator: User
) -> None:
    address = made(coordinator, now)
    counted = []
    for _number in range(3):
        running(write, actor, now, kirana, **AUTO)
        with CaptureQueriesContext(connection) as asked:
            answer = Client().get(address)
        assert not answer.cookies
        assert not [one["sql"] for one in asked if not one["sql"].startswith("SELECT")]
        counted.append(len(asked))
    assert counted == [10, 10, 10]  # with holds and checks that run out


def test_she_sees_what_she_may_see_now(
    write: Write, kirana: Influencer, actor: Actor, now: dt.datetime, coordinator: User, organisation: Any
) -> None:
    running(write, actor, now, kirana, **AUTO)
    address = made(coordinator, now)
    assert len(events(Client().get(address).content)) == 1
    organisation.brand_walls = True
    organisation.save()
    assert events(Client().get(address).content) == []


def test_the_page_shows_the_address_once(as_coordinator: Client, coordinator: User, now: dt.datetime) -> None:
    page = reverse("calendar-feed")
    assert "You have no address yet" in as_coordinator.get(page).content.decode()
    shown = as_coordinator.post(page, {"reads": "closes", "whose": "all"})
    address = shown.context["address"]
    assert (shown.status_code, shown["Cache-Control"]) == (200, "private, no-store")
    assert f'value="{address}"' in shown.content.decode()
    again = as_coordinator.get(page).content.decode()
    assert address not in again
    assert "You have had an address since" in again
    as_coordinator.post(page, {"end": "1"})
    assert CalendarFeed.objects.filter(revoked_at=None).count() == 0


def test_the_secret_stands_in_no_log(coordinator: User, now: dt.datetime) -> None:
    address = made(coordinator, now)
    made(coordinator, now)
    said: list[str] = []

    class Kept(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            said.append(record.getMessage())

    keeper = Kept()
    keeper.addFilter(WithoutKeys())
    logging.getLogger("django.request").addHandler(keeper)
    Client().get(address)
    logging.getLogger("django.request").removeHandler(keeper)
    assert said == ["Not Found: /calendar/….ics"]


def test_drafts_and_contracts_that_are_over_are_no_events(
    write: Write, kirana: Influencer, actor: Actor, now: dt.datetime, coordinator: User
) -> None:
    write(kirana, said="1 reel 2jt", end_on=dt.date(2026, 12, 31))
    ended = running(write, actor, now, kirana)
    Contract.objects.filter(pk=ended.pk).update(status="ended")
    assert events(calendar_of(coordinator, now)) == []
