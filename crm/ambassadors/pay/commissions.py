"""Orders that came through an ambassador: noted once, held as long as they may be returned, then due.

One line of the ledger for each order, so that whatever becomes of it is told of that order alone.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from crm.ambassadors.models import AmbassadorDeal, Sale
from crm.ambassadors.pay.charging import due_of
from crm.ambassadors.pay.days import month_end, pay_day
from crm.ambassadors.pay.rates import Claim, Price, attribution_of, commission_of, rule_of, whose
from crm.ambassadors.telling import tell
from crm.base.formats import day_in_words, money_full
from crm.base.inserts import insert_missing
from crm.base.windows import months_later
from crm.base.zones import local_date
from crm.payments.actions import take_back
from crm.payments.models import LedgerLine
from crm.payments.queries import free_amounts
from crm.timeline.record import SYSTEM, Actor, in_language, subject_of
from crm.timeline.transitions import move

State = Sale.State
A_DAY = dt.timedelta(days=1)
NOTED = _("Order %(number)s of %(day)s: %(amount)s commission, due from %(due)s unless it is returned")
UNPAID = _("Order %(number)s of %(day)s came after the end of the deal and is not paid")
WITHOUT = _("Order %(number)s of %(day)s noted; no commission is agreed")
RETURNED = _("Order %(number)s was returned: %(amount)s commission is not due")
TAKEN_BACK = _("Order %(number)s was returned: %(amount)s commission is taken back")
MATURED = _("Commission of %(amount)s is due by %(day)s. Orders: %(count)s")
ORDER = _("Order %(number)s")
EARLIER = _("It was ordered on %(day)s. Choose that day or a later one.")


class KnownOrder(ValidationError):
    """This brand knows the order already; it is paid once, to whoever it was noted for first."""

    def __init__(self, there: Sale) -> None:
        said = _("Order %(number)s is known already: it was noted for %(who)s.")
        params = {"number": there.number, "who": there.deal.influencer}
        super().__init__({"number": ValidationError(said, code="known", params=params)})


@dataclass(frozen=True)
class Order:
    """One order as somebody noted it."""

    number: str
    ordered_on: dt.date
    price: Price
    claims: Sequence[Claim]

    @property
    def cleaned(self) -> str:
        return number_of(self.number)


def number_of(said: str) -> str:
    """One way to write a number, so that `#1001` and ` 1001 ` are the same order."""
    return "".join(said.split()).lstrip("#").upper()


def record_sale(order: Order, *, at: dt.datetime, actor: Actor) -> Sale:
    """Note an order for whoever it belongs to. Raises KnownOrder, and ValidationError for a day outside of her term.

    Two who note the same order at once: one does.
    """
    claim = whose(order.claims, attribution_of(order.claims, order.ordered_on))
    deal = claim.deal
    check_day(deal, order.ordered_on, at)
    sale = _sale(order, claim)
    with transaction.atomic():
        if not insert_missing([sale], "(brand_id, number)"):
            raise KnownOrder(Sale.objects.select_related("deal__influencer").get(brand=sale.brand, number=sale.number))
        made = Sale.objects.select_related("deal__contract").get(brand=sale.brand, number=sale.number)
        _tell_noted(made, at, actor)
    return made


def check_day(deal: AmbassadorDeal, on: dt.date, at: dt.datetime) -> None:
    """An order has been placed already, and not before the deal began."""
    start_on = deal.contract.start_on
    if on > local_date(at, deal.contract.zone):
        raise ValidationError({"ordered_on": _("This day has not come yet.")}, code="future")
    if start_on is not None and on < start_on:
        said = _("The deal began on %(day)s. An earlier order is nobody's.")
        raise ValidationError({"ordered_on": said % {"day": day_in_words(start_on)}}, code="early")


def _sale(order: Order, claim: Claim) -> Sale:
    deal, price = claim.deal, order.price
    rule = rule_of(deal, order.ordered_on)
    money: dict[str, Any] = {"gross": Money(price.gross, price.currency), "commission": Money(0, price.currency)}
    sale = Sale(
        brand=deal.contract.brand, number=order.cleaned, deal=deal, via=claim.via, code=claim.code,
        ordered_on=order.ordered_on, discount=price.discount, tax=price.tax, shipping=price.shipping, **money,
    )  # fmt: skip
    paid_until = last_paid_on(deal, rule.post_term_days if rule else 0)
    if paid_until is not None and order.ordered_on > paid_until:
        sale.state = State.AFTER_END
        return sale
    sale.matures_on = order.ordered_on
    if rule is not None:
        sale.rate_bp, sale.commission = rule.rate_bp, Money(commission_of(rule, price), price.currency)
        sale.matures_on += dt.timedelta(days=rule.hold_days)
    return sale


def last_paid_on(deal: AmbassadorDeal, post_term_days: int) -> dt.date | None:
    """The last day whose orders are paid: her last day, and so many days after it as were agreed."""
    contract = deal.contract
    if contract.rests_since_on is not None and contract.closed_on is None:
        return None  # its last day moves by as long as it rests, and nobody knows how long that is
    last_on = contract.last_on
    return last_on + dt.timedelta(days=post_term_days) if last_on else None


def mature(deal: AmbassadorDeal, *, now: dt.datetime) -> int:
    """Orders that can no longer be returned are due, by the end of the month that day lies in. How many there were."""
    today = local_date(now, deal.contract.zone)
    with transaction.atomic():
        rows = deal.sales.ripe(today).select_for_update(of=("self",)).order_by("pk")
        sales = list(rows)
        if not sales:
            return 0
        Sale.objects.filter(pk__in=[sale.pk for sale in sales]).put_matured(now)
        for sale in sales:
            _make_due(deal, sale, now)
        _tell_matured(deal, sales, now)
    return len(sales)


def _make_due(deal: AmbassadorDeal, sale: Sale, now: dt.datetime) -> None:
    matures_on = sale.matures_on or sale.ordered_on
    due_of(
        deal, LedgerLine.Kind.COMMISSION, sale.commission, key=f"{subject_of(sale)}:due", on=matures_on, at=now,
        due_on=pay_day(deal, month_end(matures_on)), by=SYSTEM.label, label=_named(deal, sale), ref=subject_of(sale),
    )  # fmt: skip


def return_sale(sale: Sale, *, on: dt.date, at: dt.datetime, actor: Actor) -> None:
    """The order was returned. Held back still: nothing becomes due. Due already: what is unpaid of it is taken back, and
    what was paid is owed back, by the end of the next month. The ledger has it from the day it was due at the earliest.
    Raises ValidationError for a day before the order, and TransitionRefused.
    """
    with transaction.atomic():
        rows = Sale.objects.select_for_update(of=("self",)).select_related("deal__contract", "deal__program")
        stored = rows.get(pk=sale.pk)
        if on < stored.ordered_on:
            said = EARLIER % {"day": day_in_words(stored.ordered_on)}
            raise ValidationError({"on": said}, code="early")
        was_due = stored.state == State.MATURED and bool(stored.commission.amount)
        deal = stored.deal
        params = {"number": stored.number, "amount": money_full(stored.commission)}
        move(
            stored, State.RETURNED, moves=Sale.MOVES, field="state", at=at, actor=actor, verb="sale.returned",
            sentence=TAKEN_BACK if was_due else RETURNED, params=params, also={"returned_on": on},
            influencer=deal.influencer_id, brand=stored.brand_id,
        )  # fmt: skip
        if was_due:
            _reverse(deal, stored, on, at, actor)


def _reverse(deal: AmbassadorDeal, sale: Sale, on: dt.date, at: dt.datetime, actor: Actor) -> None:
    line = LedgerLine.objects.due().select_for_update(of=("self",)).get(key=f"{subject_of(sale)}:due")
    unpaid = free_amounts([line])[line.pk]  # what is on its way counts as paid
    said: dict[str, Any] = {"on": max(on, line.on), "at": at, "by": actor.label}
    if unpaid:
        take_back(line, key=f"{subject_of(sale)}:unpaid", **said)
    paid = line.amount.amount - unpaid
    due_of(
        deal, LedgerLine.Kind.COMMISSION, Money(-paid, line.amount.currency), key=f"{subject_of(sale)}:back",
        due_on=pay_day(deal, month_end(months_later(on, 1))), label=_named(deal, sale), ref=subject_of(sale), **said,
    )  # fmt: skip


def _named(deal: AmbassadorDeal, sale: Sale) -> str:
    return in_language(deal.contract.language, ORDER, {"number": sale.number})


def _tell_noted(sale: Sale, at: dt.datetime, actor: Actor) -> None:
    sentence = UNPAID if sale.state == State.AFTER_END else (NOTED if sale.rate_bp else WITHOUT)
    due = day_in_words(sale.matures_on) if sale.matures_on else ""
    params = {
        "number": sale.number,
        "day": day_in_words(sale.ordered_on),
        "amount": money_full(sale.commission),
        "due": due,
    }
    tell(sale.deal, "sale.noted", sentence, params=params, at=at, actor=actor)


def _tell_matured(deal: AmbassadorDeal, sales: Sequence[Sale], now: dt.datetime) -> None:
    """One line of the story for everything that became due together, in each currency."""
    sums: dict[str, list[Decimal]] = {}
    for sale in sales:
        if sale.commission.amount:
            sums.setdefault(str(sale.commission.currency), []).append(sale.commission.amount)
    due_on = max(pay_day(deal, month_end(sale.matures_on or sale.ordered_on)) for sale in sales)
    for currency, amounts in sums.items():
        params = {"amount": money_full(sum(amounts), currency), "count": len(amounts), "day": day_in_words(due_on)}
        tell(deal, "sale.matured", MATURED, params=params, at=now, actor=SYSTEM)
