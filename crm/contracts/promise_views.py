"""Exclusivity in a contract: the same sentence as everywhere, for one of its people."""

import datetime as dt

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from crm.base.anchors import anchor_moved
from crm.contracts.actions.drafting import NotEditable, hold_editable
from crm.contracts.doors import back, contract_of, form_page, say_refused
from crm.contracts.models import Contract, Party
from crm.contracts.works import works_of
from crm.exclusivity.actions.clauses import drop_clause, save_clause
from crm.exclusivity.forms import ClauseForm
from crm.exclusivity.models import Clause
from crm.team.views.access import me, needs
from crm.timeline.record import Actor, subject_of
from crm.timeline.transitions import TransitionRefused

FORM = ["GET", "HEAD", "POST"]


@require_http_methods(FORM)
@needs("crm.change_contract")
def promise_new(request: HttpRequest, pk: int, party: int) -> HttpResponse:
    """One of its people promises something about other brands."""
    found = contract_of(request, pk)
    side = get_object_or_404(found.parties.talents().select_related("influencer"), pk=party)
    blank = Clause(
        influencer=side.influencer, brand=found.brand, work_ref=subject_of(side), work_label=found.title, zone=found.zone,
        anchor=Clause.Anchor.EACH_POST if found.posts.standing().exists() else Clause.Anchor.TERM,
    )  # fmt: skip
    return _edit(request, found, blank, side)


@require_http_methods(FORM)
@needs("crm.change_contract")
def promise_edit(request: HttpRequest, pk: int, clause: int) -> HttpResponse:
    """Change it while nobody outside has seen it."""
    found = contract_of(request, pk)
    known, side = _clause(found, clause)
    return _edit(request, found, known, side)


@require_POST
@needs("crm.change_contract")
def promise_drop(request: HttpRequest, pk: int, clause: int) -> HttpResponse:
    """Take it out of a contract nobody outside has seen."""
    found, now = contract_of(request, pk), timezone.now()
    known, _side = _clause(found, clause)
    try:
        with transaction.atomic():
            hold_editable(found.pk)
            drop_clause(known, at=now, actor=Actor.user(me(request)))
    except (NotEditable, TransitionRefused) as refused:
        say_refused(request, refused)
    else:
        messages.success(request, _("Taken out."))
    return back(found, "exclusivity")


def _clause(found: Contract, pk: int) -> tuple[Clause, Party]:
    sides = {subject_of(party): party for party in found.parties.talents()}
    clause = get_object_or_404(Clause.objects.filter(work_ref__in=sides).speaking().with_scope(), pk=pk)
    return clause, sides[clause.work_ref]


def _edit(request: HttpRequest, found: Contract, clause: Clause, side: Party) -> HttpResponse:
    if not found.is_editable:
        say_refused(request, NotEditable())
        return back(found)
    form, now = ClauseForm(request.POST or None, instance=clause, user=me(request)), timezone.now()
    if form.is_bound and form.is_valid() and _kept(form, found, now, Actor.user(me(request))):
        messages.success(request, _("The promise stands in the contract. It bars nobody before it is signed."))
        return back(found, "exclusivity")
    title = _("Exclusivity of %(name)s") % {"name": side}
    return form_page(request, form, found, title=title, verb=_("Save"), in_panel=True)


def _kept(form: ClauseForm, found: Contract, now: dt.datetime, actor: Actor) -> bool:
    """The clause with the days it is counted from, or why not."""
    try:
        with transaction.atomic():
            hold_editable(found.pk)
            for work in works_of(found):
                anchor_moved(work.ref, work.days, now=now)
            save_clause(form.clause(), form.sets, at=now, actor=actor)
    except (NotEditable, TransitionRefused) as refused:
        form.add_error(None, str(refused.message) if isinstance(refused, NotEditable) else str(refused))
        return False
    return True
