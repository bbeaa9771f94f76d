"""Somebody who is paid, the colleagues around it, and an account to enter."""

import datetime as dt
from collections.abc import Callable

import pytest

from crm.influencers.models import Influencer, Representation
from crm.outbox.models import Contact
from crm.payments.models import BankAccount, Payee
from crm.payments.payees.accounts import enter_account
from crm.payments.payees.entering import add_payee, herself
from crm.team.models import Role, User
from crm.timeline.record import Actor
from tests.factories import UserFactory

ON = dt.date(2026, 11, 24)
NUMBER = "0012345678901234"
Enter = Callable[..., BankAccount]


@pytest.fixture
def dinda(db: None) -> User:
    return UserFactory(role=Role.COORDINATOR, name="Dinda Ayuningrum")


@pytest.fixture
def fajar(db: None) -> User:
    return UserFactory(role=Role.FINANCE, name="Fajar Nugraha")


@pytest.fixture
def actor(dinda: User) -> Actor:
    return Actor.user(dinda)


@pytest.fixture
def her(kirana: Influencer) -> Contact:
    contact = Contact.objects.create(
        name="Kirana Maheswari", email="kirana@contoh.example", language="en", phone="+6281234567890"
    )
    Representation.objects.create(influencer=kirana, contact=contact)
    return contact


@pytest.fixture
def payee(kirana: Influencer, her: Contact, now: dt.datetime, actor: Actor) -> Payee:
    """She, paid herself."""
    return add_payee(herself(kirana), person=kirana, on=ON, at=now, actor=actor)


@pytest.fixture
def enter(payee: Payee, dinda: User, now: dt.datetime) -> Enter:
    """enter(number): an account of hers that a colleague entered."""

    def entered(number: str = NUMBER, *, by: User = dinda, at: dt.datetime = now) -> BankAccount:
        account = BankAccount(bank="Bank Nusa", number=number, holder="Kirana Maheswari")
        return enter_account(payee, account, at=at, actor=Actor.user(by), user=by)

    return entered
