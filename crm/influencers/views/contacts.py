"""Forms for how a person is reached."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from crm.influencers.actions import contacts
from crm.influencers.forms.contacts import ContactForm, LinkForm, known_agents, refuse_uncovered
from crm.influencers.models import Influencer, Representation
from crm.influencers.views.editing import FormPage, back, edit, person_of
from crm.team.views.access import me, needs
from crm.timeline.record import Actor

FORM = ["GET", "HEAD", "POST"]
SECTION = "contacts"
OFFERED = 20


def _initial(person: Influencer) -> dict[str, Any]:
    """Her own contact first; once it is there, an agent, or the guardian a minor needs."""
    taken = set(person.representations.values_list("capacity", flat=True))
    wanted = [Representation.Capacity.SELF, Representation.Capacity.AGENT]
    capacity = next((one for one in wanted if one not in taken), Representation.Capacity.AGENT)
    name = person.stage_name if capacity == Representation.Capacity.SELF else ""
    return {"capacity": capacity, "name": name, "language": person.language, "zone": person.zone}


@require_http_methods(FORM)
@needs("crm.change_influencer")
def contact_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Another way to reach her."""
    person, now, actor = person_of(request, pk), timezone.now(), Actor.user(me(request))
    form = ContactForm(request.POST or None, person=person, now=now, initial=_initial(person))
    page = FormPage(title=_("Add a contact"), verb=_("Add"), done=_("The contact is on file."), section=SECTION)

    def save() -> None:
        contacts.add_contact(person, form.instance, form.standing, at=now, actor=actor)

    return edit(request, person, form, save, page, link_form=LinkForm(person=person))


@require_http_methods(FORM)
@needs("crm.change_influencer")
def contact_link(request: HttpRequest, pk: int) -> HttpResponse:
    """An agent we know stands for her too."""
    person, now, actor = person_of(request, pk), timezone.now(), Actor.user(me(request))
    form = LinkForm(request.POST or None, person=person)
    page = FormPage(title=_("Agent of other people"), verb=_("Link"), done=_("The agent is linked."), section=SECTION)

    def save() -> None:
        contacts.link_contact(person, form.cleaned_data["contact"], form.standing, at=now, actor=actor)

    return edit(request, person, form, save, page)


@require_http_methods(FORM)
@needs("crm.change_influencer")
def contact_edit(request: HttpRequest, pk: int, stands: int) -> HttpResponse:
    """Another address, another number."""
    person, now, actor = person_of(request, pk), timezone.now(), Actor.user(me(request))
    known = get_object_or_404(person.representations.select_related("contact", "influencer"), pk=stands)
    form = ContactForm(request.POST or None, instance=known.contact, person=person, now=now, stands=known)
    others = list(
        known.contact.representations.exclude(pk=known.pk).values_list("influencer__stage_name", flat=True)[:6]
    )
    page = FormPage(
        title=_("Contact"),
        lead=_("Also stands for: %(names)s. What you change here changes for them too.") % {"names": ", ".join(others)}
        if others
        else "",
        verb=_("Save"),
        section=SECTION,
    )
    return edit(
        request,
        person,
        form,
        lambda: contacts.change_contact(known, form.instance, form.standing, seen=form.seen, at=now, actor=actor),
        page,
        remove=("contact-remove", known.pk),
    )


@require_POST
@needs("crm.change_influencer")
def contact_remove(request: HttpRequest, pk: int, stands: int) -> HttpResponse:
    """This contact no longer stands for her; refused while others would leave some of her mail to nobody."""
    person, now = person_of(request, pk), timezone.now()
    known = get_object_or_404(person.representations.select_related("contact", "influencer"), pk=stands)
    try:
        refuse_uncovered(person, now, besides=known.pk)
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
        return redirect("contact-edit", pk=pk, stands=stands)
    contacts.remove_contact(known, at=now, actor=Actor.user(me(request)))
    messages.success(request, _("%(name)s is no longer a contact.") % {"name": known.contact.name})
    return back(person, SECTION)


@require_safe
@needs("crm.change_influencer")
def agent_choices(request: HttpRequest, pk: int) -> JsonResponse:
    """Agents whose name contains the words, for the field that asks."""
    person, words = person_of(request, pk), request.GET.get("q", "").replace("\x00", "").strip()[:80]
    found = known_agents(person).filter(name__icontains=words).order_by("name", "pk")[:OFFERED]
    offered = [{"value": str(agent.pk), "text": agent.name, "detail": agent.email} for agent in found]
    return JsonResponse(offered, safe=False)
