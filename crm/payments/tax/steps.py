"""The steps of a reckoning: kept with a payment by their code, told in the language of whoever reads them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from crm.base.formats import count_full, percent
from crm.payments.tax.reckoning import NOTHING, WHOLE, Rates, band_parts

SAID: Mapping[str, Any] = {
    "cash": _("Agreed, before tax"),
    "net_cash": _("Agreed, after tax"),
    "grossed_up": _("Added so that it arrives whole"),
    "untaxed": _("Costs paid back, not taxed"),
    "in_kind": _("Not money, taxed with it"),
    "before": _("Paid earlier this month, taxed with it"),
    "base": _("Taxed: %(rate)s of it"),
    "band": _("%(rate)s of %(part)s"),
    "flat": _("%(rate)s of it"),
    "surcharge": _("Without a tax number: x %(times)s"),
    "tax_before": _("Withheld earlier this month"),
    "tax_sum": _("Tax"),
    "exempt": _("Nothing is withheld, by certificate"),
    "tax": _("Withheld"),
    "vat": _("VAT on top"),
    "owed": _("Tax she transfers to us"),
    "net": _("Transferred"),
}
"""A step's words by its code."""

SUMS = ("cash", "net_cash", "grossed_up", "untaxed", "vat", "tax", "net")
"""The steps from what was agreed to what is transferred; the others say how the tax came about."""


@dataclass(frozen=True)
class Step:
    code: str
    amount: Decimal
    rate_bp: int | None = None
    part: Decimal | None = None
    said: str = ""
    """Its words as they were kept, for a step of somebody else's."""

    @property
    def label(self) -> str:
        """Its words in the active language."""
        if self.code not in SAID:
            return self.said
        words = str(SAID[self.code])
        rate = Decimal(self.rate_bp or 0) / WHOLE
        part = count_full(round(self.part)) if self.part is not None else ""
        return words % {"rate": percent(rate, 2), "times": f"{rate.normalize():f}", "part": part}

    @property
    def is_sum(self) -> bool:
        return self.code in SUMS

    def kept(self) -> dict[str, Any]:
        """As it is written beside a payment."""
        said: dict[str, Any] = {"code": self.code, "label": self.label, "amount": str(self.amount)}
        if self.rate_bp is not None:
            said["rate_bp"] = self.rate_bp
        return said | ({"part": str(self.part)} if self.part is not None else {})


def read_steps(kept: Iterable[Mapping[str, Any]]) -> list[Step]:
    """What was kept, to be told again in whatever language is active."""
    return [_read(row) for row in kept]


def owed_in(kept: Iterable[Mapping[str, Any]]) -> Decimal:
    """The tax she was asked to transfer with that payment."""
    return sum((Decimal(row["amount"]) for row in kept if row.get("code") == "owed"), NOTHING)


def gross_steps(
    cash: Decimal, net_cash: Decimal, grossed_up: Decimal, untaxed: Decimal, in_kind: Decimal
) -> list[Step]:
    """From what was agreed to what is paid before tax; nothing of what is nothing."""
    sums = {
        "cash": cash, "net_cash": net_cash, "grossed_up": grossed_up, "untaxed": untaxed, "in_kind": in_kind,
    }  # fmt: skip
    return [Step(code, amount) for code, amount in sums.items() if amount]


def tax_steps(
    rates: Rates, taxed: Decimal, before: Decimal, tax_before: Decimal, *, known: bool, tax: Decimal, places: int
) -> list[Step]:
    """How the tax of the month comes about, and what of it was withheld already."""
    base = (taxed + before) * rates.base_bp / WHOLE
    said = [Step("before", before)] if before else []
    if rates.base_bp != WHOLE or before:
        said.append(Step("base", base, rate_bp=rates.base_bp))
    said += _rate_steps(rates, base)
    if not known and rates.surcharge_bp != WHOLE:
        plain = sum((step.amount for step in said if step.code in ("band", "flat")), NOTHING)
        said.append(Step("surcharge", plain * (rates.surcharge_bp - WHOLE) / WHOLE, rate_bp=rates.surcharge_bp))
    said += [Step("tax_before", -tax_before)] if tax_before else []
    return [*said, Step("tax_sum", tax)]


def rest_steps(tax: Decimal, vat: Decimal, net: Decimal, owed: Decimal) -> list[Step]:
    said = [Step("vat", vat)] if vat else []
    said += [Step("tax", -tax)] if tax else []
    said += [Step("owed", owed)] if owed else []
    return [*said, Step("net", net)]


def _rate_steps(rates: Rates, base: Decimal) -> list[Step]:
    if rates.rate_bp is not None:
        return [Step("flat", base * rates.rate_bp / WHOLE, rate_bp=rates.rate_bp)]
    return [
        Step("band", part * band.rate_bp / WHOLE, rate_bp=band.rate_bp, part=part)
        for band, part in band_parts(rates, base)
    ]


def _read(row: Mapping[str, Any]) -> Step:
    part = row.get("part")
    return Step(
        str(row.get("code", "")),
        Decimal(str(row.get("amount", 0))),
        row.get("rate_bp"),
        Decimal(part) if part is not None else None,
        str(row.get("label", "")),
    )
