"""What somebody's part may cost: her own prices first, then what we paid her before, then what others say of such accounts."""

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from django.utils.translation import gettext as _
from djmoney.money import Money

from campaigns.planning.models import Campaign, Collaboration
from crm.base.formats import day_words, money_full, money_short
from crm.influencers.models import Format, RateCard, SocialAccount
from crm.team.models import User
from crm.vetting.authenticity.signs import dated
from crm.vetting.models import PriceBand


@dataclass(frozen=True)
class Hint:
    """One thing that says something about the price, and who says it."""

    words: str
    origin: str
    is_indicative: bool = False


@dataclass
class Prices:
    """What she asks for what the campaign expects, where she said so, and every hint, the nearest first."""

    asks: Money | None
    rates: Sequence[RateCard]
    before: Collaboration | None
    bands: Sequence[PriceBand]

    @property
    def paid(self) -> Money | None:
        return self.before.fee if self.before else None

    @cached_property
    def hints(self) -> list[Hint]:
        """In words only for those who are looked at."""
        own = [Hint(_rate_words(rate), _own_words(rate)) for rate in self.rates]
        paid = [Hint(money_full(self.paid), _before_words(self.before))] if self.before and self.paid else []
        others = [Hint(_band_words(band), _said_by(band), is_indicative=True) for band in self.bands]
        return [*own, *paid, *others]

    @property
    def first(self) -> Hint | None:
        return self.hints[0] if self.hints else None

    @property
    def more(self) -> list[Hint]:
        return self.hints[1:]


def prices_of(
    rates: Sequence[RateCard],
    formats: Sequence[Format],
    account: SocialAccount | None,
    before: Collaboration | None,
    bands: Iterable[PriceBand],
) -> Prices:
    """Her own card as it holds today, for what is expected; the rest are hints."""
    chosen = [rate for one in formats if (rate := _for_format(rates, one)) is not None]
    chosen = chosen or [rate for rate in rates if rate.package or rate.format_id is None] or list(rates)
    return Prices(_asks(chosen, formats), chosen, before, [band for band in bands if _holds(band, account)])


def _for_format(rates: Iterable[RateCard], wanted: Format) -> RateCard | None:
    """The cheapest for this format; the rates come the cheapest first."""
    return next((rate for rate in rates if rate.format_id == wanted.pk and not rate.package), None)


def _asks(chosen: Sequence[RateCard], formats: Sequence[Format]) -> Money | None:
    """All that is expected together, if she named a price for each; else the least she takes for anything."""
    priced = [rate for rate in chosen if any(rate.format_id == one.pk for one in formats) and not rate.package]
    if formats and len(priced) == len(formats):
        currencies = {str(rate.price.currency) for rate in priced}
        if len(currencies) == 1:
            return Money(sum((rate.price.amount for rate in priced), Decimal(0)), currencies.pop())
        return None
    return chosen[0].price if len(chosen) == 1 or (chosen and not formats) else None


def _rate_words(rate: RateCard) -> str:
    price = money_full(rate.price)
    if rate.price_to is not None:
        price = _("%(low)s to %(high)s") % {"low": price, "high": money_full(rate.price_to, str(rate.price.currency))}
    what = rate.package or (rate.format.name if rate.format else "")
    return f"{what}: {price}" if what else price


def _own_words(rate: RateCard) -> str:
    tax = f", {rate.get_tax_display()}" if rate.tax else ""
    return _("her rate card since %(day)s") % {"day": day_words(rate.valid_from)} + tax


def _before_words(before: Collaboration) -> str:
    return _("agreed with her for %(campaign)s") % {"campaign": before.campaign.name}


def _band_words(band: PriceBand) -> str:
    low = money_short(band.low, band.currency)
    if band.high is None:
        return _("from %(low)s a post") % {"low": low}
    return _("%(low)s to %(high)s a post") % {"low": low, "high": money_short(band.high, band.currency)}


def _said_by(band: PriceBand) -> str:
    return _("indicative, %(source)s") % {"source": dated(band.set_name, band.source_year)}


def _holds(band: PriceBand, account: SocialAccount | None) -> bool:
    if account is None or account.followers is None:
        return False
    return (
        band.platform_id in (None, account.platform_id)
        and band.from_followers <= account.followers
        and (band.to_followers is None or account.followers < band.to_followers)
    )


def paid_before(people: Collection[int], campaign: Campaign, user: User) -> dict[int, Collaboration]:
    """What each agreed to most recently for another campaign this colleague may know of. One query."""
    rows = Collaboration.objects.visible_to(user).promised().filter(influencer_id__among=people, fee__isnull=False)
    newest = rows.exclude(campaign=campaign).select_related("campaign").order_by("promised_at", "pk")
    return {card.influencer_id: card for card in newest}


def bands_in(currency: str, on: dt.date) -> list[PriceBand]:
    """What others say in this currency, the newest first. One query."""
    rows = PriceBand.objects.valid_on(on).filter(currency=currency)
    return list(rows.order_by("-source_year", "set_name", "from_followers"))
