"""Work is called off: a share of the fee is paid, what is too much and unpaid goes back, and she is told."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from crm.contracts.models import Contract, Party
from crm.outbox.models import Email
from crm.payments.milestones.killing import DecidedAlready, call_off, outcomes, suggestions
from crm.payments.milestones.laying import Part
from crm.payments.milestones.meeting import look
from crm.payments.milestones.places import Work
from crm.payments.models import LedgerLine, Milestone
from crm.timeline.record import SYSTEM
from tests.crm.payments.milestones.conftest import NOW, TODAY, Known, Say, told
from tests.factories import ContactFactory, RepresentationFactory

pytestmark = pytest.mark.django_db
Trigger = Milestone.Trigger
QUARTER = (Part(2_500, Trigger.SIGNED), Part(7_500, Trigger.PUBLISHED))


def off(contract: Contract, party: Party, share_bp: int, by: str = "us") -> list[LedgerLine]:
    return call_off(contract, {party.pk: share_bp}, "The launch moved", by=by, at=NOW, actor=SYSTEM)


def waiting(contract: Contract) -> int:
    return Milestone.objects.waiting().filter(contract=contract).count()


def test_the_usual_share_is_that_of_each_piece_of_work(
    contract: Contract, party: Party, say: Say, known: Known
) -> None:
    say(*QUARTER)
    known.works(party, Work("a", stage="published", out_on=TODAY), Work("b", stage="submitted"))
    assert [one.share_bp for one in suggestions(contract, NOW)] == [7_500]


def test_half_is_paid_less_what_is_due_already(contract: Contract, party: Party, say: Say) -> None:
    say(*QUARTER)
    look(contract, at=NOW, actor=SYSTEM)
    (one,) = outcomes(contract, {party.pk: 5_000}, NOW)
    assert (one.whole, one.due, one.kept, one.more, one.back) == (10_000_000, 2_500_000, 5_000_000, 2_500_000, 0)
    lines = off(contract, party, 5_000)
    assert [(line.kind, int(line.amount.amount), line.due_on) for line in lines] == [
        ("kill_fee", 2_500_000, dt.date(2026, 12, 15))
    ]
    assert waiting(contract) == 0


def test_what_is_too_much_and_unpaid_is_taken_back(contract: Contract, party: Party, say: Say) -> None:
    say(*QUARTER)
    look(contract, at=NOW, actor=SYSTEM)
    assert off(contract, party, 1_000) == []
    assert [(step, amount) for step, amount, _on in told()] == [("due", 2_500_000), ("reversed", 1_500_000)]


def test_nothing_becomes_due_by_itself_afterwards(contract: Contract, party: Party, say: Say, known: Known) -> None:
    say(*QUARTER)
    off(contract, party, 0)
    known.works(party, Work("a", out_on=TODAY))
    before = told()
    look(contract, at=NOW, actor=SYSTEM)
    assert told() == before


def test_where_she_calls_it_off_no_kill_fee_is_due(contract: Contract, party: Party, say: Say) -> None:
    say(*QUARTER)
    with pytest.raises(ValidationError):
        off(contract, party, 5_000, by="her")
    assert (told(), waiting(contract)) == ([], 2)


def test_it_is_decided_once(contract: Contract, party: Party, say: Say) -> None:
    say(*QUARTER)
    off(contract, party, 5_000)
    before = told()
    with pytest.raises(DecidedAlready):
        off(contract, party, 10_000)
    assert told() == before


def test_she_is_told_what_is_paid(contract: Contract, party: Party, say: Say) -> None:
    assert party.influencer is not None
    RepresentationFactory(influencer=party.influencer, contact=ContactFactory(name="Kirana Maheswari"))
    say(*QUARTER)
    off(contract, party, 5_000)
    email = Email.objects.get(name="work_called_off")
    assert "5,000,000" in str(email.context) or "5.000.000" in str(email.context)
