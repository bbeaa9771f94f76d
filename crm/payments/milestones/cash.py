"""What money a contract gives each of its people, and how it is split into parts. Pure but for reading the lines."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal

from crm.contracts.models import Contract, Party, PayLine

WHOLE = 10_000
CASH = (PayLine.Kind.CASH_FEE, PayLine.Kind.EXCLUSIVITY_FEE, PayLine.Kind.USAGE_FEE)
LESS = PayLine.Kind.DEDUCTION


@dataclass(frozen=True, order=True)
class Pot:
    """Money that is split together: of one currency, and either before tax or net of it."""

    currency: str
    is_net: bool = False


Pots = dict[Pot, Decimal]


def smallest(currency: str) -> Decimal:
    """The smallest part of a currency that is paid: rupiah have no cents."""
    return Decimal(1) if currency == "IDR" else Decimal("0.01")


def shares_of(whole: Decimal, parts: int, currency: str) -> list[Decimal]:
    """As many equal amounts; what does not divide goes to the last."""
    each = (whole / parts).quantize(smallest(currency), ROUND_DOWN)
    return [each] * (parts - 1) + [whole - each * (parts - 1)]


def part_of(whole: Decimal, share_bp: int, currency: str) -> Decimal:
    return (whole * share_bp / WHOLE).quantize(smallest(currency), ROUND_DOWN)


def split(whole: Decimal, shares: Sequence[int], currency: str) -> list[Decimal]:
    """The amount of each part; the last one makes the sum whole."""
    parts = [part_of(whole, share, currency) for share in shares[:-1]]
    return [*parts, whole - sum(parts, Decimal(0))] if shares else []


def lines_in_force(contract: Contract) -> list[PayLine]:
    """Its own lines, and those that amendments have added. One query."""
    return list(PayLine.objects.in_force_for(contract.pk).select_related("party").order_by("pk"))


def cash_of(lines: Iterable[PayLine], people: Sequence[int]) -> dict[int, Pots]:
    """What each of these people is paid in money, by her id: her own lines, and an equal part of those for everybody."""
    found: dict[int, Pots] = {person: {} for person in people}
    for line in lines:
        if line.amount is None or line.kind not in (*CASH, LESS):
            continue
        sign = -1 if line.kind == LESS else 1
        pot = Pot(str(line.amount.currency), line.tax == PayLine.Tax.NET)
        for person, amount in _whose(line, people, line.amount.amount):
            found[person][pot] = found[person].get(pot, Decimal(0)) + sign * amount
    return {person: _without_debts(pots) for person, pots in found.items()}


def _whose(line: PayLine, people: Sequence[int], amount: Decimal) -> list[tuple[int, Decimal]]:
    if line.party is None:
        return (
            list(zip(people, shares_of(amount, len(people), str(line.amount.currency)), strict=True)) if people else []
        )
    person = line.party.influencer_id
    return [(person, amount)] if person is not None and person in people else []


def _without_debts(pots: Pots) -> Pots:
    """A deduction larger than its own pot is taken out of the other pot of that currency; nobody is paid less than nothing."""
    for pot in [pot for pot, amount in pots.items() if amount < 0]:
        other = Pot(pot.currency, not pot.is_net)
        if other in pots:
            pots[other] += pots[pot]
        pots[pot] = Decimal(0)
    return {pot: amount for pot, amount in sorted(pots.items()) if amount > 0}


def pots_of(contract: Contract, talents: Sequence[Party]) -> dict[int, Pots]:
    """The same by party of the contract. One query."""
    people = [party.influencer_id or 0 for party in talents]
    by_person = cash_of(lines_in_force(contract), people)
    return {party.pk: by_person[party.influencer_id or 0] for party in talents}
