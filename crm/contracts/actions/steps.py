"""The steps of a contract that a person decides: approval, notice, an early end, taking it back."""

import datetime as dt
from collections.abc import Collection
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from crm.base.files import SafeFile, keep
from crm.contracts.actions.drafting import hold_editable, tell
from crm.contracts.actions.early_end import stop
from crm.contracts.actions.signing import needs_approval, sum_of
from crm.contracts.models import Contract, UsageRight
from crm.contracts.works import follow_contract
from crm.exclusivity.actions.pausing import pause as pause_promises
from crm.exclusivity.actions.pausing import resume as resume_promises
from crm.exclusivity.gate import Door, through_gate
from crm.team.models import User
from crm.timeline.record import Actor, subject_of

APPROVED = _("Contract %(contract)s approved at %(sum)s")
PAUSED = _("Contract %(contract)s rests from %(day)s on")
RESUMED = _("Contract %(contract)s goes on from %(day)s")
DOWN = _("%(right)s taken down: %(note)s")


def ask_approval(contract: Contract, *, at: dt.datetime, actor: Actor) -> None:
    """It waits for a manager. Raises TransitionRefused, and ValidationError where nobody has to approve it."""
    if not needs_approval(contract):
        raise ValidationError(_("Nobody has to approve this contract. It can be signed as it is."), code="no_approval")
    contract.put(Contract.Status.IN_REVIEW, at=at, actor=actor)


def approve(contract: Contract, user: User, *, at: dt.datetime) -> None:
    """A manager says yes to what it pays now; what is raised later is approved anew. Raises NotEditable."""
    with transaction.atomic():
        stored = hold_editable(contract.pk)
        stored.approved_by, stored.approved_at, stored.approved_sum = user, at, sum_of(stored)[:60]
        stored.save(update_fields=["approved_by", "approved_at", "approved_sum", "updated_at"])
        params = {"sum": stored.approved_sum}
        tell(stored, "contract.approved", APPROVED, at=at, actor=Actor.user(user), params=params)


def back_to_draft(contract: Contract, *, at: dt.datetime, actor: Actor) -> None:
    """Its terms may be changed again. Raises TransitionRefused, and ValidationError once somebody has signed."""
    if contract.parties.filter(signature__isnull=False).exists():
        raise ValidationError(_("Somebody has signed already. Void it and write another one."), code="signed")
    contract.put(Contract.Status.DRAFT, at=at, actor=actor, also={"text": "", "text_sha256": "", "sent_at": None})


def void(contract: Contract, why: str, *, at: dt.datetime, actor: Actor) -> None:
    """It never was: what it promised is free again. Raises TransitionRefused, and ValidationError where it has done something."""
    if contract.amends_id and contract.signed_at:
        raise ValidationError(
            _("A signed amendment has changed promises already. Write another one on top of it."), code="signed"
        )
    also = {"closed_why": why}

    def write(held: frozenset[int]) -> None:
        for one in (contract, *contract.amendments.open().select_related("brand")):
            one.put(Contract.Status.VOID, at=at, actor=actor, also=also, quote=why)
            follow_contract(one, Door(held, at), actor=actor)

    through_gate(contract.people, write)


def end_early(
    contract: Contract, on: dt.date, why: str, *, at: dt.datetime, actor: Actor, dropped: Collection[int] = ()
) -> None:
    """It ends on a day before its last, with everything that amends it; `dropped` are posts nobody owes any more.

    Raises TransitionRefused, and ValidationError for a day outside of it.
    """
    if contract.amends_id:
        raise ValidationError(_("An amendment ends with its contract. End the contract early."), code="amendment")
    _check_day(contract, on)
    through_gate(contract.people, lambda held: stop(contract, on, why, Door(held, at), actor=actor, dropped=dropped))


def keep_paper(contract: Contract, file: SafeFile, *, at: dt.datetime, actor: Actor) -> None:
    """Somebody else's contract is what is signed; a template's words no longer are. Raises NotEditable."""
    with transaction.atomic():
        stored = hold_editable(contract.pk)
        stored.paper, stored.wording = keep(file, by=actor.label), None
        stored.save(update_fields=["paper", "wording", "updated_at"])
        tell(stored, "contract.paper", _("Contract %(contract)s: their paper is on file"), at=at, actor=actor,
             file=stored.paper)  # fmt: skip


def take_down(right: UsageRight, note: str, *, at: dt.datetime, actor: Actor) -> bool:
    """The content is no longer used anywhere. False when somebody had said so already."""
    with transaction.atomic():
        open_rows = UsageRight.objects.filter(pk=right.pk, down_at__isnull=True)
        if not open_rows.update(down_at=at, down_note=note, updated_at=at):
            return False
        params = {"right": right.called, "note": note}
        tell(right.contract, "contract.right_down", DOWN, at=at, actor=actor, params=params)
    return True


def pause(contract: Contract, on: dt.date, why: str, *, at: dt.datetime, actor: Actor) -> None:
    """The work rests from that day on; promises that say so rest with it. Its last day stays. Raises ValidationError."""
    _let_rest(contract, on, why, pause_promises, PAUSED, "contract.paused", at, actor)


def resume(contract: Contract, on: dt.date, why: str, *, at: dt.datetime, actor: Actor) -> None:
    """The work goes on from that day, and what rested bars again. Raises ValidationError."""
    _let_rest(contract, on, why, resume_promises, RESUMED, "contract.resumed", at, actor)


def _let_rest(
    contract: Contract, on: dt.date, why: str, rest: Any, sentence: Any, verb: str, at: dt.datetime, actor: Actor
) -> None:
    if contract.last_on is not None and on > contract.last_on:
        raise ValidationError({"on": _("It is over by then. Choose an earlier day.")})

    def write(held: frozenset[int]) -> None:
        door = Door(held, at)
        family = (contract, *contract.amendments.in_force())
        resting = [one for each in family for party in each.talents
                   for one in rest(subject_of(party), party.influencer_id or 0, on, door, actor=actor)]  # fmt: skip
        if not resting:
            raise ValidationError(_("No promise of this contract changes by that. Reload the page."), code="none")
        tell(contract, verb, sentence, at=at, actor=actor, params={"day": on}, quote=why)

    through_gate(contract.people, write)


def _check_day(contract: Contract, on: dt.date) -> None:
    if contract.end_on is not None and on >= contract.end_on:
        raise ValidationError({"on": _("It ends on its last day anyway. Choose an earlier day.")})
    if contract.start_on is not None and on < contract.start_on:
        raise ValidationError({"on": _("It had not begun then. Void it instead.")})
