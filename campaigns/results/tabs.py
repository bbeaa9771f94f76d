"""The pages of a campaign's results, side by side: what it came to, the numbers, the orders, the costs, the links."""

from typing import TYPE_CHECKING, Any

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from campaigns.planning.models import Campaign
from campaigns.planning.tabs import tabs_of

if TYPE_CHECKING:
    from crm.team.models import User

PAGES: tuple[tuple[str, Promise, str, str], ...] = (
    ("report", _("Report"), "campaign-report", "campaigns.view_report"),
    ("tiers", _("By tier"), "campaign-tiers", "campaigns.view_report"),
    ("numbers", _("Numbers"), "campaign-numbers", "campaigns.view_report"),
    ("orders", _("Orders"), "campaign-orders", "campaigns.view_report"),
    ("costs", _("Costs"), "campaign-costs", "campaigns.view_report"),
    ("links", _("Shared"), "report-links", "campaigns.share_report"),
)
"""Key, label, address, who may."""


def head_of(campaign: Campaign, user: "User", active: str) -> dict[str, Any]:
    """What templates/campaigns/results/_head.html needs; asks the database nothing."""
    return {
        "campaign": campaign,
        "tabs": tabs_of(campaign, user, "results"),
        "subtabs": [
            {"label": label, "url": url, "active": key == active, "count": ""}
            for key, label, name, permission in PAGES
            if user.has_perm(permission) and (url := address_of(name, campaign))
        ],
    }


def address_of(name: str, campaign: Campaign) -> str:
    """Empty where a page does not stand."""
    try:
        return reverse(name, args=[campaign.pk])
    except NoReverseMatch:
        return ""
