"""A deal in the words of its contract: what is owed in each period, and how it is paid.

What is signed says what is owed: the lines are made from the deal itself whenever the words are, and frozen with them.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from crm.ambassadors.models import AmbassadorDeal, CommissionRule, QuotaLine
from crm.base.formats import day_words, money_full
from crm.contracts.actions.words import contract_words
from crm.contracts.models import Contract

Unit = AmbassadorDeal.Unit
ONE: dict[str, Any] = {
    Unit.DAYS: gettext_lazy("each day"),
    Unit.WEEK: gettext_lazy("each week"),
    Unit.MONTH: gettext_lazy("each month"),
    Unit.QUARTER: gettext_lazy("each quarter"),
    Unit.YEAR: gettext_lazy("each year"),
}


def each_period(unit: str, every: int) -> str:
    """Each month, or every so many weeks."""
    if every == 1:
        return str(ONE[unit])
    return _("every %(n)s %(unit)s") % {"n": every, "unit": Unit(unit).label}


def line_note(deal: AmbassadorDeal, amounts: Sequence[Any]) -> str:
    """Rp5.000.000 each month: what stands beside a sum over the term."""
    each = each_period(deal.unit, deal.every)
    said = ", ".join(str(money_full(amount)) for amount in amounts)
    return _("%(amount)s %(each)s") % {"amount": said, "each": each}


@contract_words("ambassadors")
def words_of_deal(contract: Contract) -> Mapping[str, Sequence[str]]:
    """Nothing, and nothing asked, for contracts of any other kind and for what amends one."""
    if contract.kind != Contract.Kind.AMBASSADOR or contract.amends_id:
        return {}
    deal = AmbassadorDeal.objects.filter(contract=contract).select_related("contract").first()
    return {"posts": list(_posts(deal)), "pay": list(_pay(deal))} if deal else {}


def _posts(deal: AmbassadorDeal) -> Iterable[str]:
    lines = deal.quotas.select_related("format__platform").prefetch_related("quantities").order_by("pk")
    for line in lines:
        first = next(iter(line.quantities.all()), None)
        if first is not None:
            yield quota_in_words(line, first.quantity, deal)
    if deal.contract.start_on:
        day = day_words(deal.anchor_on or deal.contract.start_on)
        by_calendar = deal.alignment == AmbassadorDeal.Alignment.CALENDAR
        said = _("Periods keep to the calendar, from %(day)s on.") if by_calendar else _("Periods count from %(day)s.")
        yield said % {"day": day}


def quota_in_words(line: QuotaLine, quantity: int, deal: AmbassadorDeal) -> str:
    """2 × Instagram Reel each month. Too few: they lapse. Too many: noted as extra."""
    what = f"{quantity} × {line.format}" + (f" ({line.note})" if line.note else "")
    said = {"what": what, "each": each_period(deal.unit, deal.every), "few": _few(line), "many": _many(line)}
    return _("%(what)s %(each)s. Too few: %(few)s. Too many: %(many)s.") % said


def _few(line: QuotaLine) -> str:
    said = str(QuotaLine.Rollover(line.rollover).label)
    if line.rollover == QuotaLine.Rollover.CARRY:
        most = _("at most %(n)s") % {"n": line.carry_cap} if line.carry_cap is not None else ""
        periods = ngettext("for %(n)s period", "for %(n)s periods", line.carry_lasts) % {"n": line.carry_lasts}
        return ", ".join(part for part in (said, most, periods) if part)
    if line.rollover == QuotaLine.Rollover.MAKE_GOOD:
        days = ngettext("within %(n)s day", "within %(n)s days", line.make_good_days) % {"n": line.make_good_days}
        return f"{said}, {days}"
    return said


def _many(line: QuotaLine) -> str:
    said = str(QuotaLine.Over(line.over).label)
    if line.extra_price is None:
        return said
    return _("%(what)s, each paid %(price)s") % {"what": said, "price": money_full(line.extra_price)}


def _pay(deal: AmbassadorDeal) -> Iterable[str]:
    if deal.retainers.exists():
        when, how = AmbassadorDeal.Billing(deal.billing).label, AmbassadorDeal.Proration(deal.proration).label
        days = ngettext("%(n)s day", "%(n)s days", deal.pay_days) % {"n": deal.pay_days}
        yield _("The fee is due in parts, %(when)s, and paid within %(days)s.") % {"when": when, "days": days}
        yield _("A part of a period is paid %(how)s.") % {"how": how}
    for rule in deal.commissions.order_by("from_on", "pk"):
        yield commission_in_words(rule)


def commission_in_words(rule: CommissionRule) -> str:
    """What the share is taken of, and when it is due."""
    tax = _("with tax") if rule.includes_tax else _("without tax")
    shipping = _("with shipping") if rule.includes_shipping else _("without shipping")
    said = _(
        "The commission is taken of the price %(basis)s, %(tax)s and %(shipping)s, and due %(n)s days after an order."
    )
    basis = CommissionRule.Basis(rule.basis).label
    found = said % {"basis": basis, "tax": tax, "shipping": shipping, "n": rule.hold_days}
    if rule.post_term_days:
        found += " " + _("Orders with her code count for %(n)s days after the last day.") % {"n": rule.post_term_days}
    return found
