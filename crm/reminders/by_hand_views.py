"""The page with a reminder to pass on: read it, take it with her own link; the task closes by itself."""

import datetime as dt
from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from crm.base.way_back import way_back
from crm.outbox.hand_over import to_read
from crm.outbox.hand_over_views import channel_of, page
from crm.outbox.reasons import in_words
from crm.reminders.caps import rooms_for
from crm.reminders.models import Reminder
from crm.reminders.pass_on import NoLongerNeeded, is_needed, pass_on
from crm.reminders.plan import dues_about
from crm.reminders.writing import letter_for
from crm.team.models import User


@login_required
@permission_required("crm.tell_influencer", raise_exception=True)
@require_http_methods(["GET", "HEAD", "POST"])
def by_hand(request: HttpRequest, pk: int) -> HttpResponse:
    """GET shows the text; POST puts a fresh link of her own into it, which is shown this once."""
    user, now = cast(User, request.user), timezone.now()
    rows = Reminder.objects.visible_to(user).select_related("contact", "rule")
    row = get_object_or_404(rows, pk=pk)
    if row.email_id is not None and row.state == Reminder.State.MAILED:
        return redirect("outbox-pass-on", pk=row.email_id)
    due = dues_about([row], now).get((row.kind, row.subject))
    if due is None or not is_needed(row, due, now):
        return no_longer(request)
    if request.method != "POST":
        letter = letter_for(row, due, now)
        return page(
            request,
            letter,
            to_read(letter),
            now,
            enough=enough_for(row, now),
            about=f"{due.title}, {due.influencer_label}",
        )
    try:
        passing = pass_on(row, due, by=user, at=now, channel=channel_of(request))
    except NoLongerNeeded:
        return no_longer(request)
    return page(request, letter_for(row, due, now), passing, now, about=f"{due.title}, {due.influencer_label}")


def enough_for(row: Reminder, now: dt.datetime) -> str:
    """Why one more message to her would be too many just now; a colleague may say it all the same."""
    pair = (row.contact_id, row.influencer_ref)
    return in_words(rooms_for({pair}, now, on_lists=False)[pair].why)


def no_longer(request: HttpRequest) -> HttpResponse:
    messages.info(request, _("This message is no longer needed: what it asks for has come, moved or been stopped."))
    return redirect(way_back(request, request.POST.get("next") or request.GET.get("next") or "", reverse("today")))
