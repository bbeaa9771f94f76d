"""Work is called off: what of the fee is still paid, what is taken back, what she keeps. Decided by people, shown before.

The share of each stage is custom, not law (domain rules, section 7.1). Where she calls it off herself nothing more is due.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from crm.base.formats import money_full
from crm.contracts.models import Contract, Party
from crm.payments.actions import make_due
from crm.payments.milestones.backing import lower
from crm.payments.milestones.cash import WHOLE, Pot, part_of
from crm.payments.milestones.kill_letter import write_to_her
from crm.payments.milestones.situation import Situation, situation_of
from crm.payments.models import Benefit, KillFee, LedgerLine, Milestone
from crm.reminders.models import Todo
from crm.timeline.record import Actor, in_language, record

OFF = _("Called off under %(contract)s: %(share)s %% of the fee is paid, %(amount)s more. %(why)s")
LABEL: Any = _("%(contract)s, called off")


class By(models.TextChoices):
    US = "us", _("Us")
    BOTH = "both", _("Both together")
    HER = "her", _("Her")


class DecidedAlready(ValidationError):
    """Nothing of it waits any more."""

    def __init__(self) -> None:
        super().__init__(_("Nothing of this contract waits to become due any more."), code="decided")


@dataclass(frozen=True)
class Outcome:
    """What calling off means for one person in one kind of money. `more` is due on top, `back` is taken back."""

    party: Party
    pot: Pot
    whole: Decimal
    due: Decimal
    share_bp: int

    @property
    def kept(self) -> Decimal:
        return part_of(self.whole, self.share_bp, self.pot.currency)

    @property
    def more(self) -> Decimal:
        return max(self.kept - self.due, Decimal(0))

    @property
    def back(self) -> Decimal:
        return max(self.due - self.kept, Decimal(0))

    def money(self, amount: Decimal) -> Money:
        return Money(amount, self.pot.currency)

    @property
    def rows(self) -> list[tuple[Any, Money]]:
        """As it is read: what was agreed, what is due already, what this makes of it."""
        told: list[tuple[Any, Decimal]] = [
            (_("Agreed"), self.whole),
            (_("Due already"), self.due),
            (_("Paid nevertheless"), self.kept),
        ]
        told += [(_("Becomes due"), self.more)] if self.more else []
        told += [(_("Taken back, as far as it is unpaid"), self.back)] if self.back else []
        return [(label, self.money(amount)) for label, amount in told]


@dataclass(frozen=True)
class Suggestion:
    """How far one person has come, piece by piece, and what that comes to."""

    party: Party
    stages: Sequence[str]
    share_bp: int

    @property
    def in_words(self) -> list[Any]:
        return [KillFee.Stage(stage).label for stage in self.stages]


def suggestions(contract: Contract, at: dt.datetime) -> list[Suggestion]:
    """What the usual shares come to, each piece of work counting the same."""
    now = situation_of(contract, at)
    usual = shares_on(now.today)
    found = []
    for party in now.parties.values():
        stages = [work.stage for work in now.done[party.pk].works] or [KillFee.Stage.SIGNED]
        share = sum(usual.get(stage, 0) for stage in stages) // len(stages)
        found.append(Suggestion(party, stages, share))
    return found


def shares_on(on: dt.date) -> dict[str, int]:
    """The usual share of each stage; where several are valid, the one that came last."""
    rows = KillFee.objects.valid_on(on).order_by(models.F("valid_from").asc(nulls_first=True), "pk")
    return dict(rows.values_list("stage", "share_bp"))


def outcomes(contract: Contract, shares: Mapping[int, int], at: dt.datetime) -> list[Outcome]:
    """What it would mean, with a share in basis points for each party."""
    now = situation_of(contract, at)
    return _outcomes(now, list(Milestone.objects.standing().filter(contract=contract.pk)), shares)


def _outcomes(now: Situation, milestones: Sequence[Milestone], shares: Mapping[int, int]) -> list[Outcome]:
    return [
        Outcome(now.parties[party], pot, whole, _due(now, milestones, party, pot), shares.get(party, 0))
        for party, pots in now.pots.items()
        for pot, whole in pots.items()
    ]


def _due(now: Situation, milestones: Sequence[Milestone], party: int, pot: Pot) -> Decimal:
    return now.made_due([one for one in milestones if one.party_id == party], pot)


def kept_by_her(contract: Contract) -> list[Benefit]:
    """What she was given beside money and keeps (domain rules, section 7.1)."""
    return list(Benefit.objects.filter(contract=contract.pk).order_by("on", "pk"))


def may_be_called_off(contract: Contract) -> bool:
    is_open = contract.is_in_force or contract.is_terminated
    return is_open and contract.amends_id is None and Milestone.objects.waiting().filter(contract=contract.pk).exists()


def call_off(
    contract: Contract, shares: Mapping[int, int], why: str, *, by: str, at: dt.datetime, actor: Actor
) -> list[LedgerLine]:
    """Nothing more becomes due by itself; of each person's fee this share (basis points) is paid, and she is told.

    Raises DecidedAlready, and ValidationError for a share where she calls it off herself.
    """
    if by == By.HER and any(shares.values()):
        raise ValidationError(_("Where she calls it off herself, no kill fee is due. Enter 0."), code="by_her")
    if any(not 0 <= share <= WHOLE for share in shares.values()):
        raise ValidationError(_("A share lies between 0 and 100 %."), code="share")
    with transaction.atomic():
        rows = Milestone.objects.standing().filter(contract=contract.pk)
        milestones = list(rows.select_for_update(of=("self",)).order_by("pk"))
        stored = Contract.objects.with_terms().get(pk=contract.pk)
        if all(one.is_met for one in milestones) or stored.amends_id:
            raise DecidedAlready()
        now = situation_of(stored, at)
        found = _outcomes(now, milestones, shares)
        Milestone.objects.waiting().filter(contract=stored.pk).update(dropped_at=at, updated_at=at)
        lines = [line for one in found if (line := _write(one, milestones, now, why, at, actor)) is not None]
        Todo.objects.open().filter(key=f"kill_fee:{stored.pk}").update(done_at=at, updated_at=at)
        write_to_her(now, found, at)
        return lines


def _write(
    one: Outcome, milestones: Sequence[Milestone], now: Situation, why: str, at: dt.datetime, actor: Actor
) -> LedgerLine | None:
    hers = sorted((each for each in milestones if each.party_id == one.party.pk), key=lambda each: each.number)
    if one.back:
        lower(hers, {one.pot: one.back}, now, at, actor)
    contract = now.contract
    who = {"influencer": one.party.influencer_id or 0, "brand": contract.brand_id}
    params = {
        "contract": contract.title,
        "share": f"{one.share_bp / 100:g}",
        "amount": money_full(one.money(one.more)),
        "why": why,
    }
    record("milestone.off", OFF, at=at, actor=actor, subject=contract, params=params, **who)
    kind = "net" if one.pot.is_net else "gross"
    return make_due(
        LedgerLine.Kind.KILL_FEE, one.money(one.more), key=f"kill:{one.party.pk}:{one.pot.currency}:{kind}",
        contract=contract.pk, due_on=now.due_on(now.today), on=now.today, at=at, by=actor.label,
        label=in_language(contract.language, LABEL, {"contract": contract.title}), ref=f"crm.contract:{contract.pk}",
        note=why, is_net=one.pot.is_net, **who,
    )  # fmt: skip
