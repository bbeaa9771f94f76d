"""What one transfer would pay: whose lines, less what she owes, with which benefits taxed along, and the tax of it.

The same plan is shown before a release and made by it, so that nobody is paid another sum than was looked at.
"""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from crm.base.places import ids_of_person
from crm.payments.actions import MoreThanOpen
from crm.payments.models import BankAccount, Benefit, LedgerLine, Payee, Payment, PayTerms
from crm.payments.paying.gate import gate_of, open_against
from crm.payments.queries import free_amounts
from crm.payments.tax.of_payee import first_of, reckon, tax_day
from crm.payments.tax.withholding import Reckoned

SHUT = _("%(label)s: %(why)s")
MIXED = _("One transfer is of one person, brand and currency, to one payee.")
NOTHING = _("Choose an amount that is due.")
Wanted = Mapping[LedgerLine, Money | None]


@dataclass(frozen=True)
class Share:
    """What a transfer takes of one line, with the line's sign."""

    line: LedgerLine
    amount: Decimal

    @property
    def money(self) -> Money:
        return Money(self.amount, self.line.amount.currency)


@dataclass(frozen=True)
class Plan:
    """One transfer before it is released."""

    payee: Payee
    account: BankAccount
    currency: str
    shares: Sequence[Share]
    benefits: Sequence[Benefit]
    reckoned: Reckoned
    tax_on: dt.date

    @property
    def first(self) -> LedgerLine:
        return self.shares[0].line

    @property
    def net(self) -> Money:
        return Money(self.reckoned.net, self.currency)

    def as_payment(self, pay_on: dt.date) -> Payment:
        """What a release writes, without who and when."""
        said = self.reckoned
        return Payment(
            payee=self.payee, influencer_id=self.first.influencer_id, brand_id=self.first.brand_id,
            account=self.account, currency=self.currency, gross=said.gross, in_kind=said.in_kind,
            grossed_up=said.grossed_up, article=said.article or "", tax_month_on=first_of(self.tax_on),
            tax_base=said.tax_base, tax=said.tax, vat=said.vat, net=said.net, steps=self.steps, pay_on=pay_on,
        )  # fmt: skip

    @property
    def steps(self) -> list[dict[str, Any]]:
        """How it was reckoned; the benefits it taxes are named, so that none is taxed twice."""
        named = [
            {"code": "benefit", "label": one.label, "amount": str(one.amount.amount), "benefits": [one.pk]}
            for one in self.benefits
        ]
        return [*self.reckoned.steps, *named]

    @property
    def contracts(self) -> set[int]:
        return {share.line.contract_id for share in self.shares if share.line.contract_id is not None}


def plan_of(wanted: Wanted, *, pay_on: dt.date, earlier: Sequence[Plan] = ()) -> Plan:
    """The transfer of these lines, in whole (None) or by these amounts. Raises ValidationError, saying what to do.

    `earlier` are transfers that will be released just before: the month of the tax will have seen them.
    """
    lines = sorted((line for line in wanted if line.amount.amount > 0), key=lambda line: line.pk)
    payee, account = _whom(lines, pay_on)
    asked = [_share(line, wanted[line], free) for line, free in _free(lines)]
    shares = [*asked, *_against(lines, sum((share.amount for share in asked), Decimal(0)))]
    first = lines[0]
    benefits = benefits_of({line.contract_id for line in lines}, first)
    tax_on = tax_day(pay_on, [line.due_on for line in lines])
    sums = _sums(shares)
    reckoned = reckon(
        payee, cash=sums["cash"], net_cash=sums["net_cash"], untaxed=sums["untaxed"],
        in_kind=sum((one.amount.amount for one in benefits), Decimal(0)),
        currency=str(first.amount.currency), on=tax_on, in_kind_tax=_borne_by(benefits),
        also=[one.as_payment(pay_on) for one in earlier if one.payee == payee],
    )  # fmt: skip
    return Plan(payee, account, str(first.amount.currency), shares, benefits, reckoned, tax_on)


