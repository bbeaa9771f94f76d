"""A guest's pages, without sign-in: looking changes nothing, a press says what was meant."""

import datetime as dt
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from campaigns.approvals.deciding.refusals import FindingsHold
from campaigns.approvals.guests.actions import came, say, write_note
from campaigns.approvals.guests.asking import send_new_links
from campaigns.approvals.guests.forms import NoteForm, SayForm
from campaigns.approvals.guests.links import link_behind
from campaigns.approvals.guests.pages import Shown, said_before, shown_version, waiting_rows
from campaigns.approvals.guests.visits import language_of, lost, too_often, visiting, welcome
from campaigns.approvals.guests.waiting import shown_to
from campaigns.approvals.handing.serving import serve_asset
from campaigns.approvals.models import ContentAsset, Note, ReviewGuest
from campaigns.approvals.reviewing import notes
from crm.portal.forms import NewLinkForm
from crm.portal.visits import private
from crm.timeline.transitions import TransitionRefused

FORM = ["GET", "HEAD", "POST"]


@csrf_protect
@require_http_methods(FORM)
def door(request: HttpRequest, token: str) -> HttpResponse:
    """Where the e-mail leads. Mail scanners open links, so opening one only shows a button."""
    link, now = link_behind(token), timezone.now()
    if link is None:
        return lost(request)
    if request.method == "POST":
        came(link.guest, now)
        return welcome(link)
    request.LANGUAGE_CODE = language_of(request, link.guest)
    with translation.override(request.LANGUAGE_CODE):
        return private(render(request, "campaigns/approvals/guests/door.html", {"guest": link.guest}))


@csrf_protect
@require_http_methods(FORM)
def new_link(request: HttpRequest) -> HttpResponse:
    """ "Send me a new link": known or not, the answer is the same."""
    form = NewLinkForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        send_new_links(form.cleaned_data["email"], timezone.now())
        return private(render(request, "crm/portal/new_link_sent.html"))
    status = 422 if form.is_bound else 200
    return private(render(request, "campaigns/approvals/guests/lost.html", {"form": form}, status=status))


@require_safe
@visiting
def page(request: HttpRequest, guest: ReviewGuest, now: dt.datetime) -> HttpResponse:
    """What waits for this guest, and what she or he said before."""
    thanks = {"approve": _("Thank you, your yes is noted."), "changes": _("Thank you, it goes back with your notes."),
              "reject": _("Thank you, your no is noted.")}  # fmt: skip
    context = {
        "guest": guest,
        "waiting": waiting_rows(guest, now),
        "said": said_before(guest),
        "thanks": thanks.get(request.GET.get("said", ""), ""),
    }
    return render(request, "campaigns/approvals/guests/page.html", context)


@require_http_methods(FORM)
@csrf_protect
@visiting
def version(request: HttpRequest, guest: ReviewGuest, now: dt.datetime, version: int) -> HttpResponse:
    """One version; POST says yes, changes or no to exactly what was shown."""
    shown = shown_or_404(guest, version)
    if request.method != "POST":
        return _draw(request, shown, SayForm(initial={"sha256": shown.version.sha256}))
    form = SayForm(request.POST)
    if too_often(guest):
        form.add_error(None, _("That was often in a few minutes. Wait a little, then press again."))
        return _draw(request, shown, form, status=429)
    if not form.is_valid():
        return _draw(request, shown, form, status=422)
    said = form.cleaned_data
    try:
        say(guest, shown.review, said["verdict"], sha256=said["sha256"], comment=said["comment"], at=now)
    except TransitionRefused as refused:
        form.add_error(None, why_refused(refused, guest))
        return _draw(request, shown_or_404(guest, version), form, status=409)
    return redirect(f"{reverse('guest-page', args=[guest.pk])}?said={said['verdict']}")


def why_refused(refused: TransitionRefused, guest: ReviewGuest) -> str:
    """The reason in words for somebody outside."""
    if isinstance(refused, FindingsHold):
        owner = guest.campaign.owner.get_short_name()
        return _(
            "Our own check found something in the caption that %(name)s looks at first. You can ask for changes."
        ) % {"name": owner}
    return str(refused)


@require_POST
@csrf_protect
@visiting
def note(request: HttpRequest, guest: ReviewGuest, now: dt.datetime, version: int) -> HttpResponse:
    """One more note, kept until the decision."""
    shown = shown_or_404(guest, version)
    form = NoteForm(request.POST, assets=shown.assets, caption=shown.version.caption)
    if too_often(guest):
        form.add_error(None, _("That was often in a few minutes. Wait a little, then press again."))
    elif form.is_valid():
        try:
            write_note(guest, shown.review, form.note, at=now)
        except TransitionRefused as refused:
            form.add_error(None, str(refused))
        else:
            return redirect(f"{here(guest, version)}#notes")
    say_form = SayForm(initial={"sha256": shown.version.sha256})
    return _draw(request, shown, say_form, noting=form, status=422)


@require_POST
@csrf_protect
@visiting
def note_gone(request: HttpRequest, guest: ReviewGuest, now: dt.datetime, version: int, note: int) -> HttpResponse:
    """A note of one's own that was not sent yet is thrown away."""
    shown = shown_or_404(guest, version)
    found = Note.objects.filter(version=shown.version, guest=guest.contact_id, pk=note).first()
    if found is None:
        raise Http404
    try:
        notes.remove(found, guest.contact)
    except TransitionRefused as refused:
        form = SayForm(initial={"sha256": shown.version.sha256})
        return _draw(request, shown, form, problem=str(refused), status=409)
    return redirect(f"{here(guest, version)}#notes")


@require_safe
@visiting
def file(request: HttpRequest, guest: ReviewGuest, now: dt.datetime, asset: int) -> HttpResponseBase:
    """A file of a version this guest may see, as colleagues get it."""
    found = ContentAsset.objects.filter(pk=asset, version__in=shown_to(guest)).select_related("file").first()
    if found is None:
        raise Http404
    return serve_asset(request, found)


def shown_or_404(guest: ReviewGuest, pk: int) -> Shown:
    shown = shown_version(guest, pk)
    if shown is None:
        raise Http404
    return shown


def here(guest: ReviewGuest, version: int) -> str:
    return reverse("guest-version", args=[guest.pk, version])


def _draw(
    request: HttpRequest,
    shown: Shown,
    form: SayForm,
    *,
    noting: NoteForm | None = None,
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    context: dict[str, Any] = {
        "guest": shown.guest,
        "shown": shown,
        "form": form,
        "noting": noting or NoteForm(assets=shown.assets, caption=shown.version.caption),
        "problem": problem,
    }
    return render(request, "campaigns/approvals/guests/version.html", context, status=status)
