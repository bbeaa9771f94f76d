"""Briefs beside a campaign's other pages."""

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from campaigns.briefs import card_page  # noqa: F401  puts itself into the places of cards and links
from campaigns.briefs.actions import copying  # noqa: F401  puts itself into the place of copies
from campaigns.planning.models import Campaign
from campaigns.planning.tabs import campaign_tab

if TYPE_CHECKING:
    from crm.team.models import User


@campaign_tab("brief", label=_("Brief"), order=40)
def brief_tab(campaign: Campaign, user: "User") -> str:
    return reverse("campaign-brief", args=[campaign.pk])
