"""Orders through an ambassador: whose, how much, when due, and what a return does."""

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction

from crm.ambassadors.models import AmbassadorDeal, CommissionRule, Program, ProgramTier, Sale, TierMove
from crm.ambassadors.pay.commissions import KnownOrder, mature, return_sale
from crm.ambassadors.pay.rates import Claim, commission_of, rule_of, whose
from crm.influencers.models import Influencer
from crm.payments.actions import settle
from crm.payments.models import LedgerLine
from crm.payments.queries import balance
from crm.timeline.models import Entry
from crm.timeline.record import Actor
from crm.timeline.transitions import TransitionRefused
from tests.crm.ambassadors.conftest import DealOf
from tests.crm.ambassadors.pay.conftest import Sell, at, booked, day, price, rupiah, share_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def deal(deal_of: DealOf, kirana: Influencer, circle: Program) -> AmbassadorDeal:
    return deal_of(person=kirana, program=circle)


@pytest.mark.parametrize(
    ("rule", "comes_to"),
    [
        ({"basis": "net"}, 36_036),  # 450,450 less 50,000 tax in it less 40,090 shipping: 360,360
        ({"basis": "gross"}, 41_041),
        ({"basis": "net", "includes_tax": True}, 41_036),
        ({"basis": "net", "includes_shipping": True}, 40_045),
        ({"basis": "gross", "includes_tax": True, "includes_shipping": True}, 50_050),
    ],
)
def test_the_share_is_of_what_was_agreed(rule: dict[str, Any], comes_to: int) -> None:
    order = price(500_500, discount=50_050, tax=50_000, shipping=40_090)
    assert commission_of(CommissionRule(rate_bp=1000, **rule), order) == comes_to


@pytest.mark.parametrize(("gross", "comes_to"), [(5, 1), (4, 0), (15, 2), (14, 1)])
def test_half_a_rupiah_goes_up(gross: int, comes_to: int) -> None:
    assert commission_of(CommissionRule(rate_bp=1000), price(gross)) == comes_to


def test_a_discount_beyond_the_price_shares_nothing() -> None:
    assert commission_of(CommissionRule(rate_bp=1000), price(10_000, discount=12_000)) == 0


def test_an_order_is_held_until_it_can_no_longer_be_returned(deal: AmbassadorDeal, sell: Sell) -> None:
    share_of(deal, hold_days=30)
    sale = sell(deal, 500_000, on=day(9, 21))
    assert (sale.state, sale.commission, sale.matures_on) == ("held", rupiah(50_000), day(10, 21))
    assert mature(deal, now=at(10, 20)) == 0
    assert booked(deal) == []


def test_what_can_no_longer_be_returned_is_due_a_month_end_later(deal: AmbassadorDeal, sell: Sell) -> None:
    """21 October matures it, 31 October ends the month, and 30 days later is Monday 30 November."""
    share_of(deal, hold_days=30)
    sell(deal, 500_000, on=day(9, 21))
    assert mature(deal, now=at(10, 21)) == 1
    assert booked(deal) == [("due", "commission", 50_000, "2026-11-30")]
    assert mature(deal, now=at(10, 22)) == 0
    assert booked(deal) == [("due", "commission", 50_000, "2026-11-30")]


def test_a_month_later_the_ledger_is_as_if_it_had_been_looked_at_every_day(
    deal: AmbassadorDeal, deal_of: DealOf, sell: Sell
) -> None:
    other = deal_of()
    for one in (deal, other):
        share_of(one, hold_days=7)
        for number, of in enumerate((1, 9, 20), start=1):
            sell(one, 100_000 * number, f"{one.pk}-{number}", on=day(10, of))
    for of in range(1, 25):
        mature(deal, now=at(11, of))
    for of in range(8, 31):
        mature(other, now=at(10, of))
    said = [
        list(LedgerLine.objects.of_contract(one.contract_id).order_by("pk").values_list("amount", "on", "due_on"))
        for one in (deal, other)
    ]
    assert said[0] == said[1]
    assert len(said[0]) == 3


