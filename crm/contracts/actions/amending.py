"""Amendments: a contract of its own that says what changes in one that is in force, and from which day on."""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from crm.base.formats import day_words
from crm.base.zones import local_date
from crm.contracts.actions.drafting import DRAFTED, hold_editable, save_contract, tell
from crm.contracts.actions.terms import label_of
from crm.contracts.diff import iso, said_of, said_of_clause
from crm.contracts.models import Contract, ContractTemplate, Party, PayLine, PromisedPost, TermChange, UsageRight
from crm.exclusivity.models import Clause
from crm.timeline.record import Actor, subject_of

What = TermChange.What
Term = PayLine | PromisedPost | UsageRight
TEMPLATE = "amendment"
CHANGES = gettext_lazy("%(contract)s: %(what)s is to change")
STAYS = gettext_lazy("%(contract)s: %(what)s stays as it is")
SIBLINGS = {
    What.LINE_CHANGED: What.LINE_DROPPED, What.LINE_DROPPED: What.LINE_CHANGED, What.POST_MOVED: What.POST_DROPPED,
    What.POST_DROPPED: What.POST_MOVED, What.CLAUSE_CHANGED: What.CLAUSE_ENDED, What.CLAUSE_ENDED: What.CLAUSE_CHANGED,
}  # fmt: skip


def draft_amendment(contract: Contract, effective_on: dt.date, *, at: dt.datetime, actor: Actor) -> Contract:
    """An amendment that holds from that day on, with the same parties. Raises ValidationError."""
    check_may_amend(contract, effective_on, at)
    template = ContractTemplate.objects.filter(code=TEMPLATE).first()
    with transaction.atomic(), override(contract.language):
        number = contract.amendments.count() + 1
        title = _("Amendment %(n)s: %(contract)s") % {"n": number, "contract": contract.title}
        made = follow_up(
            contract, title=title[:160], start_on=effective_on, end_on=_last_day_of(contract, effective_on), amends=contract,
            wording=template.newest if template else None,
        )  # fmt: skip
        tell(made, "contract.drafted", DRAFTED, at=at, actor=actor)
    return made


def follow_up(contract: Contract, **fields: Any) -> Contract:
    """Within a transaction: a new contract of the same house, people and payee."""
    alike = ("kind", "brand", "category", "owner", "payee", "entity", "zone", "language")
    made = Contract.objects.create(**{name: getattr(contract, name) for name in alike}, **fields)
    Party.objects.bulk_create(
        Party(contract=made, role=one.role, influencer_id=one.influencer_id, contact_id=one.contact_id, name=one.name)
        for one in contract.parties.order_by("pk")
    )
    return made


def check_may_amend(contract: Contract, effective_on: dt.date, now: dt.datetime) -> None:
    """Only what is in force is amended, from today on. Raises ValidationError."""
    if contract.amends_id:
        raise ValidationError(_("An amendment is not amended itself. Amend the contract."), code="amendment")
    if not contract.is_in_force:
        raise ValidationError(_("Only a contract that is in force is amended."), code="not_in_force")
    if effective_on < local_date(now, contract.zone):
        raise ValidationError({"effective_on": TOO_EARLY})
    if contract.start_on and effective_on < contract.start_on:
        raise ValidationError({"effective_on": NOT_BEGUN % {"day": day_words(contract.start_on)}})
    last_on = _last_day_of(contract, effective_on)
    if last_on and contract.end_on and effective_on > last_on:
        raise ValidationError({"effective_on": OVER % {"day": day_words(contract.end_on)}})


def _last_day_of(contract: Contract, effective_on: dt.date) -> dt.date | None:
    """The contract's last day; for what begins with its next term, the last of that one, where it goes on by itself."""
    term = contract.term
    if term is None or effective_on <= term.end_on or contract.notice_on is not None:
        return contract.end_on
    goes_on = term.renew_months and contract.renewals_left != 0
    return term.end_after(1) if goes_on else contract.end_on


def save_amendment(amendment: Contract, *, at: dt.datetime, actor: Actor) -> None:
    """Its own words and days, as somebody typed them. Raises NotEditable, ValidationError."""
    amended = amended_by(amendment)
    try:
        check_may_amend(amended, amendment.start_on or dt.date.min, at)
    except ValidationError as refused:
        raise ValidationError({"start_on": refused.messages}) from refused
    if amendment.end_on and amendment.start_on and amendment.end_on < amendment.start_on:
        raise ValidationError(BEFORE_IT_HOLDS)
    save_contract(amendment, at=at, actor=actor)


