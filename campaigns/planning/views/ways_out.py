"""What to do instead when a promise stands against it: the same work on a free day, or somebody who is free."""

import datetime as dt

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from campaigns.planning.actions.people import ask_instead
from campaigns.planning.models import Collaboration, Deliverable, Refused
from campaigns.planning.models.promises import PromiseHeld
from campaigns.planning.views.doors import actor_of, colleague, find_collaboration, refuse, works
from campaigns.planning.views.promises import held
from crm.base.formats import day_words
from crm.influencers.models import Influencer
from crm.timeline.transitions import TransitionRefused


@works
@require_POST
def promise_later(request: HttpRequest, pk: int) -> HttpResponse:
    """Post on the first free day instead; then go on with what was refused."""
    card, now, actor = find_collaboration(request, pk), timezone.now(), actor_of(request)
    here, on = reverse("collaboration", args=[pk]), _day(request.POST.get("on", ""))
    row = _piece(card, request.POST.get("piece", ""))
    if row is None or on is None:
        return refuse(request, _("That day cannot be read any more. Choose a day on the collaboration's page."), here)
    draft = row.draft_due_on + (on - row.post_due_on) if row.draft_due_on else None
    try:
        row.reschedule(draft_due_on=draft, post_due_on=on, at=now, actor=actor)
        messages.success(request, _("It is planned for %(day)s now.") % {"day": day_words(on)})
        if request.POST.get("to") == Collaboration.Status.AGREED:
            card.put(Collaboration.Status.AGREED, at=now, actor=actor)
            messages.success(request, _("%(name)s is agreed.") % {"name": card.influencer})
    except PromiseHeld as refused:
        return held(request, card, refused)
    except TransitionRefused as refused:
        return refuse(request, refused, here)
    return redirect(here)


def _piece(card: Collaboration, pk: str) -> Deliverable | None:
    rows = card.deliverables.post_open().select_related("format__platform")
    row = rows.filter(pk=int(pk)).first() if pk.isascii() and pk.isdigit() and len(pk) < 19 else None
    if row is not None:
        row.collaboration = card
    return row


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None


@works
@require_POST
def promise_instead(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask somebody who is free: she is shortlisted here with the same work planned."""
    card, now = find_collaboration(request, pk), timezone.now()
    asked = request.POST.get("person", "")
    people = Influencer.objects.visible_to(colleague(request)).present()
    person = people.filter(pk=int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 19 else 0).first()
    if person is None:
        return refuse(request, _("Choose who should be asked instead."), reverse("collaboration", args=[pk]))
    try:
        verdict = ask_instead(card, person, at=now, actor=actor_of(request))
    except Refused as refused:
        return refuse(request, refused, reverse("collaboration", args=[pk]))
    if not verdict.done:
        messages.info(request, f"{verdict.who}: {verdict.text}")
        return redirect(verdict.url or reverse("collaboration", args=[pk]))
    messages.success(
        request, _("%(name)s is on the shortlist, with the same work planned.") % {"name": person.stage_name}
    )
    return redirect(verdict.url)
