"""Codes and links on a collaboration's page, and in the bulk bar of a board."""

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from campaigns.planning.models import Campaign, Collaboration
from campaigns.planning.places import card_work
from campaigns.planning.tabs import campaign_tab
from campaigns.planning.views.bulk import Bulk
from campaigns.planning.views.doors import colleague
from campaigns.tracking import deal_codes  # noqa: F401  puts itself into the place of who owns a code
from campaigns.tracking.forms import CodesForm
from campaigns.tracking.many import give_codes, preview_codes
from campaigns.tracking.shown import of_card
from crm.base.places import panel

if TYPE_CHECKING:
    from crm.team.models import User


@panel("collaboration/tracking", order=60)
def card_tracking(request: HttpRequest, card: Collaboration) -> tuple[str, dict[str, Any]] | None:
    """Her code, and for each thing she makes where its link leads and how often somebody came; from her yes on."""
    if not colleague(request).has_perm("campaigns.view_vouchercode"):
        return None
    tracked = of_card(card)
    if not (card.is_promised or tracked.code or tracked.retired or tracked.made):
        return None
    return "campaigns/tracking/card_panel.html", {"tracked": tracked, "home": request.build_absolute_uri("/")}


@campaign_tab("codes", label=_("Codes and links"), order=60)
def codes_tab(campaign: Campaign, user: "User") -> str:
    return reverse("campaign-codes", args=[campaign.pk]) if user.has_perm("campaigns.view_vouchercode") else ""


@card_work("codes", icon="tag")
def codes_for_many() -> Bulk:
    return Bulk("codes", _("Give codes"), _("Give them"), CodesForm, preview_codes, give_codes)
