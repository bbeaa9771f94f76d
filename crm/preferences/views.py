"""Who gets no mail and why; what one contact agreed to, and what a colleague heard about it."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from crm.base.files import keep
from crm.base.models import Organisation
from crm.base.text import one_line
from crm.outbox.models import Contact
from crm.outbox.queries import tab_links
from crm.outbox.tasks import ring_on_commit
from crm.outbox.topics import Purpose
from crm.outbox.views import me, needs
from crm.preferences.actions import ConsentRefused, Evidence, agree, take_back
from crm.preferences.forms import AgreedForm
from crm.preferences.models import Consent, ReminderWish
from crm.preferences.silence import find_silent
from crm.timeline.models import Entry
from crm.timeline.queries import page_of
from crm.timeline.record import Actor

LINES = 100


def contact_or_404(request: HttpRequest, pk: int) -> Contact:
    return get_object_or_404(Contact.objects.visible_to(me(request)), pk=pk)


@require_safe
@needs("crm.view_outbox")
def silent(request: HttpRequest) -> HttpResponse:
    """Everybody who gets no mail, by the reason."""
    found = find_silent(
        me(request),
        request.GET.get("part", ""),
        one_line(request.GET.get("q", "")),
        request.GET.get("at", ""),
        timezone.now(),
    )
    tabs = tab_links(me(request), "outbox-silent")
    context = {"found": found, "tabs": tabs, "house": Organisation.load()}
    return render(request, "crm/preferences/silent.html", context)


@require_safe
@needs("crm.view_outbox")
def contact(request: HttpRequest, pk: int) -> HttpResponse:
    """One contact: what she agreed to, what she wishes, and what happened."""
    return show(request, contact_or_404(request, pk))


def show(request: HttpRequest, found: Contact, form: AgreedForm | None = None) -> HttpResponse:
    about = Entry.objects.visible_to(me(request)).filter(subject=f"crm.contact:{found.pk}").select_related("file")
    context = {
        "contact": found,
        "consents": Consent.objects.visible_to(me(request)).filter(contact=found).newest_first(),
        "wish": ReminderWish.objects.filter(contact=found).first(),
        "story": page_of(about, me(request).zone, "", LINES),
        "form": form or AgreedForm(now=timezone.now(), zone=found.zone),
        "house": Organisation.load(),
    }
    status = 422 if form is not None else 200
    return render(request, "crm/preferences/contact.html", context, status=status)


@require_POST
@needs("crm.decide_email")
def works(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody made sure that the address works."""
    found = contact_or_404(request, pk)
    if found.mark_working(by=Actor.user(me(request)), at=timezone.now()):
        ring_on_commit()
        messages.success(request, _("Mail goes to %(address)s again.") % {"address": found.email})
    else:
        messages.info(request, _("The address works already."))
    return redirect("contact-silence", pk=pk)


@require_POST
@needs("crm.record_consent")
def agreed(request: HttpRequest, pk: int) -> HttpResponse:
    """She told us that she agrees."""
    found, now, actor = contact_or_404(request, pk), timezone.now(), Actor.user(me(request))
    form = AgreedForm(request.POST, request.FILES, now=now, zone=found.zone)
    if not form.is_valid():
        return show(request, found, form)
    said, file = form.cleaned_data, form.cleaned_data["file"]
    how = Evidence(form.said_at, said["channel"], said["words"], keep(file, by=actor.label) if file else None)
    try:
        done = agree(found, said["purpose"], at=now, actor=actor, how=how)
    except ConsentRefused as refused:
        form.add_error("purpose", str(refused))
        return show(request, found, form)
    messages.success(request, _("It is on record.") if done else _("She has agreed to that already."))
    return redirect("contact-silence", pk=pk)


@require_POST
@needs("crm.record_consent")
def taken_back(request: HttpRequest, pk: int, purpose: str) -> HttpResponse:
    """She told us that she does not want it any more."""
    found = contact_or_404(request, pk)
    if purpose not in Purpose.values:
        raise Http404
    done = take_back(found, purpose, at=timezone.now(), actor=Actor.user(me(request)))
    messages.success(request, _("It is taken back, from now on.") if done else _("She has taken it back already."))
    return redirect("contact-silence", pk=pk)
