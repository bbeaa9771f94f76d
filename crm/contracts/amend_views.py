"""Writing an amendment: what changes and from when, then each change with today's value beside the new one."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from crm.base.zones import local_date
from crm.contracts.actions import amending, drafting, terms
from crm.contracts.diff import clause_saying, said_of_clause
from crm.contracts.doors import REFUSALS, back, contract_of, form_page, say_refused
from crm.contracts.ending import promises_of
from crm.contracts.forms.amending import (
    QUESTIONS,
    AmendForm,
    AmendmentForm,
    ExtendForm,
    LastDayForm,
    PayForm,
    PostsForm,
    RightsForm,
    extension_of,
)
from crm.contracts.models import Contract, PayLine, TermChange, UsageRight
from crm.exclusivity.forms import ClauseForm
from crm.exclusivity.models import Clause
from crm.exclusivity.words import sentence_of
from crm.team.views.access import me, needs
from crm.timeline.record import Actor, subject_of

FORM = ["GET", "HEAD", "POST"]


@require_http_methods(FORM)
@needs("crm.change_contract")
def contract_amend(request: HttpRequest, pk: int) -> HttpResponse:
    """What changes, and from which day on; the amendment is a draft then."""
    found, now = contract_of(request, pk), timezone.now()
    if not found.is_in_force or found.amends_id:
        messages.info(request, _("Only a contract that is in force is amended."))
        return back(found)
    begins = max(local_date(now, found.zone), found.start_on or local_date(now, found.zone))
    form = AmendForm(request.POST or None, initial={"effective_on": begins})
    if form.is_bound and form.is_valid():
        try:
            made = amending.draft_amendment(
                found, form.cleaned_data["effective_on"], at=now, actor=Actor.user(me(request))
            )
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            return redirect("contract-change", made.pk, form.cleaned_data["what"])
    drafts = found.amendments.visible_to(me(request)).standing(Contract.WRITTEN)
    context = {"contract": found, "form": form, "drafts": drafts}
    return render(request, "crm/contracts/amend.html", context, status=422 if form.is_bound else 200)


def amendment_of(request: HttpRequest, pk: int) -> Contract:
    """The amendment in the address, or 404."""
    found = contract_of(request, pk)
    if found.amends_id is None:
        raise Http404
    return found


@require_http_methods(FORM)
@needs("crm.change_contract")
def contract_change(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """One kind of change: today's values beside the new ones."""
    if what not in QUESTIONS:
        raise Http404
    found = amendment_of(request, pk)
    if not found.is_editable:
        say_refused(request, drafting.NotEditable())
        return back(found)
    if what == "exclusivity":
        return _promises_page(request, found)
    form = _form(request, found, what)
    if form.is_bound and form.is_valid() and _kept(request, form, found, what):
        messages.success(request, _("It stands in the amendment. Nothing changes before everybody has signed."))
        return back(found, "changes")
    return form_page(request, form, found, title=str(QUESTIONS[what]), verb=_("Save"))


def _form(request: HttpRequest, found: Contract, what: str) -> Any:
    data, amended = request.POST or None, amending.amended_by(found)
    if what == "words":
        return AmendmentForm(data, instance=found)
    if what == "last-day":
        return LastDayForm(data, amended=amended, initial={"end_on": found.end_on})
    changes = found.changes.open()
    if what == "pay":
        return PayForm(data, rows=amended.lines.select_related("party"), changes=changes)
    if what == "posts":
        posts = amended.posts.standing().select_related("format__platform", "party")
        return PostsForm(data, rows=posts, changes=changes)
    rights = amended.rights.filter(down_at__isnull=True).exclude(kind=UsageRight.Kind.BUY_OUT)
    return RightsForm(data, rows=rights.prefetch_related("platforms"), changes=changes)


def _kept(request: HttpRequest, form: Any, found: Contract, what: str) -> bool:
    """Write what was typed, or put the reason why not into the form."""
    told: dict[str, Any] = {"at": timezone.now(), "actor": Actor.user(me(request))}
    try:
        with transaction.atomic():
            if what == "words":
                amending.save_amendment(form.save(commit=False), **told)
            elif what == "last-day":
                amending.move_last_day(found, form.cleaned_data["end_on"], **told)
            else:
                for row, becomes in form.said():
                    amending.change_term(found, row, becomes, **told)
                _add_fee(found, form.cleaned_data.get("fee"), None, told)
    except ValidationError as refused:
        form.add_error(None, refused)
        return False
    return True


