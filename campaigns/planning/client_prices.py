"""What the client pays for somebody, beside what she costs us: counted from her fee, and what remains between the two."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from babel.numbers import get_currency_precision
from django.db import transaction
from django.utils.translation import gettext as _
from djmoney.money import Money

from campaigns.planning.actions.campaigns import save_terms
from campaigns.planning.actions.work import each
from campaigns.planning.models import Collaboration, Refused
from campaigns.planning.verdicts import Verdict
from crm.base.formats import money_full, percent
from crm.timeline.record import Actor

WHOLE = ("IDR",)
"""Currencies nobody counts in cents, whatever the tables say."""


@dataclass(frozen=True)
class Fill:
    """How client prices are filled in: per cent on top of the fee, and whether what stands there gives way."""

    markup: Decimal
    overwrite: bool = False

    def price(self, card: Collaboration) -> Money:
        """The price of this card. Refused when there is no fee to count from, or a price that stays."""
        if card.fee is None:
            raise Refused(card, _("There is no fee to count from."))
        if card.client_price is not None and not self.overwrite:
            raise Refused(
                card, _("Has a client price: %(price)s. It stays.") % {"price": money_full(card.client_price)}
            )
        return with_markup(card.fee, self.markup)


def with_markup(fee: Money, markup: Decimal) -> Money:
    """The fee and so many per cent more, in whole units of its currency."""
    code = str(fee.currency)
    unit = Decimal(1) if code in WHOLE else Decimal(1).scaleb(-get_currency_precision(code))
    return Money((fee.amount * (100 + markup) / 100).quantize(unit, ROUND_HALF_UP), code)


def margin_words(card: Collaboration) -> str:
    """What remains of the client price after the fee, and as a share of the price; nothing where either is unknown."""
    fee, price = card.fee, card.client_price
    if fee is None or price is None or fee.currency != price.currency or not price.amount:
        return ""
    rest = price - fee
    return f"{money_full(rest)} ({percent(rest.amount / price.amount)})"


def fill_prices(cards: Sequence[Collaboration], fill: Fill, *, at: dt.datetime, actor: Actor) -> list[Verdict]:
    """Write a client price on every card that has a fee; the stored row decides, not the one at hand."""

    def write(card: Collaboration) -> Any:
        with transaction.atomic():
            stored = Collaboration.objects.select_for_update(of=("self",)).select_related("campaign").get(pk=card.pk)
            stored.client_price = fill.price(stored)
            save_terms(stored, at=at, actor=actor)
        return money_full(stored.client_price)

    return each(cards, write)
