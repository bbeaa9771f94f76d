"""What an order is worth to her: told once to her ambassador deal, else to the contract of her card."""

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from campaigns.planning.models import Collaboration
from campaigns.results.models import Order, OrderReturn
from crm.ambassadors.models import AmbassadorDeal, Sale
from crm.ambassadors.pay.commissions import KnownOrder, record_sale, return_sale
from crm.ambassadors.pay.commissions import Order as DealOrder
from crm.ambassadors.pay.rates import Claim, Price
from crm.ambassadors.places import code_owner
from crm.base.formats import day_in_words
from crm.payments.milestones.commissions import earn, held, lost
from crm.timeline.models import Entry
from crm.timeline.record import Actor, in_language, subject_of
from crm.timeline.transitions import TransitionRefused

NOT_OF_DEAL = _("Her deal does not count it: %(why)s")
LABEL = _("Order %(number)s of %(day)s")
WHOLE = Fraction(1)


def hold_earners(cards: Iterable[Collaboration | None]) -> None:
    """Hold everybody who earns by these cards, before the first of several orders is written: a file and a shop that know
    the same orders do not wait for each other forever."""
    known = [card for card in cards if card is not None]
    hers = {card.party.influencer_id for card in known if card.party is not None}
    held(*(pk for pk in {card.influencer_id for card in known} | hers if pk is not None))


def deal_of(order: Order) -> AmbassadorDeal | None:
    """The ambassador deal an order counts for: that of its code, else that under which its card goes on."""
    deals = AmbassadorDeal.objects.select_related("contract__brand", "influencer", "program")
    if order.code is not None:
        said = order.code.code.casefold()
        owners: dict[str, int] = {}
        for placed in code_owner.all():
            owners |= placed.call(order.brand_id, {said})
        return deals.filter(pk=owners[said]).first() if said in owners else None
    if order.collaboration_id is None:
        return None
    return deals.filter(contract__parties__collaborations=order.collaboration_id).order_by("-pk").first()


def earn_on(order: Order, *, at: dt.datetime, by: str) -> str:
    """Note the order where she earns by it; why her deal leaves it out, or nothing. In the running transaction."""
    deal = deal_of(order)
    if deal is not None:
        return _sold(order, deal, at, Actor(Entry.ActorKind.SYSTEM, by))
    _earned(order, at, by)
    return ""


def _sold(order: Order, deal: AmbassadorDeal, at: dt.datetime, actor: Actor) -> str:
    goods, currency = order.amount.amount, str(order.amount.currency)
    gross = goods + order.discount + order.tax + order.shipping
    price = Price(gross, currency, discount=order.discount, tax=order.tax, shipping=order.shipping)
    claim = Claim(deal, order.via, at=order.ordered_at, code=order.code_said)
    try:
        record_sale(DealOrder(order.number, order.ordered_on, price, [claim]), at=at, actor=actor)
    except KnownOrder:
        return ""
    except ValidationError as refused:
        return str(NOT_OF_DEAL % {"why": " ".join(refused.messages)})
    return ""


def _earned(order: Order, at: dt.datetime, by: str) -> None:
    """By the contract of her card, where one agrees a commission."""
    party = order.collaboration.party if order.collaboration is not None else None
    if party is None:
        return
    words = {"number": order.number, "day": day_in_words(order.ordered_on)}
    label = in_language(party.contract.language, LABEL, words)
    worth = Money(order.amount.amount, str(order.amount.currency))
    earn(party, worth, key=key_of(order), on=order.ordered_on, at=at, by=by, label=label)


def key_of(order: Order) -> str:
    return subject_of(order)


def lose_on(
    order: Order, amount: Decimal, before: Decimal, *, number: str, on: dt.date, at: dt.datetime, by: str
) -> None:
    """So much of the order came back, `before` of it earlier: she earns by the rest. In the running transaction."""
    sale = Sale.objects.select_related("deal").filter(brand=order.brand_id, number=order.number).first()
    if sale is None and order.collaboration_id is not None and order.amount.amount:
        lost(key_of(order), Fraction(amount) / Fraction(order.amount.amount), refund=number, on=on, at=at, by=by)
    elif sale is not None and amount + before >= order.amount.amount:
        _back(sale, on, at, Actor(Entry.ActorKind.SYSTEM, by))


def lose_again(order: Order, *, at: dt.datetime, by: str) -> None:
    """What came back before anybody had the order is not earned, either. In the running transaction."""
    before = Decimal(0)
    for row in OrderReturn.objects.filter(order=order).order_by("pk"):
        lose_on(order, row.amount, before, number=row.number, on=row.on, at=at, by=by)
        before += row.amount


def _back(sale: Sale, on: dt.date, at: dt.datetime, actor: Actor) -> None:
    """The deal pays nothing for what came back in whole; what it never paid, or took back already, stays."""
    try:
        return_sale(sale, on=max(on, sale.ordered_on), at=at, actor=actor)
    except TransitionRefused:
        return
