"""What reminders add to the outbox: what is planned, and why something was or was not sent."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from crm.base.models import Organisation
from crm.base.text import one_line
from crm.outbox.queries import tab_links
from crm.reminders.planned import find_planned
from crm.reminders.why import stories_about, stories_of_person
from crm.team.views.access import me, needs


@require_safe
@needs("crm.view_outbox")
def planned(request: HttpRequest) -> HttpResponse:
    """Reminders to come, not sent, or taken back."""
    asked = request.GET
    found = find_planned(
        me(request), asked.get("part", ""), one_line(asked.get("q", "")), asked.get("at", ""), timezone.now()
    )
    context = {"found": found, "tabs": tab_links(me(request), "outbox-planned"), "house": Organisation.load()}
    return render(request, "crm/reminders/planned.html", context)


@require_safe
@needs("crm.view_outbox")
def why(request: HttpRequest) -> HttpResponse:
    """Why something was, or was not, sent: about one thing, or about one person."""
    about, person, now = request.GET.get("about", ""), request.GET.get("person", ""), timezone.now()
    if person.isascii() and person.isdigit() and len(person) < 18:
        stories = stories_of_person(int(person), me(request), now)
    else:
        stories = stories_about(one_line(about), me(request), now)
    return render(request, "crm/reminders/why.html", {"stories": stories, "now": now})