def test_an_order_noted_twice_is_one_order(deal: AmbassadorDeal, sell: Sell) -> None:
    share_of(deal)
    sell(deal, 500_000, "#1001")
    with pytest.raises(KnownOrder) as refused, transaction.atomic():
        sell(deal, 900_000, " 1001 ")
    assert refused.value.message_dict == {"number": ["Order 1001 is known already: it was noted for Kirana Maheswari."]}
    assert list(Sale.objects.values_list("number", "gross")) == [("1001", 500_000)]


def test_two_brands_may_have_the_same_number(deal: AmbassadorDeal, deal_of: DealOf, sell: Sell) -> None:
    sell(deal, 500_000, "1001")
    sell(deal_of(), 500_000, "1001")
    assert Sale.objects.count() == 2


def test_returned_while_held_nothing_becomes_due(deal: AmbassadorDeal, sell: Sell, actor: Actor) -> None:
    share_of(deal)
    sale = sell(deal, 500_000)
    return_sale(sale, on=day(11, 24), at=at(11, 24), actor=actor)
    assert mature(deal, now=at(12, 30)) == 0
    assert booked(deal) == []
    assert Sale.objects.get().returned_on == day(11, 24)


def test_returned_before_it_was_paid_it_is_taken_back(deal: AmbassadorDeal, sell: Sell, actor: Actor) -> None:
    share_of(deal, hold_days=0)
    sale = sell(deal, 500_000)
    mature(deal, now=at(11, 24))
    return_sale(sale, on=day(11, 24), at=at(11, 24), actor=actor)
    assert booked(deal) == [("due", "commission", 50_000, "2026-12-30"), ("reversed", "commission", 50_000, "")]
    assert balance(deal.contract) == {}


def test_returned_after_it_was_paid_it_is_owed_back_next_month(deal: AmbassadorDeal, sell: Sell, actor: Actor) -> None:
    share_of(deal, hold_days=0)
    sale = sell(deal, 500_000)
    mature(deal, now=at(11, 24))
    line = LedgerLine.objects.get()
    settle(line, rupiah(30_000), key="paid", on=day(11, 24), at=at(11, 24), by="Dinda")
    return_sale(sale, on=day(11, 24), at=at(11, 24), actor=actor)
    assert booked(deal)[2:] == [
        ("reversed", "commission", 20_000, ""),
        ("due", "commission", -30_000, "2027-02-01"),  # 31 December and 30 days is a Saturday
    ]


def test_an_order_is_returned_once(deal: AmbassadorDeal, sell: Sell, actor: Actor) -> None:
    share_of(deal, hold_days=0)
    sale = sell(deal, 500_000)
    mature(deal, now=at(11, 24))
    return_sale(sale, on=day(11, 24), at=at(11, 24), actor=actor)
    before = booked(deal)
    with pytest.raises(TransitionRefused):
        return_sale(Sale.objects.get(), on=day(11, 25), at=at(11, 25), actor=actor)
    assert booked(deal) == before


def test_no_order_is_returned_before_it_was_placed(deal: AmbassadorDeal, sell: Sell, actor: Actor) -> None:
    share_of(deal)
    sale = sell(deal, 500_000, on=day(11, 2))
    with pytest.raises(ValidationError) as refused:
        return_sale(sale, on=day(11, 1), at=at(11, 5), actor=actor)
    assert refused.value.message_dict == {"on": ["It was ordered on 2 November 2026. Choose that day or a later one."]}
    sale.refresh_from_db()
    assert (sale.state, sale.returned_on) == ("held", None)


def test_what_is_taken_back_stands_in_the_ledger_no_earlier_than_what_was_due(
    deal: AmbassadorDeal, sell: Sell, actor: Actor
) -> None:
    share_of(deal, hold_days=14)
    sale = sell(deal, 500_000, on=day(11, 2))
    mature(deal, now=at(11, 20))
    return_sale(sale, on=day(11, 10), at=at(11, 20), actor=actor)
    due, back = LedgerLine.objects.of_contract(deal.contract_id).order_by("pk")
    assert (due.on, back.on) == (day(11, 16), day(11, 16))
    assert [balance(deal.contract, day(11, of)) for of in (9, 15, 16)] == [{}, {}, {}]


def test_while_a_deal_rests_beyond_its_last_day_its_orders_are_held(deal_of: DealOf, sell: Sell) -> None:
    resting = deal_of(start_on=day(1, 1), end_on=day(10, 31), rests_since_on=day(10, 15))
    share_of(resting)
    assert sell(resting, 500_000, on=day(11, 11)).state == "held"


