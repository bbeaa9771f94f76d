"""What campaigns tell the rooms of deals: what was agreed with somebody before, what of hers is approved and not paid, and
what came late because of us.
"""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from djmoney.money import Money

from campaigns.planning.models import Collaboration, Deliverable, DeliverableHold, QuotaPost
from crm.ambassadors.models import AmbassadorDeal, DealPeriod
from crm.ambassadors.places import DealHint, Owed, deal_hints, our_lateness, unpaid_work
from crm.ambassadors.schedule.shares import money_share
from crm.base.formats import day_words
from crm.base.zones import local_date
from crm.payments.models import LedgerLine
from crm.timeline.record import subject_of

LATEST = 5


@deal_hints("planning")
def agreed_before(person: int, brand: int) -> Sequence[DealHint]:
    """Her last collaborations with the brand: which formats, how many, for how much. Two queries."""
    cards = Collaboration.objects.promised().filter(
        influencer=person, campaign__brand=brand, campaign__program__isnull=True
    )
    rows = list(cards.select_related("campaign").order_by("-campaign__end_on", "-pk")[:LATEST])
    made: dict[int, Counter[int]] = defaultdict(Counter)
    works = Deliverable.objects.standing().filter(collaboration__in=rows).order_by("post_due_on", "pk")
    for card, kind in works.values_list("collaboration_id", "format_id"):
        made[card][kind] += 1
    return [DealHint(subject_of(row), row.campaign.name, tuple(made[row.pk].items()), row.fee) for row in rows]


@unpaid_work("planning")
def approved_work(deal: AmbassadorDeal, on: dt.date) -> Iterator[Owed]:
    """Cards of other campaigns under the contract of the deal: the part of their fee for what was approved by that day and is
    paid by no deal. What is in the ledger already is left out.
    """
    cards = Collaboration.objects.promised().filter(party__contract=deal.contract_id, campaign__program__isnull=True)
    rows = list(cards.filter(fee__gt=0).select_related("campaign").order_by("pk"))
    booked = set(LedgerLine.objects.filter(ref__in=[subject_of(row) for row in rows]).values_list("ref", flat=True))
    for card in rows:
        done, total = approved_of(card, on)
        if done and subject_of(card) not in booked and card.fee is not None:
            currency = str(card.fee.currency)
            amount = Money(money_share(card.fee.amount, Fraction(done, total), currency), currency)
            how = _("%(done)s of %(total)s approved") % {"done": done, "total": total}
            yield Owed(subject_of(card), card.campaign.name, amount, how)


def approved_of(card: Collaboration, on: dt.date) -> tuple[int, int]:
    """How many things the fee is for were approved or out by the end of a day, and how many it is for."""
    counted = QuotaPost.objects.filter(deliverable__collaboration=card).values("deliverable")
    rows = list(card.deliverables.standing().exclude(pk__in=counted))
    return sum(_is_done(row, on) for row in rows), len(rows)


def _is_done(row: Deliverable, on: dt.date) -> bool:
    at = row.published_at or row.approved_at
    is_done = row.status in (Deliverable.Status.APPROVED, Deliverable.Status.PUBLISHED)
    return is_done and at is not None and local_date(at, row.zone) <= on


@our_lateness("samples")
def late_parcels(period: DealPeriod) -> list[str]:
    """What she waited for and got late, of everything planned for that period. One query."""
    works = QuotaPost.objects.filter(period=period).values("deliverable")
    holds = DeliverableHold.objects.ours().filter(deliverable__in=works)
    return [said_of(hold) for hold in holds.select_related("deliverable__format__platform").order_by("pk")]


def said_of(hold: DeliverableHold) -> str:
    days = max(hold.moved_days, hold.draft_moved_days)
    arrived = day_words(hold.arrived_on) if hold.arrived_on else ""
    return ngettext(
        "%(what)s: what she needed for it arrived on %(arrived)s, its days moved by %(n)d day",
        "%(what)s: what she needed for it arrived on %(arrived)s, its days moved by %(n)d days",
        days,
    ) % {"what": hold.deliverable, "arrived": arrived, "n": days}
