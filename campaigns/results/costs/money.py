"""The money of cards: what was agreed, or what became due where that is more, and what came on top."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple, Protocol

from django.db.models import DecimalField, F, IntegerField, Q, Sum, Value
from django.db.models.functions import Coalesce

from campaigns.planning.models import Collaboration
from campaigns.results.costs.parts import CASH, GOODS, ZERO, Costs, shared_out
from crm.contracts.models import PayLine
from crm.payments.models import Benefit, LedgerLine

FEES = (PayLine.Kind.CASH_FEE, PayLine.Kind.EXCLUSIVITY_FEE, PayLine.Kind.USAGE_FEE)
K = LedgerLine.Kind
AGREED_BEFORE = (K.FEE, K.KILL_FEE, K.ADVANCE_BACK, K.DEDUCTION)
"""What becomes due of what was agreed; everything else in the ledger comes on top of it."""
NO_COST = (K.LOAN,)
NOBODY = Value(0, output_field=IntegerField())
NOTHING = Value(ZERO, output_field=DecimalField(max_digits=16, decimal_places=2))
EMPTY = Value("")


class Card(Protocol):
    """A collaboration as costs need it."""

    @property
    def pk(self) -> int: ...
    @property
    def campaign(self) -> int: ...
    @property
    def contract(self) -> int | None: ...
    @property
    def is_promised(self) -> bool: ...
    @property
    def fee(self) -> Decimal | None: ...
    @property
    def fee_currency(self) -> str: ...


@dataclass(frozen=True)
class PlainCard:
    """One read for its cost alone."""

    pk: int
    campaign: int
    contract: int | None
    is_promised: bool
    fee: Decimal | None
    fee_currency: str


def cards_of(campaigns: Collection[int]) -> list[PlainCard]:
    """One query."""
    columns = ("pk", "campaign_id", "party__contract_id", "status", "fee", "fee_currency")
    found = Collaboration.objects.filter(campaign__in=list(campaigns)).order_by("pk").values_list(*columns)
    return [
        PlainCard(pk, campaign, contract, status in Collaboration.PROMISED, fee, currency)
        for pk, campaign, contract, status, fee, currency in found
    ]


class Entry(NamedTuple):
    """Something of a contract: a card under it, a line that promises, a sum of the ledger, or credit."""

    what: str
    contract: int
    card: int
    person: int
    party: int | None
    kind: str
    amount: Decimal
    less: Decimal
    currency: str


def add_money(costs: Mapping[int, Costs], cards: Iterable[Card], campaigns: Collection[int]) -> None:
    """Add the money to each card. One query, of everything that stands under their contracts."""
    for card in cards:
        if card.contract is None and card.is_promised and card.fee:
            costs[card.pk].add(CASH, card.fee_currency, card.fee)
    entries: dict[str, list[Entry]] = defaultdict(list)
    for one in under_contracts(campaigns):
        entries[one.what].append(one)
    beside = _Beside(entries["card"])
    agreed, due = _agreed(entries["line"], beside), _due(entries["due"], beside)
    for pk, sums in costs.items():
        for currency in {*agreed[pk], *due[pk]}:
            said, (fees, more) = agreed[pk][currency], due[pk].get(currency, (ZERO, ZERO))
            sums.add(CASH, currency, max(said, fees) + more)
    for one in entries["credit"]:
        for pk, part in shared_out(one.amount, beside.of_person(one.contract, one.person)).items():
            if pk in costs:
                costs[pk].add(GOODS, one.currency, part)


def under_contracts(campaigns: Collection[int]) -> list[Entry]:
    """Cards, promises, what the ledger has and credit of the contracts of some campaigns, each as a line of its own."""
    mine = Collaboration.objects.filter(campaign__in=list(campaigns), party__contract__isnull=False)
    contracts = mine.order_by().values("party__contract")
    cards = Collaboration.objects.filter(party__contract__in=contracts).order_by()
    parts = _lines(contracts), _ledger(contracts), _credit(contracts)
    rows = cards.values_list(
        Value("card"), "party__contract_id", "pk", "influencer_id", "party_id", "status", NOTHING, NOTHING, EMPTY
    )
    return [Entry(*row) for row in rows.union(*parts, all=True)]


def _lines(contracts: Any) -> Any:
    """What contracts promise in money. A bonus counts once it is due."""
    lines = PayLine.objects.filter(contract__in=contracts, kind__in=(*FEES, PayLine.Kind.DEDUCTION)).order_by()
    told = lines.filter(amount__isnull=False, amount_currency__isnull=False)
    return told.values_list(
        Value("line"), "contract_id", NOBODY, NOBODY, "party_id", "kind", "amount", NOTHING, "amount_currency"
    )


def _ledger(contracts: Any) -> Any:
    lines = LedgerLine.objects.filter(contract__in=contracts).exclude(kind__in=NO_COST)
    lines = lines.exclude(step=LedgerLine.Step.SETTLED).order_by()
    taken_back = Sum("amount", filter=Q(step=LedgerLine.Step.REVERSED))
    due = Sum("amount", filter=Q(step=LedgerLine.Step.DUE))
    summed = lines.values("contract_id", "influencer_id", "amount_currency", "kind").annotate(
        plus=Coalesce(due, NOTHING), minus=Coalesce(taken_back, NOTHING)
    )
    return summed.values_list(
        Value("due"), "contract_id", NOBODY, "influencer_id", NOBODY, "kind", "plus", "minus", "amount_currency"
    )


def _credit(contracts: Any) -> Any:
    """Vouchers and credit; goods and evenings are counted where they are sent and held."""
    rows = Benefit.objects.filter(contract__in=contracts, kind="credit").order_by()
    summed = rows.values("contract_id", "influencer_id", "amount_currency").annotate(sum=Sum("amount"))
    return summed.values_list(
        Value("credit"), "contract_id", NOBODY, "influencer_id", NOBODY, EMPTY, F("sum"), NOTHING, "amount_currency"
    )


class _Beside:
    """Who shares what stands in a contract: cards that were promised, or all where none was."""

    def __init__(self, cards: Iterable[Entry]) -> None:
        self._cards: dict[int, list[Entry]] = defaultdict(list)
        for one in sorted(cards, key=lambda one: one.card):
            self._cards[one.contract].append(one)

    def promised(self, contract: int, party: int | None) -> list[int]:
        """Who shares a line: those of its party, or everybody under the contract."""
        return [one.card for one in self._cards[contract] if is_promised(one) and (party is None or one.party == party)]

    def of_person(self, contract: int, person: int) -> list[int]:
        """Who shares what became due to somebody: her cards, or all where she goes by another id by now."""
        cards = self._cards[contract]
        hers = [one for one in cards if one.person == person] or cards
        return [one.card for one in hers if is_promised(one)] or [one.card for one in hers]


def is_promised(card: Entry) -> bool:
    return card.kind in Collaboration.PROMISED


Sums = dict[int, dict[str, Decimal]]


def _agreed(lines: Iterable[Entry], beside: _Beside) -> Sums:
    """Fees less what is deducted."""
    found: Sums = defaultdict(lambda: defaultdict(Decimal))
    for one in lines:
        signed = -one.amount if one.kind == PayLine.Kind.DEDUCTION else one.amount
        for pk, part in shared_out(signed, beside.promised(one.contract, one.party)).items():
            found[pk][one.currency] += part
    return found


def _due(lines: Iterable[Entry], beside: _Beside) -> dict[int, dict[str, tuple[Decimal, Decimal]]]:
    """What the ledger has: of what was agreed, and on top of it."""
    found: dict[int, dict[str, tuple[Decimal, Decimal]]] = defaultdict(dict)
    for one in lines:
        for pk, part in shared_out(one.amount - one.less, beside.of_person(one.contract, one.person)).items():
            fees, more = found[pk].get(one.currency, (ZERO, ZERO))
            found[pk][one.currency] = (fees + part, more) if one.kind in AGREED_BEFORE else (fees, more + part)
    return found
