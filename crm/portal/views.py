"""The influencer's page. GET shows and changes nothing; what she says comes by POST."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_http_methods, require_POST

from crm.base.files import SafeFile, keep
from crm.base.models import Organisation, StoredFile
from crm.base.visitors import address_of, forget_pages
from crm.outbox.models import Contact
from crm.portal.actions import send_new_links, speak
from crm.portal.forms import NewLinkForm, PlainAnswerForm
from crm.portal.links import exchange, find_link
from crm.portal.models import PortalSession
from crm.portal.registry import (
    Answer,
    AnswerRefused,
    Frame,
    PortalTask,
    Tick,
    Told,
    features,
    find_task,
    open_tasks,
    parts_for,
    settle,
    ticks_for,
)
from crm.portal.ticks import add_ticks, take_ticks
from crm.portal.visits import Visit, closed, frame_of, lost, private, visiting, welcome
from crm.timeline.record import Actor, in_language


@csrf_protect
@require_http_methods(["GET", "HEAD", "POST"])
def link(request: HttpRequest, token: str) -> HttpResponse:
    """Where the e-mail leads. Mail scanners open links, so opening one only shows a button."""
    now = timezone.now()
    found = find_link(token, now)
    frame = frame_of(found, now) if found is not None else None
    if found is None or frame is None:
        return lost(request)
    if frame.is_closed:
        return closed(request, found, frame)
    if request.method == "POST":
        return welcome(request, exchange(found, now))
    request.LANGUAGE_CODE = found.contact.language
    with translation.override(found.contact.language):
        return private(render(request, "crm/portal/door.html", {"frame": frame}))


@visiting
@require_http_methods(["GET", "HEAD"])
def page(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Everything that is open for her with this brand, on one page."""
    tasks = open_tasks(visit.asking)
    return render(
        request,
        "crm/portal/page.html",
        {
            "visit": visit,
            "frame": visit.frame,
            "tasks": [task for task in tasks if not task.standing],
            "standing": [task for task in tasks if task.standing],
            "parts": parts_for(visit.asking),
            "thanks": thanks_for(request.GET.get("thanks", "")),
        },
    )


def thanks_for(key: str) -> str:
    """The sentence for `?thanks=`: never text from the address itself."""
    feature, _dot, code = key.partition(".")
    source: Any = features().get(feature)
    return str(getattr(source, "THANKS", {}).get(code, "")) if source is not None else ""


@csrf_protect
@visiting
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, visit: Visit, feature: str, subject_id: int, code: str) -> HttpResponse:
    """One answer to one task: shows what is needed, then settles it."""
    task = find_task(visit.asking, feature, subject_id)
    chosen = task.answer(code) if task is not None else None
    if task is None or chosen is None:
        return render(request, "crm/portal/gone.html", {"visit": visit, "frame": visit.frame}, status=404)
    form, ticks = answer_form(chosen, task, request), ticks_for(visit.asking, task)
    add_ticks(form, ticks, visit.session.pk)
    is_said = request.method == "POST" and form.is_valid()
    thanks = settled(visit, task, chosen, form, ticks, address_of(request)) if is_said else ""
    if thanks:
        return redirect(f"{reverse('portal-page', args=[visit.session.pk])}?thanks={feature}.{thanks}")
    status = 422 if request.method == "POST" else 200
    context = {"visit": visit, "frame": visit.frame, "task": task, "answer": chosen, "form": form}
    return render(request, "crm/portal/answer.html", context, status=status)


def answer_form(chosen: Answer, task: PortalTask, request: HttpRequest) -> forms.Form:
    """The answer's own form, filled with what she sent."""
    form_class = chosen.form or PlainAnswerForm
    if request.method == "POST":
        return form_class(request.POST, request.FILES)
    return form_class(initial=dict(task.initial))


def settled(
    visit: Visit,
    task: PortalTask,
    chosen: Answer,
    form: forms.Form,
    ticks: Sequence[Tick] = (),
    address: str | None = "",
) -> str:
    """Settle the task and what was ticked beside it: the key of the thanks.

    Or put the reason it was refused into the form, and give nothing.
    """
    actor = Actor.contact(visit.link.contact, label=acting_label(visit))
    data = dict(form.cleaned_data)
    try:
        with transaction.atomic():
            told = Told(
                chosen.code,
                data,
                visit.asking.now,
                actor,
                quote=str(data.get("note") or ""),
                file=kept_file(data.get("file"), actor.label),
                address=address or "",
            )
            thanks = settle(visit.asking, task, told)
            take_ticks(visit.asking, ticks, told)
    except AnswerRefused as refused:
        form.add_error(None, refused)
        return ""
    return thanks


def kept_file(safe: SafeFile | None, by: str) -> StoredFile | None:
    """Keep a file that came with an answer; it was made safe by the form."""
    return keep(safe, by=by) if safe else None


def acting_label(visit: Visit) -> str:
    """How the story signs her: herself, or whoever acts for her."""
    return acting_name(visit.link.contact, visit.frame)


def acting_name(contact: Contact, frame: Frame) -> str:
    """Sari for Kirana, or her own name."""
    name, person = contact.name, frame.acting_for
    if not person:
        return name
    return in_language(Organisation.load().language, _("%(agent)s for %(person)s"), {"agent": name, "person": person})


@csrf_protect
@visiting
@require_POST
def language(request: HttpRequest, visit: Visit) -> HttpResponse:
    """The page in the other language, from now on and in e-mails too."""
    speak(visit.link, "en" if visit.link.contact.language == "id" else "id", visit.asking.now, acting_label(visit))
    return redirect("portal-page", pk=visit.session.pk)


@csrf_protect
@visiting
@require_POST
def leave(request: HttpRequest, visit: Visit) -> HttpResponse:
    """End this visit, for a borrowed phone. The link in the e-mail still opens a new one."""
    PortalSession.objects.filter(pk=visit.session.pk, ended_at__isnull=True).update(ended_at=visit.asking.now)
    response = render(request, "crm/portal/left.html", {"frame": visit.frame})
    forget_pages(response)
    return response


@csrf_protect
@require_http_methods(["GET", "HEAD", "POST"])
def new_link(request: HttpRequest) -> HttpResponse:
    """ "Send me a new link": known or not, the answer is the same."""
    form = NewLinkForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        send_new_links(form.cleaned_data["email"], timezone.now())
        return private(render(request, "crm/portal/new_link_sent.html"))
    return private(render(request, "crm/portal/lost.html", {"form": form}, status=422 if form.is_bound else 200))
