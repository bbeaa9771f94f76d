"""The parts of a cost, and sums of them by currency. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from decimal import ROUND_DOWN, Decimal

ZERO, CENT = Decimal(0), Decimal("0.01")
CASH, GOODS, SHIPPING, EVENTS, FEES = "cash", "goods", "shipping", "events", "fees"


@dataclass(frozen=True, slots=True)
class Parts:
    """What was spent in one currency: money to people, goods at what they cost us, parcels, evenings, fees of others."""

    cash: Decimal = ZERO
    goods: Decimal = ZERO
    shipping: Decimal = ZERO
    events: Decimal = ZERO
    fees: Decimal = ZERO

    @property
    def total(self) -> Decimal:
        return self.cash + self.goods + self.shipping + self.events + self.fees

    @property
    def in_kind(self) -> Decimal:
        """What was given that is not money."""
        return self.goods + self.events

    def with_more(self, part: str, amount: Decimal) -> "Parts":
        return replace(self, **{part: getattr(self, part) + amount})

    def __add__(self, other: "Parts") -> "Parts":
        return Parts(*(getattr(self, one.name) + getattr(other, one.name) for one in fields(self)))


class Costs(Mapping[str, Parts]):
    """Parts by currency. Currencies are never added to each other; one nobody spent anything in has empty parts."""

    def __init__(self, parts: Mapping[str, Parts] | None = None) -> None:
        self._parts = dict(parts or {})

    def __getitem__(self, currency: str) -> Parts:
        return self._parts.get(currency, Parts())

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(one for one, parts in self._parts.items() if parts.total))

    def __len__(self) -> int:
        return len(list(iter(self)))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Costs) and dict(self.items()) == dict(other.items())

    __hash__ = None  # type: ignore[assignment]

    def add(self, part: str, currency: str, amount: Decimal) -> None:
        """Add to one part, while the sums are being made."""
        if amount:
            self._parts[currency] = self[currency].with_more(part, amount)

    def merge(self, other: "Costs") -> None:
        for currency, parts in other.items():
            self._parts[currency] = self[currency] + parts

    def cash_only(self) -> "Costs":
        """The switch to money only (domain rule R1-14)."""
        return Costs({currency: Parts(cash=parts.cash) for currency, parts in self._parts.items()})


def shared_out(amount: Decimal, among: Sequence[int]) -> dict[int, Decimal]:
    """An amount in equal parts to the cent; the first has what is left over."""
    if not among:
        return {}
    each = (amount / len(among)).quantize(CENT, rounding=ROUND_DOWN)
    shares = dict.fromkeys(among, each)
    shares[among[0]] += amount - each * len(among)
    return shares
