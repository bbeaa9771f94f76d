"""Whom the money of many people goes to on a day, and to which account: for a page of lines at once."""

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from django.db.models import Q

from crm.influencers.models import Influencer
from crm.payments.models import BankAccount, PaidThrough, Payee


@dataclass(frozen=True)
class Way:
    """One person, who is paid for her, and where the money goes. `waiting` is an account nobody has called about."""

    person: Influencer
    payee: Payee | None = None
    account: BankAccount | None = None
    waiting: BankAccount | None = None


@dataclass(frozen=True)
class Ways:
    """The ways of people by the id their lines were written with."""

    by_person: Mapping[int, Way] = field(default_factory=dict)

    def of(self, influencer_id: int) -> Way:
        return self.by_person[influencer_id]


def ways_of(influencer_ids: Collection[int], on: dt.date) -> Ways:
    """Everybody's payee and account. Whoever was merged is paid as who she goes on as. Three queries."""
    people = {one.pk: one for one in Influencer.objects.filter(pk__in=influencer_ids)}
    goes_on = {pk: person.merged_into_id or pk for pk, person in people.items()}
    payees = _payees({*goes_on, *goes_on.values()}, on)
    accounts = _accounts({payee.pk for payee in payees.values()})
    found = {}
    for pk, person in people.items():
        payee = payees.get(goes_on[pk]) or payees.get(pk)
        known = accounts.get(payee.pk, {}) if payee else {}
        found[pk] = Way(person, payee, known.get(True), known.get(False))
    return Ways(found)


def _payees(people: Collection[int], on: dt.date) -> dict[int, Payee]:
    still = Q(until_on__isnull=True) | Q(until_on__gte=on)
    rows = PaidThrough.objects.filter(still, influencer__in=people, since_on__lte=on, payee__archived_at__isnull=True)
    return {row.influencer_id: row.payee for row in rows.select_related("payee__contact").order_by("since_on", "pk")}


def _accounts(payees: Collection[int]) -> dict[int, dict[bool, BankAccount]]:
    """Of each payee the account that was called about (True) and the one that waits (False)."""
    rows = BankAccount.objects.verified() | BankAccount.objects.waiting()
    found: dict[int, dict[bool, BankAccount]] = {}
    for account in rows.filter(payee__in=payees).order_by("pk"):
        found.setdefault(account.payee_id, {})[account.is_verified] = account
    return found
