"""How it stands under one contract: what each person is paid, what happened of her part, and what the ledger says."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from crm.base.models import Holiday, Organisation
from crm.base.windows import working_day_on_or_after
from crm.base.zones import local_date
from crm.contracts.models import Contract, Party, PromisedPost
from crm.payments.milestones.cash import Pot, Pots, pots_of
from crm.payments.milestones.places import Happened, Work, happened
from crm.payments.models import LedgerLine, Milestone, PayTerms
from crm.timeline.record import subject_of

Trigger = Milestone.Trigger
OF_WORK = (Trigger.DRAFT_APPROVED, Trigger.PUBLISHED, Trigger.LIVE_N_DAYS, Trigger.INSIGHTS_RECEIVED)


@dataclass(frozen=True)
class Said:
    """What somebody tells who knows: of that kind, on that day, of one person, one post or one period where named."""

    trigger: str
    on: dt.date
    party: int | None = None
    post: int | None = None
    period: int | None = None

    def means(self, milestone: Milestone) -> bool:
        if milestone.trigger != self.trigger or self.party not in (None, milestone.party_id):
            return False
        if self.trigger == Trigger.PERIOD_CLOSED:
            return milestone.period in (None, self.period)
        return self.trigger not in OF_WORK or (self.post is not None and self.post == milestone.post_id)


@dataclass
class Situation:
    """Everything that decides when money of one contract becomes due, read at once."""

    contract: Contract
    today: dt.date
    net_days: int
    free_days: frozenset[dt.date]
    parties: dict[int, Party]
    pots: dict[int, Pots]
    posts: dict[int, list[tuple[int, dt.datetime]]]
    done: dict[int, Happened]
    lines: dict[str, list[LedgerLine]] = field(default_factory=dict)
    back: dict[int, Decimal] = field(default_factory=dict)

    def due_on(self, on: dt.date) -> dt.date:
        """So many days later; on a day off, the next working day."""
        return working_day_on_or_after(on + dt.timedelta(days=self.net_days), self.free_days)

    def lines_of(self, milestone: Milestone) -> list[LedgerLine]:
        """What it made due, in the order in which it did."""
        return self.lines.get(subject_of(milestone), [])

    def made_due(self, milestones: Iterable[Milestone], pot: Pot) -> Decimal:
        """What these have made due of a pot, less what was taken back."""
        lines = [line for milestone in milestones for line in self.lines_of(milestone) if pot_of(line) == pot]
        return sum((line.amount.amount - self.back.get(line.pk, Decimal(0)) for line in lines), Decimal(0))

    def kept_of(self, line: LedgerLine) -> Decimal:
        """What a line made due and was not taken back: paid, or on its way, once the rest of it was."""
        kept: Decimal = line.amount.amount - self.back.get(line.pk, Decimal(0))
        return kept

    def by_person(self, influencer: int) -> Party | None:
        return next((party for party in self.parties.values() if party.influencer_id == influencer), None)

    def holds(self, milestone: Milestone) -> bool:
        """Whether what met it is still so. Posts that were promised since do not undo what was met without them."""
        lines = self.lines_of(milestone)
        until = lines[-1].at if lines else None
        return (
            self._work_day(milestone, until) is not None
            if milestone.trigger in OF_WORK
            else (self.happened_on(milestone) is not None)
        )

    def happened_on(self, milestone: Milestone) -> dt.date | None:
        """The day on which what it waits for happened; None while it has not, or where only others know."""
        if milestone.trigger == Trigger.SIGNED:
            return local_date(self.contract.signed_at, self.contract.zone) if self.contract.signed_at else None
        if milestone.trigger == Trigger.DATE:
            return milestone.on if milestone.on and milestone.on <= self.today else None
        if milestone.trigger == Trigger.SAMPLE_RECEIVED:
            return _latest(self.done[milestone.party_id].parcels)
        if milestone.trigger in OF_WORK:
            return self._work_day(milestone)
        return None

    def knows(self, milestone: Milestone) -> bool:
        """Whether what it waits for is seen from here, so that it can also be seen not to have happened after all."""
        done = self.done[milestone.party_id]
        if milestone.trigger == Trigger.SAMPLE_RECEIVED:
            return bool(done.parcels)
        return milestone.trigger in OF_WORK and bool(done.works)

    def _work_day(self, milestone: Milestone, until: dt.datetime | None = None) -> dt.date | None:
        days = [self._day(milestone, work) for work in self._works(milestone, until)]
        latest = _latest(days)
        return latest if latest is not None and latest <= self.today else None

    def _works(self, milestone: Milestone, until: dt.datetime | None) -> list[Work]:
        """Of the post it names, else of all that are still promised; one nobody works at yet has not come far."""
        works, posts = self.done[milestone.party_id].works, self.posts[milestone.party_id]
        promised = [pk for pk, since in posts if until is None or since <= until]
        if not promised:
            return list(works)
        wanted = [milestone.post_id] if milestone.post_id in promised else promised
        by_post = {work.post: work for work in works}
        return [by_post.get(pk, Work("", pk)) for pk in wanted if pk is not None]

    def _day(self, milestone: Milestone, work: Work) -> dt.date | None:
        done = self.done[milestone.party_id]
        if milestone.trigger == Trigger.DRAFT_APPROVED:
            return work.approved_on
        if milestone.trigger == Trigger.INSIGHTS_RECEIVED:
            return done.figures.get(work.ref)
        if milestone.trigger == Trigger.LIVE_N_DAYS:
            is_off = work.ref in done.gone and not milestone.is_met
            return None if is_off or work.out_on is None else work.out_on + dt.timedelta(days=milestone.days or 0)
        return None if work.ref in done.gone else work.out_on


def _latest(days: Sequence[dt.date | None]) -> dt.date | None:
    """The last of these days, where every one of them has come."""
    known = [day for day in days if day is not None]
    return max(known) if known and len(known) == len(days) else None


def pot_of(line: LedgerLine) -> Pot:
    return Pot(str(line.amount.currency), line.is_net)


def situation_of(contract: Contract, at: dt.datetime) -> Situation:
    """Read it whole, in a fixed number of queries."""
    talents = [party for party in contract.parties.all() if party.is_talent]
    mine = [party.pk for party in talents]
    person = {party.pk: party.influencer_id or 0 for party in talents}
    beside = Party.objects.talents().in_force_for(contract.pk).exclude(contract=contract.pk)
    also = [(pk, influencer or 0) for pk, influencer in beside.values_list("pk", "influencer")]
    done, posts = happened([*mine, *(pk for pk, _who in also)]), _posts(contract)
    terms = PayTerms.objects.filter(contract=contract.pk).first() or PayTerms()
    made = Situation(
        contract, local_date(at, contract.zone), terms.net_days,
        Holiday.objects.free_days(Organisation.load().country),
        {party.pk: party for party in talents}, pots_of(contract, talents),
        {pk: posts.get(who, []) for pk, who in person.items()},
        {pk: sum((done[other] for other, whose in also if whose == who), done[pk]) for pk, who in person.items()},
    )  # fmt: skip
    _read_ledger(made)
    return made


def _posts(contract: Contract) -> dict[int, list[tuple[int, dt.datetime]]]:
    rows = PromisedPost.objects.standing().in_force_for(contract.pk).order_by("pk")
    found: dict[int, list[tuple[int, dt.datetime]]] = {}
    for pk, since, person in rows.values_list("pk", "created_at", "party__influencer"):
        found.setdefault(person or 0, []).append((pk, since))
    return found


def _read_ledger(made: Situation) -> None:
    rows = LedgerLine.objects.of_contract(made.contract.pk).filter(ref__startswith=f"{Milestone._meta.label_lower}:")
    for line in rows.order_by("pk"):
        if line.step == LedgerLine.Step.DUE:
            made.lines.setdefault(line.ref, []).append(line)
        elif line.step == LedgerLine.Step.REVERSED and line.of_id is not None:
            made.back[line.of_id] = made.back.get(line.of_id, Decimal(0)) + line.amount.amount
