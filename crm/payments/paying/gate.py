"""What stands against paying due lines, said so that somebody can put it right. Nothing is released past the gate.

Source: domain rules, section 7.1, release gate. That somebody has no tax number is no reason not to pay (the tax is higher
then), but a colleague has to have looked: the standing must be checked.
"""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from crm.base.formats import money_full
from crm.contracts.models import Contract
from crm.exclusivity.models import BreachCase
from crm.influencers.majority import Ages, ages_on
from crm.payments.models import BankAccount, Invoice, InvoiceLine, LedgerLine, Payee
from crm.payments.papers.asked import asks_invoice, contracts_of
from crm.payments.paying import addresses
from crm.payments.paying.ways import Way, Ways, ways_of
from crm.payments.queries import free_amounts

NO_PAYEE = _("Nobody is entered who is paid for her. Enter the payee.")
MINOR = _("She is a minor. The payee needs her guardian as contact.")
NO_TAX_ID = _("Nobody has checked the tax number. Check it, or note that there is none.")
NO_ACCOUNT = _("No bank account is entered. Enter it.")
ACCOUNT_WAITS = _("The bank account waits for a call back by a second colleague.")
NO_INVOICE = _("Her invoice is missing. Ask for it, or enter it.")
INVOICE_WAITS = _("Her invoice is here. Look at it and accept it.")
OPEN_CASE = _("A promise was broken, and no remedy is agreed. Settle the case.")
NOT_SIGNED = _("The contract is not signed by everybody.")
NOT_STANDING = _("The contract is not in force.")
NOT_GATHERED = _("Commission is paid with the statement of its month.")
SHE_OWES = _("She owes %(amount)s. It is taken off first.")


@dataclass(frozen=True)
class Problem:
    """One reason, in words that say what to do, and where that is done."""

    code: str
    words: Any
    url: str = ""
    is_hers: bool = False  # she can settle it herself


@dataclass(frozen=True)
class Gate:
    """What stands against one line; what is only good to know is in `notes`."""

    problems: tuple[Problem, ...] = ()
    notes: tuple[Problem, ...] = ()
    payee: Payee | None = None
    account: BankAccount | None = None

    @property
    def is_open(self) -> bool:
        return not self.problems

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(problem.code for problem in self.problems)


@dataclass(frozen=True)
class Known:
    """Everything the gate asks, read for all lines at once."""

    ways: Ways
    ages: Ages
    contracts: Mapping[int, Contract]
    invoices: Mapping[int, Invoice]
    cases: Mapping[tuple[int, int], int]
    owed: Mapping[tuple[int, int, str], Decimal] = field(default_factory=dict)


def gate_of(lines: Sequence[LedgerLine], on: dt.date) -> dict[int, Gate]:
    """The gate of each due line on the day it would be paid. Eleven queries, however many lines."""
    known = _known(lines, on)
    return {line.pk: _gate(line, known, on) for line in lines}


def _known(lines: Sequence[LedgerLine], on: dt.date) -> Known:
    contracts = {line.contract_id for line in lines if line.contract_id is not None}
    return Known(
        ways=ways_of({line.influencer_id for line in lines}, on),
        ages=ages_on(on),
        contracts=contracts_of(contracts),
        invoices=_invoices(lines),
        cases=_cases(lines),
        owed=owed_by(lines),
    )


def _gate(line: LedgerLine, known: Known, on: dt.date) -> Gate:
    way = known.ways.of(line.influencer_id)
    problems = [*_of_line(line), *_of_payee(way, known.ages, on), *_of_contract(line, known), *_of_invoice(line, known)]
    owed = known.owed.get((line.influencer_id, line.brand_id, str(line.amount.currency)))
    notes = (
        (Problem("negative_open", SHE_OWES % {"amount": money_full(owed, str(line.amount.currency))}),) if owed else ()
    )
    return Gate(tuple(problems), notes, way.payee, way.account)


