"""Pages of messages to people: write, look who gets it when, send, see what became of each."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from crm.base.formats import count_full
from crm.base.zones import local_date
from crm.inbox.answering import answer_subject
from crm.messages import actions, pages
from crm.messages.forms import PARTS, MessageForm, language_of, offered
from crm.messages.models import Message, MessageLine
from crm.messages.places import Whom, message_audience
from crm.messages.tasks import ring
from crm.outbox.queries import tab_links
from crm.team.views.access import me, needs
from crm.timeline.record import Actor
from crm.timeline.transitions import TransitionRefused

FORM = ["GET", "HEAD", "POST"]
CARRIED = ("mail_class", "with_page", "day_on", "when", "leave_on", "leave_clock", "is_urgent")


def found_message(request: HttpRequest, pk: int) -> Message:
    seen = Message.objects.visible_to(me(request)).select_related("started_by", "template", "answers__contact")
    return get_object_or_404(seen, pk=pk)


def found_line(request: HttpRequest, **asked: Any) -> MessageLine:
    seen = Message.objects.visible_to(me(request))
    lines = MessageLine.objects.filter(message__in=seen).select_related(
        "message__started_by", "message__answers", "contact", "todo"
    )
    return get_object_or_404(lines, **asked)


@require_safe
@needs("crm.view_message")
def messages_written(request: HttpRequest) -> HttpResponse:
    """What colleagues wrote, the newest first, each with what became of it."""
    context = pages.written(me(request), request.GET.get("page"))
    tabs = tab_links(me(request), "messages")
    return render(request, "crm/messages/messages.html", {**context, "tabs": tabs})


@require_http_methods(FORM)
@needs("crm.write_message")
def message_new(request: HttpRequest) -> HttpResponseBase:
    """Write to people who are chosen already; keeping it shows who gets it, and sends nothing."""
    if request.method != "POST":
        return compose_page(request, request.GET.get("audience", ""), request.GET)
    audience, asked = request.POST.get("audience", ""), QueryDict(request.POST.get("asked", ""))
    if "use" in request.POST:
        return compose_page(request, audience, asked, initial=begun_with(request.POST))
    whom = whom_of(request, audience, asked)
    draft = Message(audience=audience, asked=asked.urlencode(), key=request.POST.get("key", "")[:40] or new_key())
    form = form_for(request, audience, request.POST, instance=draft, answers=whom.answers)
    if not form.is_valid():
        return compose_page(request, audience, asked, form=form)
    try:
        kept = actions.write(form.written(), asked, user=me(request), now=timezone.now())
    except actions.TooMany:
        form.add_error(None, too_many())
        return compose_page(request, audience, asked, form=form)
    except actions.Nobody:
        messages.error(request, nobody())
        return redirect(whom.back)
    go(kept)
    return redirect("message", kept.pk)


def go(message: Message) -> None:
    """Do it at once when it is little, else call a worker."""
    if message.total <= actions.AT_ONCE:
        actions.carry_on(message.pk, now=timezone.now())
    else:
        ring(message)


def too_many() -> str:
    return _("These are more than %(most)s people. Narrow the filter and write in parts.") % {
        "most": count_full(actions.MOST)
    }


def nobody() -> str:
    return _("Nobody is chosen, or nobody of them is there any more. Choose people first.")


def new_key() -> str:
    return str(uuid.uuid4())


def whom_of(request: HttpRequest, audience: str, asked: QueryDict) -> Whom:
    """The chosen people in words; 404 when there is no such thing for this colleague."""
    if audience not in message_audience:
        raise Http404
    whom = message_audience[audience].call().whom(asked, me(request), timezone.now())
    if whom is None:
        raise Http404
    return whom


def form_for(request: HttpRequest, audience: str, data: Any = None, **more: Any) -> MessageForm:
    user = me(request)
    today = local_date(timezone.now(), user.zone)
    return MessageForm(data, audience=audience, user=user, today=today, **more)


def begun_with(data: QueryDict) -> dict[str, Any]:
    """Everything typed, with the chosen template's words instead of those typed before."""
    initial: dict[str, Any] = {name: data.get(name) for name in (*CARRIED, *PARTS)}
    template = offered().filter(pk=data.get("use_template") or 0).first() if _is_id(data) else None
    if template is None:
        return initial
    words = {name: getattr(template, name) for name in (*PARTS, "mail_class", "with_page")}
    return {**initial, **words, "use_template": template.pk}


def begun_answer(whom: Whom) -> dict[str, Any]:
    """How an answer begins: her subject in her language, and it need not wait for another day."""
    if whom.answers is None:
        return {}
    return {f"subject_{language_of(whom.answers)}": answer_subject(whom.answers), "is_urgent": True}


def _is_id(data: QueryDict) -> bool:
    text = data.get("use_template", "")
    return text.isascii() and text.isdigit() and len(text) < 18


def compose_page(
    request: HttpRequest,
    audience: str,
    asked: QueryDict,
    *,
    form: MessageForm | None = None,
    initial: dict[str, Any] | None = None,
) -> HttpResponseBase:
    """The page to write on."""
    if audience not in message_audience:
        raise Http404
    whom = message_audience[audience].call().whom(asked, me(request), timezone.now())
    if whom is None:
        messages.error(request, nobody())
        return redirect("messages")
    form = form or form_for(request, audience, initial=initial or begun_answer(whom), answers=whom.answers)
    context = {
        "form": form,
        "whom": whom,
        "audience": audience,
        "asked": asked.urlencode(),
        "key": request.POST.get("key") or new_key(),
        "blanks": list(form.allowed.items()),
    }
    return render(request, "crm/messages/write.html", context, status=422 if form.is_bound else 200)


@require_http_methods(FORM)
@needs("crm.write_message")
def message_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Other words or another time, as long as nothing was sent."""
    found = found_message(request, pk)
    if not found.may_be_changed:
        messages.info(request, _("It was sent; its words stay as they left."))
        return redirect("message", pk)
    use = request.method == "POST" and "use" in request.POST
    data = request.POST if request.method == "POST" and not use else None
    initial = begun_with(request.POST) if use else None
    form = form_for(request, found.audience, data, instance=found, initial=initial, answers=found.answers)
    if not (form.is_bound and form.is_valid()):
        context = {"form": form, "message": found, "blanks": list(form.allowed.items())}
        return render(request, "crm/messages/edit.html", context, status=422 if form.is_bound else 200)
    try:
        actions.change(form.written(), now=timezone.now(), actor=Actor.user(me(request)))
    except TransitionRefused as refused:
        messages.error(request, str(refused))
    else:
        go(found)
    return redirect("message", pk)
