"""Her own page about her deal: what this month is about, what she gets, until when it runs; nothing of anybody else."""

import datetime as dt
from typing import Any

import pytest
from djmoney.money import Money

from crm.ambassadors.models import AmbassadorDeal, CommissionRule, DealPause, DealPeriod, MakeGood, PerkGrant
from crm.contracts.models import Contract
from crm.influencers.models import Influencer
from crm.outbox.models import Contact
from crm.payments.models import LedgerLine
from tests.crm.ambassadors.conftest import DealOf
from tests.crm.ambassadors.showing.laid import NOON, State, period_of
from tests.crm.contracts.visiting import Visitor, open_page

pytestmark = pytest.mark.django_db


@pytest.fixture
def visitor(her: Contact, kirana: Influencer, deal: AmbassadorDeal) -> Visitor:
    return open_page(her, kirana, deal.contract.brand)


def whole(visitor: Visitor, deal: AmbassadorDeal) -> str:
    answer = visitor.client.get(visitor.at("ambassador", deal.pk))
    assert answer.status_code == 200
    return answer.content.decode()


def short(visitor: Visitor) -> str:
    return visitor.client.get(visitor.page).content.decode()


def test_her_page_tells_the_deal_in_short(visitor: Visitor, november: DealPeriod, deal: AmbassadorDeal) -> None:
    shown = short(visitor)
    assert "<h2>Lumi Circle</h2>" in shown
    assert "This month, until <b>Monday, 30 November 2026</b>" in shown
    assert "Instagram Reel: <b>1 of 2</b>" in shown
    assert f'href="{visitor.at("ambassador", deal.pk)}"' in shown


def test_no_word_of_ours_stands_on_it(visitor: Visitor, november: DealPeriod, deal: AmbassadorDeal) -> None:
    shown = (short(visitor) + whole(visitor, deal)).lower()
    assert [word for word in ("quota", "deliverable", "retainer rate", "make good") if word in shown] == []


def test_what_is_open_from_before_says_by_when(visitor: Visitor, from_october: MakeGood) -> None:
    assert "1 × Instagram Reel from before is still open, by Wednesday, 9 December 2026." in short(visitor)


def test_a_pause_says_until_when(visitor: Visitor, november: DealPeriod, deal: AmbassadorDeal) -> None:
    DealPause.objects.create(deal=deal, first_on=dt.date(2026, 11, 20), last_on=dt.date(2027, 1, 3))
    shown = short(visitor)
    assert "We pause until Sunday, 3 January 2027. Nothing is asked of you before." in shown
    assert "Instagram Reel: <b>" not in shown


def test_a_pause_without_an_end_says_that_we_tell(visitor: Visitor, november: DealPeriod, deal: AmbassadorDeal) -> None:
    DealPause.objects.create(deal=deal, first_on=dt.date(2026, 11, 20))
    assert "We pause. We tell you when it goes on" in short(visitor)


def test_what_she_gets_is_told_with_its_day(visitor: Visitor, november: DealPeriod, deal: AmbassadorDeal) -> None:
    contract = deal.contract
    line = LedgerLine.objects.create(
        kind="retainer", contract=contract, influencer=deal.influencer, brand=contract.brand, label="October",
        amount=Money(10_000_000, "IDR"), due_on=dt.date(2026, 11, 30), key="1", on=dt.date(2026, 10, 31), at=NOON, by="Mitra",
    )  # fmt: skip
    PerkGrant.objects.create(
        deal=deal, kind="product", label="Products of the season", value=Money(3_000_000, "IDR"), used=1_000_000,
        granted_on=dt.date(2026, 3, 1),
    )  # fmt: skip
    CommissionRule.objects.create(deal=deal, rate_bp=1000, from_on=dt.date(2026, 1, 1))
    shown = whole(visitor, deal)
    assert "<b>IDR\u00a010,000,000</b> each time" in shown
    assert "We pay by Monday, 30 November 2026" in shown
    assert "IDR\u00a02,000,000 left of IDR\u00a03,000,000" in shown
    assert "<b>10 %</b> of what is sold through you" in shown
    LedgerLine.objects.create(
        kind="retainer", step="settled", of=line, contract=contract, influencer=deal.influencer, brand=contract.brand,
        label="Paid", amount=Money(10_000_000, "IDR"), key="2", on=dt.date(2026, 11, 20), at=NOON, by="Mitra",
    )  # fmt: skip
    assert "Retainer, Sat 31 Oct. Paid" in whole(visitor, deal)


