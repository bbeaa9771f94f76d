"""What an amendment does: promises change when it is signed, through the gate; everything else when its day comes, once."""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy

from crm.base.anchors import Anchor
from crm.base.zones import local_date
from crm.contracts.actions.drafting import tell
from crm.contracts.diff import clause_saying, differences_of, money_said, pk_of, said_of, said_of_clause
from crm.contracts.models import Contract, PayLine, PromisedPost, TermChange, UsageRight
from crm.contracts.models.changes import parsed_day
from crm.contracts.works import follow_contract, taken_over, works_of
from crm.exclusivity.actions.amending import amend
from crm.exclusivity.actions.ending import end_promise
from crm.exclusivity.gate import Door
from crm.exclusivity.models import Clause
from crm.exclusivity.promising import Work
from crm.exclusivity.stretching import stretches_of
from crm.exclusivity.terms import Standing
from crm.reminders.todos import leave_todo
from crm.timeline.record import SYSTEM, Actor

What = TermChange.What
OF_PROMISES = (What.CLAUSE_CHANGED, What.CLAUSE_ENDED)
AMENDED = gettext_lazy("Contract %(contract)s is amended: %(amendment)s")
LOST = gettext_lazy("“%(what)s” was to change by %(amendment)s and is not there any more. See what is left to do.")
ON_CARD = gettext_lazy("“%(what)s” changes by %(amendment)s. It is planned in a campaign: change it there too.")


def check_stands(amendment: Contract) -> None:
    """Whether what it changes is still there to be changed. Raises ValidationError naming what came first."""
    amended = Contract.objects.get(pk=amendment.amends_id or 0)
    if not amended.is_in_force:
        raise ValidationError(NOT_IN_FORCE % {"contract": amended.title}, code="not_in_force")
    beside = TermChange.objects.beside(amendment)
    for change in amendment.changes.open():
        first = next((one for one in beside if one.target == change.target and not one.is_done), None)
        if first is None and _says_what_it_said(change, amended):
            continue
        first = first or next((one for one in beside if one.target == change.target), None)
        if first is None:
            raise ValidationError(CHANGED_SINCE % {"what": change.label}, code="changed_since")
        params = {"amendment": first.amendment.title, "what": change.label}
        raise ValidationError(CHANGED_ALREADY % params, code="changed_already")


def _says_what_it_said(change: TermChange, amended: Contract) -> bool:
    """Whether a term is as it was when its change was written; one that is gone is left to a person."""
    if change.what == What.LAST_DAY:
        return parsed_day(change.was.get("end_on")) == amended.end_on
    if change.what in OF_PROMISES:
        clause = _newest(change)
        return clause is None or said_of_clause(clause) == change.was
    model: Any = apps.get_model(change.target.partition(":")[0])
    row = model._default_manager.filter(pk=pk_of(change)).first()
    return row is None or all(said_of(row)[name] == change.was[name] for name in _changed(change))


def _changed(change: TermChange) -> list[str]:
    """What of a term it changes: all of it where the term is taken out."""
    return [name for name, said in change.was.items() if name not in change.becomes or change.becomes[name] != said]


def take_in(amendment: Contract, door: Door, *, actor: Actor) -> None:
    """It was signed: what it makes of promises holds from its day on, or from today if that is over. Whatever they meet
    that was agreed before is told of; a post moved onto somebody else's days is refused. Raises PromiseRefused, NotAmended.
    """
    Contract.objects.select_for_update(of=("self",)).get(pk=amendment.amends_id or 0)
    day = max(amendment.start_on or dt.date.min, local_date(door.now, amendment.zone))
    for change in amendment.changes.open().filter(what__in=OF_PROMISES):
        if _take_out(change, door.now) and not _promise(change, day, door, actor):
            _ask_somebody(change, LOST)
    for one in family_of(amendment):
        for work in works_of(one):
            _new_versions(work, day, door, actor)
        follow_contract(one, door, actor=actor)


def carry_out(amendment: Contract, door: Door) -> None:
    """Its day has come: every change is made, each once however often this is called."""
    amended = Contract.objects.select_for_update(of=("self",)).select_related("brand").get(pk=amendment.amends_id or 0)
    done, dropped = [], list[PromisedPost]()
    for change in amendment.changes.open().order_by("pk"):
        if not _take_out(change, door.now):
            continue
        if DO[What(change.what)](change, amended, dropped, door.now):
            done.append(change)
        else:
            _ask_somebody(change, LOST)
    params = {"amendment": amendment.title}
    changes = {one.label: (one.was, one.becomes) for one in differences_of(done)}
    tell(amended, "contract.amended", AMENDED, at=door.now, actor=SYSTEM, params=params, changes=changes)
    for one in family_of(amendment):
        follow_contract(one, door, actor=SYSTEM, former=dropped)


def family_of(amendment: Contract) -> list[Contract]:
    """The contract it amends, and every other amendment of it that is in force."""
    beside = Contract.objects.in_force().filter(amends=amendment.amends_id).exclude(pk=amendment.pk)
    first = Contract.objects.filter(pk=amendment.amends_id or 0)
    return [*first.select_related("brand"), *beside.select_related("brand").order_by("pk")]


def _take_out(change: TermChange, now: dt.datetime) -> bool:
    """Whether it is ours to carry out: nobody has done so."""
    return bool(TermChange.objects.open().filter(pk=change.pk).update(done_at=now))


def _promise(change: TermChange, day: dt.date, door: Door, actor: Actor) -> bool:
    clause = _newest(change)
    if clause is None or clause.standing != Standing.ACTIVE:
        return False
    if change.what == What.CLAUSE_ENDED:
        end_promise(clause, day - dt.timedelta(days=1), door, actor=actor, survival=Clause.Survival.NONE)
    else:
        typed, sets = clause_saying(clause, change.becomes)
        amend(typed, sets, effective_on=day, door=door, actor=actor)
    return True


