"""What pages show of the money of a contract: its parts, what they have made due, and what became of that."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from djmoney.money import Money

from crm.base.formats import day_words
from crm.contracts.models import Contract, Party, PayLine
from crm.payments.milestones.cash import Pots, lines_in_force, pots_of, split
from crm.payments.milestones.extras import KINDS
from crm.payments.milestones.statements import GATHERED
from crm.payments.models import Benefit, LedgerLine, Milestone, PayTerms
from crm.timeline.record import subject_of

Trigger, Step = Milestone.Trigger, LedgerLine.Step


@dataclass(frozen=True)
class PartRow:
    """One part of one person's money: what it waits for, its amount, how it stands."""

    milestone: Milestone
    when: str
    share: str
    amounts: Sequence[Money]
    state: str
    tone: str


@dataclass(frozen=True)
class DueRow:
    """One line that became due, and what is left of it."""

    line: LedgerLine
    left: Money
    paid: Money | None
    state: str
    tone: str


@dataclass(frozen=True)
class MoneyOf:
    """Everything the panel shows, in a fixed number of queries."""

    terms: PayTerms | None
    people: Sequence[tuple[Party, Sequence[PartRow]]]
    due: Sequence[DueRow]
    extras: Sequence[tuple[PayLine, Money]]
    benefits: Sequence[Benefit]
    open: Sequence[Money]
    paid: Sequence[Money]

    @property
    def says_how(self) -> bool:
        return bool(self.people)


def money_of(contract: Contract) -> MoneyOf:
    """How a contract is paid and what came of it."""
    milestones = list(contract.milestones.select_related("post__format", "party").order_by("party", "number", "pk"))
    lines = list(LedgerLine.objects.of_contract(contract.pk).order_by("on", "pk"))
    due = due_rows(lines)
    return MoneyOf(
        terms=PayTerms.objects.filter(contract=contract.pk).first(),
        people=_people(contract, milestones, lines),
        due=due,
        extras=_extras(contract, lines),
        benefits=list(Benefit.objects.filter(contract=contract.pk).order_by("on", "pk")),
        open=_summed(row.left for row in due),
        paid=_summed(row.paid for row in due if row.paid is not None),
    )


def money_of_person(contract: Contract, influencer: int) -> MoneyOf:
    """The same of one of its people."""
    whole = money_of(contract)
    due = [row for row in whole.due if row.line.influencer_id == influencer]
    return replace(
        whole,
        people=[(party, rows) for party, rows in whole.people if party.influencer_id == influencer],
        due=due,
        open=_summed(row.left for row in due),
        paid=_summed(row.paid for row in due if row.paid is not None),
    )


def _people(
    contract: Contract, milestones: Sequence[Milestone], lines: Sequence[LedgerLine]
) -> list[tuple[Party, list[PartRow]]]:
    pots = pots_of(contract, contract.talents) if milestones else {}
    found = []
    for party in contract.talents:
        hers = [one for one in milestones if one.party_id == party.pk]
        if hers:
            found.append((party, _rows(hers, pots.get(party.pk, {}), lines)))
    return found


def _rows(hers: Sequence[Milestone], pots: Pots, lines: Sequence[LedgerLine]) -> list[PartRow]:
    standing = [one for one in hers if one.dropped_at is None or one.is_met]
    shares = [one.share_bp for one in standing]
    parts = {pot: split(whole, shares, pot.currency) for pot, whole in pots.items()}
    met = _made_due(lines)
    rows = []
    for place, one in enumerate(standing):
        amounts = met.get(subject_of(one)) if one.is_met else None
        planned = [Money(parts[pot][place], pot.currency) for pot in pots]
        rows.append(PartRow(one, said_of(one), f"{one.share_bp / 100:g} %", amounts or planned, *_stands(one)))
    return rows + [PartRow(one, said_of(one), f"{one.share_bp / 100:g} %", (), *_stands(one))
                   for one in hers if one not in standing]  # fmt: skip


def _made_due(lines: Sequence[LedgerLine]) -> Mapping[str, list[Money]]:
    """What each milestone made due, less what was taken back."""
    sums: dict[str, dict[str, Decimal]] = {}
    for line in lines:
        if line.step != Step.SETTLED:
            sign = 1 if line.step == Step.DUE else -1
            pots, currency = sums.setdefault(line.ref, {}), str(line.amount.currency)
            pots[currency] = pots.get(currency, Decimal(0)) + sign * line.amount.amount
    return {ref: [Money(amount, currency) for currency, amount in pots.items()] for ref, pots in sums.items()}


def _stands(one: Milestone) -> tuple[str, str]:
    if one.is_met and one.due_on:
        return _("to be paid by %(day)s") % {"day": day_words(one.due_on, "short")}, "ok"
    if one.dropped_at is not None:
        return _("no longer owed"), "mute"
    return _("waits"), ""


def said_of(one: Milestone) -> str:
    """What it waits for, as a sentence."""
    label = str(Trigger(one.trigger).label)
    if one.trigger == Trigger.DATE and one.on:
        return _("on %(day)s") % {"day": day_words(one.on, "long")}
    if one.trigger == Trigger.LIVE_N_DAYS:
        label = _("it has stayed online for %(days)s days") % {"days": one.days or 0}
    if one.trigger == Trigger.PERIOD_CLOSED and one.period:
        label = _("period %(number)s is closed") % {"number": one.period}
    return _("%(what)s: %(post)s") % {"what": label, "post": one.post} if one.post else label


def due_rows(lines: Sequence[LedgerLine]) -> list[DueRow]:
    """The lines that made something due, each with what became of it; orders stand in the statement that gathered them."""
    gone: dict[int, dict[str, Decimal]] = {}
    for line in lines:
        if line.of_id is not None:
            steps = gone.setdefault(line.of_id, {})
            steps[line.step] = steps.get(line.step, Decimal(0)) + line.amount.amount
    kept = {line.of_id for line in lines if line.key.endswith(GATHERED)}
    return [_due_row(line, gone.get(line.pk, {})) for line in lines if line.step == Step.DUE and line.pk not in kept]


def _due_row(line: LedgerLine, gone: Mapping[str, Decimal]) -> DueRow:
    currency = line.amount.currency
    left = line.amount.amount - sum(gone.values(), Decimal(0))
    paid = gone.get(Step.SETTLED, Decimal(0))
    state, tone = (_("open"), "warn") if left else ((_("paid"), "ok") if paid else (_("taken back"), "mute"))
    return DueRow(line, Money(left, currency), Money(paid, currency) if paid else None, state, tone)


def _summed(amounts: Any) -> list[Money]:
    sums: dict[str, Decimal] = {}
    for one in amounts:
        sums[str(one.currency)] = sums.get(str(one.currency), Decimal(0)) + one.amount
    return [Money(amount, currency) for currency, amount in sorted(sums.items()) if amount]


def _extras(contract: Contract, lines: Sequence[LedgerLine]) -> list[tuple[PayLine, Money]]:
    """Costs and bonuses that were agreed, with what of each nobody has signed off."""
    found = []
    for line in lines_in_force(contract) if contract.makes_due else []:
        if line.kind in KINDS and line.amount is not None:
            due = (one.amount.amount for one in lines if one.step == Step.DUE and one.ref == subject_of(line))
            found.append((line, Money(line.amount.amount - sum(due, Decimal(0)), line.amount.currency)))
    return found
