"""The home page, and the tasks written on it."""

import datetime as dt
from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from crm.base.places import panels_for
from crm.base.way_back import way_back
from crm.base.zones import local_date, local_midnight
from crm.outbox.models import Email
from crm.reminders.models import Reminder, Todo
from crm.reminders.today import today
from crm.reminders.todo_forms import TodoForm
from crm.reminders.todos import WordsAsked, change_todo, page_of, press_done, reopen_todo, words_asked, write_todo
from crm.team.models import User
from crm.timeline.edits import ChangedMeanwhile


def colleague(request: HttpRequest) -> User:
    return cast(User, request.user)


@login_required
@require_GET
def today_page(request: HttpRequest) -> HttpResponse:
    """What needs me, and what went out today."""
    user, now = colleague(request), timezone.now()
    kind, mine = request.GET.get("kind", ""), request.GET.get("whose") == "mine"
    page = today(user, now, kind=kind, mine=mine)
    context: dict[str, Any] = {
        "page": page,
        "kind": kind,
        "mine": mine,
        "now": now,
        "hour": timezone.localtime(now).hour,
        "notices": panels_for("today-top", request, user),
        "panels": panels_for("today", request, user),
        **went_out(user),
    }
    return render(request, "crm/reminders/today.html", context)


def went_out(user: User) -> dict[str, Any]:
    """Today's mail in the user's day: what left, what waits, what did not go through."""
    now = timezone.now()
    midnight = local_midnight(local_date(now, user.zone), user.zone)
    emails = Email.objects.visible_to(user)
    sent = emails.sent().filter(sent_at__gte=midnight).select_related("contact").order_by("-sent_at")
    waiting = Reminder.objects.visible_to(user).queued().filter(send_at__lte=now + dt.timedelta(hours=24))
    failed = (emails.failed() | emails.doubtful()).select_related("contact").newest_first()
    return {
        "sent": sent[:6],
        "sent_count": sent.count(),
        "waiting_count": waiting.count(),
        "failed": failed[:5],
        "failed_count": failed.count(),
    }


@login_required
@permission_required("crm.write_todo", raise_exception=True)
@require_http_methods(["GET", "HEAD", "POST"])
def todo_new(request: HttpRequest) -> HttpResponse:
    """Write a task; `?person=12` when it is about somebody."""
    user = colleague(request)
    form = TodoForm(request.POST or None, user=user, initial={"person": request.GET.get("person", "")})
    if request.method == "POST" and form.is_valid():
        write_todo(form.instance, by=user, at=timezone.now())
        messages.success(request, _("The task is on the list."))
        return redirect("today")
    return render(request, "crm/reminders/todo_form.html", {"form": form}, status=422 if form.is_bound else 200)


@login_required
@permission_required("crm.write_todo", raise_exception=True)
@require_http_methods(["GET", "HEAD", "POST"])
def todo(request: HttpRequest, pk: int) -> HttpResponse:
    """One task: read it, change it, close it."""
    user = colleague(request)
    found = find_todo(request, pk)
    if request.method == "POST":
        refuse_others(found, user)
        if found.done_at is not None:
            messages.info(request, _("This task is closed. Open it again to change it."))
            return redirect("todo", pk=pk)
    form = TodoForm(request.POST or None, instance=found, user=user)
    if request.method == "POST" and form.is_valid():
        try:
            change_todo(form.instance, seen=form.seen, by=user, at=timezone.now())
        except ChangedMeanwhile as changed:
            form.show_change(changed)
        else:
            messages.success(request, _("The task is changed."))
            return redirect("today")
    leads_to = page_of(found, user)
    context = {
        "todo": find_todo(request, pk), "form": form, "may_settle": found.may_be_settled_by(user),
        "words_asked": words_asked(found, user), "leads_to": "" if leads_to == request.path else leads_to,
    }  # fmt: skip
    return render(request, "crm/reminders/todo.html", context, status=422 if form.is_bound else 200)


def find_todo(request: HttpRequest, pk: int) -> Todo:
    """A task this colleague may read, or 404."""
    return get_object_or_404(Todo.objects.visible_to(colleague(request)).select_related("author", "done_by"), pk=pk)


def refuse_others(found: Todo, user: User) -> None:
    """Raise PermissionDenied for a colleague who may read this task, but not settle it."""
    if not found.may_be_settled_by(user):
        raise PermissionDenied


@login_required
@permission_required("crm.write_todo", raise_exception=True)
@require_POST
def todo_done(request: HttpRequest, pk: int) -> HttpResponse:
    """Close a task from the list; one that ends with words leads to the page that asks for them."""
    user = colleague(request)
    found = find_todo(request, pk)
    refuse_others(found, user)
    try:
        closed = press_done(found, by=user, at=timezone.now())
    except WordsAsked as asked:
        messages.info(request, str(asked))
        return redirect(page_of(found, user))
    if closed:
        messages.success(request, _("Done: %(task)s") % {"task": found.text})
    else:
        messages.info(request, _("Somebody had closed it already."))
    return redirect(back_to(request))


def back_to(request: HttpRequest) -> str:
    """The page of ours the button was on; else Today."""
    wanted = request.POST.get("next", "")
    return way_back(request, wanted, reverse("today"))


@login_required
@permission_required("crm.write_todo", raise_exception=True)
@require_POST
def todo_reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Take "done" back."""
    user = colleague(request)
    found = find_todo(request, pk)
    refuse_others(found, user)
    if not reopen_todo(found, by=user, at=timezone.now()):
        messages.info(request, _("It is open already."))
    return redirect("todo", pk=pk)
