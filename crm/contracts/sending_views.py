"""A contract's letter passed on by hand, for whoever reads WhatsApp or has no e-mail address."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from crm.contracts.actions.sending import composed, routes_of
from crm.contracts.doors import back, contract_of
from crm.contracts.models import Contract
from crm.outbox.hand_over import hand_over, to_read
from crm.outbox.hand_over_views import channel_of
from crm.outbox.hand_over_views import page as pass_on_page
from crm.outbox.models import Contact
from crm.team.views.access import me, needs
from crm.timeline.record import Actor


@require_http_methods(["GET", "HEAD", "POST"])
@needs("crm.tell_influencer")
def pass_on(request: HttpRequest, pk: int, contact: int) -> HttpResponse:
    """GET shows the text; POST writes down who passes it on and puts a link of her own into it."""
    found, now = contract_of(request, pk), timezone.now()
    to = get_object_or_404(Contact, pk=contact)
    waiting = [party for party in found.talents if not hasattr(party, "signature")]
    routes = routes_of(waiting, now)
    parties = [party for party in waiting if to.pk in routes[party.pk].everybody]
    if found.status != Contract.Status.SENT or not parties:
        messages.info(request, _("This message is no longer needed: it is signed, or somebody else gets her mail."))
        return back(found)
    email = composed(found, to, parties, now)
    passing = to_read(email)
    if request.method == "POST":
        passing = hand_over(email, by=Actor.user(me(request)), at=now, channel=channel_of(request))
    return pass_on_page(request, email, passing, now, about=str(found))
