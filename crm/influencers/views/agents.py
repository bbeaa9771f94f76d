"""Agents and other contacts as things of their own: their list, one's page, and her links."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from crm.base.text import one_line
from crm.brands.models import Brand
from crm.influencers.actions.contacts import save_contact
from crm.influencers.actions.own_links import revoke_own_links, send_own_link
from crm.influencers.forms.contacts import ContactDetailsForm
from crm.influencers.queries.agents import find_agents, find_contact, read_contact
from crm.influencers.views.authority import stands_of
from crm.influencers.views.editing import FormPage, person_of, saved
from crm.team.views.access import me, needs
from crm.timeline.record import Actor


@require_safe
@needs("crm.view_contact")
def agents(request: HttpRequest) -> HttpResponse:
    """Everybody who stands for somebody else, by name or agency."""
    words = one_line(request.GET.get("q", ""))
    found = find_agents(me(request), words, request.GET.get("at", ""), timezone.now())
    return render(request, "crm/influencers/agents.html", {"found": found})


@require_safe
@needs("crm.view_contact")
def contact(request: HttpRequest, pk: int) -> HttpResponse:
    """Whom this contact stands for, with what authority, which mail she gets, which links she holds."""
    now = timezone.now()
    context = {"page": read_contact(pk, me(request), now), "now": now}
    return render(request, "crm/influencers/contact.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs("crm.change_influencer")
def contact_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Another address or number, once for everybody this contact stands for."""
    known, now = find_contact(pk, me(request)), timezone.now()
    form = ContactDetailsForm(request.POST or None, instance=known)
    actor = Actor.user(me(request))
    if (
        form.is_bound
        and form.is_valid()
        and saved(form, lambda: save_contact(form.instance, seen=form.seen, at=now, actor=actor))
    ):
        messages.success(request, _("Saved."))
        return redirect("contact", pk=pk)
    count = known.representations.count()
    lead = ngettext("Changes for %(n)d person.", "Changes for %(n)d people at once.", count) % {"n": count}
    page = FormPage(title=known.name, lead=lead, verb=_("Save"))
    context = {"form": form, "page": page, "back": reverse("contact", args=[pk])}
    return render(request, "crm/influencers/contact_form.html", context, status=422 if form.is_bound else 200)


@require_POST
@needs("crm.change_influencer")
def link_send(request: HttpRequest, pk: int, stands: int) -> HttpResponse:
    """A fresh link for this one recipient, by e-mail."""
    known = stands_of(person_of(request, pk), stands)
    wanted = request.POST.get("brand", "")
    brand_id = int(wanted) if wanted.isascii() and wanted.isdigit() and len(wanted) < 19 else 0
    brand = get_object_or_404(Brand.objects.visible_to(me(request)), pk=brand_id)
    email = send_own_link(known, brand, at=timezone.now(), actor=Actor.user(me(request)))
    if email is None:
        messages.error(
            request, _("%(name)s cannot be sent a link: no address that works.") % {"name": known.contact.name}
        )
    else:
        messages.success(request, _("A new link is on its way to %(name)s.") % {"name": known.contact.name})
    return redirect("contact", pk=known.contact_id)


@require_POST
@needs("crm.change_influencer")
def links_revoke(request: HttpRequest, pk: int, stands: int) -> HttpResponse:
    """Close this one recipient's links about this person; everybody else's stay open."""
    known = stands_of(person_of(request, pk), stands)
    closed = revoke_own_links(known, at=timezone.now(), actor=Actor.user(me(request)))
    said = ngettext("%(n)d link is closed.", "%(n)d links are closed.", closed) % {"n": closed}
    messages.success(request, said if closed else _("No link was open."))
    return redirect("contact", pk=known.contact_id)
