"""Which rule of a tax holds on a day, as numbers to reckon with, and where it was read."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from crm.base.formats import day_in_words
from crm.payments.models import ExchangeRate, TaxRule
from crm.payments.tax.reckoning import Band, Rates

BANDS_IN = "IDR"
"""The currency bands and stamp duties are written in."""


class NoRule(ValidationError):
    """No rule of this tax holds on that day; nothing can be reckoned."""

    def __init__(self, article: str, on: dt.date) -> None:
        said = _("No rule for %(tax)s holds on %(day)s. Enter one among the tax rules, with its source.")
        label = dict(TaxRule.Article.choices)[article]
        super().__init__(said, code="no_rule", params={"tax": label, "day": day_in_words(on)})


class NoExchangeRate(ValidationError):
    """The bands are in rupiah and nobody wrote down what this currency was worth that day."""

    def __init__(self, currency: str, on: dt.date) -> None:
        said = _(
            "Enter what one %(currency)s was worth in rupiah on %(day)s, among the exchange rates. Until then the tax "
            "cannot be reckoned."
        )
        super().__init__(said, code="no_rate", params={"currency": currency, "day": day_in_words(on)})


@dataclass(frozen=True)
class Ruled:
    """A rule of a day and its numbers."""

    rule: TaxRule
    rates: Rates

    @property
    def by_month(self) -> bool:
        return self.rule.by_month


def rules_on(on: dt.date) -> dict[str, Ruled]:
    """Every tax that has a rule on that day, by article; of two the one that began later. Two queries."""
    newest_last = F("valid_from").asc(nulls_first=True)
    rows = TaxRule.objects.valid_on(on).order_by(newest_last, "pk").prefetch_related("bands")
    return {rule.article: Ruled(rule, rates_of(rule)) for rule in rows}


def rule_of(rules: dict[str, Ruled], article: str, on: dt.date) -> Ruled:
    """One of them. Raises NoRule."""
    if article not in rules:
        raise NoRule(article, on)
    return rules[article]


def rates_of(rule: TaxRule) -> Rates:
    bands = () if rule.rate_bp is not None else tuple(Band(b.above, b.up_to, b.rate_bp) for b in rule.bands.all())
    return Rates(
        base_bp=rule.base_bp,
        rate_bp=rule.rate_bp,
        surcharge_bp=rule.surcharge_bp,
        bands=bands,
        rounding=rule.rounding,
        base_top=rule.base_top,
        base_bottom=rule.base_bottom,
    )


def worth_in_rupiah(currency: str, on: dt.date) -> Decimal:
    """What one unit was worth on that day, as somebody wrote it down. Raises NoExchangeRate."""
    if currency == BANDS_IN:
        return Decimal(1)
    found = ExchangeRate.objects.filter(base=currency, quote=BANDS_IN, on=on).values_list("rate", flat=True).first()
    if found is None:
        raise NoExchangeRate(currency, on)
    return Decimal(found)
