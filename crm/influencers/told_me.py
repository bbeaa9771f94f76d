"""Told me: a colleague settles a person's tasks because the answer came by WhatsApp, phone, message or in person."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from crm.base.way_back import way_back
from crm.influencers.actions.told import Heard, NotSettled, Settling, note_told
from crm.influencers.forms.told import LONGEST_QUOTE, TalkForm, ToldForm
from crm.influencers.models import Influencer
from crm.influencers.places import Written, talks_with, words_behind
from crm.influencers.views.editing import follow_merges, person_of
from crm.portal.forms import PlainAnswerForm
from crm.portal.registry import Answer, Asking, PortalTask, find_task, open_tasks
from crm.team.views.access import me

if TYPE_CHECKING:
    from crm.team.models import User


def asking_for(person: Influencer, now: dt.datetime) -> Asking:
    """A colleague's question: every brand, the person's own zone."""
    return Asking(person.pk, None, now, person.zone)


def tasks_for(user: "User", person: Influencer, now: dt.datetime) -> list[PortalTask]:
    """The person's open tasks with brands this colleague may see."""
    brands = user.brand_ids()
    return [task for task in open_tasks(asking_for(person, now)) if may_see(task, brands)]


def may_see(task: PortalTask, brands: frozenset[int] | None) -> bool:
    return brands is None or task.brand_id is None or task.brand_id in brands


@dataclass(frozen=True)
class Choice:
    """One open task on the page: ticked or not, with what its most expected answer needs, and the other answers."""

    task: PortalTask
    answer: Answer
    form: forms.Form
    is_ticked: bool

    @property
    def key(self) -> str:
        return key_of(self.task)

    @property
    def others(self) -> list[Answer]:
        return [answer for answer in self.task.answers if answer.code != self.answer.code]

    def settling(self) -> Settling:
        return Settling(self.task, self.answer, self.form.cleaned_data)


def key_of(task: PortalTask) -> str:
    return f"{task.feature}-{task.subject_id}"


def choices_for(request: HttpRequest, tasks: list[PortalTask]) -> list[Choice]:
    """Her open tasks; the only one there is, or those the address names, are ticked already."""
    if request.method == "POST":
        ticked = set(request.POST.getlist("settles"))
    else:
        ticked = set(request.GET.getlist("tick")) or ({key_of(tasks[0])} if len(tasks) == 1 else set())
    return [choice_of(request, task, key_of(task) in ticked) for task in tasks]


def choice_of(request: HttpRequest, task: PortalTask, is_ticked: bool) -> Choice:
    answer = next((one for one in task.answers if one.primary), task.answers[0])
    form_class = answer.form or PlainAnswerForm
    if request.method == "POST" and is_ticked:
        form = form_class(request.POST, request.FILES, prefix=key_of(task))
    else:
        form = form_class(initial=dict(task.initial), prefix=key_of(task))
    return Choice(task, answer, form, is_ticked)


@login_required
@permission_required("crm.tell_influencer", raise_exception=True)
@require_http_methods(["GET", "HEAD", "POST"])
@follow_merges
def told(request: HttpRequest, pk: int) -> HttpResponse:
    """One form: how she told it, what it settles; nothing ticked is a talk that settles nothing."""
    person, now = person_of(request, pk), timezone.now()
    tasks = tasks_for(me(request), person, now)
    choices = choices_for(request, [task for task in tasks if task.answers and not task.standing])
    form = talk_form(request, person)
    if request.method == "POST" and noted_down(request, person, form, choices, now):
        return redirect(back_to(request, person))
    context = {
        "person": person,
        "choices": choices,
        "standing": [task for task in tasks if task.standing],
        "form": form,
        "accounts": list(person.accounts.select_related("platform").order_by("pk")),
        "back": back_to(request, person),
        "written": written_to(request),
    }
    return render(request, "crm/influencers/told.html", context, status=422 if request.method == "POST" else 200)


def talk_form(request: HttpRequest, person: Influencer) -> TalkForm:
    abouts = talks_with(me(request), person.pk)
    if request.method == "POST":
        return TalkForm(request.POST, request.FILES, person=person, abouts=abouts)
    return TalkForm(
        person=person, abouts=abouts, initial={"about": request.GET.get("about", ""), **initial_words(request)}
    )


def noted_down(
    request: HttpRequest, person: Influencer, form: TalkForm, choices: list[Choice], now: dt.datetime
) -> bool:
    """Store it, or put what is wrong beside its field and store nothing."""
    ticked = [choice for choice in choices if choice.is_ticked]
    if not all([form.is_valid(), *(choice.form.is_valid() for choice in ticked)]):
        return False
    gone = set(request.POST.getlist("settles")) - {choice.key for choice in choices}
    if gone:
        form.add_error(None, _("Something you ticked is settled already. Look at what is left, then note it again."))
        return False
    if not ticked and not form.says_something:
        form.add_error(None, _("Tick what it settles, or write down what was said."))
        return False
    try:
        settlings = [choice.settling() for choice in ticked]
        note_all(request, person, heard_of(me(request), form, now), settlings, now)
    except NotSettled as error:
        refused = next(choice for choice in ticked if choice.task == error.settling.task)
        refused.form.add_error(None, error.refused)
        return False
    messages.success(request, said_after(person, ticked, form.cleaned_data, now))
    return True


