"""Invented money: a contract in force, an amount that is due under it, and whom it goes to."""

import datetime as dt
from decimal import Decimal
from typing import Any

from djmoney.money import Money

from crm.brands.models import Brand
from crm.contracts.models import Contract, Party, PayLine
from crm.influencers.models import Influencer
from crm.payments.actions import make_due
from crm.payments.models import (
    BankAccount,
    Benefit,
    Invoice,
    InvoiceLine,
    LedgerLine,
    Milestone,
    PaidThrough,
    Payee,
    PayTerms,
)
from tests.factories import BrandFactory, InfluencerFactory, UserFactory

ON = dt.date(2026, 11, 24)
NOON = dt.datetime(2026, 11, 24, 5, tzinfo=dt.UTC)
LONG_AGO = dt.date(2026, 1, 1)


def contract_in_force(
    influencer: Influencer | None = None, brand: Brand | None = None, *, fee: int = 1_500_000, **fields: Any
) -> Contract:
    """A contract everybody has signed, with one person and her fee."""
    person = influencer or InfluencerFactory()
    usual: dict[str, Any] = {
        "title": "Serum in December", "status": Contract.Status.ACTIVE, "text": "What we agreed.",
        "text_sha256": "a" * 64, "signed_at": NOON, "start_on": LONG_AGO,
    }  # fmt: skip
    owner = fields.pop("owner", None) or UserFactory()
    made = Contract.objects.create(brand=brand or BrandFactory(), owner=owner, **{**usual, **fields})
    party = Party.objects.create(contract=made, role="talent", influencer=person, name=person.stage_name)
    Party.objects.create(contract=made, role="brand", name=str(made.brand))
    PayLine.objects.create(contract=made, party=party, amount=Money(fee, "IDR"))
    return made


def pay_terms(contract: Contract, **fields: Any) -> PayTerms:
    """Terms without an invoice of hers, unless it is said otherwise."""
    return PayTerms.objects.create(contract=contract, **{"needs_invoice": False, **fields})


def payee_for(influencer: Influencer, *, account: bool = True, **fields: Any) -> Payee:
    """Whoever is paid for her since long ago: known to the tax office, with an account somebody called about."""
    usual: dict[str, Any] = {
        "name": influencer.stage_name, "tax_id_status": Payee.TaxId.NPWP, "tax_number": "0123456789012345",
        "tax_checked_at": NOON,
    }  # fmt: skip
    payee = Payee.objects.create(**{**usual, **fields})
    PaidThrough.objects.create(influencer=influencer, payee=payee, since_on=LONG_AGO)
    if account:
        account_for(payee)
    return payee


def account_for(payee: Payee, *, verified: bool = True, **fields: Any) -> BankAccount:
    """An account; a second colleague has called back unless it still waits."""
    called = {"status": BankAccount.Status.VERIFIED, "verified_at": NOON, "verified_by": UserFactory()}
    usual: dict[str, Any] = {
        "bank": "Bank Nusa", "bank_code": "999", "number": "0012345678901234", "holder": payee.name,
        "entered_at": NOON, "entered_by": "Dinda",
    }  # fmt: skip
    return BankAccount.objects.create(payee=payee, **{**usual, **(called if verified else {}), **fields})


def due_line(
    contract: Contract | None = None,
    amount: Money | int = 1_500_000,
    *,
    key: str = "one",
    kind: str = LedgerLine.Kind.FEE,
    **fields: Any,
) -> LedgerLine:
    """An amount that is due under a contract, to its first person unless another is named."""
    under = contract or contract_in_force()
    person = fields.pop("influencer", None) or under.talents[0].influencer_id
    usual: dict[str, Any] = {
        "brand": under.brand_id, "contract": under.pk, "due_on": dt.date(2026, 12, 1), "on": ON, "at": NOON,
        "by": "Dinda", "label": "Fee, 1 of 1",
    }  # fmt: skip
    money = amount if isinstance(amount, Money) else Money(amount, "IDR")
    made = make_due(kind, money, key=key, influencer=getattr(person, "pk", person), **{**usual, **fields})
    assert made is not None
    return made


def ready_line(amount: Money | int = 1_500_000, *, key: str = "one", **fields: Any) -> LedgerLine:
    """An amount nothing stands against: a contract in force, no invoice asked, a payee with an account."""
    contract = fields.pop("contract", None) or contract_in_force()
    if not PayTerms.objects.filter(contract=contract).exists():
        pay_terms(contract)
    line = due_line(contract, amount, key=key, **fields)
    if not PaidThrough.objects.filter(influencer=line.influencer_id).exists():
        payee_for(line.influencer)
    return line


def milestone(contract: Contract, *, number: int = 1, share_bp: int = 10_000, **fields: Any) -> Milestone:
    """A part of the cash of its first person, due once it is posted."""
    party = fields.pop("party", None) or contract.talents[0]
    return Milestone.objects.create(contract=contract, party=party, number=number, share_bp=share_bp, **fields)


def invoice_for(*lines: LedgerLine, accepted: bool = True, **fields: Any) -> Invoice:
    """Her invoice about these lines of one brand."""
    first, total = lines[0], sum((line.amount.amount for line in lines), Decimal(0))
    usual: dict[str, Any] = {
        "number": "INV-7", "issued_on": ON, "amount": Money(total, first.amount.currency), "received_at": NOON,
        "received_by": "Dinda", "status": Invoice.Status.ACCEPTED if accepted else Invoice.Status.RECEIVED,
    }  # fmt: skip
    made = Invoice.objects.create(influencer=first.influencer, brand=first.brand, **{**usual, **fields})
    InvoiceLine.objects.bulk_create(InvoiceLine(invoice=made, line=line) for line in lines)
    return made


def benefit_of(contract: Contract, amount: int, *, key: str = "gift", **fields: Any) -> Benefit:
    """Something that is not money, given to the first person of a contract."""
    usual: dict[str, Any] = {
        "kind": "product", "influencer_id": contract.talents[0].influencer_id, "brand": contract.brand,
        "retail": amount * 2, "label": "Serum, 3 pieces", "on": ON, "at": NOON, "by": "Dinda",
    }  # fmt: skip
    return Benefit.objects.create(contract=contract, amount=Money(amount, "IDR"), key=key, **{**usual, **fields})
