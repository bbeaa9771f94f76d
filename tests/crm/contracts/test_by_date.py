"""The calendar moves contracts, each step once, also after days without a worker."""

import datetime as dt
from typing import Any

import pytest

from crm.contracts.actions.by_date import move_by_date
from crm.contracts.models import Contract
from crm.influencers.models import Influencer
from crm.timeline.models import Entry
from crm.timeline.record import Actor
from tests.crm.contracts.conftest import Write
from tests.crm.contracts.noticing import give_notice
from tests.crm.contracts.test_signing import sign_both

pytestmark = pytest.mark.django_db

DECEMBER = {"start_on": dt.date(2026, 12, 1), "end_on": dt.date(2026, 12, 31)}


def at(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC)


def status() -> Any:
    return Contract.objects.values_list("status", flat=True).get()


def test_a_signed_contract_runs_from_the_first_minute_of_its_first_day(
    write: Write, kirana: Influencer, actor: Actor, now: dt.datetime
) -> None:
    sign_both(write(kirana, said="1 reel 2jt", **DECEMBER), now, actor)
    assert move_by_date(at("2026-11-30T16:59")) == {}
    assert (move_by_date(at("2026-11-30T17:00")), status()) == ({"begun": 1}, "active")


def test_it_ends_when_its_last_day_is_over_where_it_counts(
    write: Write, kirana: Influencer, actor: Actor, now: dt.datetime
) -> None:
    sign_both(write(kirana, said="1 reel 2jt", **DECEMBER), now, actor)
    assert move_by_date(at("2026-12-31T16:59")) == {"begun": 1}
    assert (move_by_date(at("2026-12-31T17:00")), status()) == ({"ended": 1}, "ended")
    assert move_by_date(at("2027-03-01T00:00")) == {}


def test_after_a_long_outage_every_step_is_told_once_and_in_order(
    write: Write, kirana: Influencer, actor: Actor, now: dt.datetime
) -> None:
    sign_both(write(kirana, said="1 reel 2jt", **DECEMBER), now, actor)
    assert move_by_date(at("2027-02-01T00:00")) == {"begun": 1, "ended": 1}
    told = Entry.objects.filter(verb__in=["contract.active", "contract.ended"]).order_by("pk")
    assert list(told.values_list("verb", flat=True)) == ["contract.active", "contract.ended"]


def test_an_offer_nobody_signed_in_time_lapses(write: Write, kirana: Influencer) -> None:
    contract = write(kirana, said="1 reel 2jt", offer_until_on=dt.date(2026, 11, 30))
    Contract.objects.filter(pk=contract.pk).update(status="sent", text="x", text_sha256="a" * 64)
    assert move_by_date(at("2026-11-30T16:59")) == {}
    assert (move_by_date(at("2026-11-30T17:00")), status()) == ({"lapsed": 1}, "expired")


def test_once_the_day_for_notice_is_over_it_goes_on_by_one_term(
    write: Write, kirana: Influencer, actor: Actor, now: dt.datetime
) -> None:
    terms = {"renewal": "auto", "renew_months": 1, "notice_value": 7, "notice_span": "days"}
    sign_both(write(kirana, said="1 reel 2jt", **DECEMBER, **terms), now, actor)
    assert move_by_date(at("2026-12-24T12:00")) == {"begun": 1}
    assert move_by_date(at("2026-12-25T12:00")) == {"renewed": 1}
    assert (status(), Contract.objects.values_list("end_on", flat=True).get()) == ("active", dt.date(2027, 1, 31))
    assert move_by_date(at("2026-12-25T12:01")) == {}
    assert move_by_date(at("2027-03-10T00:00")) == {"renewed": 1}
    assert Contract.objects.values_list("end_on", flat=True).get() == dt.date(2027, 3, 31)


def test_notice_in_time_lets_it_end(write: Write, kirana: Influencer, actor: Actor, now: dt.datetime) -> None:
    terms = {"renewal": "auto", "renew_months": 1, "notice_value": 7, "notice_span": "days"}
    signed = sign_both(write(kirana, said="1 reel 2jt", **DECEMBER, **terms), now, actor)
    move_by_date(at("2026-12-02T00:00"))
    signed.refresh_from_db()
    give_notice(signed, dt.date(2026, 12, 20), note="A rest", at=at("2026-12-20T03:00"), actor=actor)
    assert (move_by_date(at("2026-12-31T17:00")), status()) == ({"ended": 1}, "ended")
