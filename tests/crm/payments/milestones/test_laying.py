"""How a contract is paid: in the usual ways or part by part, whole, and only while it may still be said."""

import datetime as dt
from decimal import Decimal
from itertools import pairwise

import pytest
from djmoney.money import Money
from hypothesis import given
from hypothesis import strategies as st

from crm.contracts.models import Contract, Party, PayLine
from crm.payments.milestones.cash import WHOLE, cash_of, split
from crm.payments.milestones.extras import left_of, sign_off
from crm.payments.milestones.laying import AFTER, USUAL, IsSaid, NotWhole, Part, Terms, lay, lay_default, usual_of
from crm.payments.models import LedgerLine, Milestone, PayTerms
from crm.timeline.record import SYSTEM
from tests.crm.payments.milestones.conftest import NOW, Say, told
from tests.factories import InfluencerFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("code", list(USUAL))
def test_every_usual_way_is_whole(contract: Contract, say: Say, code: str) -> None:
    say(*USUAL[code].parts)
    assert sum(Milestone.objects.values_list("share_bp", flat=True)) == WHOLE
    assert usual_of(USUAL[code].parts) == code


def test_parts_that_are_not_whole_are_refused(contract: Contract, say: Say) -> None:
    with pytest.raises(NotWhole) as refused:
        say(Part(5_000), Part(4_999))
    assert refused.value.messages == ["The parts come to 99.99 %. Together they have to be 100 %."]
    assert Milestone.objects.count() == 0


def test_a_signed_contract_that_says_how_it_is_paid_stays(contract: Contract, say: Say) -> None:
    say(Part(WHOLE))
    with pytest.raises(IsSaid):
        say(Part(5_000), Part(5_000))
    assert [one.share_bp for one in Milestone.objects.all()] == [WHOLE]


def test_a_draft_may_be_told_anew(contract: Contract) -> None:
    Contract.objects.filter(pk=contract.pk).update(status="draft", signed_at=None)
    for parts in ([Part(WHOLE)], [Part(5_000), Part(5_000)]):
        lay(contract, parts, Terms(net_days=30), at=NOW, actor=SYSTEM)
    assert Milestone.objects.count() == 2
    assert PayTerms.objects.get().net_days == 30


def test_nobody_said_anything_is_all_of_it_after_posting(contract: Contract) -> None:
    (one,) = lay_default(contract, at=NOW, actor=SYSTEM)
    assert (one.share_bp, one.trigger, PayTerms.objects.get().net_days) == (WHOLE, "published", 14)
    assert usual_of([Part(one.share_bp, one.trigger)]) == AFTER
    assert lay_default(contract, at=NOW, actor=SYSTEM) == []


def test_a_contract_without_money_has_no_parts(contract: Contract) -> None:
    PayLine.objects.update(kind="product")
    assert lay_default(contract, at=NOW, actor=SYSTEM) == []
    assert PayTerms.objects.count() == 0


def test_a_line_for_everybody_is_split_equally_and_the_rest_goes_to_the_last(contract: Contract) -> None:
    person = InfluencerFactory()
    other = Party.objects.create(contract=contract, role="talent", influencer=person, name="Second")
    PayLine.objects.update(party=None, amount=1_000_001)
    PayLine.objects.create(contract=contract, party=other, amount=Money(5, "IDR"), kind="deduction")
    people = [one.influencer_id or 0 for one in contract.parties.talents().order_by("pk")]
    found = cash_of(PayLine.objects.select_related("party"), people)
    assert [int(sum(pots.values())) for pots in found.values()] == [500_000, 499_996]


@given(
    whole=st.integers(0, 10**10).map(Decimal),
    cuts=st.lists(st.integers(1, 9_999), max_size=5, unique=True),
    currency=st.sampled_from(["IDR", "USD"]),
)
def test_parts_always_sum_to_the_whole(whole: Decimal, cuts: list[int], currency: str) -> None:
    edges = [0, *sorted(cuts), WHOLE]
    shares = [last - first for first, last in pairwise(edges)]
    parts = split(whole, shares, currency)
    assert (sum(parts), len(parts)) == (whole, len(shares))
    assert all(part >= 0 for part in parts)


def test_a_bonus_is_due_once_somebody_signs_it_off_and_never_more_than_was_agreed(
    contract: Contract, party: Party
) -> None:
    bonus = PayLine.objects.create(contract=contract, kind="bonus", amount=Money(1_000_000, "IDR"))
    done = {"party": party, "at": NOW, "actor": SYSTEM}
    first = sign_off(bonus, Money(600_000, "IDR"), "A million views", **done)  # type: ignore[arg-type]
    assert first is not None
    assert (first.kind, first.due_on, left_of(bonus)) == (LedgerLine.Kind.BONUS, dt.date(2026, 12, 15), 400_000)
    before = told()
    with pytest.raises(Exception, match="At most"):
        sign_off(bonus, Money(400_001, "IDR"), "More", **done)  # type: ignore[arg-type]
    assert told() == before
