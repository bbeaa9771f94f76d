"""Samples among the pages of a campaign, and what of them is still open when it ends."""

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from campaigns.planning.models import Campaign
from campaigns.planning.places import StillOpen, wrapped_facts
from campaigns.planning.tabs import campaign_tab
from campaigns.samples.after import deal_loans  # noqa: F401  puts itself into the place of what was lent
from campaigns.samples.models import Purpose, ReturnRequest, SampleRequest

if TYPE_CHECKING:
    from crm.team.models import User

OUT = (SampleRequest.Status.SENT, SampleRequest.Status.ARRIVED)


@campaign_tab("samples", label=_("Samples"), order=65)
def samples_tab(campaign: Campaign, user: "User") -> str:
    if not user.has_perm("campaigns.view_sample"):
        return ""
    return f"{reverse('samples')}?{urlencode({'campaign': campaign.pk})}"


@wrapped_facts("samples")
def loans_and_returns(campaign: Campaign) -> StillOpen | None:
    """Loans that are out and everything asked back that nobody has looked at yet. One query."""
    asked = ReturnRequest.objects.filter(shipment__request=OuterRef("pk"))
    out = Q(purpose=Purpose.LOAN, status__in=OUT) & ~Exists(asked)
    rows = SampleRequest.objects.filter(collaboration__campaign=campaign).order_by()
    counted = rows.aggregate(all=Count("pk"), open=Count("pk", filter=out | Q(Exists(asked.unsettled()))))
    if not counted["all"]:
        return None
    if not counted["open"]:
        return StillOpen()
    said = ngettext("%(n)d loan or return is open.", "%(n)d loans and returns are open.", counted["open"])
    page = f"{reverse('samples')}?{urlencode({'tab': 'back', 'campaign': campaign.pk})}"
    return StillOpen(said % {"n": counted["open"]}, page)
