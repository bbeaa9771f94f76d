"""Two people who settle the same line at the same second: one of them does."""

from typing import Any

import pytest
from django.db import connection

from crm.payments.actions import settle
from crm.payments.models import LedgerLine
from crm.payments.queries import open_amounts
from tests.crm.payments.conftest import Owe, rupiah
from tests.races import together

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]


@pytest.fixture(autouse=True)
def _postgres() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time: there is no such race")


def test_of_two_who_settle_a_line_at_once_one_does(owe: Owe, noted: dict[str, Any]) -> None:
    line = owe(rupiah(100))
    # The control: asked before either has written, both are told that all of it is open. Only the lock makes it true.
    assert [open_amounts([line])[line.pk] for _ in range(2)] == [100, 100]
    raised = together(*(lambda key=key: settle(line, key=key, **noted) for key in ("paid:1", "paid:2")))  # type: ignore[misc]
    assert raised == ["MoreThanOpen"]
    assert LedgerLine.objects.settled().count() == 1
    assert open_amounts([line]) == {line.pk: 0}


def test_the_same_payment_noted_by_two_at_once_is_noted_once(owe: Owe, noted: dict[str, Any]) -> None:
    line = owe(rupiah(100))
    raised = together(*[lambda: settle(line, rupiah(10), key="paid:1", **noted)] * 4)
    assert raised == []
    assert LedgerLine.objects.settled().count() == 1