def heard_of(user: "User", form: TalkForm, now: dt.datetime) -> Heard:
    said: Mapping[str, Any] = form.cleaned_data
    return Heard(
        user,
        now,
        said["channel"],
        said["quote"],
        said["screenshot"] or None,
        said["account"],
        said["ours"],
        form.chosen_about,
        said["remind_on"],
    )


def said_after(person: Influencer, ticked: list[Choice], said: Mapping[str, Any], now: dt.datetime) -> str:
    """What it did, in one or two sentences."""
    if len(ticked) == 1:
        done = noted(person, ticked[0].task, now)
    elif ticked:
        done = ngettext(
            "%(n)s thing is noted. Reminders about it stop.",
            "%(n)s things are noted. Reminders about them stop.",
            len(ticked),
        ) % {"n": len(ticked)}
    else:
        done = _("Noted in the story.")
    task = _("A task reminds you.")
    return f"{done} {task}" if said["remind_on"] else done


@login_required
@permission_required("crm.tell_influencer", raise_exception=True)
@require_http_methods(["GET", "HEAD", "POST"])
@follow_merges
def told_answer(request: HttpRequest, pk: int, feature: str, subject_id: int, code: str) -> HttpResponse:
    """One answer on the person's behalf: opened with one click, settled with the second."""
    person, now = person_of(request, pk), timezone.now()
    task = find_task(asking_for(person, now), feature, subject_id)
    chosen = task.answer(code) if task is not None else None
    if task is None or chosen is None or not may_see(task, me(request).brand_ids()):
        if me(request).brand_ids() is not None:
            raise Http404
        messages.info(request, _("That is settled already; nothing is open any more."))
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
        "written": written_to(request),
    }
    return render(request, "crm/influencers/told_answer.html", context, status=422 if request.method == "POST" else 200)


def noted(person: Influencer, task: PortalTask, now: dt.datetime) -> str:
    """What an answer did: a question, or the wish for more time, leaves the task and its reminders as they are."""
    still = find_task(asking_for(person, now), task.feature, task.subject_id)
    if still is not None and (still.standing or str(still.title) == str(task.title)):
        return _("Noted.")
    return _("Noted. Reminders about it stop.")


def bound_forms(request: HttpRequest, task: PortalTask, chosen: Answer) -> tuple[ToldForm, forms.Form]:
    """The two halves of the page: how it was told, and what the answer itself needs."""
    form_class = chosen.form or PlainAnswerForm
    if request.method == "POST":
        return ToldForm(request.POST, request.FILES), form_class(request.POST, request.FILES)
    given = {name: request.GET[name] for name in ("channel", "quote") if name in request.GET}
    how = ToldForm(initial=given | initial_words(request))
    return how, form_class(initial=dict(task.initial))


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
    said = how.cleaned_data
    heard = Heard(me(request), now, said["channel"], said["quote"], said["screenshot"] or None)
    try:
        note_all(request, person, heard, [Settling(task, chosen, what.cleaned_data)], now)
    except NotSettled as error:
        what.add_error(None, error.refused)
        return False
    return True


def written_to(request: HttpRequest) -> Written | None:
    """The mail whose words this page enters, when it was opened from one."""
    return words_behind(me(request), request.POST.get("heard") or request.GET.get("heard") or "")


def initial_words(request: HttpRequest) -> dict[str, str]:
    written = written_to(request)
    return {"channel": written.channel, "quote": written.quote[:LONGEST_QUOTE]} if written else {}


def note_all(
    request: HttpRequest, person: Influencer, heard: Heard, settlings: list[Settling], now: dt.datetime
) -> None:
    """Note it, and what the words came in with is settled too. Raises NotSettled, nothing changed."""
    written = written_to(request)
    with transaction.atomic():
        note_told(person, heard, settlings, asking_for(person, now))
        if written is not None:
            written.entered(me(request), now)


def back_to(request: HttpRequest, person: Influencer) -> str:
    """Where the colleague came from, when that is a page of ours; else the person."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    return way_back(request, wanted, reverse("person", args=[person.pk]))


urlpatterns = [
    path("people/<int:pk>/told/", told, name="told-me"),
    path("people/<int:pk>/told/<slug:feature>/<int:subject_id>/<slug:code>/", told_answer, name="told-answer"),
]
