"""What a contract is worth: the sum of its lines by currency, and how much of it is money."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from crm.contracts.diff import money_said, pk_of
from crm.contracts.models import Contract, PayLine, TermChange

LESS = PayLine.Kind.DEDUCTION
MONEY_BACK = PayLine.Kind.REIMBURSEMENT


@dataclass(frozen=True)
class Worth:
    """Sums in one currency. `in_kind` is what is not money: products, evenings, credit. Costs paid back are no pay."""

    currency: str
    cash: Decimal
    in_kind: Decimal

    @property
    def total(self) -> Decimal:
        return self.cash + self.in_kind

    @property
    def cash_share(self) -> int | None:
        """Of a hundred, rounded half up; None where nothing is given."""
        if not self.total:
            return None
        return int((self.cash * 100 / self.total).to_integral_value(rounding="ROUND_HALF_UP"))


def worth_of(lines: Iterable[PayLine]) -> list[Worth]:
    """One sum for each currency, the largest first."""
    sums: dict[str, dict[bool, Decimal]] = defaultdict(lambda: {False: Decimal(0), True: Decimal(0)})
    for line in lines:
        if line.amount is None or line.kind == MONEY_BACK:
            continue
        sign = -1 if line.kind == LESS else 1
        sums[str(line.amount.currency)][line.is_in_kind] += sign * line.amount.amount
    found = [Worth(currency, both[False], both[True]) for currency, both in sums.items()]
    return sorted(found, key=lambda one: -one.total)


def cash_in(lines: Iterable[PayLine], currency: str) -> Decimal | None:
    """All cash in one currency; None when some of it is in another, which nobody converts here."""
    sums = worth_of(lines)
    if any(one.currency != currency and one.total for one in sums):
        return None
    return next((one.cash for one in sums if one.currency == currency), Decimal(0))


def at_stake(contract: Contract) -> list[PayLine]:
    """Everything a signature agrees to pay: its lines and, in an amendment, the lines it changes with their new amounts."""
    lines = list(contract.lines.all())
    if contract.amends_id is None:
        return lines
    changed = contract.changes.filter(what=TermChange.What.LINE_CHANGED)
    kinds = dict(PayLine.objects.filter(contract=contract.amends_id).values_list("pk", "kind"))
    return lines + [
        PayLine(kind=kinds.get(pk_of(one), PayLine.Kind.CASH_FEE), amount=money_said(one.becomes["amount"]))
        for one in changed
        if one.becomes.get("amount")
    ]
