"""What a colleague decides about posts of deals: what counts as well, and planning what has no card."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from campaigns.planning.models.promises import PromiseHeld
from campaigns.planning.standing.both import count_also
from campaigns.planning.standing.forms import CountsForm
from campaigns.planning.standing.missing import plan_missing
from campaigns.planning.views.deliverables import form_page, place_of
from campaigns.planning.views.doors import actor_of, colleague, find_deliverable, works
from crm.ambassadors.doors import back
from crm.ambassadors.models import DealPeriod
from crm.timeline.transitions import TransitionRefused


@works
@require_http_methods(["GET", "HEAD", "POST"])
def deliverable_counts(request: HttpRequest, pk: int) -> HttpResponse:
    """Whether a post counts for her ambassador deal as well."""
    row = find_deliverable(request, pk)
    form = CountsForm(request.POST if request.method == "POST" else None, deliverable=row)
    if request.method == "POST" and form.is_valid():
        try:
            count_also(row, form.cleaned_data["line"], at=timezone.now(), actor=actor_of(request))
        except TransitionRefused as refused:
            form.add_error("line", str(refused))
        else:
            messages.success(request, _("Saved. It is counted once it is out."))
            return redirect(place_of(row))
    return form_page(request, row, form, _("Counts for her ambassador deal"))


@works
@require_POST
def period_plan_missing(request: HttpRequest, pk: int) -> HttpResponse:
    """Plan what a period still owes and has no card."""
    period = get_object_or_404(DealPeriod.objects.visible_to(colleague(request)).open().select_related("deal"), pk=pk)
    try:
        number = plan_missing(period, at=timezone.now(), actor=actor_of(request))
    except PromiseHeld as held:
        messages.warning(request, str(held))
    else:
        said = ngettext("%(n)d post is planned.", "%(n)d posts are planned.", number) % {"n": number}
        messages.success(request, said if number else _("Everything that is owed is planned already."))
    return back(period.deal, "posts")
