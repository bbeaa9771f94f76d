"""How a campaign's content is approved, among its pages; and what further rounds cost, on the card."""

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from campaigns.planning.models import Campaign, Collaboration
from campaigns.planning.tabs import campaign_tab
from crm.base.places import panel
from crm.team.views.access import me

if TYPE_CHECKING:
    from crm.team.models import User


@campaign_tab("approvals", label=_("Approval"), order=65)
def approvals_tab(campaign: Campaign, user: "User") -> str:
    """For those who may change it; everybody else sees it on the page of a version."""
    return reverse("campaign-approvals", args=[campaign.pk]) if user.has_perm("campaigns.change_policy") else ""


@panel("collaboration/extra-rounds", order=45)
def extra_rounds(request: HttpRequest, card: Collaboration) -> tuple[str, dict[str, Any]] | None:
    """Rounds of changes beyond what was agreed, why, and what they add to her fee; nothing where there were none."""
    if not me(request).has_perm("campaigns.view_review"):
        return None
    rows = list(card.extra_rounds.select_related("version__deliverable__format__platform", "by"))
    return ("campaigns/approvals/deciding/extra_rounds.html", {"rows": rows}) if rows else None
