"""The facts risks are told by, for every deal a colleague sees, in five queries."""

import datetime as dt
from collections.abc import Collection
from typing import Any

from django.db.models import Avg, Count, Exists, ExpressionWrapper, F, FloatField, Max, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from crm.ambassadors.lists.rows import DAY, notice_until, paces_of, pauses_of
from crm.ambassadors.models import (
    DealPeriod,
    DealReview,
    MakeGood,
    PeriodQuota,
    RetainerCharge,
    TailItem,
)
from crm.ambassadors.models.deals import AmbassadorDealQuerySet
from crm.ambassadors.risks.rules import DealFacts
from crm.base.zones import local_date
from crm.exclusivity.models import Finding
from crm.influencers.models import MetricSnapshot

SEASON = dt.timedelta(days=90)
COLUMNS = (
    "influencer_id", "contract__status", "contract__zone", "contract__start_on", "contract__end_on", "contract__renewal",
    "contract__renew_months", "contract__most_renewals", "contract__renewed", "contract__notice_value",
    "contract__notice_span", "contract__shifted_days", "contract__decided_for_on", "contract__rests_since_on",
)  # fmt: skip


def read_facts(deals: AmbassadorDealQuerySet, now: dt.datetime) -> list[DealFacts]:
    """Facts of every deal in force, and of those that are over and left something to see to."""
    rows = list(_with_open_things(deals, now))
    ids, people = [row.pk for row in rows], {row.influencer_id for row in rows}
    paces, pauses, short, seasons = (
        paces_of(ids, now),
        pauses_of(ids, now),
        short_periods(ids),
        engagements(people, now),
    )
    facts = []
    for row in rows:
        today = local_date(now, row.contract.zone)
        pause = next((one for one in pauses.get(row.pk, ()) if one.covers(today)), None)
        facts.append(
            DealFacts(
                deal=row.pk,
                today=today,
                is_in_force=row.contract.is_in_force,
                pace=next((one for one in paces.get(row.pk, ()) if one.covers(today)), None),
                is_paused=pause is not None,
                paused_since=pause.first_on if pause is not None and pause.last_on is None else None,
                short_in_a_row=_in_a_row(short.get(row.pk, set()), row.last_closed),
                make_good_on=row.make_good_on,
                make_good_period=row.make_good_period,
                review=row.review,
                review_on=row.review_on,
                notice_until=notice_until(row.contract, today),
                finding=row.finding,
                tail_on=row.tail_on,
                waiting=row.waiting,
                **seasons.get(row.influencer_id, {}),
            )
        )
    return facts


def _with_open_things(deals: AmbassadorDealQuerySet, now: dt.datetime) -> Any:
    """Deals with the earliest of each kind of thing nobody has settled. One query."""
    mine = {"deal": OuterRef("pk")}
    tail = TailItem.objects.filter(**mine, done_at=None, due_on__lte=now.date() + DAY)
    looks = DealReview.objects.open().filter(**mine).order_by("due_on", "pk")
    owed = MakeGood.objects.filter(period__deal=OuterRef("pk"), done__lt=F("quantity") - F("waived"))
    closed = DealPeriod.objects.closed().filter(**mine).order_by()
    waiting = RetainerCharge.objects.waiting().filter(period__deal=OuterRef("pk")).order_by()
    met = Finding.objects.unsettled().worse_than_a_remark().filter(
        influencer=OuterRef("influencer"), clause__brand=OuterRef("contract__brand")
    )  # fmt: skip
    shown = deals.filter(Q(pk__in=deals.in_force().values("pk")) | Exists(tail))
    return (
        shown.select_related("contract")
        .only(*COLUMNS)
        .order_by("pk")
        .annotate(
            review=Subquery(looks.values("pk")[:1]),
            review_on=Subquery(looks.values("due_on")[:1]),
            make_good_on=Subquery(owed.order_by("due_on", "pk").values("due_on")[:1]),
            make_good_period=Subquery(owed.order_by("due_on", "pk").values("period__number")[:1]),
            tail_on=Subquery(tail.order_by("due_on").values("due_on")[:1]),
            last_closed=Subquery(closed.values("deal").annotate(last=Max("number")).values("last")),
            waiting=Coalesce(Subquery(waiting.values("period__deal").annotate(many=Count("pk")).values("many")), 0),
            finding=Subquery(met.order_by("-severity", "pk").values("pk")[:1]),
        )
    )


def short_periods(deals: Collection[int]) -> dict[int, set[int]]:
    """The numbers of closed periods in which something that was owed was never posted. One query."""
    missed = PeriodQuota.objects.filter(period=OuterRef("pk"), delivered__lt=F("granted") + F("carried") - F("waived"))
    found: dict[int, set[int]] = {}
    rows = DealPeriod.objects.closed().filter(Exists(missed), deal__in=deals).order_by()
    for deal, number in rows.values_list("deal_id", "number"):
        found.setdefault(deal, set()).add(number)
    return found


def _in_a_row(short: set[int], last: int | None) -> int:
    """How many of the latest closed periods were short, one after the other."""
    many = 0
    while last is not None and last - many in short:
        many += 1
    return many


def engagements(people: Collection[int], now: dt.datetime) -> dict[int, dict[str, float]]:
    """Each one's mean engagement of the last season and of the one before, where both were counted. One query."""
    rate = ExpressionWrapper(
        (F("likes") + Coalesce(F("comments"), 0)) * 1.0 / F("followers"), output_field=FloatField()
    )
    counted = MetricSnapshot.objects.standing().filter(
        nature=MetricSnapshot.Nature.OVERALL, followers__gt=0, likes__isnull=False, taken_at__gt=now - 2 * SEASON,
        account__influencer__in=people,
    )  # fmt: skip
    latest = Q(taken_at__gt=now - SEASON)
    means = counted.order_by().values("account__influencer").annotate(
        late=Avg(rate, filter=latest), early=Avg(rate, filter=~latest)
    )  # fmt: skip
    return {
        pk: {"engagement": late, "engagement_before": early}
        for pk, late, early in means.values_list("account__influencer", "late", "early")
        if late is not None and early is not None
    }