def _add_fee(found: Contract, fee: Any, party: int | None, told: dict[str, Any]) -> None:
    """What using the content longer costs is a line of the amendment."""
    if not fee:
        return
    line = PayLine(contract=found, kind=PayLine.Kind.USAGE_FEE, amount=fee, party_id=party)
    if not found.lines.filter(kind=line.kind, amount=fee, amount_currency=str(fee.currency)).exists():
        terms.add_term(line, **told)


def _promises_page(request: HttpRequest, found: Contract) -> HttpResponse:
    """Which promise of the contract changes."""
    changed = {one.target: one for one in found.changes.open()}
    rows = [
        (clause, sentence_of(clause), changed.get(subject_of(clause)))
        for clause in promises_of(amending.amended_by(found))
        if clause.ended_on is None
    ]
    return render(request, "crm/contracts/amend_promises.html", {"contract": found, "rows": rows})


@require_http_methods(FORM)
@needs("crm.change_contract")
def contract_change_promise(request: HttpRequest, pk: int, clause: int) -> HttpResponse:
    """One promise says something else from the amendment's first day on, or ends the day before."""
    found, now, actor = amendment_of(request, pk), timezone.now(), Actor.user(me(request))
    known = next((one for one in promises_of(amending.amended_by(found)) if one.pk == clause), None)
    if known is None:
        raise Http404
    if not found.is_editable:
        say_refused(request, drafting.NotEditable())
        return back(found)
    if "ends" in request.POST:
        amending.change_promise(found, known, None, at=now, actor=actor)
        return back(found, "changes")
    form = ClauseForm(request.POST or None, instance=_as_changed(found, known), user=me(request))
    if form.is_bound and form.is_valid():
        amending.change_promise(found, known, said_of_clause(form.clause(), form.sets), at=now, actor=actor)
        messages.success(request, _("It stands in the amendment. Nothing changes before everybody has signed."))
        return back(found, "changes")
    title = _("Exclusivity of %(name)s") % {"name": known.influencer}
    return form_page(request, form, found, title=title, verb=_("Save"), in_panel=True)


def _as_changed(found: Contract, known: Clause) -> Clause:
    """The promise as the amendment has it so far."""
    change = found.changes.filter(what=TermChange.What.CLAUSE_CHANGED, target=subject_of(known)).first()
    return clause_saying(known, change.becomes)[0] if change else known


@require_POST
@needs("crm.change_contract")
def contract_change_drop(request: HttpRequest, pk: int, change: int) -> HttpResponse:
    """Let a term stay as it is after all."""
    found = amendment_of(request, pk)
    row = get_object_or_404(found.changes.open(), pk=change)
    try:
        amending.leave_as_it_is(row, at=timezone.now(), actor=Actor.user(me(request)))
    except ValidationError as refused:
        say_refused(request, refused)
    else:
        messages.success(request, _("It stays as it is."))
    return back(found, "changes")


@require_http_methods(FORM)
@needs("crm.change_contract")
def contract_right_extend(request: HttpRequest, pk: int, right: int) -> HttpResponse:
    """A right goes on: an amendment with its new last day, and what that costs."""
    found = contract_of(request, pk)
    row = get_object_or_404(UsageRight.objects.select_related("contract"), pk=right, contract=found)
    if not found.is_in_force or row.end_on is None or row.down_at:
        messages.info(request, _("Only a right with a last day, of a contract in force, can be extended."))
        return back(found, "rights")
    form = ExtendForm(request.POST or None, right=row, initial=extension_of(row))
    if form.is_bound and form.is_valid():
        try:
            with transaction.atomic():
                made = _extended(found, row, form.cleaned_data, Actor.user(me(request)))
        except REFUSALS as refused:
            form.add_error(None, " ".join(refused.messages) if isinstance(refused, ValidationError) else str(refused))
        else:
            messages.success(request, _("The amendment is a draft. Let it be signed before the right ends."))
            return back(made, "changes")
    return form_page(request, form, found, title=_("Use it longer"), verb=_("Write the amendment"))


def _extended(found: Contract, row: UsageRight, told: dict[str, Any], actor: Actor) -> Contract:
    now = timezone.now()
    root = found.amends or found
    made = amending.draft_amendment(root, local_date(now, found.zone), at=now, actor=actor)
    amending.change_term(made, row, {"end_on": told["until"].isoformat()}, at=now, actor=actor)
    party = made.parties.talents().filter(influencer=row.party.influencer_id).first() if row.party else None
    _add_fee(made, told["fee"], party.pk if party else None, {"at": now, "actor": actor})
    return made
