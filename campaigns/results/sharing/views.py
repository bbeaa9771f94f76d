"""Who may read a report by a link, as colleagues see it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from campaigns.planning.models import Campaign
from campaigns.planning.views.doors import actor_of, colleague, find_campaign, may, refuse
from campaigns.results.models import ReportLink
from campaigns.results.sharing.actions import share, take_back
from campaigns.results.sharing.forms import ShareForm
from campaigns.results.sharing.listing import rows_of
from campaigns.results.tabs import head_of
from crm.portal.visits import private
from crm.timeline.transitions import TransitionRefused

shares = may("campaigns.share_report")


@shares
@require_http_methods(["GET", "HEAD", "POST"])
def links(request: HttpRequest, pk: int) -> HttpResponse:
    """All links of a report. POST makes one; its address stands on this page once and nowhere ever again."""
    campaign, address = find_campaign(request, pk), ""
    form = ShareForm(request.POST or None, initial={"language": colleague(request).language})
    refused = form.is_bound and not form.is_valid()
    if form.is_bound and not refused:
        _link, address = share(campaign, **form.cleaned_data, at=timezone.now(), user=colleague(request))
        form = ShareForm(initial={"language": form.cleaned_data["language"]})
    return _draw(request, campaign, form, address=address, status=422 if refused else 200)


@shares
@require_POST
def link_take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """It opens nothing any more."""
    seen = ReportLink.objects.visible_to(colleague(request)).select_related("campaign__brand")
    link: ReportLink = get_object_or_404(seen, pk=pk)
    back = reverse("report-links", args=[link.campaign_id])
    try:
        take_back(link, at=timezone.now(), actor=actor_of(request))
    except TransitionRefused as why:
        return refuse(request, why, back)
    messages.success(request, _("The link for %(label)s opens nothing any more.") % {"label": link.label})
    return redirect(back)


def _draw(request: HttpRequest, campaign: Campaign, form: ShareForm, *, address: str, status: int) -> HttpResponse:
    context = {
        **head_of(campaign, colleague(request), "links"),
        "form": form,
        "address": address,
        "rows": rows_of(campaign, timezone.now()),
    }
    return private(render(request, "campaigns/results/sharing/links.html", context, status=status))
