"""Whose data an incident is about, and how they are told."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from crm.privacy.incidents import actions
from crm.privacy.incidents.forms import HowForm, NoticeForm, PeopleForm
from crm.privacy.incidents.views import FORM, done, form_page, incident_of
from crm.team.views.access import me, needs


@require_http_methods(FORM)
@needs("crm.change_incident")
def incident_people(request: HttpRequest, pk: int) -> HttpResponse:
    found, form = incident_of(request, pk), PeopleForm(request.POST or None)
    said = {"title": _("Whose data it was"), "verb": _("Add them")}
    if form.is_bound and form.is_valid():
        people, now = form.cleaned_data["people"], timezone.now()
        return done(
            request, form, found, lambda: actions.name_people(found, people, by=me(request), at=now), **said
        )  # fmt: skip
    return form_page(request, form, found, **said)


@require_http_methods(FORM)
@needs("crm.change_incident")
def incident_tell(request: HttpRequest, pk: int) -> HttpResponse:
    """The notice, ready in both languages; sent to everybody who has not been told."""
    found = incident_of(request, pk)
    form, waiting = NoticeForm(request.POST or None, incident=found), found.people.waiting().count()
    if form.is_bound and form.is_valid():
        try:
            told = actions.tell_people(found, form.notice, by=me(request), at=timezone.now())
        except ValidationError as refused:
            form.add_error(None, " ".join(refused.messages))
        else:
            _say(request, told)
            return redirect("privacy-incident", pk=pk)
    lead = ngettext(
        "%(number)s person has not been told. She gets it now, in her language, also in quiet hours.",
        "%(number)s people have not been told. Each gets it now, in her language, also in quiet hours.",
        waiting,
    ) % {"number": waiting}
    return form_page(request, form, found, title=_("Tell the people"), verb=_("Send it"), lead=lead)


def _say(request: HttpRequest, told: actions.Told) -> None:
    sent = ngettext("%(number)s person is told.", "%(number)s people are told.", told.written)
    messages.success(request, sent % {"number": told.written})
    if told.left:
        left = ngettext(
            "%(number)s person cannot be written to: tell her another way and note it here.",
            "%(number)s people cannot be written to: tell them another way and note it here.",
            told.left,
        )
        messages.warning(request, left % {"number": told.left})


@require_http_methods(FORM)
@needs("crm.change_incident")
def incident_told(request: HttpRequest, pk: int, row: int) -> HttpResponse:
    """She was told by phone, by letter, in person."""
    found, form = incident_of(request, pk), HowForm(request.POST or None)
    one = get_object_or_404(found.people.select_related("influencer", "incident"), pk=row)
    said = {"title": str(one.influencer), "verb": _("She knows")}
    if form.is_bound and form.is_valid():
        how, now = form.cleaned_data["how"], timezone.now()
        return done(request, form, found, lambda: actions.told_by_hand(one, how, by=me(request), at=now), **said)
    return form_page(request, form, found, **said)
