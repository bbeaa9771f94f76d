"""What somebody may do for a person: recorded, ended, and the paper that proves it."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from crm.base.files import Disposition, serve_file
from crm.base.zones import local_date
from crm.influencers.actions.authority import end_authority, record_authority
from crm.influencers.forms.authority import AuthorityForm
from crm.influencers.models import Authority, Influencer, Representation
from crm.influencers.views.editing import FormPage, edit, person_of
from crm.team.views.access import me, needs
from crm.timeline.record import Actor

SECTION = "contacts"


def stands_of(person: Influencer, pk: int) -> Representation:
    """How a contact stands to this person, or 404."""
    return get_object_or_404(person.representations.select_related("contact", "influencer"), pk=pk)


def authority_of(person: Influencer, stands: int, pk: int) -> Authority:
    rows = Authority.objects.select_related("stands__contact", "stands__influencer", "file")
    return get_object_or_404(rows, pk=pk, stands=stands, stands__influencer=person)


@require_http_methods(["GET", "HEAD", "POST"])
@needs("crm.change_influencer")
def authority_new(request: HttpRequest, pk: int, stands: int) -> HttpResponse:
    """She said what this contact may do for her."""
    person, now = person_of(request, pk), timezone.now()
    known = stands_of(person, stands)
    form = AuthorityForm(request.POST or None, request.FILES or None, today=local_date(now, person.zone))
    page = FormPage(
        title=_("What %(name)s may do for her") % {"name": known.contact.name},
        lead=_("Her page offers to whoever acts for her only what is recorded here."),
        verb=_("Record"),
        done=_("It is recorded."),
        section=SECTION,
    )
    return edit(request, person, form, lambda: record_authority(known, form.grant, user=me(request), at=now), page)


@require_POST
@needs("crm.change_influencer")
def authority_end(request: HttpRequest, pk: int, stands: int, authority: int) -> HttpResponse:
    """From today on she may no longer do this for her."""
    person, now = person_of(request, pk), timezone.now()
    found = authority_of(person, stands, authority)
    on = local_date(now, person.zone)
    if end_authority(found, on=on, at=now, actor=Actor.user(me(request))):
        messages.success(request, _("Ended. Her page offers it no longer."))
    else:
        messages.info(request, _("It had ended already."))
    return redirect("contact", pk=found.stands.contact_id)


@require_safe
@needs("crm.view_contact")
def authority_file(request: HttpRequest, pk: int, stands: int, authority: int) -> HttpResponseBase:
    """The paper that proves it."""
    found = authority_of(person_of(request, pk), stands, authority)
    if found.file is None:
        raise Http404(_("There is no paper, only words."))
    return serve_file(request, found.file, disposition=Disposition.INLINE)