@pytest.mark.parametrize(("of", "state"), [(9, "held"), (10, "held"), (11, "after_end")])
def test_after_the_end_an_order_is_paid_as_long_as_was_agreed(deal_of: DealOf, sell: Sell, of: int, state: str) -> None:
    ended = deal_of(start_on=day(1, 1), end_on=day(10, 31))
    share_of(ended, post_term_days=10)
    sale = sell(ended, 500_000, on=day(11, of))
    assert (sale.state, sale.commission) == (state, rupiah(50_000 if state == "held" else 0))


def test_that_an_order_is_not_paid_is_told(deal_of: DealOf, sell: Sell) -> None:
    ended = deal_of(end_on=day(10, 31))
    share_of(ended)
    sell(ended, 500_000, on=day(11, 1))
    told = Entry.objects.get(verb="sale.noted").sentence_en
    assert told == "Order 1001 of 1 November 2026 came after the end of the deal and is not paid"


@pytest.mark.parametrize(
    ("on", "words"),
    [
        (dt.date(2025, 12, 31), "The deal began on 1 January 2026. An earlier order is nobody's."),
        (day(11, 25), "This day has not come yet."),
    ],
)
def test_an_order_outside_of_the_deal_is_refused(deal: AmbassadorDeal, sell: Sell, on: dt.date, words: str) -> None:
    with pytest.raises(ValidationError) as refused:
        sell(deal, 500_000, on=on)
    assert refused.value.message_dict == {"ordered_on": [words]}
    assert Sale.objects.count() == 0


def test_without_a_commission_an_order_counts_and_pays_nothing(deal: AmbassadorDeal, sell: Sell) -> None:
    sell(deal, 500_000)
    assert mature(deal, now=at(11, 24)) == 1
    assert booked(deal) == []


# ---- whose rule, whose order -------------------------------------------------------------------------------------------
def test_the_rule_of_the_day_of_the_order_holds(deal: AmbassadorDeal) -> None:
    share_of(deal, 500)
    share_of(deal, 800, from_on=day(6, 1))
    rates = [(rule.rate_bp if (rule := rule_of(deal, on)) else 0) for on in (day(5, 31), day(6, 1))]
    assert rates == [500, 800]


def test_a_deals_own_rule_goes_before_that_of_its_tier(deal: AmbassadorDeal, circle: Program) -> None:
    deal.tier = ProgramTier.objects.create(program=circle, rank=1, name="Bronze")
    share_of(deal.tier, 300)
    assert getattr(rule_of(deal, day(3, 1)), "rate_bp", 0) == 300
    share_of(deal, 900)
    assert getattr(rule_of(deal, day(3, 1)), "rate_bp", 0) == 900


def test_a_tier_she_rises_to_counts_from_the_next_days_orders(deal: AmbassadorDeal, circle: Program) -> None:
    bronze = ProgramTier.objects.create(program=circle, rank=1, name="Bronze")
    silver = ProgramTier.objects.create(program=circle, rank=2, name="Silver")
    share_of(bronze, 300)
    share_of(silver, 700)
    deal.tier = silver
    TierMove.objects.create(deal=deal, tier=silver, former=bronze, from_on=day(6, 10), at=at(6, 10), by="Mitra")
    rates = [getattr(rule_of(deal, day(6, of)), "rate_bp", 0) for of in (9, 10, 11)]
    assert rates == [300, 300, 700]


@pytest.mark.parametrize(("rule", "via"), [("code_first", "code"), ("link_first", "link"), ("last_touch", "link")])
def test_of_a_code_and_a_link_one_rule_decides(deal: AmbassadorDeal, rule: str, via: str) -> None:
    claims = [Claim(deal, "link", at(11, 3)), Claim(deal, "code", at(11, 2))]
    assert whose(claims, rule).via == via


def test_an_order_with_one_persons_code_and_anothers_link_is_paid_once(
    deal: AmbassadorDeal, deal_of: DealOf, circle: Program, sell: Sell
) -> None:
    other = deal_of(program=circle)
    for one in (deal, other):
        share_of(one, attribution="link_first")
    sale = sell(deal, 500_000, claims=[Claim(deal, "code"), Claim(other, "link")])
    assert (Sale.objects.count(), sale.deal) == (1, other)
