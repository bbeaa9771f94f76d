"""Pages of the outbox: what is on its way, what left, what did not, and the switches."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from crm.base.models import Organisation
from crm.base.places import panels_for
from crm.base.text import one_line
from crm.outbox.checks import choices_url, say_no_more_news
from crm.outbox.forms import PauseForm, RedirectForm
from crm.outbox.headers import contact_of
from crm.outbox.late import masked
from crm.outbox.models import Email
from crm.outbox.queries import Letter, find_messages, tab_links
from crm.outbox.switches import pause_mail, redirect_mail, resume_mail
from crm.outbox.tasks import ring_on_commit
from crm.timeline.record import Actor
from crm.timeline.transitions import TransitionRefused

if TYPE_CHECKING:
    from crm.team.models import User

View = Callable[..., HttpResponseBase]
FORM = ["GET", "HEAD", "POST"]
MESSAGE_CSP = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'; sandbox"


def me(request: HttpRequest) -> "User":
    return cast("User", request.user)


def needs(verb: str) -> Callable[[View], View]:
    """Strangers sign in first; colleagues without the verb get a 403."""

    def guard(view: View) -> View:
        guarded: Any = permission_required(verb, raise_exception=True)(view)
        return cast(View, login_required(guarded))

    return guard


def find_email(request: HttpRequest, pk: int) -> Email:
    return get_object_or_404(Email.objects.visible_to(me(request)).select_related("contact"), pk=pk)


@require_safe
@needs("crm.view_outbox")
def outbox(request: HttpRequest) -> HttpResponse:
    """Every message, newest first, in parts: on the way, sent, failed, unclear, not sent."""
    person = request.GET.get("person", "")
    found = find_messages(
        me(request),
        request.GET.get("tab", ""),
        one_line(request.GET.get("q", "")),
        int(person) if person.isascii() and person.isdigit() and len(person) < 18 else None,
        request.GET.get("at", ""),
    )
    tabs = tab_links(me(request), found.tab.key)
    return render(request, "crm/outbox/outbox.html", {"found": found, "tabs": tabs, "house": Organisation.load()})


@require_safe
@needs("crm.view_outbox")
def email(request: HttpRequest, pk: int) -> HttpResponse:
    """One message as it left, with every try and what a person can still decide."""
    found = find_email(request, pk)
    panels = panels_for("email", request, found)
    return render(request, "crm/outbox/email.html", {"letter": Letter.of(found), "email": found, "panels": panels})


@require_safe
@needs("crm.view_outbox")
def email_html(request: HttpRequest, pk: int) -> HttpResponse:
    """The message's HTML for the frame on its page: nothing in it runs, loads or leads away, secrets are masked."""
    response = HttpResponse(masked(find_email(request, pk).html))
    response["Content-Security-Policy"] = MESSAGE_CSP
    response["Cache-Control"] = "private, no-store"
    return response


def decide(request: HttpRequest, pk: int, verb: str, done: str) -> HttpResponse:
    """One decision about one message; refused when it is no longer where it was."""
    found = find_email(request, pk)
    try:
        getattr(found, verb)(by=Actor.user(me(request)), at=timezone.now())
    except TransitionRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, done)
        ring_on_commit()
    return redirect("outbox-email", pk=pk)


@require_POST
@needs("crm.decide_email")
def retry(request: HttpRequest, pk: int) -> HttpResponse:
    return decide(request, pk, "retry", _("It is tried again now."))


@require_POST
@needs("crm.decide_email")
def resend(request: HttpRequest, pk: int) -> HttpResponse:
    return decide(request, pk, "resend", _("It is sent again now. It may arrive twice."))


@require_POST
@needs("crm.decide_email")
def leave(request: HttpRequest, pk: int) -> HttpResponse:
    return decide(request, pk, "leave", _("It counts as sent."))


@require_POST
@needs("crm.decide_email")
def call_off(request: HttpRequest, pk: int) -> HttpResponse:
    return decide(request, pk, "call_off", _("It is not sent."))


@require_http_methods(FORM)
@needs("crm.pause_mail")
def pause(request: HttpRequest) -> HttpResponse:
    """Stop all outgoing mail, after saying why."""
    form = PauseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        pause_mail(form.cleaned_data["why"], by=me(request), at=timezone.now())
        messages.success(request, _("Outgoing mail is paused. Nothing is lost; it waits."))
        return redirect("outbox")
    waiting = Email.objects.on_the_way().count()
    context = {"form": form, "waiting": waiting}
    return render(request, "crm/outbox/pause.html", context, status=422 if form.is_bound else 200)


@require_http_methods(FORM)
@needs("crm.pause_mail")
def resume(request: HttpRequest) -> HttpResponse:
    """Let mail go on, after showing what will leave."""
    if request.method == "POST":
        resume_mail(by=me(request), at=timezone.now())
        messages.success(request, _("Outgoing mail goes on."))
        return redirect("outbox")
    now = timezone.now()
    context = {
        "house": Organisation.load(),
        "due": Email.objects.due(now).count(),
        "parts": panels_for("resume", request, now),
    }
    return render(request, "crm/outbox/resume.html", context)


@require_http_methods(FORM)
@needs("crm.pause_mail")
def redirect_everything(request: HttpRequest) -> HttpResponse:
    """For rehearsals: every message goes to one address."""
    house = Organisation.load()
    form = RedirectForm(request.POST or None, initial={"address": house.mail_redirect_to or me(request).email})
    if request.method == "POST" and form.is_valid():
        redirect_mail(form.cleaned_data["address"], by=me(request), at=timezone.now())
        messages.success(request, _("Saved. The next message already follows it."))
        return redirect("outbox")
    return render(
        request, "crm/outbox/redirect.html", {"form": form, "house": house}, status=422 if form.is_bound else 200
    )


@csrf_exempt  # Mail providers press the button without a cookie (RFC 8058).
@require_http_methods(FORM)
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """Switch news and offers off. Opening the address changes nothing; pressing the button does."""
    contact = contact_of(token)
    if contact is None:
        return render(request, "crm/outbox/unsubscribe.html", {"state": "unknown"}, status=404)
    if request.method == "POST":
        say_no_more_news(contact, timezone.now())
    with override(contact.language):
        state = "off" if contact.news_off_at else "asks"
        return render(request, "crm/outbox/unsubscribe.html", {"state": state, "choices": choices_url(contact)})