def move_last_day(amendment: Contract, end_on: dt.date | None, *, at: dt.datetime, actor: Actor) -> None:
    """The contract ends on another day. Raises NotEditable, ValidationError."""
    if end_on and amendment.start_on and end_on < amendment.start_on:
        raise ValidationError({"end_on": BEFORE_IT_HOLDS})
    with transaction.atomic(), override(amendment.language):
        stored, amended = hold_editable(amendment.pk), amended_by(amendment)
        _put(
            stored,
            What.LAST_DAY,
            "",
            _("Last day"),
            {"end_on": iso(amended.end_on)},
            {"end_on": iso(end_on)},
            at,
            actor,
        )
        stored.end_on = end_on
        stored.save(update_fields=["end_on", "updated_at"])


def change_term(
    amendment: Contract, row: Term, becomes: dict[str, Any] | None, *, at: dt.datetime, actor: Actor
) -> None:
    """A line, a post or a right says something else, or is taken out (None). Saying the same takes the change back.

    Raises NotEditable.
    """
    what = _what(row, is_dropped=becomes is None)
    with transaction.atomic(), override(amendment.language):
        stored = hold_editable(amendment.pk)
        was = said_of(row)
        _put(stored, what, subject_of(row), _label(row), was, {} if becomes is None else {**was, **becomes}, at, actor)


def change_promise(
    amendment: Contract, clause: Clause, said: dict[str, Any] | None, *, at: dt.datetime, actor: Actor
) -> None:
    """A promise says something else from the amendment's day on, or ends the day before (None). Raises NotEditable."""
    what = What.CLAUSE_ENDED if said is None else What.CLAUSE_CHANGED
    with transaction.atomic(), override(amendment.language):
        stored = hold_editable(amendment.pk)
        stands = Clause.objects.with_scope().get(pk=clause.pk)
        label = _("Exclusivity of %(name)s") % {"name": stands.influencer}
        _put(stored, what, subject_of(stands), label, said_of_clause(stands), said or {}, at, actor)


def leave_as_it_is(change: TermChange, *, at: dt.datetime, actor: Actor) -> None:
    """Take a change back out of an amendment nobody outside has seen. Raises NotEditable."""
    with transaction.atomic():
        stored = hold_editable(change.amendment_id)
        _forget(stored, change, at, actor)


def amended_by(amendment: Contract) -> Contract:
    """The contract it amends, as it stands now."""
    return Contract.objects.select_related("brand").get(pk=amendment.amends_id or 0)


def _label(row: Term) -> str:
    """What it is called, without what changes about it."""
    if isinstance(row, PayLine):
        return f"{row.get_kind_display()}, {row.note}" if row.note else str(row.get_kind_display())
    return label_of(row)


def _what(row: Term, *, is_dropped: bool) -> str:
    if isinstance(row, PayLine):
        return What.LINE_DROPPED if is_dropped else What.LINE_CHANGED
    if isinstance(row, PromisedPost):
        return What.POST_DROPPED if is_dropped else What.POST_MOVED
    assert not is_dropped, "a right ends on another day; it is not taken out"
    return What.RIGHT_CHANGED


def _put(
    stored: Contract, what: str, target: str, label: str, was: dict[str, Any], becomes: dict[str, Any], at: dt.datetime,
    actor: Actor,
) -> None:  # fmt: skip
    theirs = TermChange.objects.filter(amendment=stored, target=target)
    for other in theirs.filter(what=SIBLINGS.get(What(what), "")):
        other.delete()
    there = theirs.filter(what=what).first()
    if was == becomes:
        if there:
            _forget(stored, there, at, actor)
        return
    if there and (there.was, there.becomes) == (was, becomes):
        return
    TermChange.objects.update_or_create(
        amendment=stored, what=what, target=target, defaults={"label": label[:200], "was": was, "becomes": becomes}
    )
    tell(stored, "contract.term_changed", CHANGES, at=at, actor=actor, params={"what": label})


def _forget(stored: Contract, change: TermChange, at: dt.datetime, actor: Actor) -> None:
    if change.what == What.LAST_DAY:
        stored.end_on = amended_by(stored).end_on
        stored.save(update_fields=["end_on", "updated_at"])
    change.delete()
    tell(stored, "contract.term_kept", STAYS, at=at, actor=actor, params={"what": change.label})


TOO_EARLY = gettext_lazy(
    "A change holds from today on at the earliest: what happened before is judged by what was agreed then."
)
NOT_BEGUN = gettext_lazy("The contract begins on %(day)s. Choose that day or a later one.")
OVER = gettext_lazy("The contract ends on %(day)s. Choose an earlier day, or renew it.")
BEFORE_IT_HOLDS = gettext_lazy(
    "This lies before the day from which the amendment holds. To end it sooner, end it early."
)