def _whom(lines: Sequence[LedgerLine], pay_on: dt.date) -> tuple[Payee, BankAccount]:
    """The one payee of all these lines, past the gate of each."""
    if not lines:
        raise ValidationError(NOTHING, code="nothing")
    gates = gate_of(lines, pay_on)
    for line in lines:
        for problem in gates[line.pk].problems:
            raise ValidationError(SHUT, code=problem.code, params={"label": line.label, "why": problem.words})
    same = {(gates[one.pk].payee, one.influencer_id, one.brand_id, str(one.amount.currency)) for one in lines}
    gate = gates[lines[0].pk]
    if len(same) > 1 or gate.payee is None or gate.account is None:
        raise ValidationError(MIXED, code="mixed")
    return gate.payee, gate.account


def _free(lines: Sequence[LedgerLine]) -> list[tuple[LedgerLine, Decimal]]:
    free = free_amounts(lines)
    return [(line, free[line.pk]) for line in lines]


def _share(line: LedgerLine, part: Money | None, free: Decimal) -> Share:
    amount = free if part is None else part.amount
    fits = part is None or str(part.currency) == str(line.amount.currency)
    if not fits or not 0 < amount <= free:
        raise MoreThanOpen(line, Money(free, line.amount.currency))
    return Share(line, amount)


def _against(lines: Sequence[LedgerLine], cash: Decimal) -> list[Share]:
    """What she owes, the oldest first, as far as the money goes."""
    currency, taken = lines[0].amount.currency, list[Share]()
    for line, free in _free([one for one in open_against(lines) if one.amount.currency == currency]):
        part = min(-free, cash)
        if part > 0:
            taken.append(Share(line, -part))
            cash -= part
    return taken


def _sums(shares: Sequence[Share]) -> dict[str, Decimal]:
    """Gross money, net money and costs paid back; what she owes comes off in this order."""
    sums = {"cash": Decimal(0), "net_cash": Decimal(0), "untaxed": Decimal(0)}
    off = sum((-share.amount for share in shares if share.amount < 0), Decimal(0))
    for share in shares:
        if share.amount > 0:
            sums[_heading(share.line)] += share.amount
    for name in sums:
        less = min(off, sums[name])
        sums[name] -= less
        off -= less
    return sums


def _heading(line: LedgerLine) -> str:
    if line.kind == LedgerLine.Kind.REIMBURSED:
        return "untaxed"
    return "net_cash" if line.is_net else "cash"


def benefits_of(contracts: Collection[int | None], line: LedgerLine) -> list[Benefit]:
    """What she was given under these contracts, or by this brand without one, that no payment has taxed yet.

    What was taken back counts against it; where more came back than was given, nothing is taken along.
    """
    rows = Benefit.objects.of_person(line.influencer_id).filter(brand=line.brand_id)
    rows = rows.filter(amount_currency=str(line.amount.currency)).order_by("pk")
    taken = taxed_benefits(line)
    found = [one for one in rows if one.pk not in taken and one.contract_id in {None, *contracts}]
    return found if sum((one.amount.amount for one in found), Decimal(0)) > 0 else []


def taxed_benefits(line: LedgerLine) -> set[int]:
    """The benefits that stand in the steps of a payment for this person and brand which counts."""
    people = ids_of_person(line.influencer_id)
    rows = Payment.objects.counting().exclude(in_kind=0).filter(influencer__in=people, brand=line.brand_id)
    return {pk for steps in rows.values_list("steps", flat=True) for pk in _benefits_in(steps)}


def _benefits_in(steps: Sequence[Mapping[str, Any]]) -> list[int]:
    return [pk for step in steps for pk in step.get("benefits", ())]


def _borne_by(benefits: Sequence[Benefit]) -> str:
    """Who bears the tax on them, as the terms say; where contracts differ, it comes out of her money."""
    contracts = {one.contract_id for one in benefits if one.contract_id is not None}
    said = set(PayTerms.objects.filter(contract__in=contracts).values_list("in_kind_tax", flat=True))
    return said.pop() if len(said) == 1 else str(PayTerms.BorneBy.PAYEE_CASH)
