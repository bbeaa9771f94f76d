"""Opening a campaign and changing what is written about it."""

import datetime as dt
from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from campaigns.planning.door import check_budget
from campaigns.planning.models import Campaign, Collaboration, Refused, ring_after_commit
from campaigns.planning.models.promises import follow_promises
from campaigns.planning.standing.paid import check_fee
from campaigns.planning.umbrella import check_part
from crm.brands.models import Territory
from crm.exclusivity.gate import Busy, Door, hold_all
from crm.exclusivity.models import Clause
from crm.timeline.record import Actor, record, subject_of

TOLD = (
    "name", "parent", "opens_alone", "goal", "category", "start_on", "end_on", "zone", "budget", "markup", "owner", "about",
    "second_goal", "mode", "why", "risk", "age_from", "age_to", "gender",
)  # fmt: skip


def save_campaign(
    campaign: Campaign, *, runs_in: Collection[Territory] | None = None, at: dt.datetime, actor: Actor
) -> None:
    """Store a new campaign, or what was changed on one, and tell the story with old and new values.

    `runs_in` are the places it runs in; None leaves them as they are. Promises counted from its days follow, all or none:
    raises PromiseHeld when one would reach over work that is agreed.
    """
    if campaign.pk is None:
        with transaction.atomic():
            check_part(campaign)
            campaign.save()
            _tell("campaign.created", _("Campaign %(campaign)s was opened"), campaign, runs_in, {}, at, actor)
        return
    with transaction.atomic():
        if campaign.parent_id != Campaign.objects.values_list("parent_id", flat=True).get(pk=campaign.pk):
            check_part(campaign)
        before = Campaign.objects.select_for_update(of=("self",)).select_related("owner", "parent").get(pk=campaign.pk)
        changes = differences(before, campaign)
        if runs_in is not None:
            changes |= moved_places(before, runs_in)
        if not changes:
            return
        cards = bound_by(campaign, changes)
        people = _hold(campaign, cards)
        campaign.status = before.status
        campaign.offers_open_at, campaign.offers_open_because = before.offers_open_at, before.offers_open_because
        campaign.save()
        _tell("campaign.changed", _("Campaign %(campaign)s was changed"), campaign, runs_in, changes, at, actor)
        for card in cards:
            card.campaign = campaign
            follow_promises(card, Door(people, at), actor=actor, is_choice=True)


def _hold(campaign: Campaign, cards: Collection[Collaboration]) -> frozenset[int]:
    """Hold everybody whose promises follow the campaign; Refused when somebody else has held them for too long."""
    try:
        return hold_all([card.influencer_id for card in cards])
    except Busy as error:
        raise Refused(campaign, error) from error


def bound_by(campaign: Campaign, changes: Collection[str]) -> list[Collaboration]:
    """The cards whose promises hang on what changes: on its days, or on what is made and where it is shown."""
    cards = campaign.collaborations.going_ahead().select_related("influencer").order_by("influencer_id")
    if {"category", "territories"} & set(changes):
        return list(cards)
    if {"start_on", "end_on", "zone"} & set(changes):
        counted = set(Clause.objects.filter(anchor=Clause.Anchor.TERM).works_of(subject_of(card) for card in cards))
        return [card for card in cards if subject_of(card) in counted]
    return []


def _tell(
    verb: str, sentence: Any, campaign: Campaign, runs_in: Collection[Territory] | None,
    changes: dict[str, tuple[Any, Any]], at: dt.datetime, actor: Actor,
) -> None:  # fmt: skip
    if runs_in is not None:
        campaign.run_in(runs_in)
    record(
        verb,
        sentence,
        at=at,
        actor=actor,
        subject=campaign,
        params={"campaign": campaign},
        brand=campaign.brand_id,
        changes=changes,
    )
    ring_after_commit()


def differences(before: Campaign, after: Campaign) -> dict[str, tuple[Any, Any]]:
    pairs = {name: (getattr(before, name), getattr(after, name)) for name in TOLD}
    return {name: (old or "", new or "") for name, (old, new) in pairs.items() if old != new}


def moved_places(before: Campaign, runs_in: Collection[Territory]) -> dict[str, tuple[str, str]]:
    old, new = (", ".join(sorted(place.name for place in places)) for places in (before.territories.all(), runs_in))
    return {"territories": (old, new)} if old != new else {}


def save_terms(card: Collaboration, *, at: dt.datetime, actor: Actor) -> None:
    """Store fee, client price and note of one collaboration; its column is nobody's business here.

    Raises Refused when somebody who said yes would get a larger fee while offers to her are held, OverBudget when it
    no longer fits.
    """
    with transaction.atomic():
        before = Collaboration.objects.select_for_update().get(pk=card.pk)
        changes = {
            name: (getattr(before, name) or "", getattr(card, name) or "")
            for name in ("fee", "client_price", "note")
            if getattr(before, name) != getattr(card, name)
        }
        if not changes:
            return
        if is_raised(before.fee, card.fee):
            check_fee(card, card.fee)
        if before.is_promised and is_raised(before.fee, card.fee) and (why := card.held_because(at)):
            raise Refused(card, why)
        if before.is_promised and is_raised(before.fee, card.fee):
            check_budget(card, card.fee)
        prices = ["fee", "fee_currency", "client_price", "client_price_currency"]
        card.save(update_fields=[*prices, "note", "updated_at"])
        record(
            "collaboration.terms",
            _("Terms for %(campaign)s were changed"),
            at=at,
            actor=actor,
            subject=card,
            params={"campaign": card.campaign},
            influencer=card.influencer_id,
            brand=card.campaign.brand_id,
            changes=changes,
        )


def is_raised(before: Money | None, after: Money | None) -> bool:
    """Whether the new fee is more, or in another currency and so not to be compared."""
    if after is None or not after.amount:
        return False
    return before is None or before.currency != after.currency or after.amount > before.amount
