"""Prices: written down with what drove them. A newer price for the same ends the older one the day before."""

import datetime as dt
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from crm.influencers.actions.details import add_detail, change_detail
from crm.influencers.models import Influencer, RateCard
from crm.influencers.queries.accounts import AccountCard, accounts_of
from crm.timeline.record import Actor


def add_rate(rate: RateCard, *, at: dt.datetime, actor: Actor) -> RateCard | None:
    """Keep a price; answers the one it takes the place of. ValidationError when one begins on that very day."""
    with transaction.atomic():
        _refuse_twice(rate)
        _note_drivers(rate)
        replaced = before(rate)
        add_detail(rate, at=at, actor=actor)
    return replaced


def change_rate(rate: RateCard, *, seen: dt.datetime, at: dt.datetime, actor: Actor) -> bool:
    """Correct a price. Raises `ChangedMeanwhile`, and ValidationError when another begins on that very day."""
    with transaction.atomic():
        _refuse_twice(rate)
        return change_detail(rate, seen=seen, at=at, actor=actor)


def before(rate: RateCard) -> RateCard | None:
    """The price for the same that is valid when this one begins."""
    earlier = RateCard.objects.for_the_same(rate).filter(valid_from__lt=rate.valid_from)
    last = earlier.order_by("-valid_from", "-pk").first()
    return last if last and (last.valid_to is None or last.valid_to >= rate.valid_from) else None


def _refuse_twice(rate: RateCard) -> None:
    """Two colleagues who write at once stand in line here: one of them is told."""
    Influencer.objects.select_for_update(of=("self",), no_key=True).get(pk=rate.influencer_id)
    if RateCard.objects.for_the_same(rate).filter(valid_from=rate.valid_from).exists():
        raise ValidationError(
            _("There is a price for the same from that very day. Correct that one, or choose another first day."),
            code="twice",
        )


def _note_drivers(rate: RateCard) -> None:
    """Followers and engagement rate of the account, or of the largest one, as they are known now."""
    cards = accounts_of(rate.influencer_id)
    card = next((one for one in cards if rate.account_id in (None, one.pk)), None)
    if card is not None:
        rate.followers, rate.engagement_rate = card.followers, _engagement(card)


def _engagement(card: AccountCard) -> Decimal | None:
    if not card.newest:
        return None
    counted, share = card.newest[0]
    return round(share * 100, 3) if share is not None else counted.given
