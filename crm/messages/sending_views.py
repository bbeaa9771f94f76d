"""Pages of one message: who would get it when, sending it, and what became of each."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from crm.base.formats import count_full
from crm.messages import actions, pages
from crm.messages.limits import over_the_limit
from crm.messages.looking import LANGUAGES, looked_at, verdict_on
from crm.messages.models import MessageLine
from crm.messages.views import FORM, found_line, found_message, go
from crm.messages.words import composed
from crm.outbox.hand_over import hand_over, to_read
from crm.outbox.hand_over_views import channel_of
from crm.outbox.hand_over_views import page as pass_on_page
from crm.outbox.late import masked
from crm.outbox.tasks import ring_on_commit
from crm.outbox.views import MESSAGE_CSP
from crm.team.views.access import me, needs
from crm.timeline.record import Actor
from crm.timeline.run_pages import bar, in_time, take_step
from crm.timeline.transitions import TransitionRefused


@require_safe
@needs("crm.view_message")
def message(request: HttpRequest, pk: int) -> HttpResponse:
    """One message: how far it is, who would get it when, or what became of each."""
    found, now = found_message(request, pk), timezone.now()
    if found.is_under_way:
        return render(request, "crm/messages/progress.html", {"message": found, **pages.progress(found, now)})
    context = pages.report(found, request.GET.get("part", ""), request.GET.get("page"), now)
    context |= {"message": found, "later": pages.later(found, now), "limit": over_the_limit(found, me(request))}
    context |= pages.files_of(found, me(request))
    return render(request, "crm/messages/message.html", context)


@require_safe
@needs("crm.view_message")
def message_lines(request: HttpRequest, pk: int) -> HttpResponse:
    """The list alone, for a page that looks again while mail leaves."""
    found = found_message(request, pk)
    if not request.headers.get("HX-Request"):
        return redirect("message", pk)
    context = pages.report(found, request.GET.get("part", ""), request.GET.get("page"), timezone.now())
    return render(request, "crm/messages/_lines.html", context)


@require_safe
@needs("crm.view_message")
def message_progress(request: HttpRequest, pk: int) -> HttpResponse:
    """The progress bar alone; once the work is over the page shows what came of it."""
    found = found_message(request, pk)
    return bar(request, found, "message", lambda: pages.progress(found, timezone.now()))


@require_POST
@needs("crm.write_message")
def message_send(request: HttpRequest, pk: int) -> HttpResponse:
    """Send what was shown. Pressing twice is once."""
    found, user = found_message(request, pk), me(request)
    refused = over_the_limit(found, user)
    if refused:
        messages.error(request, refused)
        return redirect("message", pk)
    if not found.is_ready:
        messages.info(request, _("It was sent already, or has changed meanwhile. This is how it stands."))
        return redirect("message", pk)
    take_step(request, found, lambda: actions.send(found, by=user, at=timezone.now()), go)
    return redirect("message", pk)


@require_POST
@needs("crm.write_message")
def message_go_on(request: HttpRequest, pk: int) -> HttpResponse:
    """Go on with what stopped or stands still."""
    found, now, actor = found_message(request, pk), timezone.now(), Actor.user(me(request))
    take_step(request, found, lambda: actions.go_on(found, now=now, actor=actor), go)
    return redirect("message", pk)


@require_POST
@needs("crm.write_message")
def message_discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Forget a message that was not sent."""
    found = found_message(request, pk)
    now, actor = timezone.now(), Actor.user(me(request))
    if not in_time(request, lambda: actions.discard(found, now=now, actor=actor)):
        return redirect("message", pk)
    messages.success(request, _("Discarded; nobody got it."))
    return redirect("messages")


@require_POST
@needs("crm.write_message")
def message_call_off(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep from leaving what has not left."""
    found = found_message(request, pk)
    try:
        stopped = actions.call_off(found, now=timezone.now(), actor=Actor.user(me(request)))
    except TransitionRefused as refused:
        messages.error(request, str(refused))
    else:
        said = ngettext("Called off for %(n)s recipient.", "Called off for %(n)s recipients.", stopped)
        messages.success(request, said % {"n": count_full(stopped)})
        ring_on_commit()
    return redirect("message", pk)


@require_safe
@needs("crm.view_message")
def message_preview(request: HttpRequest, pk: int, line: int) -> HttpResponse:
    """The message as one recipient gets it, with the way to the one before and the one after."""
    found = found_line(request, pk=line, message_id=pk, contact__isnull=False)
    language = request.GET.get("language", "")
    email = looked_at(found, language, timezone.now())
    if email is None:
        messages.info(request, _("This contact no longer gets mail about her. Look through everybody again."))
        return redirect("message", pk)
    context = {
        "line": pages.Line.of(found),
        "message": found.message,
        "email": email,
        "text": masked(email.text),
        "language": language if language in LANGUAGES else email.language,
        "languages": pages.languages(email.language),
        **pages.files_of(found.message, me(request)),
        **pages.neighbours(found),
    }
    return render(request, "crm/messages/preview.html", context)


@require_safe
@needs("crm.view_message")
def message_html(request: HttpRequest, pk: int, line: int) -> HttpResponse:
    """The preview's HTML for the frame on its page: nothing in it runs, loads or leads away."""
    found = found_line(request, pk=line, message_id=pk, contact__isnull=False)
    email = looked_at(found, request.GET.get("language", ""), timezone.now())
    if email is None:
        raise Http404
    response = HttpResponse(masked(email.html))
    response["Content-Security-Policy"] = MESSAGE_CSP
    response["Cache-Control"] = "private, no-store"
    return response


@require_http_methods(FORM)
@needs("crm.tell_influencer")
def message_by_hand(request: HttpRequest, line: int) -> HttpResponse:
    """GET shows the text; POST writes down who passes it on and puts a link of her own into it, where it has one."""
    found, now = found_line(request, pk=line, outcome=MessageLine.Outcome.BY_HAND), timezone.now()
    verdict = verdict_on(found, now)
    if verdict is None or verdict.contact is None or verdict.refused:
        why = _("This message is no longer needed: she is left alone, or somebody else gets her mail.")
        messages.info(request, why)
        return redirect("message", found.message_id)
    email = composed(found.message, verdict, verdict.contact, now)
    passing = to_read(email)
    if request.method == "POST":
        passing = hand_over(email, by=Actor.user(me(request)), at=now, channel=channel_of(request))
    files = [
        (one, reverse("message-file", args=[found.message_id, one.pk]))
        for one in found.message.files.select_related("file")
    ]
    return pass_on_page(request, email, passing, now, about=f"{found.message}, {found.label}", files=files)
