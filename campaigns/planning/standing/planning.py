"""Planning what a period owes, once: new work where something is missing, other days where days have moved, nothing where
fewer are owed.

Order of locks, here and wherever posts are counted: the person, her card, the deal, its period.
"""

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from campaigns.planning.actions.work import accounts_on
from campaigns.planning.models import Campaign, Collaboration, Deliverable, QuotaPost, ring_after_commit
from campaigns.planning.models.promises import PromiseHeld
from campaigns.planning.places import draft_lead_of
from campaigns.planning.standing.campaign import campaign_for, card_for
from campaigns.planning.standing.owing import Want, amends_of, wants_of
from campaigns.planning.standing.spreading import draft_day, owed_since, posting_days
from campaigns.planning.standing.troubles import ask_about, no_longer_asked
from crm.ambassadors.models import AmbassadorDeal, DealPeriod
from crm.base.formats import day_in_words
from crm.base.models import Holiday, Organisation
from crm.exclusivity.gate import gate
from crm.timeline.record import SYSTEM, Actor, record

FEWER = _("Fewer are owed in this period now.")
OVER = _("Its period is closed.")
PLANNED = _("Planned for %(campaign)s: %(count)s × %(what)s, from %(first)s to %(last)s")


@dataclass(frozen=True)
class Desk:
    """Where the posts of one deal are planned, and what every day of them is counted with."""

    deal: AmbassadorDeal
    card: Collaboration
    lead: int
    holidays: Collection[dt.date]
    at: dt.datetime
    actor: Actor = SYSTEM


@dataclass(frozen=True)
class Slot:
    """The days of one post, and its number."""

    number: int
    post_on: dt.date
    draft_on: dt.date


def keep_posts(period: DealPeriod, *, at: dt.datetime) -> None:
    """Bring what is planned for a period in line with what it owes. Doing it twice does nothing twice.

    What an exclusivity promise stands against is not planned: somebody is asked to settle it.
    """
    deal = (
        AmbassadorDeal.objects.with_contract().select_related("program__brand", "program__owner").get(pk=period.deal_id)
    )
    with gate([deal.influencer_id]):
        period = DealPeriod.objects.get(pk=period.pk)
        period.deal = deal
        if not deal.plans_posts or period.opened_at is None:
            return
        campaign = campaign_for(deal, at=at)
        try:
            with transaction.atomic():
                _keep(period, campaign, at)
                no_longer_asked(period, at)
        except PromiseHeld as held:
            ask_about(period, campaign, held)


def _keep(period: DealPeriod, campaign: Campaign, at: dt.datetime) -> None:
    card = card_for(period.deal, campaign, at=at)
    with card.held():
        card.refresh_from_db(fields=["status"])
        if card.is_off:
            return
        desk = desk_of(period.deal, card, at)
        settled = period.is_closed or period.state == DealPeriod.State.VOID
        for want in [*([] if settled else wants_of(period)), *amends_of(_over(period))]:
            _meet(desk, want)
        if settled:
            _let_go(desk, period)
        card.keep_promises(at=at, actor=SYSTEM)
    ring_after_commit()


def desk_of(deal: AmbassadorDeal, card: Collaboration, at: dt.datetime, actor: Actor = SYSTEM) -> Desk:
    holidays = Holiday.objects.free_days(Organisation.load().country)
    return Desk(deal, card, draft_lead_of(card.campaign), holidays, at, actor)


def _over(period: DealPeriod) -> list[DealPeriod]:
    """The periods whose make-goods are looked at together with this one."""
    return list(period.deal.periods.closed().filter(number__lte=period.number))


def _meet(desk: Desk, want: Want) -> None:
    """As many posts as one quota wants, on its days."""
    rows = posts_for(want)
    standing = [one for one in rows if one.deliverable.status != Deliverable.Status.DROPPED]
    slots = slots_of(desk, want, {one.slot for one in rows})
    if len(rows) < want.need:
        plan(desk, want, slots[len(rows) :], free_posts(desk.deal, want)[: want.need - len(rows)])
    surplus = [one for one in reversed(standing) if is_unstarted(one)][: max(0, len(standing) - want.need)]
    drop(desk, surplus, FEWER)
    for one, slot in zip(rows, slots, strict=False):
        if one not in surplus and is_unstarted(one):
            _move(desk, one, slot)


def posts_for(want: Want) -> list[QuotaPost]:
    """What was ever planned for it, by number."""
    rows = QuotaPost.objects.planned().with_work().filter(line=want.line, make_good=want.make_good)
    return list(rows.filter(period=want.period).order_by("slot"))


def slots_of(desk: Desk, want: Want, taken: Collection[int | None]) -> list[Slot]:
    """The days of everything that is wanted; what there is has its number, what is new gets the next one free."""
    days = posting_days(want.steps, want.stretches, desk.holidays)[: want.need]
    since = owed_since(want.steps)
    first = want.stretches[0][0] if want.stretches else None
    used = sorted(number for number in taken if number)
    fresh = (number for number in range(1, len(days) + len(used) + 1) if number not in taken)
    numbers = [*used, *fresh]
    return [
        Slot(number, on, draft_day(on, max(owed, first or owed), desk.lead, desk.holidays))
        for number, on, owed in zip(numbers, days, since, strict=False)
    ]


