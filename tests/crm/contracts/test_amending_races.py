"""Two amendments of one term at the same second, and two ticks on the same day: one wins, and each change is made once."""

import datetime as dt

import pytest
from django.db import connection
from djmoney.money import Money

from crm.contracts.actions.amending import change_term, draft_amendment
from crm.contracts.actions.by_date import bring_up_to_date
from crm.contracts.actions.carrying_out import check_stands
from crm.contracts.actions.signing import sign
from crm.contracts.models import Contract, Signature
from crm.influencers.models import Influencer
from crm.timeline.models import Entry
from crm.timeline.record import Actor
from tests.crm.contracts.conftest import Write
from tests.crm.contracts.test_amending import FEB, MARCH, at, on
from tests.crm.contracts.test_signing import sign_both, yes
from tests.races import together

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]


@pytest.fixture(autouse=True)
def _postgres() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time: there is no such race")


@pytest.fixture
def running(write: Write, kirana: Influencer, actor: Actor) -> Contract:
    contract = write(kirana, said="1 reel 2jt", **MARCH)
    sign_both(contract, FEB, actor)
    bring_up_to_date(contract.pk, at(3, 1))
    return Contract.objects.get()


def raising(running: Contract, millions: int, actor: Actor) -> Contract:
    """An amendment with another fee, signed by her."""
    made = draft_amendment(running, on(3, 20), at=at(3, 10), actor=actor)
    change_term(made, running.lines.get(), {"amount": [f"{millions}000000.00", "IDR"]}, at=at(3, 10), actor=actor)
    sign(yes(made.parties.talents().get(), at(3, 10)), at=at(3, 10), actor=actor)
    return made


def ours(made: Contract, now: dt.datetime) -> Signature:
    return yes(made.parties.get(role="brand"), now, how="house", said="")


def test_of_two_amendments_of_one_term_signed_at_once_one_stands(running: Contract, actor: Actor) -> None:
    both = [raising(running, millions, actor) for millions in (3, 4)]
    # The control: looked at one by one before either is signed, both might be. The look counts only while the people are held.
    for made in both:
        check_stands(made)
    last = [ours(made, at(3, 11)) for made in both]
    raised = together(*(lambda one=one: sign(one, at=at(3, 11), actor=actor) for one in last))  # type: ignore[misc]
    assert raised == ["ValidationError"]
    stands = Contract.objects.get(amends=running, status="signed")
    together(*[lambda: bring_up_to_date(running.pk, at(3, 20))] * 8)
    amount = Money(stands.changes.get().becomes["amount"][0], "IDR")
    assert running.lines.get().amount == amount
    assert Entry.objects.filter(verb="contract.amended").count() == 1
