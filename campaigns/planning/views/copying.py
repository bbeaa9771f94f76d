"""A campaign like another one, in one step."""

from django.contrib import messages
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from campaigns.planning.actions.copying import Copy, copy_campaign
from campaigns.planning.forms.copying import CopyForm
from campaigns.planning.models import Campaign
from campaigns.planning.views.doors import actor_of, colleague, find_campaign, works
from campaigns.planning.views.people import result_page
from crm.timeline.transitions import TransitionRefused


@works
@require_http_methods(["GET", "HEAD", "POST"])
def campaign_copy(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks for a name and days; with people it shows what became of each."""
    old = find_campaign(request, pk)
    form = CopyForm(request.POST or None, campaign=old)
    made = _copy(request, old, form) if request.method == "POST" and form.is_valid() else None
    if made is None:
        context = {"form": form, "campaign": old}
        return render(request, "campaigns/planning/copy.html", context, status=422 if form.is_bound else 200)
    messages.success(request, _("The copy is open as a draft. Nothing of what happened came along."))
    if made.verdicts:
        return result_page(request, made.campaign, made.verdicts)
    return redirect("campaign", pk=made.campaign.pk)


def _copy(request: HttpRequest, old: Campaign, form: CopyForm) -> Copy | None:
    """The copy, or None with the reason on the form."""
    try:
        return copy_campaign(
            old, **form.cleaned_data, owner=colleague(request), at=timezone.now(), actor=actor_of(request)
        )  # fmt: skip
    except TransitionRefused as refused:
        form.add_error(None, str(refused))
    except IntegrityError:
        form.add_error("name", _("This brand already has a campaign of that name. Give this one another name."))
    return None
