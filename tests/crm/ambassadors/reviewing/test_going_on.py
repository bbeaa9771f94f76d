"""A deal through the calendar: what it promises about other brands goes on with it, and so does the deal itself.

Cases 41 to 44 of the domain rules, section 2.8, and being an ambassador as work of its own.
"""

import datetime as dt
from typing import Any

import pytest
from djmoney.money import Money

from crm.ambassadors.models import AmbassadorDeal, CommissionRule, QuotaQuantity, RetainerRate
from crm.base.anchors import anchor_moved
from crm.brands.models import Brand, Category
from crm.contracts.actions.by_date import bring_up_to_date, move_by_date
from crm.contracts.actions.renewing import draft_renewal
from crm.contracts.actions.resting import go_on_after, rest
from crm.contracts.actions.signing import sign
from crm.contracts.actions.steps import end_early, pause, void
from crm.contracts.models import Contract, ContractTemplate, Signature
from crm.contracts.works import conflicts_of, works_of
from crm.exclusivity.actions.clauses import save_clause
from crm.exclusivity.gate import PromiseRefused
from crm.exclusivity.models import Claim, Clause
from crm.exclusivity.reminders import ENDS
from crm.exclusivity.terms import ACT_NUMBERS, Act
from crm.influencers.models import Influencer
from crm.reminders.registry import Asked, dues
from crm.timeline.record import Actor, subject_of
from tests.crm.ambassadors.conftest import DealOf
from tests.factories import BrandFactory

pytestmark = pytest.mark.django_db
AUTO = {"renewal": "auto", "renew_months": 12, "notice_value": 30}
BEFORE = dt.datetime(2025, 12, 20, 5, tzinfo=dt.UTC)


def on(month: int, day: int, year: int = 2026) -> dt.date:
    return dt.date(year, month, day)


def noon(month: int, day: int, year: int = 2026) -> dt.datetime:
    return dt.datetime(year, month, day, 5, tzinfo=dt.UTC)


def barring(contract: Contract, actor: Actor, at: dt.datetime = BEFORE, **fields: Any) -> Clause:
    """No other brand of the category over the whole term."""
    party = contract.parties.talents().get()
    for work in works_of(contract):
        anchor_moved(work.ref, work.days, now=at)
    clause = Clause(
        influencer_id=party.influencer_id, brand=contract.brand, work_ref=subject_of(party), work_label=contract.title,
        zone=contract.zone, anchor=Clause.Anchor.TERM, **{"act_numbers": frozenset({ACT_NUMBERS[Act.PAID_POST], ACT_NUMBERS[Act.AMBASSADORSHIP]}), **fields},
    )  # fmt: skip
    return save_clause(clause, {"categories": [contract.category_id]}, at=at, actor=actor)


def sign_it(contract: Contract, at: dt.datetime, actor: Actor) -> Contract:
    """Both sides."""
    contract.wording = ContractTemplate.objects.get(code="campaign").newest
    Contract.objects.filter(pk=contract.pk).update(wording=contract.wording)
    for side in contract.parties.order_by("pk"):
        how = "house" if side.is_brand else "chat"
        kept = sign(
            Signature(party=side, how=how, name=side.name, said="" if side.is_brand else "ok", signed_at=at,
                      zone="Asia/Jakarta"), at=at, actor=actor,
        )  # fmt: skip
    return kept


@pytest.fixture
def signed(deal_of: DealOf, kirana: Influencer, lumi: Brand, actor: Actor) -> Any:
    """signed(renewal=...): an exclusive deal of the year 2026, agreed in December before."""

    def made(clause: dict[str, Any] | None = None, **terms: Any) -> AmbassadorDeal:
        deal = deal_of(person=kirana, brand=lumi, category=lumi.category, signed=False, **terms)
        barring(deal.contract, actor, **(clause or {}))
        sign_it(deal.contract, BEFORE, actor)
        bring_up_to_date(deal.contract_id, noon(1, 1))
        return AmbassadorDeal.objects.with_contract().get(pk=deal.pk)

    return made


@pytest.fixture
def rival() -> Brand:
    return BrandFactory(name="Dewi Beauty", category=Category.objects.get(slug="skincare"))


def barred_until(clause: Clause) -> dt.date:
    last = max(row.end_at for row in clause.stretches.all() if row.end_at)
    return (last - dt.timedelta(hours=12)).date()


