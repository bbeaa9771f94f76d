"""What campaigns have to say when two people become one, or two again. Cards move by themselves."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from campaigns.planning.models import Collaboration, Deliverable
from crm.contracts.models import Party
from crm.influencers.places import may_merge, may_part

if TYPE_CHECKING:
    from crm.influencers.models import Influencer, Merge
    from crm.team.models import User

SETTLED = (Collaboration.Status.OFF, Collaboration.Status.DONE)

BOTH = _(
    "Both are in “{campaign}”, and the card of {name} is still going on. Put it to “Not going ahead” first, or let "
    "{name} stay."
)
BOTH_HIDDEN = _(
    "Both are in a campaign of a brand you do not see, and the card of {name} is still going on. Let {name} stay, or "
    "ask a manager."
)
BOTH_SIGN = _(
    "Both are named in contract “{contract}”, and the card of {name} in “{campaign}” goes on under it. Take the card out "
    "from under the contract first, or let {name} stay."
)
NAMED = _(
    "“{what}” in “{campaign}” was planned since, for an account that would go back to {name}. Give it another account "
    "first."
)
NAMED_HIDDEN = _(
    "Something of a brand you do not see was planned since, for an account that would go back to {name}. Ask a manager."
)


@may_merge("campaigns", order=10)
def both_in_one_campaign(stays: "Influencer", goes: "Influencer", user: "User | None") -> list[Any]:
    """One person has one card in a campaign. A settled one stays visible as it was; one that goes on cannot."""
    campaigns = Collaboration.objects.filter(influencer=stays).values("campaign")
    going_on = Collaboration.objects.filter(influencer=goes, campaign__in=campaigns).exclude(status__in=SETTLED)
    return list(_said(going_on.select_related("campaign"), goes, user))


@may_merge("contracts", order=11)
def both_in_one_contract(stays: "Influencer", goes: "Influencer", user: "User | None") -> list[Any]:
    """A contract names one person once: her side of it would stay behind, and her card would go without it."""
    theirs = Party.objects.talents().filter(influencer=stays).values("contract")
    cards = Collaboration.objects.going_ahead().filter(influencer=goes, party__contract__in=theirs)
    found = cards.select_related("campaign", "party__contract").order_by("pk")
    return [
        format_lazy(BOTH_SIGN, contract=card.party.contract, name=goes.stage_name, campaign=card.campaign.name)
        if _may_see(user, card.campaign.brand_id)
        else format_lazy(BOTH_HIDDEN, name=goes.stage_name)
        for card in found
        if card.party is not None
    ]


def _said(cards: Any, goes: "Influencer", user: "User | None") -> Iterator[Any]:
    for card in cards.order_by("pk"):
        sentence = BOTH if _may_see(user, card.campaign.brand_id) else BOTH_HIDDEN
        yield format_lazy(sentence, campaign=card.campaign.name, name=goes.stage_name)


@may_part("campaigns", order=10)
def planned_since(merge: "Merge", user: "User | None") -> list[Any]:
    """What was planned since for an account that would go back, in a card that would not."""
    accounts = merge.moved.get("crm.socialaccount.influencer_id", ())
    cards = merge.moved.get("campaigns.collaboration.influencer_id", ())
    rows = Deliverable.objects.with_card().filter(account__in=accounts, collaboration__influencer=merge.stays_id)
    found = rows.exclude(collaboration__in=cards).order_by("pk")[:5]
    return [
        format_lazy(
            NAMED if _may_see(user, row.collaboration.campaign.brand_id) else NAMED_HIDDEN,
            what=str(row),
            campaign=row.collaboration.campaign.name,
            name=merge.goes.stage_name,
        )
        for row in found
    ]


def _may_see(user: "User | None", brand: int) -> bool:
    brands = user.brand_ids() if user is not None else None
    return brands is None or brand in brands
