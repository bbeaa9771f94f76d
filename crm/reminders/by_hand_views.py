"""The page with a prepared message: read it, take it with her own link, close the task."""

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from crm.outbox.checks import barred_people
from crm.reminders.by_hand import KEY, prepared, with_link
from crm.reminders.mailing import letter_for
from crm.reminders.models import Reminder, Todo
from crm.reminders.plan import dues_about, why_not_true
from crm.team.models import User
from crm.timeline.record import Actor


@login_required
@permission_required("crm.tell_influencer", raise_exception=True)
@require_http_methods(["GET", "HEAD", "POST"])
def by_hand(request: HttpRequest, pk: int) -> HttpResponse:
    """GET shows the text; POST puts a fresh link of her own into it, which is shown this once."""
    user, now = cast(User, request.user), timezone.now()
    rows = Reminder.objects.visible_to(user).select_related("contact", "rule")
    row = get_object_or_404(rows, pk=pk)
    due = dues_about([row], now).get((row.kind, row.subject))
    if due is None or why_not_true(row, due) or row.influencer_ref in barred_people({row.influencer_ref or 0}, now):
        messages.info(request, _("This message is no longer needed: what it asks for has come, moved or been stopped."))
        return redirect("today")
    email = letter_for(row, due, now)
    text = with_link(email, row, at=now, by=Actor.user(user)) if request.method == "POST" else prepared(email)
    context = {
        "row": row,
        "due": due,
        "text": text,
        "todo": Todo.objects.visible_to(user).open().filter(key=f"{KEY}{row.pk}").first(),
    }
    return render(request, "crm/reminders/by_hand.html", context)
