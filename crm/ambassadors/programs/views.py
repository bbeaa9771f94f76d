"""Programmes: all of them, one of them, its form, its tiers and what they bring."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from crm.ambassadors.models import Program, ProgramTier
from crm.ambassadors.programs import actions
from crm.ambassadors.programs.forms import ProgramForm, perk_rows, tier_rows, with_one_more
from crm.ambassadors.programs.page import member_rows, page_of
from crm.ambassadors.programs.queries import program_rows
from crm.team.views.access import me, needs
from crm.timeline.record import Actor

FORM = ["GET", "HEAD", "POST"]
LOOK, CHANGE = "crm.view_ambassadordeal", "crm.change_program"


def program_of(request: HttpRequest, pk: int) -> Program:
    """The programme in the address, as far as this colleague may see it, or 404."""
    rows = Program.objects.visible_to(me(request)).select_related("brand", "category", "owner")
    return get_object_or_404(rows, pk=pk)


@require_safe
@needs(LOOK)
def programs(request: HttpRequest) -> HttpResponse:
    """All programmes that take people, or those that are closed."""
    user, is_closed = me(request), request.GET.get("tab") == "closed"
    seen = Program.objects.visible_to(user).select_related("brand", "owner")
    rows = program_rows(seen.closed() if is_closed else seen.running(), timezone.now())
    context = {"rows": rows, "is_closed": is_closed, "some_closed": is_closed or seen.closed().exists()}
    return render(request, "crm/ambassadors/programs/programs.html", context)


@require_safe
@needs(LOOK)
def program(request: HttpRequest, pk: int) -> HttpResponse:
    """One programme: its figures, its people, its tiers."""
    found, user, now = program_of(request, pk), me(request), timezone.now()
    tab = request.GET.get("tab", "")
    context = {"program": found, "page": page_of(found, user, now), "tab": tab}
    return render(
        request, "crm/ambassadors/programs/program.html", {**context, **member_rows(found, request, now, tab)}
    )


@require_http_methods(FORM)
@needs(CHANGE)
def program_new(request: HttpRequest) -> HttpResponse:
    """Open a programme."""
    user, brand = me(request), request.GET.get("brand", "")
    initial = {"brand": brand} if brand.isascii() and brand.isdigit() and len(brand) < 19 else {}
    form = ProgramForm(request.POST or None, user=user, initial=initial)
    if form.is_bound and form.is_valid():
        try:
            made = actions.open_program(form.program(), at=timezone.now(), actor=Actor.user(user))
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, _("The programme is open. Give it tiers, or its first ambassador."))
            return redirect("ambassador-program", made.pk)
    return _form_page(request, form, None, _("New programme"), _("Open it"))


@require_http_methods(FORM)
@needs(CHANGE)
def program_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what it is called, what it is about, who answers for it."""
    found, user = program_of(request, pk), me(request)
    form = ProgramForm(request.POST or None, instance=found, user=user)
    if form.is_bound and form.is_valid():
        try:
            actions.change_program(form.program(), at=timezone.now(), actor=Actor.user(user))
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, _("Saved."))
            return redirect("ambassador-program", pk)
    return _form_page(request, form, program_of(request, pk), _("Change the programme"), _("Save"))


def _form_page(request: HttpRequest, form: Any, found: Program | None, title: str, verb: str) -> HttpResponse:
    context = {"form": form, "program": found, "title": title, "verb": verb}
    status = 422 if form.is_bound else 200
    return render(request, "crm/ambassadors/programs/form.html", context, status=status)


@require_POST
@needs(CHANGE)
def program_close(request: HttpRequest, pk: int) -> HttpResponse:
    """Nobody new comes in, or people do again."""
    found, now, actor = program_of(request, pk), timezone.now(), Actor.user(me(request))
    if found.archived_at is None:
        actions.close_program(found, at=now, actor=actor)
        messages.success(request, _("Nobody new comes in. The deals that run go on to their end."))
    else:
        actions.reopen_program(found, at=now, actor=actor)
        messages.success(request, _("The programme takes people again."))
    return redirect("ambassador-program", pk)


@require_http_methods(FORM)
@needs(CHANGE)
def program_tiers(request: HttpRequest, pk: int) -> HttpResponse:
    """The rungs of a programme, changed as a whole."""
    found = program_of(request, pk)
    formset, wants_more = _rows(request, lambda data: tier_rows(found, data))
    if request.method == "POST" and not wants_more and formset.is_valid():
        kept = [form.typed for form in formset.kept]
        try:
            actions.save_tiers(found, kept, formset.gone, at=timezone.now(), actor=Actor.user(me(request)))
        except ValidationError as refused:
            formset._non_form_errors.extend(refused.messages)
        else:
            messages.success(request, _("Saved."))
            return redirect("ambassador-program", pk)
    return _rows_page(request, formset, found, None, wants_more)


@require_http_methods(FORM)
@needs(CHANGE)
def tier_perks(request: HttpRequest, pk: int, tier: int) -> HttpResponse:
    """What one tier brings, changed as a whole."""
    found = program_of(request, pk)
    rung = get_object_or_404(ProgramTier, pk=tier, program=found)
    formset, wants_more = _rows(request, lambda data: perk_rows(rung, data))
    if request.method == "POST" and not wants_more and formset.is_valid():
        kept = [form.instance for form in formset.kept]
        actions.save_perks(rung, kept, formset.gone, at=timezone.now(), actor=Actor.user(me(request)))
        messages.success(request, _("Saved."))
        return redirect("ambassador-program", pk)
    return _rows_page(request, formset, found, rung, wants_more)


def _rows(request: HttpRequest, made: Any) -> tuple[Any, bool]:
    wants_more = "more" in request.POST
    data = with_one_more(request.POST) if wants_more else request.POST
    return made(data if request.method == "POST" else None), wants_more


def _rows_page(
    request: HttpRequest, formset: Any, found: Program, tier: ProgramTier | None, wants_more: bool
) -> HttpResponse:
    context = {"formset": formset, "program": found, "tier": tier}
    status = 422 if request.method == "POST" and not wants_more else 200
    return render(request, "crm/ambassadors/programs/rows.html", context, status=status)
