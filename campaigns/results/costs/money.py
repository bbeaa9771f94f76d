"""The money of cards: what was agreed, or what became due where that is more, and what came on top."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Q, Sum

from campaigns.planning.models import Collaboration
from campaigns.results.costs.parts import CASH, GOODS, ZERO, Costs, shared_out
from crm.contracts.models import PayLine
from crm.payments.models import Benefit, LedgerLine

FEES = (PayLine.Kind.CASH_FEE, PayLine.Kind.EXCLUSIVITY_FEE, PayLine.Kind.USAGE_FEE)
K = LedgerLine.Kind
AGREED_BEFORE = (K.FEE, K.KILL_FEE, K.ADVANCE_BACK, K.DEDUCTION)
"""What becomes due of what was agreed; everything else in the ledger comes on top of it."""
NO_COST = (K.LOAN,)


@dataclass(frozen=True)
class Card:
    """A collaboration as costs need it."""

    pk: int
    campaign: int
    person: int
    party: int | None
    contract: int | None
    is_promised: bool
    fee: Decimal | None
    currency: str


def cards_of(rows: Any) -> list[Card]:
    """One query."""
    columns = ("pk", "campaign_id", "influencer_id", "party_id", "party__contract_id", "status", "fee", "fee_currency")
    found = rows.order_by("pk").values_list(*columns)
    return [
        Card(pk, campaign, person, party, contract, status in Collaboration.PROMISED, fee, currency)
        for pk, campaign, person, party, contract, status, fee, currency in found
    ]


def add_money(costs: Mapping[int, Costs], cards: Sequence[Card]) -> None:
    """Add the money to each card. Four queries: the cards beside these under the same contracts, lines, ledger, credit."""
    for card in cards:
        if card.contract is None and card.is_promised and card.fee:
            costs[card.pk].add(CASH, card.currency, card.fee)
    contracts = {card.contract for card in cards if card.contract is not None}
    beside = _Beside(cards_of(Collaboration.objects.filter(party__contract__in=contracts)))
    agreed, due = _agreed(contracts, beside), _due(contracts, beside)
    for pk, sums in costs.items():
        for currency in {*agreed[pk], *due[pk]}:
            said, (fees, more) = agreed[pk][currency], due[pk].get(currency, (ZERO, ZERO))
            sums.add(CASH, currency, max(said, fees) + more)
    for pk, currency, amount in _credit(contracts, beside):
        if pk in costs:
            costs[pk].add(GOODS, currency, amount)


class _Beside:
    """Who shares what stands in a contract: cards that were promised, or all where none was."""

    def __init__(self, cards: Iterable[Card]) -> None:
        self._cards: dict[int | None, list[Card]] = defaultdict(list)
        for card in cards:
            self._cards[card.contract].append(card)

    def promised(self, contract: int, party: int | None) -> list[int]:
        """Who shares a line: those of its party, or everybody under the contract."""
        return [
            card.pk for card in self._cards[contract] if card.is_promised and (party is None or card.party == party)
        ]

    def of_person(self, contract: int, person: int) -> list[int]:
        """Who shares what became due to somebody: her cards, or all where she goes by another id by now."""
        cards = self._cards[contract]
        hers = [card for card in cards if card.person == person] or cards
        return [card.pk for card in hers if card.is_promised] or [card.pk for card in hers]


Sums = dict[int, dict[str, Decimal]]


def _agreed(contracts: set[int], beside: _Beside) -> Sums:
    """What contracts promise in money: fees less what is deducted. A bonus counts once it is due."""
    found: Sums = defaultdict(lambda: defaultdict(Decimal))
    lines = PayLine.objects.filter(contract__in=contracts, kind__in=(*FEES, PayLine.Kind.DEDUCTION))
    columns = lines.order_by("pk").values_list("contract_id", "party_id", "kind", "amount", "amount_currency")
    for contract, party, kind, amount, currency in columns:
        if amount is None or currency is None:
            continue
        signed = -amount if kind == PayLine.Kind.DEDUCTION else amount
        for pk, part in shared_out(signed, beside.promised(contract, party)).items():
            found[pk][currency] += part
    return found


def _due(contracts: set[int], beside: _Beside) -> dict[int, dict[str, tuple[Decimal, Decimal]]]:
    """What the ledger has: of what was agreed, and on top of it."""
    found: dict[int, dict[str, tuple[Decimal, Decimal]]] = defaultdict(dict)
    lines = LedgerLine.objects.filter(contract__in=contracts).exclude(kind__in=NO_COST)
    lines = lines.exclude(step=LedgerLine.Step.SETTLED).order_by()
    taken_back = Sum("amount", filter=Q(step=LedgerLine.Step.REVERSED))
    due = Sum("amount", filter=Q(step=LedgerLine.Step.DUE))
    rows = lines.values_list("contract_id", "influencer_id", "amount_currency", "kind")
    for contract, person, currency, kind, plus, minus in rows.annotate(plus=due, minus=taken_back):
        worth = (plus or ZERO) - (minus or ZERO)
        for pk, part in shared_out(worth, beside.of_person(contract, person)).items():
            fees, more = found[pk].get(currency, (ZERO, ZERO))
            found[pk][currency] = (fees + part, more) if kind in AGREED_BEFORE else (fees, more + part)
    return found


def _credit(contracts: set[int], beside: _Beside) -> Iterable[tuple[int, str, Decimal]]:
    """Vouchers and credit; goods and evenings are counted where they are sent and held."""
    rows = Benefit.objects.filter(contract__in=contracts, kind="credit").order_by()
    summed = rows.values_list("contract_id", "influencer_id", "amount_currency").annotate(Sum("amount"))
    for contract, person, currency, amount in summed:
        for pk, part in shared_out(amount, beside.of_person(contract, person)).items():
            yield pk, currency, part
