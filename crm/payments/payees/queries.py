"""Who is paid for somebody, where the money goes, and whether everything is there for it."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from crm.influencers.majority import ages_on
from crm.influencers.models import Influencer
from crm.payments.models import BankAccount, PaidThrough, Payee

SHOWN_DIGITS = 4
DOTS = "···"


def payee_of(influencer_id: int, on: dt.date) -> Payee | None:
    """Whoever is paid for her on that day."""
    return payees_of([influencer_id], on).get(influencer_id)


def payees_of(influencers: Collection[int], on: dt.date) -> dict[int, Payee]:
    """The same for many people at once; who was merged is paid as whoever goes on. Two queries."""
    goes_on = dict(Influencer.objects.filter(pk__in=influencers).values_list("pk", "merged_into"))
    people = {pk: into or pk for pk, into in goes_on.items()}
    rows = PaidThrough.objects.open_on(on).filter(influencer__in=set(people.values()))
    found = {row.influencer_id: row.payee for row in rows.select_related("payee").order_by("since_on", "pk")}
    return {pk: found[into] for pk, into in people.items() if into in found}


def account_of(payee: Payee) -> BankAccount | None:
    """Where her money goes: the account somebody called back about."""
    return payee.accounts.verified().first() if payee.pk else None


def masked(number: str) -> str:
    """What pages show of a number. One too short to hide anything shows nothing."""
    bare = "".join(number.split())
    return f"{DOTS}{bare[-SHOWN_DIGITS:]}" if len(bare) > SHOWN_DIGITS else DOTS if bare else ""


def lock_payees(pks: Iterable[int]) -> list[Payee]:
    """Held until the transaction ends, always in the same order: taxes of a month are reckoned one payment after another."""
    return list(Payee.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=set(pks)).order_by("pk"))


@dataclass(frozen=True)
class Lack:
    """One thing that is missing before money can leave; `code` for those who count them."""

    code: str
    words: Any


LACKS: Mapping[str, Any] = {
    "no_payee": _("Nobody is entered who gets the money."),
    "minor_without_guardian": _("She is a minor: enter her guardian as the one who is paid."),
    "no_tax_id": _("Nobody has checked what the tax office knows her by."),
    "no_account": _("No bank account is entered."),
    "account_waiting": _("The bank account waits for a call."),
}


def lacks_of(people: Collection[Influencer], on: dt.date) -> dict[int, list[Lack]]:
    """What is missing for each of these people before money can leave to them, by id. A fixed number of queries."""
    payees = payees_of([person.pk for person in people], on)
    accounts = _accounts(payees.values())
    ages = ages_on(on)
    return {
        person.pk: [
            Lack(code, LACKS[code])
            for code in _codes(person, payees.get(person.pk), accounts, ages.is_minor(person, on))
        ]
        for person in people
    }


def _accounts(payees: Iterable[Payee]) -> dict[int, set[str]]:
    """In which states the accounts of these payees are."""
    found: dict[int, set[str]] = {}
    rows = BankAccount.objects.in_use().filter(payee__in=[payee.pk for payee in payees]).order_by()
    for payee, status in rows.values_list("payee_id", "status"):
        found.setdefault(payee, set()).add(status)
    return found


def _codes(person: Influencer, payee: Payee | None, accounts: Mapping[int, set[str]], is_minor: bool) -> list[str]:
    if payee is None:
        return ["no_payee"]
    codes = ["minor_without_guardian"] if is_minor and payee.is_herself else []
    codes += ["no_tax_id"] if payee.tax_checked_at is None else []
    states = accounts.get(payee.pk, set())
    if BankAccount.Status.VERIFIED not in states:
        codes.append("account_waiting" if states else "no_account")
    return codes