def _of_line(line: LedgerLine) -> Iterator[Problem]:
    if line.is_gathered_later:
        yield Problem("not_gathered", NOT_GATHERED)


def _of_payee(way: Way, ages: Ages, on: dt.date) -> Iterator[Problem]:
    payee = way.payee
    if payee is None:
        yield Problem("no_payee", NO_PAYEE, addresses.new_payee(way.person.pk))
        return
    if ages.is_minor(way.person, on) and payee.is_herself:
        yield Problem("minor_without_guardian", MINOR, addresses.payee_page(payee))
    if payee.tax_checked_at is None:
        yield Problem("no_tax_id", NO_TAX_ID, addresses.payee_page(payee))
    if way.account is None and way.waiting is not None:
        yield Problem("account_waiting", ACCOUNT_WAITS, addresses.account_of(payee))
    elif way.account is None:
        yield Problem("no_account", NO_ACCOUNT, addresses.account_of(payee))


def _of_contract(line: LedgerLine, known: Known) -> Iterator[Problem]:
    contract = known.contracts.get(line.contract_id or 0)
    if contract is None:
        return
    page = addresses.contract_page(contract.pk)
    if contract.signed_at is None:
        yield Problem("contract_not_in_force", NOT_SIGNED, page)
    elif contract.status == Contract.Status.VOID:
        yield Problem("contract_not_in_force", NOT_STANDING, page)
    case = known.cases.get((line.influencer_id, line.brand_id))
    if case is not None:
        yield Problem("open_case", OPEN_CASE, addresses.case_page(case))


def _of_invoice(line: LedgerLine, known: Known) -> Iterator[Problem]:
    invoice = known.invoices.get(line.pk)
    if not asks_invoice(known.contracts.get(line.contract_id or 0)) or (invoice and invoice.is_accepted):
        return
    if invoice is None:
        yield Problem("no_invoice", NO_INVOICE, addresses.new_invoice(line), is_hers=True)
    else:
        yield Problem("no_invoice", INVOICE_WAITS, addresses.invoice_page(invoice.pk))


def _invoices(lines: Sequence[LedgerLine]) -> dict[int, Invoice]:
    """The invoice about each line that was not sent back; one that was accepted before one that waits."""
    about = InvoiceLine.objects.filter(line__in=lines, invoice__in=Invoice.objects.standing())
    rows = sorted(about.select_related("invoice"), key=lambda row: (row.invoice.is_accepted, row.pk))
    return {row.line_id: row.invoice for row in rows}


def _cases(lines: Sequence[LedgerLine]) -> dict[tuple[int, int], int]:
    """Who broke a promise to which brand, so that it is confirmed and nothing is agreed yet; with the case."""
    people, brands = {line.influencer_id for line in lines}, {line.brand_id for line in lines}
    rows = BreachCase.objects.of_people(people).confirmed().running().filter(brand__in=brands).order_by("pk")
    return {(person, brand): pk for person, brand, pk in rows.values_list("influencer", "brand", "pk")}


def owed_by(lines: Sequence[LedgerLine]) -> dict[tuple[int, int, str], Decimal]:
    """What these people owe these brands and nothing has taken off yet, by person, brand and currency; above zero."""
    negative = open_against(lines)
    free = free_amounts(negative)
    found: dict[tuple[int, int, str], Decimal] = {}
    for line in negative:
        key = (line.influencer_id, line.brand_id, str(line.amount.currency))
        found[key] = found.get(key, Decimal(0)) - free[line.pk]
    return {key: amount for key, amount in found.items() if amount > 0}


def open_against(lines: Sequence[LedgerLine]) -> list[LedgerLine]:
    """The lines of these people and brands that are below zero, the oldest first."""
    people, brands = {line.influencer_id for line in lines}, {line.brand_id for line in lines}
    rows = LedgerLine.objects.due().to_be_paid().against().filter(influencer__in=people, brand__in=brands)
    return list(rows.order_by("on", "pk"))
