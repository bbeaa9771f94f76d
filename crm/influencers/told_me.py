"""Told me: a colleague settles a person's task because the answer came by WhatsApp, phone, message or in person."""

import datetime as dt
from typing import TYPE_CHECKING

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from crm.base.files import IMAGES, SafeFileField, keep
from crm.base.way_back import way_back
from crm.influencers.models import Influencer
from crm.influencers.views.editing import follow_merges, person_of
from crm.portal.forms import PlainAnswerForm
from crm.portal.registry import Answer, AnswerRefused, Asking, PortalTask, Told, find_task, open_tasks, settle
from crm.timeline.models import Channel
from crm.timeline.record import Actor

if TYPE_CHECKING:
    from crm.team.models import User

CHANNELS = [choice for choice in Channel.choices if choice[0]]


class ToldForm(forms.Form):
    """How the answer came: the channel, and the words or a screenshot."""

    channel = forms.ChoiceField(label=_("Told by"), choices=CHANNELS, initial=Channel.WHATSAPP)
    quote = forms.CharField(
        label=_("In their words (optional)"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2})
    )
    screenshot = SafeFileField(label=_("Screenshot (optional)"), kinds=IMAGES, required=False)


def asking_for(person: Influencer, now: dt.datetime) -> Asking:
    """A colleague's question: every brand, the person's own zone."""
    return Asking(person.pk, None, now, person.zone)


def tasks_for(user: "User", person: Influencer, now: dt.datetime) -> list[PortalTask]:
    """The person's open tasks with brands this colleague may see."""
    brands = user.brand_ids()
    return [task for task in open_tasks(asking_for(person, now)) if may_see(task, brands)]


def may_see(task: PortalTask, brands: frozenset[int] | None) -> bool:
    return brands is None or task.brand_id is None or task.brand_id in brands


@login_required
@permission_required("crm.tell_influencer", raise_exception=True)
@require_http_methods(["GET", "HEAD"])
@follow_merges
def told(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything this person has open, each with what she may have said about it."""
    person = person_of(request, pk)
    tasks = tasks_for(request.user, person, timezone.now())  # type: ignore[arg-type]
    return render(
        request, "crm/influencers/told.html", {"person": person, "tasks": tasks, "back": back_to(request, person)}
    )


@login_required
@permission_required("crm.tell_influencer", raise_exception=True)
@require_http_methods(["GET", "HEAD", "POST"])
@follow_merges
def told_answer(request: HttpRequest, pk: int, feature: str, subject_id: int, code: str) -> HttpResponse:
    """One answer on the person's behalf: opened with one click, settled with the second."""
    person = person_of(request, pk)
    now = timezone.now()
    task = find_task(asking_for(person, now), feature, subject_id)
    chosen = task.answer(code) if task is not None else None
    if task is None or chosen is None or not may_see(task, request.user.brand_ids()):  # type: ignore[union-attr]
        if request.user.brand_ids() is not None:  # type: ignore[union-attr]
            raise Http404
        messages.info(request, _now("That is settled already; nothing is open any more."))
        return redirect("told-me", pk=pk)
    how, what = bound_forms(request, task, chosen)
    if (
        request.method == "POST"
        and how.is_valid() & what.is_valid()
        and settled(request, person, task, chosen, how, what, now)
    ):
        messages.success(request, noted(person, task, now))
        return redirect(back_to(request, person))
    context = {
        "person": person,
        "task": task,
        "answer": chosen,
        "how": how,
        "what": what,
        "back": back_to(request, person),
    }
    return render(request, "crm/influencers/told_answer.html", context, status=422 if request.method == "POST" else 200)


def noted(person: Influencer, task: PortalTask, now: dt.datetime) -> str:
    """What an answer did: a question, or the wish for more time, leaves the task and its reminders as they are."""
    still = find_task(asking_for(person, now), task.feature, task.subject_id)
    if still is not None and (still.standing or str(still.title) == str(task.title)):
        return _now("Noted.")
    return _now("Noted. Reminders about it stop.")


def bound_forms(request: HttpRequest, task: PortalTask, chosen: Answer) -> tuple[ToldForm, forms.Form]:
    """The two halves of the page: how it was told, and what the answer itself needs."""
    form_class = chosen.form or PlainAnswerForm
    if request.method == "POST":
        return ToldForm(request.POST, request.FILES), form_class(request.POST, request.FILES)
    return ToldForm(), form_class(initial=dict(task.initial))


def settled(
    request: HttpRequest,
    person: Influencer,
    task: PortalTask,
    chosen: Answer,
    how: ToldForm,
    what: forms.Form,
    now: dt.datetime,
) -> bool:
    """Settle it through the feature, or show why not."""
    actor = Actor.user(request.user)  # type: ignore[arg-type]
    file = what.cleaned_data.get("file") or how.cleaned_data.get("screenshot")
    try:
        with transaction.atomic():
            kept = keep(file, by=actor.label) if file else None
            answer = Told(
                chosen.code, what.cleaned_data, now, actor, how.cleaned_data["channel"], how.cleaned_data["quote"], kept
            )
            settle(asking_for(person, now), task, answer)
    except AnswerRefused as refused:
        what.add_error(None, refused)
        return False
    return True


def back_to(request: HttpRequest, person: Influencer) -> str:
    """Where the colleague came from, when that is a page of ours; else the person."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    return way_back(request, wanted, reverse("person", args=[person.pk]))


urlpatterns = [
    path("people/<int:pk>/told/", told, name="told-me"),
    path("people/<int:pk>/told/<slug:feature>/<int:subject_id>/<slug:code>/", told_answer, name="told-answer"),
]
