"""Milestones follow their contract: laid when it is signed and nobody said how it is paid, dropped when it comes to nothing."""

import datetime as dt
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from crm.contracts.models import Contract
from crm.contracts.works import contract_moved
from crm.exclusivity.conflicts import Conflict
from crm.exclusivity.gate import Door
from crm.payments.milestones.backing import give_back
from crm.payments.milestones.laying import lay_default
from crm.payments.milestones.meeting import look
from crm.payments.milestones.situation import situation_of
from crm.payments.models import Milestone
from crm.reminders.todos import leave_todo
from crm.timeline.record import Actor

DECIDE: Any = _("“%(contract)s” ended early. Decide what is still paid of what she has not done.")


@contract_moved("milestones", order=80)
def follow(contract: Contract, door: Door, actor: Actor) -> list[Conflict]:
    """A signature may make money due, an end or another contract in its place ends what still waits. Refuses nothing."""
    if contract.signed_at == door.now and contract.is_in_force:
        lay_default(contract, at=door.now, actor=actor)
    if contract.amends_id is None and contract.came_to_nothing:
        let_go(contract, at=door.now, actor=actor, is_void=contract.is_void)
    elif contract.amends_id is None and contract.is_terminated:
        _ask(contract)
    else:
        look(contract, at=door.now, actor=actor)
    return []


def let_go(contract: Contract, *, at: dt.datetime, actor: Actor, is_void: bool) -> None:
    """What waits is owed no more; of a void contract neither is what became due and is still open."""
    rows = Milestone.objects.standing().filter(contract=contract.pk).select_for_update(of=("self",)).order_by("pk")
    milestones = list(rows)
    if not milestones:
        return
    if is_void:
        now = situation_of(Contract.objects.with_terms().get(pk=contract.pk), at)
        for one in milestones:
            if one.is_met:
                give_back(one, now, at, actor)
    Milestone.objects.waiting().filter(contract=contract.pk).update(dropped_at=at, updated_at=at)


def _ask(contract: Contract) -> None:
    """A person decides about what still waits: half of it for half the work is nobody's sum but theirs."""
    if not Milestone.objects.waiting().filter(contract=contract.pk).exists():
        return
    leave_todo(
        f"kill_fee:{contract.pk}", DECIDE, language=contract.owner.language, params={"contract": contract.title},
        kind="check", owner=contract.owner, brand_ref=contract.brand_id, subject_label=contract.title[:200],
        url=reverse("contract-kill", args=[contract.pk]),
    )  # fmt: skip
