"""The page of a deal: everything on it for who may see it, in a fixed number of queries."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from djmoney.money import Money

from crm.ambassadors.models import (
    AmbassadorDeal,
    CommissionRule,
    DealChange,
    DealPause,
    DealReview,
    MakeGood,
    PerkGrant,
    Program,
    ProgramTier,
    QuotaEntry,
    Sale,
    TailItem,
)
from crm.base.windows import day_window
from crm.contracts.models import Contract
from crm.exclusivity.models import Clause, ClauseStretch
from crm.influencers.models import Influencer
from crm.payments.models import LedgerLine
from crm.timeline.models import Entry
from crm.timeline.record import Actor, record, subject_of
from tests.crm.ambassadors.conftest import DealOf, line_of
from tests.crm.ambassadors.showing.laid import NOON, State, period_of

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 24)


def page(client: Client, deal: AmbassadorDeal) -> str:
    answer = client.get(f"/ambassadors/{deal.pk}/")
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def deal(deal_of: DealOf, kirana: Influencer, circle: Program) -> AmbassadorDeal:
    return deal_of(person=kirana, program=circle, label="exclusive")


def fill(deal: AmbassadorDeal, many: int, actor: Actor) -> None:
    """So many of everything that stands on the page."""
    contract, line = deal.contract, deal.quotas.get()
    for n in range(1, many + 1):
        period = period_of(deal, n, State.CLOSED, (2, 1))
        line_of(deal, n, "story")
        on = TODAY - dt.timedelta(days=n)
        MakeGood.objects.create(period=period, line=line, quantity=1, due_on=TODAY)
        QuotaEntry.objects.create(
            period=period, line=line, kind="delivered", quantity=-1, key=f"k{n}", on=on, at=NOON, by="Dinda"
        )
        due = LedgerLine.objects.create(
            kind="retainer", contract=contract, influencer=deal.influencer, brand=contract.brand,
            amount=Money(1_000_000, "IDR"), label=f"Month {n}", key=f"due{n}", on=on, at=NOON, by="Mitra",
        )  # fmt: skip
        LedgerLine.objects.create(
            kind="retainer", step="settled", of=due, contract=contract, influencer=deal.influencer, brand=contract.brand,
            amount=Money(400_000, "IDR"), label="Paid", key=f"paid{n}", on=on, at=NOON, by="Mitra",
        )  # fmt: skip
        DealPause.objects.create(deal=deal, first_on=on, last_on=on)
        DealReview.objects.create(deal=deal, for_on=on, due_on=on)
        PerkGrant.objects.create(
            deal=deal, kind="product", label=f"Box {n}", value=Money(500_000, "IDR"), granted_on=on
        )
        Sale.objects.create(
            brand=contract.brand, number=f"O{n}", deal=deal, ordered_on=on, gross=Money(200_000, "IDR"),
            commission=Money(20_000, "IDR"),
        )  # fmt: skip
        TailItem.objects.create(deal=deal, kind=TailItem.ORDER[n])
        amendment = Contract.objects.create(
            kind="ambassador", title=f"Amendment {n}", brand=contract.brand, owner=contract.owner, amends=contract
        )
        DealChange.objects.create(
            deal=deal,
            amendment=amendment,
            from_on=on,
            changes=[{"what": "quantity", "line": line.pk, "was": 2, "becomes": 3}],
        )
        record("deal.paused", "Paused", at=NOON, actor=actor, subject=deal, influencer=deal.influencer_id)
    CommissionRule.objects.create(deal=deal, rate_bp=1000, from_on=dt.date(2026, 1, 1))


@pytest.mark.parametrize("many", [1, 3])
def test_the_page_asks_a_fixed_number_of_questions(
    as_coordinator: Client, deal: AmbassadorDeal, actor: Actor, many: int, django_assert_num_queries: Any
) -> None:
    ProgramTier.objects.create(program=deal.program, rank=1, name="Spark", from_posts=24, from_sales=Money(1, "IDR"))
    Program.objects.filter(pk=deal.program_id).update(has_tiers=True)
    fill(deal, many, actor)
    period_of(deal, 11, State.OPEN, (2, 1))
    page(as_coordinator, deal)
    with django_assert_num_queries(QUERIES):
        page(as_coordinator, deal)


QUERIES = 25


def test_it_says_who_as_what_and_since_when(as_coordinator: Client, deal: AmbassadorDeal) -> None:
    shown = page(as_coordinator, deal)
    assert "Exclusive ambassador · Lumi Circle since 1 January 2026" in shown
    assert '<span class="pill ok">Running</span>' in shown


def test_this_period_is_shown_as_rings(as_coordinator: Client, deal: AmbassadorDeal) -> None:
    period_of(deal, 11, State.OPEN, (2, 1))
    shown = page(as_coordinator, deal)
    assert "<b>1 of 2</b>" in shown
    assert "until Mon 30 Nov, in 6 days" in shown
    assert 'aria-label="Instagram Reel: 1 of 2 posted. 1 left"' in shown


def test_what_is_to_be_made_good_stands_apart(as_coordinator: Client, deal: AmbassadorDeal) -> None:
    closed = period_of(deal, 10, State.CLOSED, (2, 1))
    MakeGood.objects.create(period=closed, line=deal.quotas.get(), quantity=2, done=1, due_on=dt.date(2026, 11, 27))
    shown = page(as_coordinator, deal)
    assert "1 × Instagram Reel from period 10" in shown
    assert "by Fri 27 Nov" in shown


def test_money_tells_what_is_open_of_each_amount(as_owner: Client, deal: AmbassadorDeal, actor: Actor) -> None:
    fill(deal, 1, actor)
    shown = page(as_owner, deal)
    assert "<b>IDR\u00a0600k</b>" in shown
    assert "IDR\u00a0400k paid" in shown


def test_a_change_is_told_as_what_it_was_and_becomes(
    as_coordinator: Client, deal: AmbassadorDeal, actor: Actor
) -> None:
    fill(deal, 1, actor)
    assert "Instagram Reel: 2 → 3" in page(as_coordinator, deal)


def test_a_paused_deal_says_since_when_and_offers_to_go_on(as_coordinator: Client, deal: AmbassadorDeal) -> None:
    period_of(deal, 11, State.PAUSED, (2, 0))
    DealPause.objects.create(deal=deal, first_on=dt.date(2026, 11, 20))
    shown = page(as_coordinator, deal)
    assert "Paused since Fri, 20 Nov 2026, end unknown" in shown
    assert "Nothing is asked of her while it is paused" in shown


def test_a_pause_that_lies_ahead_is_ended_from_the_page_of_its_deal(
    as_coordinator: Client, as_viewer: Client, deal: AmbassadorDeal
) -> None:
    over = DealPause.objects.create(deal=deal, first_on=dt.date(2026, 2, 1), last_on=dt.date(2026, 2, 3))
    ahead = DealPause.objects.create(deal=deal, first_on=dt.date(2026, 12, 20), last_on=dt.date(2026, 12, 27))
    way = f"/ambassadors/{deal.pk}/resume/?pause="
    shown, of_a_viewer = page(as_coordinator, deal), page(as_viewer, deal)
    assert (f"{way}{ahead.pk}" in shown, f"{way}{over.pk}" in shown, way in of_a_viewer) == (True, False, False)


def test_whoever_only_looks_is_not_asked_to_send_a_draft(as_viewer: Client, deal_of: DealOf, circle: Program) -> None:
    shown = page(as_viewer, deal_of(signed=False, program=circle))
    assert ("See the contract" in shown, "Look through it and send it" in shown) == (True, False)


def test_a_draft_shows_the_term_as_it_would_be(as_coordinator: Client, deal_of: DealOf, circle: Program) -> None:
    shown = page(as_coordinator, deal_of(signed=False, program=circle))
    assert "The term as it would be" in shown
    assert "Look through it and send it" in shown
    assert 'id="ledger"' not in shown


def test_one_that_is_over_tells_the_whole_term(as_coordinator: Client, deal_of: DealOf, circle: Program) -> None:
    deal = deal_of(program=circle, status="ended", start_on=dt.date(2025, 1, 1), end_on=dt.date(2025, 3, 31))
    period_of(deal, 1, State.CLOSED, (2, 2))
    period_of(deal, 2, State.CLOSED, (2, 1))
    shown = page(as_coordinator, deal)
    assert "Posted in the whole term" in shown
    assert "<b>3 of 4</b>" in shown
    assert 'aria-label="1 of 2 periods kept"' in shown


def test_the_story_is_of_the_deal_and_of_its_contract(
    as_coordinator: Client, deal: AmbassadorDeal, actor: Actor
) -> None:
    told = {"at": NOON, "actor": actor, "influencer": deal.influencer_id, "brand": deal.contract.brand_id}
    record("deal.paused", "The deal was paused", subject=deal, **told)
    record("contract.signed", "Everybody has signed", subject=deal.contract, **told)
    record("contract.signed", "Another contract", subject=Contract(pk=9_999), **told)
    shown = page(as_coordinator, deal)
    assert ("The deal was paused" in shown, "Everybody has signed" in shown, "Another contract" in shown) == (
        True, True, False,
    )  # fmt: skip
    assert Entry.objects.count() == 3


def test_a_viewer_is_offered_nothing_to_do(as_viewer: Client, deal: AmbassadorDeal) -> None:
    assert 'class="btn btn-primary"' not in page(as_viewer, deal)


def test_the_page_is_told_in_indonesian(as_coordinator: Client, deal: AmbassadorDeal) -> None:
    as_coordinator.cookies["django_language"] = "id"
    assert as_coordinator.get(f"/ambassadors/{deal.pk}/").status_code == 200


def test_an_unknown_deal_is_not_found(as_coordinator: Client) -> None:
    assert as_coordinator.get("/ambassadors/999999/").status_code == 404


def promised(deal: AmbassadorDeal) -> Clause:
    """No other skincare for the year of the deal."""
    party, contract = deal.contract.parties.talents().get(), deal.contract
    clause = Clause.objects.create(
        influencer=deal.influencer, brand=contract.brand, work_ref=subject_of(party), standing="active", zone="Asia/Jakarta",
        kind="full", anchor="fixed", fixed_start_on=contract.start_on, fixed_end_on=contract.end_on,
    )  # fmt: skip
    window = day_window(contract.start_on, contract.end_on, "Asia/Jakarta")
    ClauseStretch.objects.create(clause=clause, start_at=window.start_at, end_at=window.end_at)
    return clause


def test_exclusivity_is_told_with_its_last_day(as_coordinator: Client, deal: AmbassadorDeal) -> None:
    promised(deal)
    assert "<b>Thu 31 Dec</b>" in page(as_coordinator, deal)
    shown = as_coordinator.get(f"/ambassadors/{deal.pk}/binds/").content.decode()
    assert "for anybody else" in shown


def test_exclusivity_and_use_are_read_as_a_part_too(as_coordinator: Client, deal: AmbassadorDeal) -> None:
    part = as_coordinator.get(f"/ambassadors/{deal.pk}/binds/", headers={"HX-Request": "true"}).content.decode()
    assert ("<html" in part, "She promised nothing about other brands" in part) == (False, True)


def test_what_other_rooms_show_is_read_as_a_part_too(as_coordinator: Client, deal: AmbassadorDeal) -> None:
    period_of(deal, 11, State.OPEN, (2, 1))
    part = as_coordinator.get(f"/ambassadors/{deal.pk}/posts/", headers={"HX-Request": "true"}).content.decode()
    whole = as_coordinator.get(f"/ambassadors/{deal.pk}/posts/").content.decode()
    assert ("<html" in part, "<html" in whole) == (False, True)
    assert ('id="posts"' in part, 'id="posts"' in whole) == (True, True)
