"""The list of incidents, one of them, and what is noted about it. Owners and admins alone."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from crm.privacy.incidents import actions
from crm.privacy.incidents.forms import AuthorityForm, CloseForm, IncidentForm
from crm.privacy.models import DataIncident
from crm.privacy.tabs import tabs_for
from crm.team.views.access import me, needs
from crm.timeline.edits import ChangedMeanwhile, read_seen
from crm.timeline.models import Entry
from crm.timeline.queries import page_of
from crm.timeline.transitions import TransitionRefused

FORM = ["GET", "HEAD", "POST"]
PAGE, PEOPLE, LINES = 40, 100, 50


def incident_of(request: HttpRequest, pk: int) -> DataIncident:
    return get_object_or_404(DataIncident.objects.visible_to(me(request)).select_related("found_by"), pk=pk)


@require_safe
@needs("crm.view_incident")
def incidents(request: HttpRequest) -> HttpResponse:
    rows = DataIncident.objects.visible_to(me(request)).with_counts().order_by("-found_at", "-pk")
    context = {
        "page_obj": Paginator(rows, PAGE).get_page(request.GET.get("page")),
        "tabs": tabs_for(me(request), "privacy-incidents"),
        "now": timezone.now(),
    }
    return render(request, "crm/privacy/incidents.html", context)


@require_safe
@needs("crm.view_incident")
def incident(request: HttpRequest, pk: int) -> HttpResponse:
    """What is known, who has been told, and what is left to do until when."""
    found, now = incident_of(request, pk), timezone.now()
    people = found.people.select_related("influencer", "email").order_by("told_at", "pk")
    about = Entry.objects.visible_to(me(request)).filter(subject=f"crm.dataincident:{found.pk}", influencer=None)
    context = {
        "incident": found,
        "now": now,
        "people": Paginator(people, PEOPLE).get_page(request.GET.get("page")),
        "waiting": found.people.waiting().count(),
        "story": page_of(about.select_related("file"), me(request).zone, "", LINES),
    }
    return render(request, "crm/privacy/incident.html", context)


@require_http_methods(FORM)
@needs("crm.change_incident")
def incident_new(request: HttpRequest) -> HttpResponse:
    form, now = IncidentForm(request.POST or None, now=timezone.now()), timezone.now()
    if form.is_bound and form.is_valid():
        made = actions.note(form.save(commit=False), by=me(request), at=now)
        messages.success(request, _("Noted. The clock runs from when it was found."))
        return redirect("privacy-incident", pk=made.pk)
    return form_page(request, form, None, title=_("A data incident"), verb=_("Note it"))


@require_http_methods(FORM)
@needs("crm.change_incident")
def incident_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """What became known since."""
    found, now = incident_of(request, pk), timezone.now()
    form = IncidentForm(request.POST or None, instance=found, now=now)
    if form.is_bound and form.is_valid():
        seen = read_seen(form.cleaned_data["seen"]) or found.updated_at
        return done(
            request, form, found,
            lambda: actions.change(form.save(commit=False), seen=seen, by=me(request), at=now),
            title=_("What is known"), verb=_("Save"),
        )  # fmt: skip
    return form_page(request, form, found, title=_("What is known"), verb=_("Save"))


@require_http_methods(FORM)
@needs("crm.change_incident")
def incident_authority(request: HttpRequest, pk: int) -> HttpResponse:
    """The authority was told, outside of Mitra."""
    found, now = incident_of(request, pk), timezone.now()
    form, said = AuthorityForm(request.POST or None, now=now), {"title": _("The authority was told"), "verb": _("Save")}
    if form.is_bound and form.is_valid():
        told_at, ref = form.cleaned_data["told_at"], form.cleaned_data["ref"]
        return done(
            request, form, found,
            lambda: actions.tell_authority(found, ref, told_at=told_at, by=me(request), at=now), **said,
        )  # fmt: skip
    return form_page(request, form, found, **said)


@require_http_methods(FORM)
@needs("crm.change_incident")
def incident_close(request: HttpRequest, pk: int) -> HttpResponse:
    found, form = incident_of(request, pk), CloseForm(request.POST or None)
    said = {"title": _("Close the incident"), "verb": _("Close it")}
    if form.is_bound and form.is_valid():
        why, now = form.cleaned_data["why"], timezone.now()
        return done(request, form, found, lambda: actions.close(found, why, by=me(request), at=now), **said)
    return form_page(request, form, found, **said)


def done(request: HttpRequest, form: Any, found: DataIncident, act: Callable[[], object], **said: Any) -> HttpResponse:
    """Do it and go back to the incident, or show the form again with what stands against it."""
    try:
        act()
    except ChangedMeanwhile:
        form.add_error(None, _("Somebody saved this while you were typing. Reload the page, and type it again."))
    except ValidationError as refused:
        form.add_error(None, " ".join(refused.messages))
    except TransitionRefused as refused:
        form.add_error(None, str(refused))
    else:
        messages.success(request, _("Saved."))
        return redirect("privacy-incident", pk=found.pk)
    return form_page(request, form, found, **said)


def form_page(
    request: HttpRequest, form: Any, found: DataIncident | None, *, title: str, verb: str, lead: str = ""
) -> HttpResponse:
    context = {"form": form, "incident": found, "title": title, "verb": verb, "lead": lead}
    return render(request, "crm/privacy/incident_form.html", context, status=422 if form.is_bound else 200)
