"""One promise of a collaboration: its page with all its versions, changing it, ending it early."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from campaigns.planning.models import Collaboration
from campaigns.planning.models.promises import PromiseHeld
from campaigns.planning.promise_page import line_of
from campaigns.planning.refusal_page import held_page
from campaigns.planning.rehearsing import Outcome, outcome_of
from campaigns.planning.views.doors import actor_of, colleague, find_collaboration, looks, refuse, works
from crm.base.typed import typed_as
from crm.base.zones import local_date
from crm.exclusivity.actions.amending import amend, versions_of
from crm.exclusivity.actions.ending import end_promise
from crm.exclusivity.conflicts import Conflict
from crm.exclusivity.forms import AmendForm, EndForm
from crm.exclusivity.gate import Door
from crm.exclusivity.models import Clause
from crm.exclusivity.versions import version_of
from crm.timeline.record import subject_of
from crm.timeline.transitions import TransitionRefused

FORM = ["GET", "HEAD", "POST"]
Change = Callable[[], tuple[Clause, list[Conflict]]]


def find_clause(card: Collaboration, pk: int) -> Clause:
    return get_object_or_404(Clause.objects.of_work(subject_of(card)).with_scope(), pk=pk)


@looks
@require_safe
def clause(request: HttpRequest, pk: int, clause: int) -> HttpResponse:
    """What was promised, from when to when, and what it said before."""
    card = find_collaboration(request, pk)
    known = find_clause(card, clause)
    pks = [one.pk for one in versions_of(known)]
    rows = Clause.objects.with_scope().in_bulk(pks)
    versions = [version_of(rows[one]) for one in pks]
    newer = Clause.objects.filter(supersedes=known).first()
    context = {"collaboration": card, "line": line_of(known), "versions": versions, "newer": newer}
    return render(request, "campaigns/planning/clause.html", context)


def change(request: HttpRequest, card: Collaboration, known: Clause) -> HttpResponse:
    """A promise in force says something else from a day on: shown first, with what it would meet, and done then."""
    now, user = timezone.now(), colleague(request)
    form = AmendForm(request.POST or None, instance=known, user=user, today=local_date(now, known.zone))

    def do() -> tuple[Clause, list[Conflict]]:
        door = Door(frozenset({card.influencer_id}), now)
        day, actor = form.cleaned_data["effective_on"], actor_of(request)
        fresh = amend(form.clause(), form.sets, effective_on=day, door=door, actor=actor)
        return fresh, card.keep_promises(at=now, actor=actor)

    done = _("The promise says this from that day on.")
    return _ask_first(
        request, card, find_clause(card, known.pk), form, do, "campaigns/planning/clause_change.html", done
    )


@works
@require_http_methods(FORM)
def clause_end(request: HttpRequest, pk: int, clause: int) -> HttpResponse:
    """The deal of a promise ends early: shows what would outlive it, and does it then."""
    card, now = find_collaboration(request, pk), timezone.now()
    known = find_clause(card, clause)
    if known.standing != "active":
        messages.warning(request, _("Only a promise that is in force can end early."))
        return redirect("clause", pk, clause)
    form = EndForm(request.POST or None, clause=known, today=local_date(now, known.zone))

    def do() -> tuple[Clause, list[Conflict]]:
        told, door = form.cleaned_data, Door(frozenset({card.influencer_id}), now)
        words = {"survival": told["survival"], "tail_days": told["tail_days"]}
        end_promise(find_clause(card, known.pk), told["on"], door, actor=actor_of(request), **words)
        conflicts = card.keep_promises(at=now, actor=actor_of(request))
        return next(
            (one for one in versions_of(find_clause(card, known.pk)) if one.standing != "void"), known
        ), conflicts

    return _ask_first(
        request,
        card,
        known,
        form,
        do,
        "campaigns/planning/clause_end.html",
        _("The deal of this promise ends on that day."),
    )


def _ask_first(
    request: HttpRequest,
    card: Collaboration,
    known: Clause,
    form: AmendForm | EndForm,
    do: Change,
    page: str,
    done: str,
) -> HttpResponse:
    """Show what a change leads to; do it once somebody who saw just that is sure."""
    context: dict[str, Any] = {"collaboration": card, "clause": known, "form": form, "line": line_of(known)}
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                outcome = _outcome(request, card, known, form, do)
                if outcome is None:
                    messages.success(request, done)
                    return redirect(f"{reverse('collaboration', args=[card.pk])}#promises")
                status = 422 if form.errors else 200
                context |= {"outcome": outcome, "shown": typed_as(request.POST)}
            except PromiseHeld as refused:
                context["page"] = held_page(card, refused.conflicts, colleague(request), timezone.now())
                status = 409
            except TransitionRefused as refused:
                return refuse(request, refused, reverse("clause", args=[card.pk, known.pk]))
    return render(request, page, context, status=status)


def _outcome(
    request: HttpRequest, card: Collaboration, known: Clause, form: AmendForm | EndForm, do: Change
) -> Outcome | None:
    """None once it is done; what it would lead to as long as nobody who saw that is sure."""
    if "sure" in request.POST and request.POST.get("shown") == typed_as(request.POST):
        with card.held():
            do()
        return None
    outcome = outcome_of(card, known, do, colleague(request), timezone.now())
    if outcome.is_same:
        form.add_error(None, _("This says the same as before. Change something, or go back."))
    return outcome