class TestExclusivity:
    def test_41_a_renewal_from_the_next_day_is_one_stretch_and_nobody_is_told_it_ends(
        self, signed: Any, actor: Actor
    ) -> None:
        deal = signed(renewal="manual")
        sign_it(draft_renewal(deal.contract, at=noon(11, 1), actor=actor), noon(11, 2), actor)
        near = noon(12, 20)
        told = [due.due_on for due in dues(Asked(now=near, to_at=near + dt.timedelta(days=30)), [ENDS])]
        assert told == []

    def test_42_a_day_between_is_free_and_told(self, signed: Any, actor: Actor) -> None:
        deal = signed(renewal="manual")
        made = draft_renewal(deal.contract, at=noon(11, 1), actor=actor)
        Contract.objects.filter(pk=made.pk).update(start_on=on(1, 2, 2027))
        made.refresh_from_db()
        sign_it(made, noon(11, 2), actor)
        near = noon(12, 20)
        told = [due.due_on for due in dues(Asked(now=near, to_at=near + dt.timedelta(days=30)), [ENDS])]
        assert told == [on(12, 31)]

    def test_43_not_stopped_in_time_the_next_window_is_there_before_the_old_one_closes(
        self, signed: Any, rival: Brand, deal_of: DealOf, kirana: Influencer, actor: Actor
    ) -> None:
        deal = signed(**AUTO)
        clause = Clause.objects.get()
        assert barred_until(clause) == on(12, 31)
        move_by_date(noon(12, 2))
        clause.refresh_from_db()
        assert barred_until(clause) == on(12, 31, 2027)
        bars = Claim.objects.filter(source=subject_of(clause), active=True)
        assert max(claim.end_at for claim in bars) == dt.datetime(2027, 12, 31, 17, tzinfo=dt.UTC)
        other = deal_of(
            person=kirana, brand=rival, category=rival.category, signed=False, start_on=on(2, 1, 2027),
            end_on=on(6, 30, 2027),
        )  # fmt: skip
        with pytest.raises(PromiseRefused):
            sign_it(other.contract, noon(12, 3), actor)
        assert Contract.objects.get(pk=other.contract_id).status == "draft"
        assert Contract.objects.get(pk=deal.contract_id).end_on == on(12, 31, 2027)

    def test_44_while_it_rests_exclusivity_goes_on_and_moves_with_the_end(self, signed: Any, actor: Actor) -> None:
        deal = signed()
        rest(deal.contract, on(6, 1), at=noon(6, 1), actor=actor)
        clause = Clause.objects.get()
        assert (clause.rests.count(), barred_until(clause)) == (0, on(12, 31))
        go_on_after(deal.contract, 45, at=noon(7, 15), actor=actor)
        clause.refresh_from_db()
        assert barred_until(clause) == on(2, 14, 2027)

    def test_44_what_says_so_rests_with_it(self, signed: Any, actor: Actor) -> None:
        deal = signed({"suspend_during_pause": True})
        pause(deal.contract, on(6, 1), "Her baby", at=noon(5, 30), actor=actor)
        assert Clause.objects.get().rests.count() == 1


class TestBeingAnAmbassador:
    def test_a_draft_with_a_rival_is_told_of_the_promise_it_meets(
        self, signed: Any, rival: Brand, deal_of: DealOf, kirana: Influencer
    ) -> None:
        signed()
        other = deal_of(
            person=kirana, brand=rival, category=rival.category, signed=False, start_on=on(9, 1), end_on=on(9, 30)
        )
        found = conflicts_of(Contract.objects.with_terms().get(pk=other.contract_id), noon(8, 1))
        assert [(one.engagement.ref, one.blocks) for one in found] == [(subject_of(other), True)]

    def test_a_second_deal_with_the_own_house_meets_nothing(
        self, signed: Any, lumi: Brand, deal_of: DealOf, kirana: Influencer
    ) -> None:
        first = signed()
        again = deal_of(
            person=kirana,
            program=first.program,
            category=lumi.category,
            signed=False,
            start_on=on(9, 1),
            end_on=on(9, 30),
        )
        assert conflicts_of(Contract.objects.with_terms().get(pk=again.contract_id), noon(8, 1)) == []

    def test_signed_it_is_under_guard_for_its_term_and_void_for_none(self, signed: Any, actor: Actor) -> None:
        deal = signed()
        claims = Claim.objects.filter(source=subject_of(deal))
        assert [(claim.start_at, claim.end_at) for claim in claims] == [
            (dt.datetime(2025, 12, 31, 17, tzinfo=dt.UTC), dt.datetime(2026, 12, 31, 17, tzinfo=dt.UTC))
        ]
        end_early(deal.contract, on(6, 30), "Both agreed", at=noon(6, 1), actor=actor)
        assert [claim.end_at for claim in claims.all()] == [dt.datetime(2026, 6, 30, 17, tzinfo=dt.UTC)]

    def test_void_it_claims_nothing(self, deal_of: DealOf, kirana: Influencer, lumi: Brand, actor: Actor) -> None:
        deal = deal_of(person=kirana, brand=lumi, category=lumi.category, signed=False)
        sign_it(deal.contract, BEFORE, actor)
        assert Claim.objects.filter(source=subject_of(deal)).count() == 1
        void(Contract.objects.get(), "A mistake", at=BEFORE, actor=actor)
        assert Claim.objects.filter(source=subject_of(deal)).count() == 0


