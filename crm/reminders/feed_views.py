"""The page where a colleague gets an address for her calendar, and the address itself."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from crm.reminders import feeds
from crm.reminders.models import CalendarFeed
from crm.reminders.today_views import colleague


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def calendar_feed(request: HttpRequest) -> HttpResponse:
    """Make an address, a new one, or end it. The address is on the page once, right after it was made."""
    user, now, address = colleague(request), timezone.now(), ""
    if request.method == "POST" and "end" in request.POST:
        if feeds.end_address(user, at=now):
            messages.success(request, _("The address answers no more."))
        return redirect("calendar-feed")
    if request.method == "POST":
        address = feeds.new_address(user, at=now)
    known = CalendarFeed.objects.visible_to(user).standing().first()
    response = render(request, "crm/reminders/calendar_feed.html", {"feed": known, "address": address})
    response["Cache-Control"] = "private, no-store"
    return response


@require_safe
def calendar_ics(request: HttpRequest, token: str) -> HttpResponse:
    """What closes, for whoever holds the address: limited to what its owner may see now, gone when she is."""
    user = feeds.reader_of(token)
    if user is None:
        raise Http404
    response = HttpResponse(feeds.calendar_of(user, timezone.now()), content_type="text/calendar; charset=utf-8")
    response["Cache-Control"] = "private, no-store"
    response["Content-Disposition"] = 'inline; filename="mitra.ics"'
    return response
