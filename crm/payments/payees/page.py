"""Payees as the list and their own page show them: everything there, no number whole."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch
from django.utils.translation import gettext_lazy as _

from crm.influencers.models import Influencer
from crm.outbox.models import Contact
from crm.payments.models import BankAccount, PaidThrough, Payee, TaxCertificate
from crm.payments.models.payees import PayeeQuerySet
from crm.payments.payees.queries import masked
from crm.team.models import User


@dataclass(frozen=True)
class PayeeRow:
    """One line of the list."""

    payee: Payee
    people: list[Influencer]
    account: BankAccount | None
    waiting: BankAccount | None

    @property
    def is_complete(self) -> bool:
        return self.payee.tax_checked_at is not None and self.account is not None


@dataclass(frozen=True)
class PayeePage:
    """One payee: whom, the tax side, accounts, papers."""

    row: PayeeRow
    tax_number: str
    accounts: list[BankAccount]
    ways: list[PaidThrough]
    certificates: list[tuple[TaxCertificate, bool]]
    may_confirm: bool


def payee_rows(payees: PayeeQuerySet) -> list[PayeeRow]:
    """With whom they are paid for and their accounts. Three queries."""
    return [_row(payee) for payee in _with_all(payees)]


def payee_page(payee: Payee, user: User, on: dt.date) -> PayeePage:
    row = _row(payee)
    waits = row.waiting
    return PayeePage(
        row=row,
        tax_number=masked(payee.tax_number),
        accounts=list(payee.accounts.all()),
        ways=list(payee.ways.select_related("influencer")),
        certificates=[
            (paper, paper.valid_from <= on <= paper.valid_to) for paper in payee.certificates.select_related("file")
        ],
        may_confirm=waits is not None
        and waits.entered_by_user_id != user.pk
        and user.has_perm("crm.verify_bankaccount"),
    )


def tabs_of(found: PayeeQuerySet, tab: str) -> list[dict[str, Any]]:
    """Parts of the list that ask for something, with how many."""
    parts: Sequence[tuple[str, Any, int | str]] = [
        ("", _("In use"), ""),
        ("call", _("Wait for a call"), narrowed(found, "call").count()),
        ("tax", _("Tax number not checked"), narrowed(found, "tax").count()),
        ("archived", _("Archived"), ""),
    ]
    return [
        {"label": label, "url": f"?tab={key}" if key else "?", "active": key == tab, "count": count}
        for key, label, count in parts
    ]


def narrowed(found: PayeeQuerySet, tab: str) -> PayeeQuerySet:
    if tab == "archived":
        return found.archived()
    standing = found.standing()
    return {"call": standing.with_account_waiting, "tax": standing.unchecked}.get(tab, standing.all)()


def known_numbers(payee: Payee, before: dt.datetime) -> list[tuple[str, str]]:
    """Phones of whoever is paid and of whom it is about; what changed after the account came is said beside it."""
    people = [way.influencer_id for way in payee.ways.all()]
    contacts = Contact.objects.filter(representations__influencer__in=people).distinct()
    named = contacts | Contact.objects.filter(pk=payee.contact_id).distinct() if payee.contact_id else contacts
    return [(str(contact.phone), _label(contact, before)) for contact in named.order_by("name", "pk") if contact.phone]


def _label(contact: Contact, before: dt.datetime) -> str:
    said = f"{contact.name}, {contact.phone}"
    changed = _("changed since") if contact.updated_at > before else ""
    return f"{said} ({changed})" if changed else said


def _with_all(payees: PayeeQuerySet) -> PayeeQuerySet:
    ways = Prefetch(
        "ways",
        PaidThrough.objects.endless().select_related("influencer").order_by("influencer__stage_name"),
        "open_ways",
    )
    return payees.prefetch_related(ways, Prefetch("accounts", BankAccount.objects.in_use(), "used_accounts"))


def _row(payee: Payee) -> PayeeRow:
    ways = getattr(payee, "open_ways", None)
    if ways is None:
        payee = _with_all(Payee.objects.filter(pk=payee.pk)).get()
        ways = payee.open_ways  # type: ignore[attr-defined]
    accounts: list[BankAccount] = payee.used_accounts  # type: ignore[attr-defined]
    return PayeeRow(
        payee,
        [way.influencer for way in ways],
        next((one for one in accounts if one.is_verified), None),
        next((one for one in accounts if one.is_waiting), None),
    )
