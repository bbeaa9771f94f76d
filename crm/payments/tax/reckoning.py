"""Tax as arithmetic: what is withheld, which gross leaves a net, what VAT comes on top. Decimals in, Decimals out.

Nothing here knows a payee or a table (domain rules, section 7.5). `places` is the minor unit of the currency: rupiah have
none. `gross_before` and `tax_before` are what one tax month saw already: the tax of the month's total less what was withheld.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from typing import NamedTuple

WHOLE = 10_000
"""Basis points of everything."""
NOTHING = Decimal(0)
ROUNDED = {"half_up": ROUND_HALF_UP, "down": ROUND_DOWN}
Number = Decimal | int


class Band(NamedTuple):
    """What lies above `above`, up to `up_to`, is taxed at this rate."""

    above: Decimal
    up_to: Decimal | None
    rate_bp: int


@dataclass(frozen=True)
class Rates:
    """One tax as numbers: a flat rate, or bands; on a part of the gross; dearer without a number the tax office knows."""

    base_bp: int = WHOLE
    rate_bp: int | None = None
    surcharge_bp: int = WHOLE
    bands: Sequence[Band] = ()
    rounding: str = "half_up"
    base_top: int = 1
    base_bottom: int = 1

    def in_currency(self, worth: Decimal) -> "Rates":
        """The same bands in a currency of which one unit is worth so much in that of the bands."""
        edges = (Band(b.above / worth, b.up_to / worth if b.up_to is not None else None, b.rate_bp) for b in self.bands)
        return replace(self, bands=tuple(edges))


class Tax(NamedTuple):
    base: Decimal
    tax: Decimal


class Vat(NamedTuple):
    base: Decimal
    vat: Decimal


def rounded(amount: Number, places: int = 0, rounding: str = "half_up") -> Decimal:
    """To the minor unit of the currency."""
    return Decimal(amount).quantize(Decimal(1).scaleb(-places), rounding=ROUNDED[rounding])


def withheld(
    rates: Rates,
    gross: Number,
    *,
    known: bool,
    gross_before: Number = 0,
    tax_before: Number = 0,
    places: int = 0,
) -> Tax:
    """What is withheld of this gross, given what the month saw already. Never less than nothing."""
    total = _whole_tax(rates, Decimal(gross) + gross_before, known=known, places=places)
    return Tax(_base(rates, Decimal(gross)), max(NOTHING, total - tax_before))


def gross_for(
    rates: Rates,
    net: Number,
    *,
    known: bool,
    in_kind: Number = 0,
    gross_before: Number = 0,
    tax_before: Number = 0,
    places: int = 0,
) -> Decimal:
    """The smallest gross in money that leaves at least this net, where `in_kind` is taxed with it and we bear that too.

    Raises ValueError where the tax eats whatever is added: no gross leaves that net.
    """
    unit = Decimal(1).scaleb(-places)

    def is_enough(units: int) -> bool:
        gross = units * unit
        said = withheld(
            rates, gross + in_kind, known=known, gross_before=gross_before, tax_before=tax_before, places=places
        )
        return gross - said.tax >= net

    low, high = 0, max(1, int(Decimal(net) / unit))
    while not is_enough(high):
        low, high = high, high * 2
        if high * unit > (Decimal(net) + in_kind + gross_before + 1) * 10_000:
            raise ValueError("No gross leaves this net.")
    return unit * _smallest(low, high, is_enough)


def vat_on(rates: Rates, amount: Number, places: int = 0) -> Vat:
    """VAT on the "other value" base: so many parts of so many."""
    base = Decimal(amount) * rates.base_top / rates.base_bottom
    tax = base * (rates.rate_bp or 0) / WHOLE
    return Vat(rounded(base, places), rounded(tax, places, rates.rounding))


def band_parts(rates: Rates, base: Decimal) -> list[tuple[Band, Decimal]]:
    """How a base is spread over the bands; bands it does not reach are left out."""
    parts = ((band, min(base, band.up_to if band.up_to is not None else base) - band.above) for band in rates.bands)
    return [(band, part) for band, part in parts if part > 0]


def _smallest(low: int, high: int, is_enough: Callable[[int], bool]) -> int:
    """The smallest number that is enough, where everything above it is, too."""
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if is_enough(middle) else (middle + 1, high)
    return high


def _base(rates: Rates, gross: Decimal) -> Decimal:
    return gross * rates.base_bp / WHOLE


def _whole_tax(rates: Rates, gross: Decimal, *, known: bool, places: int) -> Decimal:
    base = _base(rates, gross)
    tax = base * rates.rate_bp / WHOLE if rates.rate_bp is not None else _banded(rates, base)
    times = WHOLE if known else rates.surcharge_bp
    return rounded(tax * times / WHOLE, places, rates.rounding)


def _banded(rates: Rates, base: Decimal) -> Decimal:
    return sum((part * band.rate_bp / WHOLE for band, part in band_parts(rates, base)), NOTHING)
