"""Which due lines wait for an invoice of hers, contract by contract."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from djmoney.money import Money

from crm.contracts.models import Contract
from crm.payments.models import Invoice, InvoiceLine, LedgerLine, LedgerLineQuerySet
from crm.payments.papers.asked import asks_invoice, contracts_of
from crm.payments.queries import still_free


@dataclass(frozen=True)
class Wanted:
    """What one invoice would be about: the lines of a contract in one currency that have none."""

    contract: Contract
    lines: Sequence[LedgerLine]
    amount: Money

    @property
    def what(self) -> str:
        return ", ".join(line.label for line in self.lines)

    @property
    def due_on(self) -> Any:
        return min((line.due_on for line in self.lines if line.due_on), default=None)


def without_invoice(rows: LedgerLineQuerySet) -> LedgerLineQuerySet:
    """Lines among these that are owed to her, are open and have no invoice that was not sent back."""
    about = InvoiceLine.objects.filter(invoice__in=Invoice.objects.standing()).values("line")
    asked = rows.owed_to_her().to_be_paid().filter(contract__signed_at__isnull=False).exclude(pk__in=about)
    return still_free(asked)


def lines_beside(line: LedgerLine) -> list[Any]:
    """What an invoice about this line would be about: with it, whatever of its contract waits for one in that currency."""
    rows = LedgerLine.objects.of_contract(line.contract_id or 0).filter(influencer=line.influencer_id)
    same = without_invoice(rows.filter(amount_currency=str(line.amount.currency)))
    return list(same.select_related("brand").order_by("due_on", "pk"))


def wanted_of(influencer_id: int, brand_id: int | None) -> list[Wanted]:
    """Everything she is asked to send an invoice about, the earliest due first."""
    rows = LedgerLine.objects.of_person(influencer_id)
    rows = rows if brand_id is None else rows.filter(brand=brand_id)
    lines: list[Any] = list(without_invoice(rows).select_related("brand").order_by("due_on", "pk"))
    contracts = contracts_of({line.contract_id for line in lines})
    groups: dict[tuple[int, str], list[Any]] = {}
    for line in lines:
        if asks_invoice(contracts.get(line.contract_id)):
            groups.setdefault((line.contract_id, str(line.amount.currency)), []).append(line)
    return [
        Wanted(contracts[contract], found, Money(sum((one.free for one in found), Decimal(0)), currency))
        for (contract, currency), found in groups.items()
    ]
