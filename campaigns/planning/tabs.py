"""The pages of one campaign, side by side: the board, the plan, and what rooms above add."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from campaigns.planning.models import Campaign
from crm.base.places import Place

if TYPE_CHECKING:
    from crm.team.models import User

campaign_tab: Place[Callable[[Campaign, "User"], str]] = Place("campaign_tab")
"""`@campaign_tab("brief", label=_("Brief"), order=30)`: function(campaign, user) -> the page's address, empty to stay away.
Asked on every page of a campaign, so it asks the database nothing."""


@campaign_tab("board", label=_("Board"), order=10)
def board_tab(campaign: Campaign, user: "User") -> str:
    return reverse("campaign", args=[campaign.pk])


@campaign_tab("goal", label=_("Goal"), order=15)
def goal_tab(campaign: Campaign, user: "User") -> str:
    return "" if campaign.is_standing else reverse("campaign-goal", args=[campaign.pk])


@campaign_tab("plan", label=_("Plan"), order=20)
def plan_tab(campaign: Campaign, user: "User") -> str:
    return "" if campaign.is_standing else reverse("campaign-plan", args=[campaign.pk])


@campaign_tab("calendar", label=_("Calendar"), order=40)
def calendar_tab(campaign: Campaign, user: "User") -> str:
    return f"{reverse('calendar')}?campaign={campaign.pk}&what=all"


@campaign_tab("wrap-up", label=_("Wrap up"), order=90)
def wrap_up_tab(campaign: Campaign, user: "User") -> str:
    """From the day it goes live: what was learned is written down while it is fresh. What stands has no end."""
    if campaign.is_standing:
        return ""
    is_early = campaign.status in (Campaign.Status.DRAFT, Campaign.Status.CANCELLED)
    return "" if is_early else reverse("campaign-wrap-up", args=[campaign.pk])


def tabs_of(campaign: Campaign, user: "User", active: str) -> list[dict[str, Any]]:
    """The tabs above a campaign's page, as components/tabs.html draws them."""
    found = [(placed, placed.call(campaign, user)) for placed in campaign_tab.all()]
    return [
        {"label": placed.words["label"], "url": url, "active": placed.key == active, "count": ""}
        for placed, url in found
        if url
    ]
