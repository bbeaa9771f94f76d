"""One person's brief: sending it, passing it on by hand, what differs for her, whether she uses the product."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from campaigns.briefs.acceptance import standing_of
from campaigns.briefs.accepting.forms import VariantForm
from campaigns.briefs.content import content_of
from campaigns.briefs.models import UseRecord
from campaigns.briefs.queries import current_version
from campaigns.briefs.sending import composed, send_brief
from campaigns.briefs.use import ask_use
from campaigns.briefs.variants import set_overrides
from campaigns.planning.models import Collaboration
from campaigns.planning.views.doors import actor_of, find_collaboration, looks, may, refuse, works
from crm.base.files import Disposition, serve_file
from crm.influencers.queries.mail import mail_routes
from crm.outbox.hand_over import hand_over, to_read
from crm.outbox.hand_over_views import channel_of
from crm.outbox.hand_over_views import page as pass_on_page
from crm.outbox.models import Contact
from crm.outbox.topics import Topic
from crm.timeline.transitions import TransitionRefused

FORM = ["GET", "HEAD", "POST"]


def here(card: Collaboration) -> str:
    return f"{reverse('collaboration', args=[card.pk])}#brief"


@works
@require_POST
def brief_send(request: HttpRequest, pk: int) -> HttpResponse:
    """Send her the newest version."""
    card = find_collaboration(request, pk)
    try:
        said = send_brief(card, at=timezone.now(), actor=actor_of(request))
    except TransitionRefused as refused:
        return refuse(request, refused, here(card))
    messages.success(request, _("On its way: %(who)s.") % {"who": said})
    return redirect(here(card))


@may("crm.tell_influencer")
@require_http_methods(FORM)
def brief_hand(request: HttpRequest, pk: int, contact: int) -> HttpResponse:
    """GET shows the text; POST writes down who passes it on and puts a link of her own into it."""
    card, now = find_collaboration(request, pk), timezone.now()
    route = mail_routes([card.influencer_id], now).of(card.influencer_id, Topic.WORK)
    if contact not in route.everybody:
        raise Http404
    if not standing_of(card).is_open:
        messages.info(request, _("This message is no longer needed: the brief is accepted."))
        return redirect(here(card))
    email = composed(card, get_object_or_404(Contact, pk=contact), now)
    passing = to_read(email)
    if request.method == "POST":
        passing = hand_over(email, by=actor_of(request), at=now, channel=channel_of(request))
    return pass_on_page(request, email, passing, now, about=str(card))


@works
@require_http_methods(FORM)
def brief_variant(request: HttpRequest, pk: int) -> HttpResponse:
    """What is different for her, field by field."""
    card = find_collaboration(request, pk)
    version = current_version(card.campaign)
    if version is None:
        return refuse(request, _("No brief was released yet. Release it first."), here(card))
    overrides = standing_of(card).overrides
    data = request.POST if request.method == "POST" else None
    form = VariantForm(data, content=content_of(version), overrides=overrides)
    if form.is_bound and form.is_valid():
        try:
            set_overrides(card, form.overrides, at=timezone.now(), actor=actor_of(request))
        except TransitionRefused as refused:
            return refuse(request, refused, here(card))
        messages.success(request, _("Saved. She reads it like that from now on."))
        return redirect(here(card))
    context = {"form": form, "title": _("What is different for her"), "collaboration": card, "back": here(card)}
    return render(request, "campaigns/briefs/variant.html", context, status=422 if form.is_bound else 200)


@works
@require_POST
def use_ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask her on her page whether she uses the product."""
    card = find_collaboration(request, pk)
    try:
        ask_use(card, at=timezone.now(), actor=actor_of(request))
    except TransitionRefused as refused:
        return refuse(request, refused, here(card))
    messages.success(request, _("Asked. She finds it on her page."))
    return redirect(here(card))


@looks
@require_safe
def use_photo(request: HttpRequest, pk: int) -> HttpResponseBase:
    """What shows that she uses it."""
    card = find_collaboration(request, pk)
    row = UseRecord.objects.filter(collaboration=card, evidence__isnull=False).select_related("evidence").first()
    if row is None or row.evidence is None:
        raise Http404
    return serve_file(request, row.evidence, disposition=Disposition.INLINE)