class TestTheNextDeal:
    def test_a_drafted_renewal_takes_the_deal_with_it_as_it_stands(self, deal_of: DealOf, actor: Actor) -> None:
        deal = deal_of(renewal="manual", review_every=3, label="featured", anchor_on=on(1, 31))
        line = deal.quotas.get()
        QuotaQuantity.objects.create(line=line, quantity=5, from_on=on(7, 1))
        RetainerRate.objects.create(deal=deal, amount=Money(12_000_000, "IDR"), from_on=on(7, 1))
        CommissionRule.objects.create(deal=deal, rate_bp=750, from_on=on(1, 1))
        made = draft_renewal(deal.contract, at=noon(11, 1), actor=actor)
        fresh = AmbassadorDeal.objects.get(contract=made)
        assert (fresh.continues, fresh.anchor_on, fresh.review_every, fresh.label) == (deal, on(1, 31), 3, "featured")
        (quantity,) = QuotaQuantity.objects.filter(line__deal=fresh)
        assert (quantity.quantity, quantity.from_on, quantity.line.format) == (5, on(1, 1, 2027), line.format)
        rate, rule = fresh.retainers.get(), fresh.commissions.get()
        assert (rate.amount, rate.from_on) == (Money(12_000_000, "IDR"), on(1, 1, 2027))
        assert (rule.rate_bp, rule.from_on) == (750, on(1, 1, 2027))

    def test_a_quota_that_was_taken_out_stays_out(self, deal_of: DealOf, actor: Actor) -> None:
        deal = deal_of(renewal="manual")
        QuotaQuantity.objects.create(line=deal.quotas.get(), quantity=0, from_on=on(7, 1))
        made = draft_renewal(deal.contract, at=noon(11, 1), actor=actor)
        assert AmbassadorDeal.objects.get(contract=made).quotas.count() == 0

    def test_after_a_rest_periods_count_from_the_new_first_day(self, deal_of: DealOf, actor: Actor) -> None:
        deal = deal_of(renewal="manual")
        go_on_after(deal.contract, 45, at=noon(6, 1), actor=actor)
        made = draft_renewal(Contract.objects.get(), at=noon(11, 1), actor=actor)
        assert (made.start_on, AmbassadorDeal.objects.get(contract=made).anchor_on) == (on(2, 15, 2027), None)

    def test_one_that_came_to_nothing_makes_way_for_another(self, deal_of: DealOf, actor: Actor) -> None:
        deal = deal_of(renewal="manual")
        made = draft_renewal(deal.contract, at=noon(11, 1), actor=actor)
        void(made, "Not like this", at=noon(11, 2), actor=actor)
        again = draft_renewal(Contract.objects.get(pk=deal.contract_id), at=noon(11, 3), actor=actor)
        assert AmbassadorDeal.objects.get(continues=deal).contract == again

    def test_a_contract_without_a_deal_is_renewed_as_before(self, deal_of: DealOf, actor: Actor) -> None:
        deal = deal_of(renewal="manual")
        plain = deal.contract
        deal.quotas.all().delete()
        deal.retainers.all().delete()
        deal.delete()
        draft_renewal(plain, at=noon(11, 1), actor=actor)
        assert AmbassadorDeal.objects.count() == 0
