"""What a brand pays and what came of its posts, in the world the permission matrix walks through."""

import datetime as dt
from typing import Any

from django.core.files.base import ContentFile
from djmoney.money import Money

from campaigns.results.models import (
    BrandLift,
    CampaignCost,
    Confounder,
    Order,
    OrderHook,
    PostSnapshot,
    ResultFile,
    Screenshot,
)
from crm.base.models import StoredFile
from crm.contracts.models import PayLine
from crm.payments.models import (
    BankAccount,
    BankSheet,
    Benefit,
    CommissionStatement,
    Document,
    DocumentSeries,
    Invoice,
    InvoiceLine,
    LedgerLine,
    Milestone,
    PaidThrough,
    Payee,
    Payment,
    PaymentPart,
    StampMark,
    TaxCertificate,
)

WHOLE_NUMBERS = (b"0123456789012345", b"0012345678901234", b"0099887766554433")
"""A tax number and two account numbers: pages show their last digits only."""

HOLDS_WHOLE_NUMBERS = {
    "bank-sheet-file": "pressed and told: a bank cannot send money to a masked number",
    "document-pdf": "pressed and told: a bill or receipt has to name the tax number",
}
"""The addresses that hand out whole numbers, each with its reason."""


def paid_person(world: Any) -> Payee:
    """Whom both brands pay for her: the house's, with an account that waits for a call."""
    known = Payee.objects.first()
    if known is not None:
        return known
    payee = Payee.objects.create(
        name="Kirana Putri", tax_id_status=Payee.TaxId.NPWP, tax_number=WHOLE_NUMBERS[0].decode()
    )
    PaidThrough.objects.create(influencer=world.person, payee=payee, since_on=dt.date(2026, 1, 1))
    said: dict[str, Any] = {
        "bank": "Bank Nusa",
        "holder": "Kirana Putri",
        "entered_at": world.now,
        "entered_by": "Mitra",
    }
    BankAccount.objects.create(
        payee=payee, number=WHOLE_NUMBERS[1].decode(), status=BankAccount.Status.VERIFIED, verified_at=world.now, **said
    )
    BankAccount.objects.create(payee=payee, number=WHOLE_NUMBERS[2].decode(), **said)
    TaxCertificate.objects.create(
        payee=payee, kind="exempt", number="SKB-1", valid_from=dt.date(2026, 1, 1), valid_to=dt.date(2026, 12, 31)
    )
    return payee


def money_of(side: Any, name: str) -> dict[str, Any]:
    """One row of each table of payments that belongs to a brand, by its name, with the payee's beside them."""
    payee, today, worth = paid_person(side.world), side.now.date(), Money(1_500_000, "IDR")
    owed: dict[str, Any] = {"influencer": side.person, "brand": side.brand, "contract": side.contract}
    line = LedgerLine.objects.create(
        kind="fee",
        amount=worth,
        label=f"Fee of {name}",
        key=f"fee of {name}",
        on=today,
        at=side.now,
        by="Mitra",
        **owed,
    )
    account = payee.accounts.verified().get()
    sheet = BankSheet.objects.create(currency="IDR", pay_on=today, made_at=side.now)
    payment = Payment.objects.create(
        payee=payee, influencer=side.person, brand=side.brand, account=account, sheet=sheet, gross=1_500_000, tax=37_500,
        net=1_462_500, tax_month_on=today.replace(day=1), pay_on=today, released_at=side.now, bank_ref=f"Bank of {name}",
        proof=side.deliverable.proof,
    )  # fmt: skip
    PaymentPart.objects.create(payment=payment, line=line, sequence=1, amount=500_000)
    series, _made = DocumentSeries.objects.get_or_create(kind="receipt", brand=side.brand)
    document = Document.objects.create(
        series=series, year=today.year, number=1, name=f"RCP/{name}/0001", payment=payment, influencer=side.person,
        brand=side.brand, amount=worth, issued_on=today, issued_by="Mitra",
    )  # fmt: skip
    StampMark.objects.create(document=document, serial=f"STAMP-{name}", on=today, file=side.deliverable.proof)
    invoice = Invoice.objects.create(
        payee=payee, influencer=side.person, brand=side.brand, number=f"INV-{name}", issued_on=today, amount=worth,
        file=side.deliverable.proof, received_at=side.now, received_by="Kirana Putri",
    )  # fmt: skip
    InvoiceLine.objects.create(invoice=invoice, line=line)
    talent = side.contract.parties.talents().get()
    Benefit.objects.create(
        kind="product", amount=worth, retail=3_000_000, label=f"Serum of {name}", key=f"gift of {name}", on=today,
        at=side.now, by="Mitra", **owed,
    )  # fmt: skip
    statement = CommissionStatement.objects.create(
        influencer=side.person, brand=side.brand, month_on=today.replace(day=1), earned=50_000, carried_on=50_000
    )
    milestone = Milestone.objects.create(contract=side.contract, party=talent, number=1, share_bp=10_000)
    bonus = PayLine.objects.create(contract=side.contract, party=talent, kind="bonus", amount=worth)
    return {
        "payee": payee, "account": account, "waiting_account": payee.accounts.waiting().get(),
        "certificate": payee.certificates.get(), "due_line": line, "payment": payment, "sheet": sheet,
        "document": document, "invoice": invoice, "statement": statement, "milestone": milestone, "bonus_line": bonus,
    }  # fmt: skip


def orders_sheet(name: str) -> StoredFile:
    """A file nobody else holds."""
    return StoredFile.objects.create(
        file=ContentFile(b"order,date", f"{name}.csv"), label=f"{name}.csv", mime="text/csv", size=10, sha256="e" * 64
    )


def results_of(side: Any, name: str) -> dict[str, Any]:
    """One row of each table of results that belongs to a campaign, by its name."""
    today, file = side.now.date(), side.deliverable.proof
    made: dict[str, Any] = {"campaign": side.campaign}
    return {
        "snapshot": PostSnapshot.objects.create(
            live_post=side.post, taken_at=side.now, hours=24, likes=1_140, evidence=file, by=f"Reader of {name}"
        ),
        "screenshot": Screenshot.objects.create(live_post=side.post, file=file, taken_at=side.now, by=f"Hers for {name}"),
        "numbers_file": ResultFile.objects.create(kind="numbers", file=file, **made),
        "orders_file": ResultFile.objects.create(kind="orders", file=orders_sheet(name), **made),
        "order": Order.objects.create(
            brand=side.brand, number=f"ORD-{name}", ordered_at=side.now, ordered_on=today, via="code",
            amount=Money(270_000, "IDR"), code=side.code, code_said=side.code.code, collaboration=side.collaboration,
        ),
        "hook": OrderHook.objects.create(brand=side.brand, name=f"Shop of {name}", slug=name.lower().ljust(43, "x"), secret="5" * 64),
        "cost": CampaignCost.objects.create(amount=Money(2_000_000, "IDR"), on=today, note=f"Fee for {name}", **made),
        "confounder": Confounder.objects.create(kind="price", first_on=today, note=f"Sale of {name}", **made),
        "lift": BrandLift.objects.create(
            question=f"Heard of {name}?", exposed=200, exposed_yes=80, control=200, control_yes=60, on=today, **made
        ),
    }  # fmt: skip
