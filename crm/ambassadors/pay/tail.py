"""What is to be seen to once a deal is over: what still binds, what must come down, what comes back."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from crm.ambassadors.models import AmbassadorDeal, TailItem
from crm.ambassadors.pay.rates import rule_of
from crm.ambassadors.places import loans_out
from crm.ambassadors.telling import tell
from crm.base.zones import local_date
from crm.contracts.models import Contract, UsageRight
from crm.exclusivity.models import Clause
from crm.timeline.record import Actor, subject_of

Kind = TailItem.Kind
A_DAY = dt.timedelta(days=1)
BIO_DAYS, LOAN_DAYS = 7, 14
"""How long she has to take the brand out of her bio, and to send back what was lent: where nothing else is agreed."""
DONE = _("Seen to after the end of %(deal)s: %(what)s")
UNDONE = _("Not seen to after all: %(what)s")


def lay_tail(deal: AmbassadorDeal, last_on: dt.date, *, at: dt.datetime) -> None:
    """Write the list for afterwards, each thing once; what nobody has to see to is left out. Within a held deal."""
    there = set(deal.tail.values_list("kind", flat=True))
    wanted = dict(_things(deal, last_on))
    for kind in TailItem.ORDER:
        if kind in wanted and kind not in there:
            TailItem.objects.create(deal=deal, kind=kind, due_on=wanted[kind])


def _things(deal: AmbassadorDeal, last_on: dt.date) -> Iterator[tuple[str, dt.date]]:
    """What there is to see to, and by which day."""
    rights = UsageRight.objects.running().filter(contract__in=_family(deal.contract))
    if (until := _exclusive_until(deal)) is not None:
        yield Kind.EXCLUSIVITY, until
    if rights.content().exists():
        yield Kind.RIGHTS, max(rights.content().aggregate(last=Max("end_on"))["last"] or last_on, last_on)
    if rights.accesses().exists():
        yield Kind.ALLOW_LISTING, last_on + A_DAY
    rule = rule_of(deal, last_on)
    if rule is not None or deal.sales.exists():
        yield Kind.CODES, last_on + dt.timedelta(days=(rule.post_term_days if rule else 0) + 1)
    yield Kind.BIO, last_on + dt.timedelta(days=BIO_DAYS)
    if any(True for placed in loans_out.all() for _one in placed.call(deal)):
        yield Kind.LOANS, last_on + dt.timedelta(days=LOAN_DAYS)
    yield Kind.DATA, last_on + A_DAY


def _family(contract: Contract) -> list[int]:
    return [contract.pk, *contract.amendments.in_force().values_list("pk", flat=True)]


def _exclusive_until(deal: AmbassadorDeal) -> dt.date | None:
    """The last day any promise of the deal bars, as its own zone has it."""
    contracts = [deal.contract, *deal.contract.amendments.all()]
    refs = [subject_of(party) for one in contracts for party in one.parties.talents()]
    clauses = Clause.objects.filter(work_ref__in=refs).in_force().prefetch_related("stretches")
    ends = [
        local_date(stretch.end_at - dt.timedelta(microseconds=1), clause.zone)
        for clause in clauses
        for stretch in clause.stretches.all()
        if stretch.end_at is not None
    ]
    return max(ends, default=None)


def tick_off(item: TailItem, *, at: dt.datetime, actor: Actor) -> bool:
    """Somebody saw to it; False when somebody had already."""
    return _mark(item, DONE, "deal.tail_done", at, actor, done_at=at, done_by=actor.label[:160])


def take_tick_back(item: TailItem, *, at: dt.datetime, actor: Actor) -> bool:
    """It is open again; False when it was."""
    return _mark(item, UNDONE, "deal.tail_open", at, actor, done_at=None, done_by="")


def _mark(
    item: TailItem,
    sentence: object,
    verb: str,
    at: dt.datetime,
    actor: Actor,
    *,
    done_at: dt.datetime | None,
    done_by: str,
) -> bool:
    deal = item.deal
    with transaction.atomic():
        rows = TailItem.objects.filter(pk=item.pk, done_at__isnull=done_at is not None)
        if not rows.update(done_at=done_at, done_by=done_by, updated_at=at):
            return False
        tell(deal, verb, sentence, params={"deal": deal, "what": Kind(item.kind).label}, at=at, actor=actor)
    return True


@dataclass(frozen=True)
class TailLine:
    """One thing as it is listed."""

    item: TailItem
    is_late: bool


def tail_lines(deal: AmbassadorDeal, today: dt.date) -> list[TailLine]:
    """In the order in which things come up."""
    items = sorted(deal.tail.all(), key=lambda item: TailItem.ORDER.index(item.kind))
    return [TailLine(item, item.is_open and item.due_on is not None and item.due_on < today) for item in items]
