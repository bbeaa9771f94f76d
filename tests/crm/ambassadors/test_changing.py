"""A deal in force changes by an amendment: written with what it comes to, carried out once it is signed and has begun."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from djmoney.money import Money

from crm.ambassadors.changing.actions import carry_out_due, draft_change
from crm.ambassadors.changing.planned import Wanted, shown
from crm.ambassadors.making.terms import QuotaTerms
from crm.ambassadors.models import (
    AmbassadorDeal,
    DealChange,
    DealPeriod,
    PeriodQuota,
    QuotaEntry,
    QuotaLine,
    QuotaQuantity,
    RetainerRate,
)
from crm.ambassadors.quotas.granting import open_quota
from crm.ambassadors.schedule.laying import cycle_of, lay_out, rests_of
from crm.contracts.actions.by_date import move_by_date
from crm.contracts.actions.steps import void
from crm.contracts.actions.words import words_of
from crm.contracts.models import Contract, PayLine
from crm.contracts.worth import at_stake
from crm.timeline.models import Entry
from crm.timeline.record import Actor
from tests.crm.ambassadors.conftest import DealOf, format_of
from tests.crm.contracts.test_signing import sign_both

pytestmark = pytest.mark.django_db


def on(month: int, day: int, year: int = 2026) -> dt.date:
    return dt.date(year, month, day)


def at(month: int, day: int, year: int = 2026) -> dt.datetime:
    return dt.datetime(year, month, day, 3, tzinfo=dt.UTC)


def rupiah(amount: int) -> Money:
    return Money(amount, "IDR")


@pytest.fixture
def deal(deal_of: DealOf) -> AmbassadorDeal:
    """Two reels a month for ten million, all 2026; the periods up to November have begun, none is closed."""
    made = deal_of(retainer=10_000_000, quantity=2)
    PayLine.objects.create(
        contract=made.contract, kind="cash_fee", amount=rupiah(120_000_000), note="IDR\u00a010,000,000 each month"
    )
    lay_out(made, at=at(11, 24))
    for period in made.periods.filter(first_on__lte=on(11, 24)):
        DealPeriod.objects.filter(pk=period.pk).update(state=DealPeriod.State.OPEN, opened_at=at(11, 1))
        open_quota(period, at=at(11, 1))
    return made


def raised(deal: AmbassadorDeal, from_on: dt.date, **more: Any) -> Wanted:
    return Wanted(**{"from_on": from_on, "quantities": {}, "retainer": rupiah(12_000_000), **more})


def rates() -> list[tuple[Decimal, dt.date]]:
    return list(RetainerRate.objects.order_by("from_on").values_list("amount", "from_on"))


def quantities() -> list[tuple[str, int, dt.date]]:
    rows = QuotaQuantity.objects.order_by("line_id", "from_on")
    return list(rows.values_list("line__format__code", "quantity", "from_on"))


def untouched(deal: AmbassadorDeal) -> bool:
    one_of_each = rates() == [(Decimal(10_000_000), on(1, 1))] and quantities() == [("reel", 2, on(1, 1))]
    return one_of_each and not QuotaEntry.objects.filter(kind=QuotaEntry.Kind.AMEND).exists()


def test_a_draft_says_what_changes_and_changes_nothing(deal: AmbassadorDeal, actor: Actor) -> None:
    line = deal.quotas.get()
    wanted = raised(deal, on(12, 1), quantities={line.pk: 3}, added=[QuotaTerms(format_of("story"), 4)])
    amendment = draft_change(deal, wanted, at=at(11, 24), actor=actor)
    assert (amendment.amends, amendment.start_on, amendment.status) == (deal.contract, on(12, 1), "draft")
    assert DealChange.objects.get().changes == [
        {"what": "quantity", "line": line.pk, "was": 2, "becomes": 3},
        {"what": "new_quota", "line": None, "was": None,
         "becomes": {"format": format_of("story").pk, "quantity": 4, "note": ""}},
        {"what": "retainer", "line": None, "was": ["10000000.00", "IDR"], "becomes": ["12000000.00", "IDR"]},
    ]  # fmt: skip
    assert untouched(deal)
    assert (
        "- Instagram Reel: 3 instead of 2 each month\n- On top: 4 × Instagram Story each month\n"
        "- Retainer: IDR\u00a012,000,000 instead of IDR\u00a010,000,000 each month\n"
        "- Compensation, Fee, IDR\u00a010,000,000 each month: was IDR\u00a0120,000,000, becomes IDR\u00a0122,000,000\n"
    ) in words_of(amendment)


def test_whoever_approves_sees_the_sum_over_the_term(deal: AmbassadorDeal, actor: Actor) -> None:
    amendment = draft_change(deal, raised(deal, on(12, 1)), at=at(11, 24), actor=actor)
    assert [line.amount for line in at_stake(amendment)] == [rupiah(122_000_000)]


def test_saying_what_holds_already_is_no_change(deal: AmbassadorDeal, actor: Actor) -> None:
    wanted = Wanted(on(12, 1), {deal.quotas.get().pk: 2}, (), rupiah(10_000_000))
    with pytest.raises(ValidationError, match="Nothing changes yet"):
        draft_change(deal, wanted, at=at(11, 24), actor=actor)
    assert (Contract.objects.count(), DealChange.objects.count()) == (1, 0)


def test_signed_it_waits_for_its_day_and_then_changes_once(deal: AmbassadorDeal, actor: Actor) -> None:
    line = deal.quotas.get()
    amendment = draft_change(deal, raised(deal, on(12, 1), quantities={line.pk: 3}), at=at(11, 24), actor=actor)
    sign_both(amendment, at(11, 25), actor)
    assert untouched(deal)
    for moment in (at(12, 1), at(12, 1), at(12, 2)):
        move_by_date(moment)
    assert rates() == [(Decimal(10_000_000), on(1, 1)), (Decimal(12_000_000), on(12, 1))]
    assert quantities() == [("reel", 2, on(1, 1)), ("reel", 3, on(12, 1))]
    assert DealChange.objects.get().done_at == at(12, 1)
    line_of_pay = PayLine.objects.get(contract=deal.contract)
    assert (line_of_pay.amount, line_of_pay.note) == (
        rupiah(122_000_000), "IDR\u00a010,000,000, IDR\u00a012,000,000 each month",
    )  # fmt: skip
    told = Entry.objects.get(verb="deal.amended")
    assert " changes from 1 December 20" in told.sentence_en


def test_a_rise_in_the_middle_cuts_the_period_in_two(deal: AmbassadorDeal, actor: Actor) -> None:
    wanted = raised(deal, on(12, 11), quantities={deal.quotas.get().pk: 4})
    span, rows = shown(deal, wanted, cycle_of(deal), rests_of(deal))
    assert span is not None
    assert (span.number, span.first_on, span.last_on) == (12, on(12, 1), on(12, 31))
    assert [[(cut.first_on, cut.last_on, cut.days, cut.value) for cut in row.cuts] for row in rows] == [
        [(on(12, 1), on(12, 10), 10, 2), (on(12, 11), on(12, 31), 21, 4)],
        [(on(12, 1), on(12, 10), 10, rupiah(10_000_000)), (on(12, 11), on(12, 31), 21, rupiah(12_000_000))],
    ]
    assert [row.here for row in rows] == [3, rupiah(11_354_839)]


def test_more_posts_in_the_open_period_are_owed_from_the_day_on(deal: AmbassadorDeal, actor: Actor) -> None:
    line = deal.quotas.get()
    wanted = Wanted(on(11, 25), {line.pk: 8})
    sign_both(draft_change(deal, wanted, at=at(11, 24), actor=actor), at(11, 24), actor)
    move_by_date(at(11, 25))
    amended = QuotaEntry.objects.filter(kind=QuotaEntry.Kind.AMEND).values_list("period__number", "quantity")
    assert list(amended) == [(11, 1)]  # 24 days of 2 and 6 of 8 come to 3.2
    assert PeriodQuota.objects.get(period__number=11, line=line).granted == 3


def test_one_more_kind_of_post_in_the_middle_of_the_term(deal: AmbassadorDeal, actor: Actor) -> None:
    QuotaLine.objects.update(rollover="carry", carry_cap=1)
    wanted = Wanted(on(11, 25), {}, [QuotaTerms(format_of("story"), 10, "Try-ons")])
    sign_both(draft_change(deal, wanted, at=at(11, 24), actor=actor), at(11, 24), actor)
    move_by_date(at(11, 25))
    fresh = QuotaLine.objects.get(format=format_of("story"))
    assert (fresh.note, fresh.rollover, fresh.carry_cap) == ("Try-ons", "carry", 1)
    assert quantities() == [("reel", 2, on(1, 1)), ("story", 10, on(11, 25))]
    owed = PeriodQuota.objects.filter(line=fresh).values_list("period__number", "granted")
    assert list(owed) == [(11, 2)]  # 6 of 30 days


def test_a_kind_of_post_that_is_dropped_is_owed_no_more(deal: AmbassadorDeal, actor: Actor) -> None:
    line = deal.quotas.get()
    amendment = draft_change(deal, Wanted(on(12, 1), {line.pk: 0}), at=at(11, 24), actor=actor)
    assert "Instagram Reel: none any more (was 2 each month)" in words_of(amendment)
    sign_both(amendment, at(11, 25), actor)
    move_by_date(at(12, 1))
    assert quantities() == [("reel", 2, on(1, 1)), ("reel", 0, on(12, 1))]


def test_after_a_week_without_a_worker_it_begins_on_its_own_day(deal: AmbassadorDeal, actor: Actor) -> None:
    sign_both(draft_change(deal, raised(deal, on(12, 1)), at=at(11, 24), actor=actor), at(11, 25), actor)
    move_by_date(at(12, 9))
    assert rates() == [(Decimal(10_000_000), on(1, 1)), (Decimal(12_000_000), on(12, 1))]


def test_signed_late_it_holds_from_the_day_of_the_last_signature(deal: AmbassadorDeal, actor: Actor) -> None:
    amendment = draft_change(deal, raised(deal, on(12, 1)), at=at(11, 24), actor=actor)
    sign_both(amendment, at(12, 5), actor)
    assert rates() == [(Decimal(10_000_000), on(1, 1)), (Decimal(12_000_000), on(12, 5))]


def test_what_is_cancelled_changes_nothing(deal: AmbassadorDeal, actor: Actor) -> None:
    amendment = draft_change(deal, raised(deal, on(12, 1)), at=at(11, 24), actor=actor)
    void(amendment, "She said no.", at=at(11, 25), actor=actor)
    move_by_date(at(12, 2))
    assert untouched(deal)
    assert DealChange.objects.get().done_at is None


def test_carrying_it_out_twice_writes_it_once(deal: AmbassadorDeal, actor: Actor) -> None:
    sign_both(draft_change(deal, raised(deal, on(12, 1)), at=at(11, 24), actor=actor), at(11, 25), actor)
    move_by_date(at(12, 1))
    assert carry_out_due(deal.contract, at=at(12, 2)) == []
    assert len(rates()) == 2


def test_a_closed_period_stays_and_the_difference_is_owed_in_the_open_one(deal: AmbassadorDeal, actor: Actor) -> None:
    line = deal.quotas.get()
    sign_both(draft_change(deal, Wanted(on(11, 25), {line.pk: 8}), at=at(11, 24), actor=actor), at(11, 24), actor)
    november, december = deal.periods.get(number=11), deal.periods.get(number=12)
    DealPeriod.objects.filter(pk=december.pk).update(state=DealPeriod.State.OPEN, opened_at=at(12, 1))
    open_quota(december, at=at(12, 1))
    deal.periods.filter(number__lte=11).update(state=DealPeriod.State.CLOSED, closed_at=at(12, 2))
    before = list(QuotaEntry.objects.filter(period=november).values_list("pk", flat=True))
    move_by_date(at(12, 3))
    assert list(QuotaEntry.objects.filter(period=november).values_list("pk", flat=True)) == before
    late = QuotaEntry.objects.filter(period=december, about=november).values_list("kind", "quantity")
    assert list(late) == [("amend", 1)]


def test_a_price_for_the_next_term_is_agreed_before_it_begins(deal_of: DealOf, actor: Actor) -> None:
    deal = deal_of(renewal="auto", renew_months=12, notice_value=30)
    amendment = draft_change(deal, raised(deal, on(1, 1, 2027)), at=at(11, 24), actor=actor)
    assert (amendment.start_on, amendment.end_on) == (on(1, 1, 2027), on(12, 31, 2027))
    sign_both(amendment, at(11, 25), actor)
    move_by_date(at(12, 5))
    move_by_date(at(1, 1, 2027))
    assert rates() == [(Decimal(10_000_000), on(1, 1)), (Decimal(12_000_000), on(1, 1, 2027))]
    assert Contract.objects.get(pk=amendment.pk).end_on == on(12, 31, 2027)


@pytest.mark.parametrize(
    "fields", [{}, {"renewal": "auto", "renew_months": 12, "notice_value": 30, "most_renewals": 0}]
)
def test_what_does_not_go_on_is_not_changed_after_its_end(
    deal_of: DealOf, actor: Actor, fields: dict[str, Any]
) -> None:
    deal = deal_of(**fields)
    with pytest.raises(ValidationError, match="The contract ends on 31 December 2026"):
        draft_change(deal, raised(deal, on(1, 1, 2027)), at=at(11, 24), actor=actor)
    assert DealChange.objects.count() == 0
