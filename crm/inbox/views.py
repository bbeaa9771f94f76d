"""Pages of received mail: the tray, one mail, and what colleagues decide about it."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from crm.base.files import serve_file
from crm.base.text import one_line
from crm.inbox import actions
from crm.inbox.forms import AboutForm
from crm.inbox.models import InboundMail
from crm.inbox.queries import find_mail, mail_page, mailbox_health
from crm.outbox.queries import tab_links
from crm.team.views.access import me, needs
from crm.timeline.transitions import TransitionRefused


def find(request: HttpRequest, pk: int) -> InboundMail:
    """A mail this colleague may see, or 404."""
    rows = InboundMail.objects.visible_to(me(request)).select_related("parent__contact", "contact", "owner", "source")
    return get_object_or_404(rows, pk=pk)


@require_safe
@needs("crm.view_inbox")
def inbox(request: HttpRequest) -> HttpResponse:
    """What came in, in parts: to be sorted, waiting for an answer, filed, set aside."""
    person = request.GET.get("person", "")
    found = find_mail(
        me(request),
        request.GET.get("part", ""),
        one_line(request.GET.get("q", "")),
        int(person) if person.isascii() and person.isdigit() and len(person) < 18 else None,
        request.GET.get("at", ""),
    )
    context = {"found": found, "tabs": tab_links(me(request), "inbox"), "health": mailbox_health()}
    return render(request, "crm/inbox/inbox.html", context)


@require_safe
@needs("crm.view_inbox")
def mail(request: HttpRequest, pk: int) -> HttpResponse:
    """One mail: the words, the files, and the one thing to do about it."""
    now, found = timezone.now(), find(request, pk)
    return render(request, "crm/inbox/mail.html", {"page": mail_page(found, me(request), now), "mail": found})


@require_http_methods(["GET", "HEAD", "POST"])
@needs("crm.sort_inbox")
def about(request: HttpRequest, pk: int) -> HttpResponse:
    """Say whom it is about; once she is chosen, which thing of hers."""
    now, found = timezone.now(), find(request, pk)
    form = AboutForm(request.POST or None, mail=found, user=me(request), now=now)
    if request.method == "POST" and form.is_valid() and not form.asks_more:
        try:
            actions.put_under(found, form.cleaned_data["person"], form.due, by=me(request), at=now)
        except TransitionRefused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, _("It stands in the story and on Today now."))
        return _after(request, pk)
    context = {"mail": found, "form": form}
    return render(request, "crm/inbox/about.html", context, status=422 if form.errors else 200)


def _after(request: HttpRequest, pk: int) -> HttpResponse:
    """Back to the mail, or to the tray when it stands behind a wall now."""
    there = InboundMail.objects.visible_to(me(request)).filter(pk=pk).exists()
    return redirect("inbox-mail", pk=pk) if there else redirect("inbox")


def decide(request: HttpRequest, pk: int, act: Callable[..., object], done: str) -> HttpResponse:
    """One decision about one mail; refused when it is no longer where it was."""
    try:
        act(find(request, pk), by=me(request), at=timezone.now())
    except TransitionRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, done)
    return redirect("inbox-mail", pk=pk)


@require_POST
@needs("crm.sort_inbox")
def note(request: HttpRequest, pk: int) -> HttpResponse:
    return decide(request, pk, actions.note, _("Filed. Its task is settled, and reminders go on."))


@require_POST
@needs("crm.sort_inbox")
def set_aside(request: HttpRequest, pk: int) -> HttpResponse:
    return decide(request, pk, actions.set_aside, _("It is set aside."))


@require_POST
@needs("crm.sort_inbox")
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    return decide(request, pk, actions.take_back, _("It waits to be sorted again."))


@require_POST
@needs("crm.sort_inbox")
def release(request: HttpRequest, pk: int) -> HttpResponse:
    return decide(request, pk, actions.release, _("Reminders about it go on."))


@require_POST
@needs("crm.sort_inbox")
def prolong(request: HttpRequest, pk: int) -> HttpResponse:
    return decide(request, pk, actions.prolong, _("Reminders about it wait a day from now."))


@require_safe
@needs("crm.view_inbox")
def file(request: HttpRequest, pk: int, file_pk: int) -> HttpResponseBase:
    """A file that came with a mail."""
    kept = get_object_or_404(find(request, pk).files.select_related("file"), pk=file_pk, file__isnull=False)
    assert kept.file is not None
    return serve_file(request, kept.file)


@require_safe
@needs("crm.view_inbox")
def source(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The bytes of a mail that could not be read, as a download."""
    found = find(request, pk)
    if found.source is None:
        raise Http404
    return serve_file(request, found.source)
