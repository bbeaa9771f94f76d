"""How ambassadors rise: by what they sold or posted, by themselves; down only because somebody says so."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Sum
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from crm.ambassadors.models import AmbassadorDeal, PeriodQuota, ProgramTier, TierMove
from crm.ambassadors.pay.perks import give_tier_perks
from crm.ambassadors.telling import tell
from crm.base.formats import count_full, money_full
from crm.base.zones import local_date
from crm.timeline.record import SYSTEM, Actor, in_language

ROSE = _("Rose to %(tier)s in %(program)s: %(why)s")
PUT = _("Put on %(tier)s in %(program)s: %(why)s")
BY_SALES = _("%(amount)s sold")
BY_POSTS = _("%(count)s posts")
BEGIN = _("where everybody begins")


@dataclass(frozen=True)
class Merits:
    """What somebody has sold, by currency, and posted under a deal so far."""

    sales: Mapping[str, Decimal]
    posts: int


def merits_of(deal: AmbassadorDeal) -> Merits:
    """Orders that were not returned, and posts that count. Two queries."""
    sold = deal.sales.counting().order_by().values_list("gross_currency").annotate(Sum("gross"))
    posted = PeriodQuota.objects.filter(period__deal=deal).aggregate(sum=Sum("delivered"))["sum"]
    return Merits(dict(sold), posted or 0)


def reached(tiers: Iterable[ProgramTier], merits: Merits) -> ProgramTier | None:
    """The highest tier she has earned by sales or by posts. One without a threshold is given by hand only, but for the
    first, where everybody begins.
    """
    earned = [tier for tier in tiers if tier.rank == 1 or _is_earned(tier, merits)]
    return max(earned, key=lambda tier: tier.rank, default=None)


def _is_earned(tier: ProgramTier, merits: Merits) -> bool:
    return _by_sales(tier, merits) or (tier.from_posts is not None and merits.posts >= tier.from_posts)


def _by_sales(tier: ProgramTier, merits: Merits) -> bool:
    asked = tier.from_sales
    return asked is not None and merits.sales.get(str(asked.currency), Decimal(0)) >= asked.amount


def rise(deal: AmbassadorDeal, *, now: dt.datetime) -> ProgramTier | None:
    """The tier she rises to, with its perks at once; None where she stands as high as she has earned. Never down."""
    if not deal.program.has_tiers:
        return None
    merits = merits_of(deal)
    with transaction.atomic():
        stored = _held(deal)
        tier = reached(stored.program.tiers.all(), merits)
        if tier is None or (stored.tier is not None and tier.rank <= stored.tier.rank):
            return None
        _put(stored, tier, _why(tier, merits), ROSE if stored.tier else PUT, at=now, actor=SYSTEM)
    deal.tier = tier
    return tier


def put_on_tier(deal: AmbassadorDeal, tier: ProgramTier, why: str, *, at: dt.datetime, actor: Actor) -> None:
    """Somebody who decides puts her on another tier, up or down, and says why. Raises ValidationError."""
    if not why.strip():
        raise ValidationError({"why": _("Say why.")}, code="why")
    if tier.program_id != deal.program_id:
        raise ValidationError({"tier": _("This tier belongs to another programme.")}, code="program")
    with transaction.atomic():
        stored = _held(deal)
        if stored.tier_id == tier.pk:
            raise ValidationError({"tier": _("She stands on this tier already.")}, code="same")
        _put(stored, tier, why, PUT, at=at, actor=actor)
    deal.tier = tier


def _held(deal: AmbassadorDeal) -> AmbassadorDeal:
    rows = AmbassadorDeal.objects.select_for_update(of=("self",))
    return rows.select_related("contract__owner", "program", "tier", "influencer").get(pk=deal.pk)


def _put(deal: AmbassadorDeal, tier: ProgramTier, why: Any, sentence: Any, *, at: dt.datetime, actor: Actor) -> None:
    on, former = local_date(at, deal.contract.zone), deal.tier
    TierMove.objects.create(
        deal=deal,
        tier=tier,
        former=former,
        from_on=on,
        why=in_language(deal.contract.owner.language, why, {})[:300],
        at=at,
        by=actor.label,
    )
    deal.tier = tier
    deal.save(update_fields=["tier", "updated_at"])
    params = {"tier": tier, "program": deal.program, "why": why}
    changes = {"tier": (former or "", tier)}
    tell(deal, "program.tier", sentence, params=params, changes=changes, at=at, actor=actor)
    give_tier_perks(deal, on=on, at=at)


def _why(tier: ProgramTier, merits: Merits) -> Any:
    """What she rose by, in the language of whoever reads it."""

    def said() -> str:
        if _by_sales(tier, merits):
            currency = str(tier.from_sales.currency)
            return BY_SALES % {"amount": money_full(merits.sales[currency], currency)}
        return BY_POSTS % {"count": count_full(merits.posts)} if tier.from_posts is not None else str(BEGIN)

    return lazy(said, str)()
