"""The shortlist on other pages: a tab beside the board."""

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

import campaigns.shortlist.fit_weights
import campaigns.shortlist.votes_places  # noqa: F401  both put themselves into places of planning
from campaigns.planning.models import Campaign
from campaigns.planning.tabs import campaign_tab

if TYPE_CHECKING:
    from crm.team.models import User


@campaign_tab("shortlist", label=_("Shortlist"), order=20)
def shortlist_tab(campaign: Campaign, user: "User") -> str:
    return "" if campaign.is_standing else reverse("campaign-shortlist", args=[campaign.pk])