def test_it_says_until_when_it_runs_and_by_when_either_side_says_so(
    deal_of: DealOf, her: Contact, kirana: Influencer
) -> None:
    deal = deal_of(person=kirana, renewal="auto", renew_months=12, notice_value=30, notice_span="days")
    shown = whole(open_page(her, kirana, deal.contract.brand), deal)
    assert "Until <b>Thursday, 31 December 2026</b>" in shown
    assert "Whoever does not want to go on says so by <b>Tuesday, 1 December 2026</b>." in shown


def test_how_it_went_is_told_month_by_month(visitor: Visitor, deal: AmbassadorDeal) -> None:
    period_of(deal, 9, State.CLOSED, (2, 2), (4, 3))
    assert "1 Sep – 30 Sep 2026: <b>5 of 6</b>" in whole(visitor, deal)


def test_a_deal_with_another_brand_never_shows(visitor: Visitor, deal_of: DealOf, kirana: Influencer) -> None:
    other = deal_of(person=kirana)
    assert str(other.contract.brand) not in short(visitor)
    assert visitor.client.get(visitor.at("ambassador", other.pk)).status_code == 404


def test_somebody_elses_deal_never_shows(visitor: Visitor, deal_of: DealOf, deal: AmbassadorDeal) -> None:
    other = deal_of(program=deal.program)
    assert visitor.client.get(visitor.at("ambassador", other.pk)).status_code == 404


def test_what_was_not_agreed_does_not_show(visitor: Visitor, deal: AmbassadorDeal) -> None:
    Contract.objects.filter(pk=deal.contract_id).update(status="sent", signed_at=None)
    assert visitor.client.get(visitor.at("ambassador", deal.pk)).status_code == 404
    assert "<h2>Lumi Circle</h2>" not in short(visitor)


def test_a_stranger_finds_nothing(client: Any, deal: AmbassadorDeal) -> None:
    assert client.get(f"/my/1/ambassador/{deal.pk}/").status_code == 404


def test_she_says_that_it_is_posted(visitor: Visitor, november: DealPeriod) -> None:
    balance = november.balances.get(left=1)
    address = f"{visitor.page}deal-posts/{balance.pk}/posted/"
    assert visitor.client.get(address).status_code == 200
    answer = visitor.client.post(address, {"url": "instagram.com/p/abc"})
    assert answer["Location"] == f"{visitor.page}?thanks=deal-posts.posted"
    balance.refresh_from_db()
    assert balance.left == 0


def test_a_day_that_has_not_come_is_refused(visitor: Visitor, november: DealPeriod) -> None:
    balance = november.balances.get(left=1)
    typed = {"url": "instagram.com/p/abc", "posted_on": "2026-12-24"}
    answer = visitor.client.post(f"{visitor.page}deal-posts/{balance.pk}/posted/", typed)
    assert (answer.status_code, "That day has not come yet" in answer.content.decode()) == (422, True)
    balance.refresh_from_db()
    assert balance.left == 1


@pytest.mark.parametrize("many", [1, 3])
def test_her_page_asks_a_fixed_number_of_questions(
    visitor: Visitor, deal: AmbassadorDeal, many: int, django_assert_num_queries: Any
) -> None:
    for n in range(many):
        period_of(deal, 11 - n, State.OPEN if n == 0 else State.CLOSED, (2, 1))
    short(visitor)
    with django_assert_num_queries(SHORT):
        short(visitor)
    with django_assert_num_queries(WHOLE):
        whole(visitor, deal)


SHORT, WHOLE = 38, 19


def test_once_notice_is_given_her_page_does_not_say_that_it_goes_on(
    visitor: Visitor, november: DealPeriod, deal: AmbassadorDeal
) -> None:
    Contract.objects.filter(pk=deal.contract_id).update(
        status="in_notice", renewal="auto", renew_months=12, notice_value=30, notice_span="days"
    )
    shown = whole(visitor, deal)
    assert ("Notice is given: it ends." in shown, "Whoever does not want to go on" in shown) == (True, False)
