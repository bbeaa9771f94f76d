"""Milestones are met by what happened, once, and taken back when it did not happen after all.

Whoever knows that something happened calls `meet` or `look`, as often as it likes. The milestones of a contract are held
while they are judged, so that of several who know the same thing at once one makes it due.
"""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from crm.base.formats import day_in_words, money_full
from crm.contracts.models import Contract
from crm.payments.actions import make_due
from crm.payments.milestones.backing import give_back, lower
from crm.payments.milestones.cash import Pot, part_of
from crm.payments.milestones.situation import Said, Situation, Trigger, situation_of
from crm.payments.models import LedgerLine, Milestone
from crm.timeline.record import Actor, in_language, record, subject_of

MET = _("Due by %(day)s because %(trigger)s: %(amount)s")
PART: Any = _("%(contract)s, part %(number)s: %(trigger)s")


def meet(
    trigger: str,
    *,
    contract: Contract,
    on: dt.date,
    at: dt.datetime,
    actor: Actor,
    party: int | None = None,
    post: int | None = None,
    period: int | None = None,
) -> list[LedgerLine]:
    """Something happened on that day: what waited for it becomes due. The lines that are new; none when it was known.

    `party`, `post` and `period` say of whom, which promised post and which period; a milestone about all posts is met when
    all of them are as far.
    """
    said = Said(trigger, on, party, post, period)

    def judge(milestones: list[Milestone], now: Situation) -> list[LedgerLine]:
        waiting = [one for one in milestones if not one.is_met and one.trigger == trigger]
        found = [line for one in waiting for line in _if_met(one, milestones, now, said, at, actor)]
        return found + _make_whole(milestones, now, at, actor)

    return _held(contract, at, judge)


def look(contract: Contract, *, at: dt.datetime, actor: Actor) -> list[LedgerLine]:
    """Judge every milestone by what is known: what happened makes due, what did not happen after all is taken back."""

    def judge(milestones: list[Milestone], now: Situation) -> list[LedgerLine]:
        for one in milestones:
            if one.is_met and now.knows(one) and not now.holds(one):
                give_back(one, now, at, actor)
        waiting = [one for one in milestones if not one.is_met]
        found = [line for one in waiting for line in _if_met(one, milestones, now, None, at, actor)]
        return found + _make_whole(milestones, now, at, actor)

    return _held(contract, at, judge)


def _held(
    contract: Contract, at: dt.datetime, judge: Callable[[list[Milestone], Situation], list[LedgerLine]]
) -> list[LedgerLine]:
    """Judge the milestones of a contract, or of the one it amends, while nobody else does."""
    with transaction.atomic():
        rows = Milestone.objects.standing().filter(contract=contract.amends_id or contract.pk)
        milestones = list(rows.select_for_update(of=("self",)).order_by("pk"))
        if not milestones:
            return []
        stored = Contract.objects.with_terms().get(pk=milestones[0].contract_id)
        return judge(milestones, situation_of(stored, at)) if stored.makes_due else []


def _if_met(
    one: Milestone, all_of: list[Milestone], now: Situation, said: Said | None, at: dt.datetime, actor: Actor
) -> list[LedgerLine]:
    on = said.on if said is not None and said.means(one) else now.happened_on(one)
    if on is None:
        return []
    one.met_on, one.due_on = on, now.due_on(on)
    Milestone.objects.filter(pk=one.pk).update(met_on=one.met_on, due_on=one.due_on, updated_at=at)
    hers = [other for other in all_of if other.party_id == one.party_id]
    amounts = {pot: _amount(one, hers, pot, now) for pot in now.pots[one.party_id]}
    return _write(one, amounts, now, at, actor)


def _amount(one: Milestone, hers: list[Milestone], pot: Pot, now: Situation) -> Decimal:
    """Its share of what is agreed on the day it is met; the last to be met makes the sum whole."""
    whole = now.pots[one.party_id][pot]
    left = whole - now.made_due(hers, pot)
    if all(other.is_met for other in hers):
        return left
    return min(left, part_of(whole, one.share_bp, pot.currency))


def _make_whole(milestones: list[Milestone], now: Situation, at: dt.datetime, actor: Actor) -> list[LedgerLine]:
    """Where everything was met already and the fee has changed since: more becomes due once the last thing holds, and
    what is too much and still open is taken back. Nothing of the kind where work was called off.
    """
    off = set(Milestone.objects.called_off(now.contract.pk).values_list("party", flat=True))
    found = []
    for party in now.pots.keys() - off:
        hers = sorted((one for one in milestones if one.party_id == party), key=lambda one: one.number)
        if hers and all(one.is_met for one in hers):
            found += _true_up(hers, now, at, actor)
    return found


def _true_up(hers: list[Milestone], now: Situation, at: dt.datetime, actor: Actor) -> list[LedgerLine]:
    last, pots = hers[-1], now.pots[hers[-1].party_id]
    left = {pot: amount - now.made_due(hers, pot) for pot, amount in pots.items()}
    lower(hers, {pot: -amount for pot, amount in left.items() if amount < 0}, now, at, actor)
    more = {pot: amount for pot, amount in left.items() if amount > 0}
    if not more or not (last.trigger == Trigger.PERIOD_CLOSED or now.happened_on(last)):
        return []
    return _write(last, more, now, at, actor)


def _write(
    one: Milestone, amounts: dict[Pot, Decimal], now: Situation, at: dt.datetime, actor: Actor
) -> list[LedgerLine]:
    party, contract = now.parties[one.party_id], now.contract
    on = (one.met_on or now.today) if not now.lines_of(one) else now.today
    names = {"contract": contract.title, "number": one.number, "trigger": Trigger(one.trigger).label}
    due_on = one.due_on if not now.lines_of(one) else now.due_on(now.today)
    written = []
    for number, (pot, amount) in enumerate(amounts.items(), len(now.lines_of(one)) + 1):
        key = one.key if number == 1 else f"{one.key}:{number}"
        line = make_due(
            LedgerLine.Kind.FEE, Money(amount, pot.currency), key=key, influencer=party.influencer_id or 0,
            brand=contract.brand_id, contract=contract.pk, due_on=due_on, on=on, at=at, by=actor.label,
            label=in_language(contract.language, PART, names), ref=subject_of(one), is_net=pot.is_net,
        ) if amount > 0 else None  # fmt: skip
        if line is not None:
            written.append(line)
    for line in written:
        now.lines.setdefault(subject_of(one), []).append(line)
        _tell(line, one, contract, at, actor)
    return written


def _tell(line: LedgerLine, one: Milestone, contract: Contract, at: dt.datetime, actor: Actor) -> None:
    params = {
        "trigger": Trigger(one.trigger).label,
        "amount": money_full(line.amount),
        "day": day_in_words(line.due_on) if line.due_on else "",
    }
    record(
        "milestone.met", MET, at=at, actor=actor, subject=contract, params=params, influencer=line.influencer_id,
        brand=line.brand_id,
    )  # fmt: skip
