"""Results beside the other pages of a campaign."""

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from campaigns.planning.models import Campaign
from campaigns.planning.tabs import campaign_tab

if TYPE_CHECKING:
    from crm.team.models import User


@campaign_tab("results", label=_("Results"), order=80)
def results_tab(campaign: Campaign, user: "User") -> str:
    return reverse("campaign-report", args=[campaign.pk]) if user.has_perm("campaigns.view_report") else ""
