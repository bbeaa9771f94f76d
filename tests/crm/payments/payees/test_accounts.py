"""Accounts: entered by one, confirmed by another, told to her each time; the one of before holds until then."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from crm.outbox.models import Email
from crm.payments.models import BankAccount, Payee
from crm.payments.payees.accounts import confirm, refuse
from crm.payments.payees.queries import account_of
from crm.reminders.today import today
from crm.team.models import Role, User
from crm.timeline.models import Entry
from crm.timeline.transitions import TransitionRefused
from tests.crm.payments.payees.conftest import NUMBER, Enter
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


def states() -> list[tuple[str, str]]:
    return list(BankAccount.objects.order_by("pk").values_list("number", "status"))


def test_an_account_waits_for_a_call(payee: Payee, enter: Enter) -> None:
    enter()
    assert (states(), account_of(payee)) == ([(NUMBER, "waiting")], None)


def test_a_second_person_confirms_it(payee: Payee, enter: Enter, fajar: User, now: dt.datetime) -> None:
    account = enter()
    confirm(account, "Kirana, +6281234567890", at=now, user=fajar)
    account.refresh_from_db()
    assert (account_of(payee), account.verified_by, account.call_note) == (account, fajar, "Kirana, +6281234567890")


def test_whoever_entered_it_does_not(enter: Enter, dinda: User, now: dt.datetime) -> None:
    account = enter()
    with pytest.raises(ValidationError, match="Ask a colleague"):
        confirm(account, "Kirana", at=now, user=dinda)
    assert states() == [(NUMBER, "waiting")]


def test_the_database_refuses_the_same_person_too(enter: Enter, dinda: User, now: dt.datetime) -> None:
    account = enter()
    with pytest.raises(IntegrityError), transaction.atomic():
        BankAccount.objects.filter(pk=account.pk).update(status="verified", verified_at=now, verified_by=dinda)
    assert states() == [(NUMBER, "waiting")]


def test_money_goes_where_it_went_until_the_call(payee: Payee, enter: Enter, fajar: User, now: dt.datetime) -> None:
    first = enter()
    confirm(first, "Kirana", at=now, user=fajar)
    second = enter("9988776655")
    assert (account_of(payee), states()) == (first, [(NUMBER, "verified"), ("9988776655", "waiting")])
    confirm(second, "Kirana", at=now, user=fajar)
    assert (account_of(payee), states()) == (second, [(NUMBER, "retired"), ("9988776655", "verified")])


def test_a_later_account_takes_the_place_of_one_that_waits(enter: Enter) -> None:
    enter()
    enter("9988776655")
    assert states() == [(NUMBER, "retired"), ("9988776655", "waiting")]


def test_an_account_that_is_not_hers_changes_nothing(payee: Payee, enter: Enter, fajar: User, now: dt.datetime) -> None:
    first = enter()
    confirm(first, "Kirana", at=now, user=fajar)
    other = enter("9988776655")
    refuse(other, "Kirana: she knows nothing of it", at=now, user=fajar)
    assert (account_of(payee), states()) == (first, [(NUMBER, "verified"), ("9988776655", "refused")])
    with pytest.raises(TransitionRefused):
        confirm(other, "Kirana", at=now, user=fajar)
    assert (account_of(payee), states()) == (first, [(NUMBER, "verified"), ("9988776655", "refused")])


def test_the_account_money_goes_to_is_not_entered_again(enter: Enter, fajar: User, now: dt.datetime) -> None:
    confirm(enter(), "Kirana", at=now, user=fajar)
    with pytest.raises(ValidationError, match="goes to this account already"):
        enter()
    assert states() == [(NUMBER, "verified")]


def test_she_is_told_at_the_address_we_knew(enter: Enter) -> None:
    enter()
    mail = Email.objects.get(name="account_entered")
    assert (mail.to_address, mail.context["bank"], mail.context["who"]) == (
        "kirana@contoh.example",
        "Bank Nusa",
        "Dinda",
    )
    assert NUMBER not in str(mail.context)


def test_each_step_stands_in_her_story(enter: Enter, fajar: User, now: dt.datetime) -> None:
    confirm(enter(), "Kirana", at=now, user=fajar)
    confirm(enter("9988776655"), "Kirana", at=now, user=fajar)
    verbs = Entry.objects.filter(verb__startswith="payee.account").order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == [
        "payee.account_entered", "payee.account_confirmed", "payee.account_entered", "payee.account_retired",
        "payee.account_confirmed",
    ]  # fmt: skip


def test_the_call_waits_on_the_day_of_whoever_may_make_it(
    enter: Enter, fajar: User, dinda: User, now: dt.datetime
) -> None:
    boss = UserFactory(role=Role.MANAGER)
    account = enter(by=boss)

    def lines(user: User) -> list[str]:
        return [line.url for group in today(user, now).groups for line in group.lines if line.kind == "account.call"]

    assert lines(fajar) == [f"/payees/{account.payee_id}/accounts/{account.pk}/call/"]
    assert (lines(dinda), lines(boss)) == ([], [])
    confirm(account, "Kirana", at=now, user=fajar)
    assert lines(fajar) == []
