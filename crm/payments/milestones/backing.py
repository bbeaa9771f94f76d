"""Taking back what a milestone made due: what is open goes back by itself, about what was paid a colleague is asked."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from crm.base.formats import money_full
from crm.payments.actions import take_back
from crm.payments.milestones.cash import Pot
from crm.payments.milestones.situation import Situation, Trigger, pot_of
from crm.payments.models import LedgerLine, Milestone, PaymentPart
from crm.payments.queries import open_amounts
from crm.reminders.todos import leave_todo
from crm.timeline.record import Actor, record

BACK = _("No longer due: %(amount)s. It waited for this: %(trigger)s")
LOWERED = _("No longer due: %(amount)s, because the fee of %(contract)s is lower now")
PAID_ALREADY: Any = _(
    "%(who)s was paid %(amount)s under “%(contract)s”, and it is not owed after all. Decide what becomes of it."
)


def give_back(one: Milestone, now: Situation, at: dt.datetime, actor: Actor) -> None:
    """What it made due and is still open is taken back, and it waits again; where some was paid it stays met."""
    lines = now.lines_of(one)
    free = free_of(lines)
    for line in lines:
        _reverse(line, free[line.pk], now, at, actor)
        if free[line.pk]:
            params = {
                "amount": money_full(Money(free[line.pk], line.amount.currency)),
                "trigger": Trigger(one.trigger).label,
            }
            tell(line, BACK, params, now, at, actor)
    kept = {line.pk: now.kept_of(line) for line in lines}
    if any(kept.values()):
        for line in lines:
            if kept[line.pk]:
                ask(line, kept[line.pk], now)
        return
    one.met_on = one.due_on = None
    Milestone.objects.filter(pk=one.pk).update(met_on=None, due_on=None, updated_at=at)


def lower(hers: list[Milestone], too_much: dict[Pot, Decimal], now: Situation, at: dt.datetime, actor: Actor) -> None:
    """The fee is lower than what became due: the newest lines are taken back as far as they are open."""
    for pot, amount in too_much.items():
        lines = [line for one in hers for line in now.lines_of(one) if pot_of(line) == pot][::-1]
        free = free_of(lines)
        for line in lines:
            part = min(amount, free[line.pk])
            _reverse(line, part, now, at, actor)
            if part:
                params = {"amount": money_full(Money(part, pot.currency)), "contract": now.contract.title}
                tell(line, LOWERED, params, now, at, actor)
            amount -= part
        if amount > 0 and lines:
            ask(lines[0], amount, now)


def free_of(lines: list[LedgerLine]) -> dict[int, Decimal]:
    """What of each line is neither paid nor on its way; held, so that nobody lets it go meanwhile."""
    pks = [line.pk for line in lines]
    list(LedgerLine.objects.filter(pk__in=pks).select_for_update(of=("self",)).order_by("pk").values_list("pk"))
    free = open_amounts(lines)
    parts = PaymentPart.objects.on_the_way().filter(line__in=pks)
    for line, amount in parts.values_list("line", "amount"):
        free[line] -= amount
    return free


def _reverse(line: LedgerLine, part: Decimal, now: Situation, at: dt.datetime, actor: Actor) -> None:
    if not part:
        return
    number = line.later.count() + 1
    take_back(
        line, Money(part, line.amount.currency), key=f"{line.key}:back:{number}", on=max(now.today, line.on), at=at,
        by=actor.label,
    )  # fmt: skip
    now.back[line.pk] = now.back.get(line.pk, Decimal(0)) + part


def ask(line: LedgerLine, amount: Decimal, now: Situation) -> None:
    """Finance decides about money that has left; the task stays one however often it is asked."""
    contract, party = now.contract, now.by_person(line.influencer_id)
    who = party.name if party else ""
    leave_todo(
        f"paid_already:{line.pk}", PAID_ALREADY, language=contract.owner.language,
        params={"who": who, "amount": money_full(Money(amount, line.amount.currency)), "contract": contract.title},
        kind="check", owner=contract.owner, brand_ref=contract.brand_id, influencer_ref=line.influencer_id,
        influencer_label=who[:160], subject_label=contract.title[:200], url=reverse("contract", args=[contract.pk]),
    )  # fmt: skip


def tell(
    line: LedgerLine, sentence: Any, params: dict[str, Any], now: Situation, at: dt.datetime, actor: Actor
) -> None:
    record(
        "milestone.back", sentence, at=at, actor=actor, subject=now.contract, params=params,
        influencer=line.influencer_id, brand=line.brand_id,
    )  # fmt: skip
