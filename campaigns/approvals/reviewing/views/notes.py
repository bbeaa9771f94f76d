"""Notes: written, changed, removed, solved."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from campaigns.approvals.models import ContentVersion, Note
from campaigns.approvals.reviewing import notes
from campaigns.approvals.reviewing.doors import find_note, find_version, works
from campaigns.approvals.reviewing.forms import NoteForm, typed
from campaigns.approvals.reviewing.noted import about_of, items_for
from campaigns.approvals.reviewing.page import assets_of
from campaigns.approvals.reviewing.views.page import shown
from campaigns.planning.views.doors import actor_of, back_to, colleague, refuse
from crm.timeline.transitions import TransitionRefused


def place_of(version: int, anchor: str = "notes") -> str:
    return f"{reverse('review', args=[version])}#{anchor}"


def back_from(request: HttpRequest, version: int, anchor: str = "notes") -> str:
    """The page of the version as the colleague had it, at its notes."""
    wanted = back_to(request, reverse("review", args=[version]))
    return f"{wanted.partition('#')[0]}#{anchor}"


@works
@require_POST
def review_note(request: HttpRequest, pk: int) -> HttpResponse:
    """A new note on a version."""
    version = find_version(request, pk)
    form = NoteForm(request.POST, about=about_of(version, assets_of([version]).get(version.pk, [])))
    if not form.is_valid():
        return shown(request, version, form)
    heard = {"channel": form.cleaned_data["channel"], "noted_for": form.cleaned_data["noted_for"]}
    try:
        note = notes.write(
            version, colleague(request), form.columns, at=timezone.now(), actor=actor_of(request), **heard
        )
    except TransitionRefused as refused:
        form.add_error(None, str(refused))
        return shown(request, version, form)
    return redirect(back_from(request, version.pk, f"note-{note.pk}"))


@works
@require_http_methods(["GET", "HEAD", "POST"])
def review_note_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Other words for an unsent note."""
    note = find_note(request, pk)
    version = find_version(request, note.version_id)
    about = about_of(version, assets_of([version]).get(version.pk, []))
    form = NoteForm(request.POST or None, initial=typed(note), about=about)
    if request.method == "POST" and form.is_valid():
        return do(request, version, lambda: notes.change(note, colleague(request), form.columns))
    context = {"form": form, "version": version, "note": note}
    return render(request, "campaigns/approvals/reviewing/note.html", context, status=422 if form.is_bound else 200)


@works
@require_POST
def review_note_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """An unsent note goes as if never written."""
    note = find_note(request, pk)
    return do(request, note.version, lambda: notes.remove(note, colleague(request)))


@works
@require_POST
def review_note_cite(request: HttpRequest, pk: int) -> HttpResponse:
    """The note stands on the item that was suggested."""
    note = find_note(request, pk)
    wanted = request.POST.get("item", "")
    item = next((one for one, _place in items_for(note.version) if str(one.pk) == wanted), None)
    if item is None:
        return refuse(request, _("This item is not in the brief she accepted."), back_from(request, note.version_id))
    return do(request, note.version, lambda: notes.change(note, colleague(request), {"brief_item": item}))


@works
@require_POST
def review_note_solve(request: HttpRequest, pk: int) -> HttpResponse:
    """A version did what the note asked for, or did not after all."""
    note = find_note(request, pk)
    version = later_version(request, note)
    if version is None:
        return refuse(request, _("Only a later version solves a note."), back_from(request, note.version_id))
    now, actor = timezone.now(), actor_of(request)
    if request.POST.get("again"):
        return do(request, version, lambda: notes.reopen(note, at=now, actor=actor))
    return do(request, version, lambda: notes.solve(note, version.number, at=now, actor=actor))


@works
@require_POST
def review_solve_all(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything that was asked for before is solved by this version."""
    version = find_version(request, pk)
    solved = notes.solve_all(version, at=timezone.now(), actor=actor_of(request))
    messages.success(request, _("Solved in this version: %(n)d") % {"n": solved})
    return redirect(back_from(request, version.pk))


def later_version(request: HttpRequest, note: Note) -> ContentVersion | None:
    """The version that is said to solve it: a later one of the same thing."""
    said = request.POST.get("version", "")
    before = note.version
    later = ContentVersion.objects.filter(
        deliverable=before.deliverable_id, stage=before.stage, number__gt=before.number
    ).select_related("deliverable")
    return later.filter(pk=int(said)).first() if said.isdecimal() and len(said) < 19 else None


def do(request: HttpRequest, version: ContentVersion, act: Callable[[], Any]) -> HttpResponse:
    """Do it and go back to the notes, or say why not."""
    back = back_from(request, version.pk)
    try:
        act()
    except TransitionRefused as refused:
        return refuse(request, refused, back)
    return redirect(back)
