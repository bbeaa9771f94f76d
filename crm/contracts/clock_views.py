"""The page of the clock."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from crm.contracts.clock import AHEAD, BACK, SPANS, USUAL, costs_of, span_tabs, weeks_of, within
from crm.contracts.forms.clock import ClockFilter
from crm.reminders.closing import closing
from crm.team.views.access import me, needs

PAGE = 50


@require_safe
@needs("crm.view_contract")
def clock(request: HttpRequest) -> HttpResponse:
    """What ends soon, what is over and must come down, and what going on costs."""
    user, now = me(request), timezone.now()
    found = closing(user, now, back=BACK, ahead=AHEAD)
    form = ClockFilter(request.GET, found=found)
    narrow = form.narrow(found)
    span = request.GET.get("within", USUAL)
    span = span if span in SPANS else USUAL
    shown = within(narrow, span, now)
    kept = request.GET.copy()
    kept.pop("page", None)
    page = Paginator(shown, PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "tabs": span_tabs(narrow, span, kept, now),
        "span": span,
        "page_obj": page,
        "weeks": weeks_of(page.object_list, user, now),
        "costs": costs_of(shown),
        "many": len(shown),
        "late": sum(one.due_at <= now for one in shown),
        "narrowed": bool(form.asked),
    }
    return render(request, "crm/contracts/clock.html", context)