def free_posts(deal: AmbassadorDeal, want: Want) -> list[QuotaPost]:
    """Posts of closed periods that never went out: what was begun first, then by day. They go on for what is owed now."""
    settled = deal.periods.filter(state__in=[DealPeriod.State.CLOSED, DealPeriod.State.VOID])
    rows = QuotaPost.objects.planned().of_periods().unposted().with_work().filter(line=want.line, period__in=settled)
    return sorted(rows, key=lambda one: (is_unstarted(one), one.deliverable.post_due_on, one.pk))


def is_unstarted(one: QuotaPost) -> bool:
    """Nobody has handed anything in for it."""
    return one.deliverable.status == Deliverable.Status.EXPECTED and one.deliverable.drafts == 0


def plan(desk: Desk, want: Want, slots: Sequence[Slot], there: Sequence[QuotaPost]) -> None:
    """What was left from an earlier period goes on here, the rest is new."""
    for one, slot in zip(there, slots, strict=False):
        one.period, one.make_good, one.slot = want.period, want.make_good, slot.number
        one.save(update_fields=["period", "make_good", "slot", "updated_at"])
        if is_unstarted(one):
            _move(desk, one, slot)
    fresh = slots[len(there) :]
    if not fresh:
        return
    account = accounts_on(want.line.format, [desk.card]).get(desk.card.influencer_id)
    made = Deliverable.objects.bulk_create(_blank(desk, want, slot, account) for slot in fresh)
    QuotaPost.objects.bulk_create(
        QuotaPost(
            deliverable=row, line=want.line, period=want.period, make_good=want.make_good, slot=slot.number,
            planned_on=slot.post_on,
        )
        for row, slot in zip(made, fresh, strict=True)
    )  # fmt: skip
    _tell(desk, made)
    desk.card.back_to_making(at=desk.at, actor=desk.actor)


def _blank(desk: Desk, want: Want, slot: Slot, account: int | None) -> Deliverable:
    return Deliverable(
        collaboration=desk.card, format=want.line.format, account_id=account, title=want.line.note[:120],
        draft_due_on=slot.draft_on, post_due_on=slot.post_on, zone=desk.deal.contract.zone, dates_set_at=desk.at,
        day_set_at=desk.at,
    )  # fmt: skip


def _tell(desk: Desk, made: Sequence[Deliverable]) -> None:
    days = sorted(row.post_due_on for row in made)
    params: dict[str, Any] = {
        "campaign": desk.card.campaign, "count": len(made), "what": made[0], "first": day_in_words(days[0]),
        "last": day_in_words(days[-1]),
    }  # fmt: skip
    record(
        "deliverable.planned", PLANNED, at=desk.at, actor=desk.actor, subject=made[0], params=params,
        influencer=desk.card.influencer_id, brand=desk.card.campaign.brand_id,
    )  # fmt: skip


def _move(desk: Desk, one: QuotaPost, slot: Slot) -> None:
    """By as many days as its own day moved; what somebody put elsewhere by hand stays as far from it as it was."""
    row = one.deliverable
    if one.planned_on is None or one.planned_on == slot.post_on:
        return
    if row.post_due_on == one.planned_on:
        draft_on, post_on = (slot.draft_on if row.draft_due_on else None), slot.post_on
    else:
        step = slot.post_on - one.planned_on
        draft_on, post_on = (row.draft_due_on + step if row.draft_due_on else None), row.post_due_on + step
    row.collaboration = desk.card
    row.reschedule(draft_due_on=draft_on, post_due_on=post_on, at=desk.at, actor=desk.actor)
    one.planned_on = slot.post_on
    one.save(update_fields=["planned_on", "updated_at"])


def drop(desk: Desk, posts: Iterable[QuotaPost], why: Any) -> None:
    """Nobody makes these any more, and they count for nothing; their numbers are free again."""
    for one in posts:
        one.deliverable.collaboration = desk.card
        one.deliverable.drop(at=desk.at, actor=desk.actor, why=str(why))
        one.delete()


def _let_go(desk: Desk, period: DealPeriod) -> None:
    """Of a closed period: what nothing owes any more and nobody has begun. What is carried on waits for the next one."""
    waiting = carried_out(period)
    for line, keeps in waiting.items():
        rows = QuotaPost.objects.planned().of_periods().unstarted().with_work().filter(period=period, line_id=line)
        drop(desk, list(rows.order_by("slot"))[keeps:], OVER)


def carried_out(period: DealPeriod) -> dict[int, int]:
    """By quota: how many it handed on that the next period, not begun yet, will want."""
    from crm.ambassadors.models import QuotaEntry

    lines = dict.fromkeys(period.deal.quotas.values_list("pk", flat=True), 0)
    behind = period.deal.periods.standing().filter(number__gt=period.number).order_by("number").first()
    if behind is not None and behind.opened_at is None:
        for row in QuotaEntry.objects.filter(period=period, kind=QuotaEntry.Kind.CARRY_OUT):
            lines[row.line_id] -= row.quantity
    return lines
