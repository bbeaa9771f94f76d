"""One page: the parcel came too late, what now?"""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from campaigns.planning.views.doors import actor_of, find_deliverable, refuse, works
from campaigns.planning.waiting.choosing import DECIDED, Way, choices_of, choose, question_of
from campaigns.planning.waiting.shown import days_of
from crm.timeline.transitions import TransitionRefused


@works
@require_http_methods(["GET", "HEAD", "POST"])
def deliverable_late(request: HttpRequest, pk: int) -> HttpResponse:
    """Every way out with what it does; one of them is taken once."""
    row, now = find_deliverable(request, pk), timezone.now()
    here = f"{reverse('collaboration', args=[row.collaboration_id])}#made-{row.pk}"
    asked = question_of(row)
    if asked is None:
        return refuse(request, DECIDED, here)
    way = request.POST.get("way", "")
    if request.method == "POST" and way in Way.values:
        try:
            days = choose(row, way, at=now, actor=actor_of(request))
        except TransitionRefused as refused:
            return refuse(request, refused, reverse("deliverable-late", args=[pk]))
        done = (
            _("Dropped.") if way == Way.DROP else _("Done: %(days)s. Reminders follow the new days.") % {"days": days}
        )
        messages.success(request, done)
        return redirect(here)
    context = {
        "row": row,
        "collaboration": row.collaboration,
        "asked": asked,
        "planned": days_of(asked.planned),
        "after": days_of(asked.after),
        "choices": choices_of(asked, at=now, actor=actor_of(request)),
        "back": here,
        "is_unread": request.method == "POST",
    }
    return render(request, "campaigns/planning/late.html", context, status=422 if request.method == "POST" else 200)
