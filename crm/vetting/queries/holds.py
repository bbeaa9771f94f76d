"""What holds an offer: a failed hard item nobody has overridden, or a large offer to somebody nobody screened."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Sequence

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from djmoney.money import Money

from crm.base.formats import day_words, money_full
from crm.influencers.models import Influencer
from crm.influencers.places import Offer, OfferHold
from crm.vetting.actions import AUTHENTICITY
from crm.vetting.models import Check, CheckItem
from crm.vetting.queries.rules import offer_limits_on


def holds_on(influencer: Influencer, now: dt.datetime, fee: Money | None = None) -> list[OfferHold]:
    """What keeps an offer to this person from being agreed; empty when nothing does."""
    return holds_on_offers([Offer(influencer.pk, fee)], now).get(influencer.pk, [])


def holds_on_offers(offers: Collection[Offer], now: dt.datetime) -> dict[int, list[OfferHold]]:
    """The same for many people, by person; a fixed number of queries."""
    on = timezone.localdate(now)
    held: dict[int, list[OfferHold]] = defaultdict(list)
    for check in failed_checks([offer.influencer_id for offer in offers], on):
        held[check.influencer_id].append(OfferHold(failed_words(check), vetting_url(check.influencer_id)))
    for person, why in unscreened(large_offers(offers, on), on).items():
        held[person].append(OfferHold(why, vetting_url(person)))
    return dict(held)


def vetting_url(person: int) -> str:
    return reverse("person-vetting", args=[person])


def failed_checks(people: Collection[int], on: dt.date) -> Sequence[Check]:
    """Failed hard items that hold, of items still in force."""
    items = CheckItem.objects.valid_on(on)
    rows = Check.objects.holding().filter(influencer__in=people, item__in=items)
    return list(rows.select_related("item", "checked_by").order_by("item__position", "pk"))


def failed_words(check: Check) -> str:
    who = check.checked_by.get_short_name() if check.checked_by else _("a former colleague")
    return _("“%(item)s” failed on %(day)s (%(who)s).") % {
        "item": check.item,
        "day": day_words(check.checked_on),
        "who": who,
    }


def large_offers(offers: Collection[Offer], on: dt.date) -> dict[int, tuple[Money, Money]]:
    """By person, the offer and the limit it passes; a currency without a limit passes none."""
    if not any(offer.fee for offer in offers):
        return {}
    limits = offer_limits_on(on)
    large = {}
    for offer in offers:
        limit = limits.get(str(offer.fee.currency)) if offer.fee else None
        if offer.fee and limit is not None and offer.fee.amount > limit.limit:
            large[offer.influencer_id] = (offer.fee, Money(limit.limit, limit.currency))
    return large


def unscreened(large: dict[int, tuple[Money, Money]], on: dt.date) -> dict[int, str]:
    """Why, for people with a large offer and no authenticity check that is valid and did not fail unanswered."""
    item = CheckItem.objects.valid_on(on).filter(code=AUTHENTICITY).first() if large else None
    if item is None:
        return {}
    looked = Check.objects.standing().filter(influencer__in=large, item=item, expires_on__gte=on)
    fit = looked.filter(~Q(verdict=Check.Verdict.FAIL) | Q(override__isnull=False))
    screened = set(fit.values_list("influencer_id", flat=True))
    return {
        person: _("%(fee)s is above %(limit)s, and “%(item)s” has not passed or is too old.")
        % {"fee": money_full(fee), "limit": money_full(limit), "item": item}
        for person, (fee, limit) in large.items()
        if person not in screened
    }
