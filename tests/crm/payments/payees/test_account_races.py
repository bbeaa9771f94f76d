"""Two who act on one account at once: one call counts. The same without the lock shows what that is for."""

import datetime as dt
import threading

import pytest
from django.db import connection, transaction

from crm.payments.models import BankAccount, Payee
from crm.payments.payees.accounts import confirm, refuse
from crm.payments.payees.queries import account_of
from crm.team.models import User
from tests.crm.payments.payees.conftest import Enter
from tests.races import together

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]


@pytest.fixture(autouse=True)
def _postgres() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time: there is no such race")


def test_confirmed_and_refused_at_once_is_one_of_both(enter: Enter, fajar: User, now: dt.datetime) -> None:
    account = enter()
    raised = together(
        lambda: confirm(account, "Kirana", at=now, user=fajar), lambda: refuse(account, "Kirana", at=now, user=fajar)
    )
    assert raised == ["TransitionRefused"]
    assert BankAccount.objects.get().status in ("verified", "refused")


def test_of_two_who_confirm_at_once_one_does(enter: Enter, fajar: User, now: dt.datetime) -> None:
    account = enter()
    raised = together(*[lambda: confirm(account, "Kirana", at=now, user=fajar)] * 2)
    assert raised == ["TransitionRefused"]
    assert BankAccount.objects.verified().count() == 1


def test_entered_anew_while_it_is_confirmed_leaves_one_of_each(
    payee: Payee, enter: Enter, fajar: User, now: dt.datetime
) -> None:
    account = enter()
    raised = together(lambda: confirm(account, "Kirana", at=now, user=fajar), lambda: enter("9988776655"))
    assert raised in ([], ["TransitionRefused"])
    assert BankAccount.objects.waiting().count() == 1
    assert (account_of(payee) is None) == (raised == ["TransitionRefused"])


def test_control_looking_first_and_writing_then_confirms_what_was_refused(
    enter: Enter, fajar: User, now: dt.datetime
) -> None:
    account, looked = enter(), threading.Barrier(2)

    def look_then_write(to: str) -> None:
        with transaction.atomic():
            is_waiting = BankAccount.objects.waiting().filter(pk=account.pk).exists()
            looked.wait(10)
            assert is_waiting
            BankAccount.objects.filter(pk=account.pk).update(status=to, verified_at=now, verified_by=fajar)

    assert together(lambda: look_then_write("verified"), lambda: look_then_write("refused")) == []
