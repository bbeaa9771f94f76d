"""Whoever holds more than one row of a deal holds the person first, so nobody waits for whoever waits for them."""

import datetime as dt
import re
import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from djmoney.money import Money

from crm.ambassadors.changing.actions import draft_change
from crm.ambassadors.changing.planned import Wanted
from crm.ambassadors.models import AmbassadorDeal, DealPeriod
from crm.ambassadors.pay.ending import end_deal
from crm.ambassadors.quotas.by_hand import note_post
from crm.ambassadors.quotas.closing import close_period
from crm.ambassadors.quotas.counting import waive
from crm.ambassadors.reviewing.deciding import decide_review
from crm.ambassadors.reviewing.planning import reviews_due
from crm.ambassadors.schedule.calendar import keep_in_order
from crm.ambassadors.schedule.pausing import Wish, pause
from crm.contracts.actions.noticing import note_notice
from crm.contracts.actions.renewing import draft_renewal
from crm.contracts.models import Contract
from crm.influencers.models import Influencer
from crm.team.models import User
from crm.timeline.record import Actor
from tests.crm.ambassadors.conftest import DealOf
from tests.crm.ambassadors.pay.test_ending import ending
from tests.races import together

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]
NOV = dt.datetime(2026, 11, 10, 5, tzinfo=dt.UTC)
DAY = dt.date(2026, 11, 10)
PEOPLE = Influencer._meta.db_table
Act = Callable[[AmbassadorDeal, User], Any]


@pytest.fixture(autouse=True)
def _postgres() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time: there is no such order")


def _end(deal: AmbassadorDeal, user: User) -> None:
    end_deal(deal, ending("mutual", "both", on=DAY), {}, at=NOV, actor=Actor.user(user))


def _notice(deal: AmbassadorDeal, user: User) -> None:
    note_notice(deal.contract, kind="non_renewal", given_by="us", sent_on=DAY, at=NOV, actor=Actor.user(user))


def _close(deal: AmbassadorDeal, user: User) -> None:
    close_period(deal.periods.unclosed().order_by("number")[0], at=NOV, actor=Actor.user(user))


def _waive(deal: AmbassadorDeal, user: User) -> None:
    waive(deal.periods.unclosed().order_by("number")[0], deal.quotas.get(), 1, "Ill.", at=NOV, actor=Actor.user(user))


def _change(deal: AmbassadorDeal, user: User) -> None:
    wanted = Wanted(from_on=DAY, quantities={}, retainer=Money(12_000_000, "IDR"))
    draft_change(deal, wanted, at=NOV, actor=Actor.user(user))


def _decide(deal: AmbassadorDeal, user: User) -> None:
    decide_review(deal.reviews.get(), "continue", scores={}, note="", at=NOV, by=user)


ACTS: dict[str, Act] = {
    "the calendar": lambda deal, user: keep_in_order(deal.pk, NOV),
    "a pause": lambda deal, user: pause(deal, Wish(dt.date(2026, 12, 1), None), at=NOV, actor=Actor.user(user)),
    "a close": _close,
    "posts let go": _waive,
    "a post noted": lambda deal, user: note_post(
        deal.quotas.get(), on=DAY, told="Reel", once="one", at=NOV, actor=Actor.user(user)
    ),
    "a notice": _notice,
    "a look decided": _decide,
    "a change drafted": _change,
    "a renewal drafted": lambda deal, user: draft_renewal(deal.contract, at=NOV, actor=Actor.user(user)),
    "an end": _end,
}


def held_in(queries: list[dict[str, str]]) -> list[str]:
    """The tables of which rows were held, in the order in which they were."""
    found = (re.search(r'FROM "(\w+)".* FOR (?:NO KEY )?UPDATE', one["sql"], re.DOTALL) for one in queries)
    return [match.group(1) for match in found if match]


@pytest.fixture
def running(deal_of: DealOf) -> AmbassadorDeal:
    """A season in its second month, whose first period is over and waits for somebody."""
    season = {"start_on": dt.date(2026, 10, 1), "end_on": dt.date(2026, 12, 31)}
    deal = deal_of(**season, renewal="manual", notice_value=30, notice_span="days", line={"rollover": "none"})
    keep_in_order(deal.pk, dt.datetime(2026, 11, 2, 5, tzinfo=dt.UTC))
    reviews_due(deal, at=NOV)
    assert DealPeriod.objects.unclosed().filter(deal=deal, last_on__lt=DAY).count() == 1
    return AmbassadorDeal.objects.with_contract().get(pk=deal.pk)


@pytest.mark.parametrize("name", ACTS)
def test_the_person_is_held_before_anything_else(running: AmbassadorDeal, coordinator: User, name: str) -> None:
    with CaptureQueriesContext(connection) as asked:
        ACTS[name](running, coordinator)
    held = held_in(asked.captured_queries)
    assert len(set(held)) > 1, "it holds nothing: this says nothing about its order"
    assert held[0] == PEOPLE


def test_a_pause_and_a_decision_at_once_both_happen(running: AmbassadorDeal, coordinator: User) -> None:
    raised = together(
        lambda: ACTS["a look decided"](running, coordinator), lambda: ACTS["a pause"](running, coordinator)
    )
    assert raised == []
    assert (running.reviews.get().decision, running.pauses.count()) == ("continue", 1)


def test_control_held_in_two_orders_one_of_them_is_broken_off(running: AmbassadorDeal) -> None:
    both = threading.Barrier(2)

    def hold(*models: type[AmbassadorDeal] | type[Contract]) -> None:
        pks = {AmbassadorDeal: running.pk, Contract: running.contract_id}
        with transaction.atomic():
            for number, model in enumerate(models):
                model._default_manager.select_for_update().get(pk=pks[model])
                if number == 0:
                    both.wait(timeout=10)

    raised = together(lambda: hold(AmbassadorDeal, Contract), lambda: hold(Contract, AmbassadorDeal))
    assert raised == ["OperationalError"]
