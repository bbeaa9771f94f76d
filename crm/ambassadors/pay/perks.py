"""What an ambassador is given beside money: by hand, by the tier she stands on, and what she used of it."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from crm.ambassadors.models import AmbassadorDeal, DealPeriod, PerkGrant, TierPerk
from crm.ambassadors.telling import tell
from crm.base.formats import money_full
from crm.timeline.record import SYSTEM, Actor

GIVEN = _("Perk given: %(perk)s")
USED = _("Perk used: %(perk)s, %(part)s")
USED_UP = _("Perk used up: %(perk)s")


def give_perk(grant: PerkGrant, *, at: dt.datetime, actor: Actor) -> PerkGrant:
    """Give something by hand."""
    with transaction.atomic():
        grant.save(force_insert=True)
        _tell(grant, "perk.given", GIVEN, {}, at, actor)
    return grant


def give_tier_perks(deal: AmbassadorDeal, *, on: dt.date, at: dt.datetime) -> None:
    """What her tier brings once, at once; what she has already she is not given again. Within a held deal."""
    if deal.tier is not None:
        for perk in deal.tier.perks.once():
            _give(deal, perk, None, on, at)


def give_period_perks(period: DealPeriod, *, at: dt.datetime) -> None:
    """What her tier brings in every period, as it begins. Within a held period."""
    if period.deal.tier is not None:
        for perk in period.deal.tier.perks.every_period():
            _give(period.deal, perk, period, period.first_on, at)


def _give(deal: AmbassadorDeal, perk: TierPerk, period: DealPeriod | None, on: dt.date, at: dt.datetime) -> None:
    if PerkGrant.objects.filter(deal=deal, perk=perk, period=period).exists():
        return
    grant = PerkGrant(
        deal=deal, perk=perk, period=period, kind=perk.kind, label=perk.label, value=perk.value, granted_on=on
    )
    give_perk(grant, at=at, actor=SYSTEM)


def use_perk(grant: PerkGrant, part: Decimal | None, *, on: dt.date, at: dt.datetime, actor: Actor) -> None:
    """She used all that is left of it, or a part of its worth. Raises ValidationError where less is left."""
    with transaction.atomic():
        stored = PerkGrant.objects.select_for_update(of=("self",)).select_related("deal__contract").get(pk=grant.pk)
        left = left_of(stored)
        if stored.used_on is not None or (part is not None and left is not None and part > left):
            raise ValidationError({"part": _refusal(stored, left)}, code="used")
        stored.used += part if part is not None else (left or Decimal(0))
        if part is None or stored.value is None or stored.used == stored.value.amount:
            stored.used_on = on
        stored.save(update_fields=["used", "used_on", "updated_at"])
        said = {"part": money_full(part, str(stored.value.currency)) if part and stored.value else ""}
        _tell(stored, "perk.used", USED_UP if stored.used_on else USED, said, at, actor)


def left_of(grant: PerkGrant) -> Decimal | None:
    """What is left of its worth; None for what has no worth in money."""
    if grant.value is None:
        return None
    return Decimal(0) if grant.used_on else grant.value.amount - grant.used


def _refusal(grant: PerkGrant, left: Decimal | None) -> Any:
    if grant.used_on is not None or left is None:
        return _("It is used up already.")
    return _("Of it %(amount)s is left.") % {"amount": money_full(left, str(grant.value.currency))}


def _tell(grant: PerkGrant, verb: str, sentence: Any, said: dict[str, Any], at: dt.datetime, actor: Actor) -> None:
    tell(grant.deal, verb, sentence, params={"perk": grant.label, **said}, at=at, actor=actor)
