"""What leaves for a payee: gross, tax, VAT and net of some sums, once it is known how she is taxed. No tables here."""

from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from crm.payments.models import PayTerms, TaxCertificate, TaxRule
from crm.payments.tax.reckoning import NOTHING, Number, Rates, gross_for, rounded, vat_on, withheld
from crm.payments.tax.steps import Step, gross_steps, rest_steps, tax_steps

BorneBy = PayTerms.BorneBy


@dataclass(frozen=True)
class Standing:
    """How somebody is taxed on a day: the article, its numbers, and what of her own papers changes them."""

    article: str
    rates: Rates
    known: bool = True
    by_month: bool = False
    certificate: str = ""
    vat: Rates | None = None

    @property
    def is_exempt(self) -> bool:
        return self.certificate == TaxCertificate.Kind.EXEMPT


@dataclass(frozen=True)
class Sums:
    """What is paid at once. `cash` is agreed gross, `net_cash` agreed net; `untaxed` are costs paid back."""

    cash: Decimal = NOTHING
    net_cash: Decimal = NOTHING
    in_kind: Decimal = NOTHING
    untaxed: Decimal = NOTHING
    in_kind_tax: str = BorneBy.PAYEE_CASH


@dataclass(frozen=True)
class Before:
    """What the tax month saw already: the taxed gross, and what was withheld of it or asked from her."""

    gross: Decimal = NOTHING
    tax: Decimal = NOTHING


@dataclass(frozen=True)
class Reckoned:
    """One payment as it would leave. `gross` holds the costs paid back, too: net = gross + vat - tax.

    `owed_by_her` is tax that no money covers; she transfers it. `steps` are kept with the payment as they are.
    """

    article: str
    tax_base: Decimal
    gross: Decimal
    grossed_up: Decimal
    in_kind: Decimal
    tax: Decimal
    vat: Decimal
    net: Decimal
    owed_by_her: Decimal
    steps: list[dict[str, Any]] = field(default_factory=list)


def reckon_sums(standing: Standing, sums: Sums, before: Before, *, places: int) -> Reckoned:
    """Gross up what was agreed net, take the tax of everything out of the money, put VAT on top.

    What was agreed net stays net of the tax on money; who bears the tax on what is not money is a term of its own.
    """
    taxed = _Taxed(standing, before, places)
    gross = _gross(taxed, sums)
    base, whole = taxed.of(gross, sums.in_kind)
    from_money = taxed.of(gross)[1] if sums.in_kind_tax == BorneBy.PAYEE_TRANSFERS else whole
    tax = min(from_money, gross)
    owed = whole - tax
    vat = vat_on(standing.vat, gross, places).vat if standing.vat else rounded(0, places)
    paid = gross + sums.untaxed
    found = Reckoned(
        article=standing.article,
        tax_base=rounded(base, 2),
        gross=paid,
        grossed_up=gross - sums.cash - sums.net_cash,
        in_kind=sums.in_kind,
        tax=tax,
        vat=vat,
        net=paid + vat - tax,
        owed_by_her=owed,
    )
    found.steps.extend(step.kept() for step in _steps(standing, sums, before, found, places))
    return found


@dataclass(frozen=True)
class _Taxed:
    """The tax of any gross for this standing, in this month."""

    standing: Standing
    before: Before
    places: int

    def of(self, gross: Number, in_kind: Number = NOTHING) -> tuple[Decimal, Decimal]:
        if self.standing.is_exempt:
            return NOTHING, rounded(0, self.places)
        return withheld(self.standing.rates, Decimal(gross) + in_kind, **self._said)

    def gross_for(self, net: Number, in_kind: Number = NOTHING) -> Decimal:
        if self.standing.is_exempt:
            return Decimal(net)
        return gross_for(self.standing.rates, net, in_kind=in_kind, **self._said)

    @property
    def _said(self) -> dict[str, Any]:
        return {
            "known": self.standing.known,
            "gross_before": self.before.gross,
            "tax_before": self.before.tax,
            "places": self.places,
        }


def _gross(taxed: _Taxed, sums: Sums) -> Decimal:
    """What is paid in money before tax, so that every net holds that was promised."""
    gross = sums.cash
    if sums.net_cash:
        gross = taxed.gross_for(_net(taxed.of, sums.cash) + sums.net_cash)
    if sums.in_kind > 0 and sums.in_kind_tax == BorneBy.GROSS_UP:
        gross = taxed.gross_for(_net(taxed.of, gross), sums.in_kind)
    return gross


def _net(tax_of: Callable[[Number], tuple[Decimal, Decimal]], gross: Decimal) -> Decimal:
    return gross - tax_of(gross)[1]


def _steps(standing: Standing, sums: Sums, before: Before, found: Reckoned, places: int) -> list[Step]:
    """The reckoning line by line, as somebody checks it with a pencil."""
    said = [*gross_steps(sums.cash, sums.net_cash, found.grossed_up, sums.untaxed, sums.in_kind)]
    if standing.is_exempt:
        said.append(Step("exempt", NOTHING))
    else:
        taxed = found.gross - sums.untaxed + sums.in_kind
        said += tax_steps(
            standing.rates, taxed, before.gross, before.tax, known=standing.known, tax=found.tax + found.owed_by_her,
            places=places,
        )  # fmt: skip
    return [*said, *rest_steps(found.tax, found.vat, found.net, found.owed_by_her)]


ARTICLE_OF_KIND = {"individual": TaxRule.Article.PPH21, "company": TaxRule.Article.PPH23}


def article_for(kind: str, country: str) -> str:
    """Which article taxes somebody (domain rules, section 7.2)."""
    return ARTICLE_OF_KIND[kind] if country == "ID" else TaxRule.Article.PPH26
