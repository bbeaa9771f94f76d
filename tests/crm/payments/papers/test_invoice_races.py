"""Two who hand in or decide about the same invoice at the same second: one of them does."""

import pytest
from django.db import connection

from crm.payments.models import Invoice, InvoiceLine
from crm.payments.papers.invoices import accept, receive, refuse
from crm.team.models import User
from crm.timeline.models import Entry
from crm.timeline.record import SYSTEM
from tests.crm.payments.papers.test_invoices import said
from tests.factories.payments import NOON, due_line
from tests.races import together

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]


@pytest.fixture(autouse=True)
def _postgres() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time: there is no such race")


def test_of_two_invoices_about_one_line_one_stands() -> None:
    line = due_line()
    # The control: asked before either has written, no invoice stands about it. Only the lock makes it one.
    assert not InvoiceLine.objects.filter(line=line).exists()
    acts = [
        lambda number=number: receive([line], said(number), at=NOON, actor=SYSTEM)  # type: ignore[misc]
        for number in ("INV-7", "INV-8", "INV-9")
    ]
    assert together(*acts) == ["ValidationError"] * 2
    assert (Invoice.objects.count(), InvoiceLine.objects.count()) == (1, 1)


def test_an_invoice_two_send_back_goes_back_once(coordinator: User) -> None:
    pk = receive([due_line()], said(), at=NOON, actor=SYSTEM).pk
    acts = [
        lambda why=why: refuse(Invoice.objects.get(pk=pk), why, at=NOON, user=coordinator)  # type: ignore[misc]
        for why in ("Wrong sum", "Wrong day")
    ]
    assert together(*acts) == ["TransitionRefused"]
    assert Entry.objects.filter(verb="invoice.refused").count() == 1


def test_an_invoice_two_accept_is_accepted_once(coordinator: User) -> None:
    pk = receive([due_line()], said(), at=NOON, actor=SYSTEM).pk
    acts = [lambda: accept(Invoice.objects.get(pk=pk), at=NOON, user=coordinator)] * 2
    assert together(*acts) == ["TransitionRefused"]
    assert Entry.objects.filter(verb="invoice.accepted").count() == 1
