"""Several who know the same thing at the same moment: it becomes due once."""

import datetime as dt

import pytest
from django.db import connection

from crm.contracts.models import Contract, Party
from crm.payments.milestones.laying import Part
from crm.payments.milestones.meeting import look, meet
from crm.payments.milestones.situation import situation_of
from crm.payments.models import LedgerLine, Milestone
from crm.timeline.record import SYSTEM
from tests.crm.payments.milestones.conftest import NOW, Say
from tests.races import together

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]


@pytest.fixture(autouse=True)
def _postgres() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time: there is no such race")


def test_of_four_who_know_at_once_one_makes_it_due(contract: Contract, party: Party, say: Say) -> None:
    say(Part(10_000, Milestone.Trigger.SIGNED))
    # The control: asked before any has written, each of them finds that it waits and has happened. Only the lock makes it one.
    seen = [(one, situation_of(contract, NOW)) for one in Milestone.objects.waiting() for _ in range(2)]
    assert [now.happened_on(one) for one, now in seen] == [dt.date(2026, 11, 24)] * 2
    raised = together(*[lambda: look(contract, at=NOW, actor=SYSTEM)] * 4)
    assert raised == []
    assert [int(line.amount.amount) for line in LedgerLine.objects.all()] == [10_000_000]


def test_two_periods_closed_at_once_are_two_lines(contract: Contract, party: Party, say: Say) -> None:
    say(*(Part(5_000, Milestone.Trigger.PERIOD_CLOSED, period=number) for number in (1, 2)))
    on = dt.date(2026, 12, 1)
    raised = together(
        *(
            lambda number=number: meet(  # type: ignore[misc]
                "period_closed", contract=contract, on=on, at=NOW, actor=SYSTEM, period=number
            )
            for number in (1, 2)
        )
    )
    assert raised == []
    assert [int(line.amount.amount) for line in LedgerLine.objects.all()] == [5_000_000, 5_000_000]
