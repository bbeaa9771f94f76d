"""What she does to a version on her own page: take back what waits with us."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_POST

from campaigns.approvals.guests.actions import take_back
from campaigns.approvals.guests.her_page import hers_of
from campaigns.approvals.models import ContentVersion
from campaigns.planning.her_page import her_collaboration
from crm.portal.views import acting_label
from crm.portal.visits import Visit, visiting
from crm.timeline.record import Actor
from crm.timeline.transitions import TransitionRefused


@csrf_protect
@visiting
@require_POST
def take_back_version(request: HttpRequest, visit: Visit, version: int) -> HttpResponse:
    """Take back a version that waits with us, with a few words; only hers, and only by who may answer for her."""
    found = ContentVersion.objects.filter(pk=version).select_related("deliverable").first()
    card = her_collaboration(visit.asking, found.deliverable.collaboration_id) if found is not None else None
    mine = [one for one in hers_of(card, visit.asking) if one.version.pk == version] if card is not None else []
    if not mine or not mine[0].may_act:
        return render(request, "crm/portal/gone.html", {"visit": visit, "frame": visit.frame}, status=404)
    actor = Actor.contact(visit.link.contact, label=acting_label(visit))
    try:
        take_back(
            mine[0].version, request.POST.get("why", "").replace("\x00", "")[:500], at=visit.asking.now, actor=actor
        )
    except TransitionRefused as refused:
        context = {
            "visit": visit,
            "frame": visit.frame,
            "card": card,
            "why": str(refused),
            "typed": request.POST.get("why", ""),
        }
        return render(request, "campaigns/her/not_taken_back.html", context, status=422)
    return redirect("portal-campaign", pk=visit.session.pk, card=mine[0].row.collaboration_id)