def _newest(change: TermChange) -> Clause | None:
    """The version of a promise that speaks now, or the one the change was written for."""
    pk = pk_of(change)
    while later := Clause.objects.filter(supersedes=pk).values_list("pk", flat=True).first():
        pk = later
    return Clause.objects.with_scope().filter(pk=pk).first()


def _new_versions(work: Work, day: dt.date, door: Door, actor: Actor) -> None:
    """A promise whose days this moves says so in a new version: what was agreed before is then only told of."""
    before = list(Anchor.objects.of_work(work.ref))
    after = [
        Anchor(
            work_ref=work.ref, ref=one.ref, kind=one.kind, first_on=one.first_on, last_on=one.last_on, zone=one.zone,
            happened_at=one.happened_at,
        )
        for one in work.days
    ]  # fmt: skip
    newest = Clause.objects.of_work(work.ref).in_force().filter(superseded_by__isnull=True, ended_on__isnull=True)
    for clause in newest.select_related("brand").prefetch_related("rests"):
        if set(stretches_of(clause, before)) != set(stretches_of(clause, after)):
            amend(clause, {}, effective_on=day, door=door, actor=actor)


def _last_day(change: TermChange, amended: Contract, dropped: list[PromisedPost], now: dt.datetime) -> bool:
    move_end(amended, parsed_day(change.becomes.get("end_on")), now)
    return True


def move_end(contract: Contract, end_on: dt.date | None, now: dt.datetime) -> None:
    """It ends on another day, and every amendment of it that is in force with it."""
    beside = Contract.objects.in_force().filter(amends=contract.pk, end_on=contract.end_on)
    beside.update(end_on=end_on, updated_at=now)
    Contract.objects.filter(pk=contract.pk).update(end_on=end_on, updated_at=now)
    contract.end_on = end_on


def _row(rows: Any, change: TermChange, amended: Contract) -> Any:
    """The term a change is about, of the contract or of what amends it; None where it is gone."""
    theirs = Q(contract=amended.pk) | Q(contract__amends=amended.pk)
    return rows.filter(theirs, pk=pk_of(change)).first()


def _line(change: TermChange, amended: Contract, dropped: list[PromisedPost], now: dt.datetime) -> bool:
    row = _row(PayLine.objects.all(), change, amended)
    if row is None:
        return False
    if change.what == What.LINE_DROPPED:
        row.delete()
        return True
    row.amount, row.rate_bp = money_said(change.becomes["amount"]), change.becomes["rate_bp"]
    row.save(
        update_fields=["amount", "amount_currency", "rate_bp"] if row.amount is not None else ["amount", "rate_bp"]
    )
    return True


def _post(change: TermChange, amended: Contract, dropped: list[PromisedPost], now: dt.datetime) -> bool:
    row = _row(PromisedPost.objects.standing(), change, amended)
    if row is None:
        return False
    if change.what == What.POST_DROPPED:
        row.dropped_at = now
        row.save(update_fields=["dropped_at", "updated_at"])
        dropped.append(row)
    else:
        row.due_on = parsed_day(change.becomes["due_on"])
        row.save(update_fields=["due_on", "updated_at"])
    if row.pk in taken_over({row.party_id}):
        _ask_somebody(change, ON_CARD)
    return True


def _right(change: TermChange, amended: Contract, dropped: list[PromisedPost], now: dt.datetime) -> bool:
    row = _row(UsageRight.objects.filter(down_at__isnull=True), change, amended)
    if row is None:
        return False
    changed = _changed(change)
    if "days" in changed:
        row.days = change.becomes["days"]
        if row.start_on and row.counted_from != UsageRight.From.FIXED:
            row.run_from(row.start_on)  # it has begun since this was written
    if "end_on" in changed:
        row.end_on = parsed_day(change.becomes["end_on"])
    row.save(update_fields=["days", "end_on", "updated_at"])
    return True


def _promise_is_done(change: TermChange, amended: Contract, dropped: list[PromisedPost], now: dt.datetime) -> bool:
    return False  # it was to be done at the signature


Doing = Callable[[TermChange, Contract, list[PromisedPost], dt.datetime], bool]
DO: Mapping[str, Doing] = {
    What.LAST_DAY: _last_day, What.LINE_CHANGED: _line, What.LINE_DROPPED: _line, What.POST_MOVED: _post,
    What.POST_DROPPED: _post, What.RIGHT_CHANGED: _right, What.CLAUSE_CHANGED: _promise_is_done,
    What.CLAUSE_ENDED: _promise_is_done,
}  # fmt: skip


def _ask_somebody(change: TermChange, text: Any) -> None:
    """A person looks at what could not be changed."""
    amendment = change.amendment
    leave_todo(
        f"term_change:{change.pk}", text, language=amendment.owner.language,
        params={"what": change.label, "amendment": amendment.title}, kind="check", owner=amendment.owner,
        brand_ref=amendment.brand_id, subject_label=amendment.title[:200], url=reverse("contract", args=[amendment.pk]),
    )  # fmt: skip


NOT_IN_FORCE = gettext_lazy("“%(contract)s” is not in force any more, so there is nothing to amend.")
CHANGED_SINCE = gettext_lazy(
    "“%(what)s” has changed since this was written. Make it a draft again and look at it anew."
)
CHANGED_ALREADY = gettext_lazy(
    "“%(amendment)s” was signed first and changes the same: %(what)s. Write a new amendment on top of it."
)
