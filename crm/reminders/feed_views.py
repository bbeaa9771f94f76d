"""The page where a colleague gets an address for her calendar, and the address itself."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from crm.reminders import feeds
from crm.reminders.feed_forms import FeedForm
from crm.reminders.models import CalendarFeed
from crm.reminders.today_views import colleague


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def calendar_feed(request: HttpRequest) -> HttpResponse:
    """The address for everything."""
    return feed_page(request)


def feed_page(request: HttpRequest, within: str = "", label: str = "", back: str = "") -> HttpResponse:
    """Make an address, a new one, or end it: of everything, or of one thing with its name and its page.

    The address is on the page once, right after it was made.
    """
    user, now, address = colleague(request), timezone.now(), ""
    if request.method == "POST" and "end" in request.POST:
        if feeds.end_address(user, within, at=now):
            messages.success(request, _("The address answers no more."))
        return redirect(request.path)
    hers = CalendarFeed.objects.visible_to(user).standing()
    known = hers.filter(within=within).first()
    usual = {"reads": known.reads, "whose": known.whose} if known else {"reads": CalendarFeed.Reads.BOTH}
    form = FeedForm(request.POST if request.method == "POST" else None, initial=usual)
    if form.is_bound and form.is_valid():
        address = feeds.new_address(user, feeds.Wish(**form.cleaned_data, within=within, within_label=label), at=now)
        known = hers.filter(within=within).first()
    others = hers.exclude(within=within).order_by("within_label")
    context = {"feed": known, "address": address, "form": form, "label": label, "back": back, "others": others}
    status = 422 if form.is_bound and not address else 200
    response = render(request, "crm/reminders/calendar_feed.html", context, status=status)
    response["Cache-Control"] = "private, no-store"
    return response


@require_safe
def calendar_ics(request: HttpRequest, token: str) -> HttpResponse:
    """What stands in it, for whoever holds the address: limited to what its owner may see now, gone when she is."""
    feed = feeds.feed_at(token)
    if feed is None:
        raise Http404
    body = feeds.calendar_of(feed.user, timezone.now(), feeds.Wish.of(feed))
    response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    response["Cache-Control"] = "private, no-store"
    response["Content-Disposition"] = 'inline; filename="mitra.ics"'
    return response
