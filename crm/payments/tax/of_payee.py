"""The tax of one payee: her article, her papers and what the month saw already, read from the tables."""

import datetime as dt
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from babel.numbers import get_currency_precision
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from crm.base.models import Organisation
from crm.payments.models import Payee, Payment, PayTerms, TaxCertificate, TaxRule
from crm.payments.tax.reckoning import WHOLE, Number, Rates
from crm.payments.tax.rules import BANDS_IN, Ruled, rule_of, rules_on, worth_in_rupiah
from crm.payments.tax.steps import owed_in
from crm.payments.tax.withholding import Before, Reckoned, Standing, Sums, article_for, reckon_sums

Kind = TaxCertificate.Kind
APPLIES = {Kind.TREATY: (TaxRule.Article.PPH26,), Kind.FINAL: (TaxRule.Article.PPH21, TaxRule.Article.PPH23)}
"""What a certificate is about; a letter of exemption is about any."""


class NothingLeft(ValidationError):
    """What is taken off is more than what is paid."""

    def __init__(self) -> None:
        super().__init__(
            _("More is taken off than is paid: nothing is left to transfer. Choose more lines, or leave some off."),
            code="nothing_left",
        )


def reckon(
    payee: Payee,
    *,
    cash: Number,
    net_cash: Number = 0,
    in_kind: Number = 0,
    untaxed: Number = 0,
    currency: str,
    on: dt.date,
    in_kind_tax: str = PayTerms.BorneBy.PAYEE_CASH,
    but: Payment | None = None,
    also: Sequence[Payment] = (),
) -> Reckoned:
    """What leaves for this payee, and how that comes about.

    `cash` was agreed gross, `net_cash` net; `in_kind` is taxed with it; `untaxed` are costs paid back. `on` is the day that
    says which month and which rules hold (`tax_day`); `but` is a payment left out of what the month saw already, and
    `also` are some of this payee that are not written yet. Whoever writes a payment locks the payee first, or two of one month would each count as the first. Raises NoRule,
    NoExchangeRate, NothingLeft.
    """
    sums = Sums(Decimal(cash), Decimal(net_cash), Decimal(in_kind), Decimal(untaxed), in_kind_tax)
    if sums.cash + sums.net_cash < 0 or sums.untaxed < 0:
        raise NothingLeft
    standing = standing_of(payee, currency=currency, on=on)
    before = before_of(payee, standing, currency=currency, on=on, but=but, also=also)
    return reckon_sums(standing, sums, before, places=places_of(currency))


def standing_of(payee: Payee, *, currency: str, on: dt.date) -> Standing:
    """How she is taxed on that day, by where and what she is and by the papers valid then."""
    rules, article = rules_on(on), article_for(payee.kind, str(payee.country))
    certificate = _certificate(payee, article, on)
    vat = rule_of(rules, TaxRule.Article.VAT, on).rates if payee.is_vat_registered else None
    return standing_by(rule_of(rules, article, on), certificate, payee.is_known, vat, currency=currency, on=on)


def standing_by(
    ruled: Ruled, certificate: TaxCertificate | None, known: bool, vat: Rates | None, *, currency: str, on: dt.date
) -> Standing:
    """The same of any rule and paper, for those who are nobody's row."""
    article, kind = ruled.rule.article, certificate.kind if certificate else ""
    if certificate is not None and kind != Kind.EXEMPT:
        rates = Rates(rate_bp=certificate.rate_bp, rounding=ruled.rates.rounding)
        return Standing(article, rates, certificate=kind, vat=vat)
    rates = ruled.rates
    if rates.bands and currency != BANDS_IN and kind != Kind.EXEMPT:
        rates = rates.in_currency(worth_in_rupiah(currency, on))
    return Standing(article, rates, known, ruled.by_month, kind, vat)


def before_of(
    payee: Payee,
    standing: Standing,
    *,
    currency: str,
    on: dt.date,
    but: Payment | None = None,
    also: Sequence[Payment] = (),
) -> Before:
    """What the month saw already, where a tax goes by the month; in the currency of what is reckoned now."""
    if not standing.by_month or standing.is_exempt or payee.pk is None:
        return Before()
    rows = Payment.objects.counting().in_tax_month(first_of(on)).filter(payee=payee, article=standing.article)
    rows = rows.exclude(pk=but.pk) if but is not None else rows
    gross, tax = Decimal(0), Decimal(0)
    near = [one for one in also if (one.tax_month_on, one.article) == (first_of(on), standing.article)]
    for row in [*rows.only("currency", "pay_on", "tax_base", "tax", "steps"), *near]:
        worth = _worth(row, currency, on)
        gross += row.tax_base * WHOLE / (standing.rates.base_bp or WHOLE) * worth
        tax += (row.tax + owed_in(row.steps)) * worth
    return Before(gross, tax)


def tax_day(pay_on: dt.date, due_on: Iterable[dt.date | None] = (), house: Organisation | None = None) -> dt.date:
    """The day whose month and rules hold: that of the payment, or the last day anything of it was due, as the house has it."""
    by_due = (house or Organisation.load()).tax_month_by == "due"
    days = [day for day in due_on if day is not None] if by_due else []
    return max(days) if days else pay_on


def first_of(on: dt.date) -> dt.date:
    """The first day of its month: what payments keep as their tax month."""
    return on.replace(day=1)


def places_of(currency: str) -> int:
    """The minor unit: rupiah have none."""
    return 0 if currency == BANDS_IN else int(get_currency_precision(currency))


def _certificate(payee: Payee, article: str, on: dt.date) -> TaxCertificate | None:
    """The paper that counts that day: being freed comes before a lower rate, a lower rate before a higher."""
    if payee.pk is None:
        return None
    every: tuple[Any, ...] = tuple(TaxRule.Article)
    found = [one for one in payee.certificates.valid_on(on) if article in APPLIES.get(Kind(one.kind), every)]
    return min(found, key=lambda one: (one.kind != Kind.EXEMPT, one.rate_bp, one.pk), default=None)


def _worth(row: Payment, currency: str, on: dt.date) -> Decimal:
    if row.currency == currency:
        return Decimal(1)
    return worth_in_rupiah(row.currency, row.pay_on) / worth_in_rupiah(currency, on)
