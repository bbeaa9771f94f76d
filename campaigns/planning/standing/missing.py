"""What a period still owes and nobody has planned: because it was dropped by hand, or taken down."""

import datetime as dt
from collections.abc import Sequence

from django.db.models import Count

from campaigns.planning.models import QuotaPost, ring_after_commit
from campaigns.planning.standing.campaign import campaign_for, card_for
from campaigns.planning.standing.owing import Want, wants_of
from campaigns.planning.standing.planning import Desk, Slot, desk_of, plan
from campaigns.planning.standing.spreading import days_of, draft_day, fitting, into_gaps
from crm.ambassadors.models import AmbassadorDeal, DealPeriod, PeriodQuota
from crm.base.zones import local_date
from crm.exclusivity.gate import gate
from crm.timeline.record import Actor


def missing_in(periods: Sequence[DealPeriod]) -> dict[tuple[int, int], int]:
    """By (period, quota): how many are left beyond the posts that are planned. Two queries."""
    balances = PeriodQuota.objects.filter(period__in=periods, left__gt=0).values_list("period_id", "line_id", "left")
    open_ones = QuotaPost.objects.of_periods().unposted().filter(period__in=periods).order_by()
    there = {
        (period or 0, line): number
        for period, line, number in open_ones.values_list("period_id", "line_id").annotate(number=Count("pk"))
    }
    found = {(period, line): left - there.get((period, line), 0) for period, line, left in balances}
    return {key: number for key, number in found.items() if number > 0}


def plan_missing(period: DealPeriod, *, at: dt.datetime, actor: Actor) -> int:
    """Plan a post for each that is left and has none, from today on; how many. Raises PromiseHeld."""
    deal = (
        AmbassadorDeal.objects.with_contract().select_related("program__brand", "program__owner").get(pk=period.deal_id)
    )
    with gate([deal.influencer_id]):
        period.deal = deal
        card = card_for(deal, campaign_for(deal, at=at), at=at)
        with card.held():
            desk, gaps = desk_of(deal, card, at, actor), missing_in([period])
            for want in wants_of(period):
                plan(desk, want, _slots(desk, want, gaps.get((period.pk, want.line.pk), 0)), [])
            card.keep_promises(at=at, actor=actor)
        ring_after_commit()
    return sum(gaps.values())


def _slots(desk: Desk, want: Want, count: int) -> list[Slot]:
    """Days from today on, as far from the others as they go; the last one where none is left."""
    rows = QuotaPost.objects.planned().filter(line=want.line, period=want.period, make_good__isnull=True)
    taken = dict(rows.values_list("slot", "deliverable__post_due_on"))
    live, today = days_of(want.stretches), local_date(desk.at, desk.deal.contract.zone)
    if not count or not live:
        return []
    ahead = fitting([on for on in live if on >= today] or live[-1:], count, desk.holidays)
    numbers = [number for number in range(1, len(taken) + count + 1) if number not in taken]
    return [
        Slot(number, on, draft_day(on, max(today, live[0]), desk.lead, desk.holidays))
        for number, on in zip(numbers, into_gaps(count, ahead, list(taken.values())), strict=False)
    ]
