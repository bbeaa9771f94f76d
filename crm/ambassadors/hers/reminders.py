"""What a period still owes at its end, and what is to be made good: asked of her, and told to whoever answers for it.

A post with a card of its own is asked for by the card; here only the rest is. While a deal is paused, or a question of hers
waits for us, nobody is reminded. Source: domain rules, section 6.2, QUOTA.
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import lazy
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from crm.ambassadors.hers.answers import waiting_for_us
from crm.ambassadors.hers.open_posts import (
    TOLD,
    left_of,
    loose_of,
    open_in,
    planned_for,
    told_make_goods,
    told_periods,
)
from crm.ambassadors.hers.words import POSTS, in_both, things
from crm.ambassadors.models import AmbassadorDeal, DealPause, DealPeriod, MakeGood, QuotaLine
from crm.ambassadors.showing.addresses import to_note_a_post
from crm.ambassadors.showing.standing import pause_on
from crm.base.zones import end_of_day, local_date, local_midnight
from crm.influencers.queries.mail import NOBODY, Route, Routes, mail_routes
from crm.outbox.topics import Topic
from crm.reminders.registry import Asked, Due, due, wanted
from crm.timeline.record import subject_of

QUOTA, MAKE_GOOD = "deal.quota", "deal.make_good"
A_DAY = dt.timedelta(days=1)
MET, NOT_NOW = _("Everything is posted"), _("The period is not under way")
OVER, PAUSED = _("The deal is not in force"), _("The deal is paused")
OWN_CARDS, OUR_TURN = _("Each of them has a card of its own"), _("She waits for our answer")


@dataclass(frozen=True)
class Stop:
    """Why nobody is reminded; `on_hold` while it may go on again."""

    why: Any = ""
    on_hold: bool = False


@due(QUOTA, label=_("Posts of a period"), of="crm.DealPeriod", order=45)
def quotas(asked: Asked) -> Iterator[Due]:
    """The last day of a period that still owes posts."""
    rows = list(_periods(asked))
    if _only_looks(asked):
        yield from (one for row in rows for one in wanted(_seen(QUOTA, row, row.deal, row.last_on), asked))
        return
    planned, routes = planned_for([row.pk for row in rows], (), asked.now), _routes(asked, [row.deal for row in rows])
    waiting = waiting_for_us([subject_of(row) for row in rows])
    for row in rows:
        opens = open_in(row, planned)
        stop = _stop(row.deal, asked.now, bool(opens), bool(loose_of(opens)), subject_of(row) in waiting)
        stop = stop if row.may_be_asked_for else Stop(NOT_NOW)
        told = _told(QUOTA, row, row.deal, row.last_on, stop, routes, loose_of(opens) or left_of(opens), asked.now)
        yield from wanted(told, asked)


@due(MAKE_GOOD, label=_("Posts to be made good"), of="crm.MakeGood", order=46)
def make_goods(asked: Asked) -> Iterator[Due]:
    """The day by which a closed period's missing posts are made good."""
    rows = list(_make_goods(asked))
    if _only_looks(asked):
        yield from (one for row in rows for one in wanted(_seen(MAKE_GOOD, row, row.period.deal, row.due_on), asked))
        return
    planned = planned_for((), [row.pk for row in rows], asked.now)
    routes, waiting = (
        _routes(asked, [row.period.deal for row in rows]),
        waiting_for_us([subject_of(row) for row in rows]),
    )
    for row in rows:
        loose = max(0, row.left - planned.make_goods.get(row.pk, 0))
        stop = _stop(row.period.deal, asked.now, row.left > 0, loose > 0, subject_of(row) in waiting)
        counted = [(row.line, loose or row.left)]
        told = _told(MAKE_GOOD, row, row.period.deal, row.due_on, stop, routes, counted, asked.now)
        yield from wanted(told, asked)


def _periods(asked: Asked) -> "QuerySet[DealPeriod]":
    rows = DealPeriod.objects.all() if asked.user is None else DealPeriod.objects.visible_to(asked.user)
    if asked.subjects is not None:
        rows = rows.filter(pk__among=asked.subjects)
    else:
        rows = _near(rows.under_way().owing().filter(deal__in=AmbassadorDeal.objects.in_force()), asked, "last_on")
    rows = rows.order_by("pk")
    return rows.select_related(*TOLD) if _only_looks(asked) else told_periods(rows)


def _make_goods(asked: Asked) -> "QuerySet[MakeGood]":
    rows = MakeGood.objects.all() if asked.user is None else MakeGood.objects.visible_to(asked.user)
    if asked.subjects is not None:
        rows = rows.filter(pk__among=asked.subjects)
    else:
        rows = _near(rows.open().filter(period__deal__in=AmbassadorDeal.objects.in_force()), asked, "due_on")
    rows = rows.order_by("pk")
    return rows.select_related(*(f"period__{name}" for name in TOLD)) if _only_looks(asked) else told_make_goods(rows)


def _only_looks(asked: Asked) -> bool:
    return asked.calendar and asked.subjects is None


def _near(rows: Any, asked: Asked, column: str) -> Any:
    """Those whose day lies in the asked time; one day more on each side, because days begin at different hours."""
    rows = rows.filter(**{f"{column}__gte": (asked.from_at - A_DAY).date()}) if asked.from_at else rows
    return rows.filter(**{f"{column}__lte": (asked.to_at + A_DAY).date()}) if asked.to_at else rows


def _routes(asked: Asked, deals: Sequence[AmbassadorDeal]) -> Routes:
    return mail_routes({deal.influencer_id for deal in deals}, asked.now)


def _stop(deal: AmbassadorDeal, now: dt.datetime, has_left: bool, has_loose: bool, waits: bool) -> Stop:
    if not has_left:
        return Stop(MET)
    if not deal.contract.is_in_force:
        return Stop(OVER)
    if pause_on(deal.pauses.all(), local_date(now, deal.contract.zone)) is not None:
        return Stop(PAUSED, on_hold=True)
    if waits:
        return Stop(OUR_TURN, on_hold=True)
    return Stop() if has_loose else Stop(OWN_CARDS, on_hold=True)


TITLES: dict[str, Any] = {
    QUOTA: _("Posts of period {number}: {things}"),
    MAKE_GOOD: _("To be made good from period {number}: {things}"),
}
SEEN: dict[str, Any] = {QUOTA: _("Posts of period {number}"), MAKE_GOOD: _("To be made good from period {number}")}
things_of = lazy(things, str)


def _told(
    kind: str,
    row: DealPeriod | MakeGood,
    deal: AmbassadorDeal,
    on: dt.date,
    stop: Stop,
    routes: Routes,
    counted: Sequence[tuple[QuotaLine, int]],
    now: dt.datetime,
) -> Due:
    route = routes.of(deal.influencer_id, Topic.WORK)
    title = format_lazy(TITLES[kind], number=_period_of(row).number, things=things_of(counted))
    return _due(kind, row, deal, on, title, route, stop=stop, facts=_facts(deal, counted), now=now)


def _seen(kind: str, row: DealPeriod | MakeGood, deal: AmbassadorDeal, on: dt.date) -> Due:
    """For those who only look."""
    return _due(kind, row, deal, on, format_lazy(SEEN[kind], number=_period_of(row).number), NOBODY)


def _due(
    kind: str,
    row: DealPeriod | MakeGood,
    deal: AmbassadorDeal,
    on: dt.date,
    title: Any,
    route: Route,
    *,
    stop: Stop = Stop(),
    facts: dict[str, Any] | None = None,
    now: dt.datetime | None = None,
) -> Due:
    contract, period = deal.contract, _period_of(row)
    return Due(
        kind=kind, subject=subject_of(row), due_on=on, due_at=end_of_day(on, contract.zone), zone=contract.zone,
        title=title, influencer_id=deal.influencer_id, influencer_label=str(deal.influencer), brand_id=contract.brand_id,
        brand_label=contract.brand.name, owner_id=contract.owner_id, contact_ids=route.to, copy_ids=route.copies,
        url=to_note_a_post(deal.pk, period.number), verb=_("Note a post"), icon="send-check",
        detail=f"{deal.program}, {contract.brand.name}", stopped_why=stop.why, on_hold=stop.on_hold,
        born_at=_born_at(row), entered_at=_born_at(row), changed_at=row.updated_at,
        went_on_at=_went_on_at(deal, now) if now else None, facts=facts or {},
    )  # fmt: skip


def _period_of(row: DealPeriod | MakeGood) -> DealPeriod:
    return row.period if isinstance(row, MakeGood) else row


def _born_at(row: DealPeriod | MakeGood) -> dt.datetime | None:
    """From when on anybody could be asked: from its first day, or from the close that made it due."""
    return row.created_at if isinstance(row, MakeGood) else row.opened_at


def _went_on_at(deal: AmbassadorDeal, now: dt.datetime) -> dt.datetime | None:
    """When the last pause was over."""
    zone, today = deal.contract.zone, local_date(now, deal.contract.zone)
    over = [pause.last_on for pause in deal.pauses.all() if _is_over(pause, today)]
    return local_midnight(max(on for on in over if on) + A_DAY, zone) if over else None


def _is_over(pause: DealPause, today: dt.date) -> bool:
    return pause.last_on is not None and pause.last_on < today


def _facts(deal: AmbassadorDeal, counted: Sequence[tuple[QuotaLine, int]]) -> dict[str, Any]:
    """What an e-mail may say, JSON-safe."""
    contract, person = deal.contract, str(deal.influencer)
    owner = contract.owner
    return {
        "first_name": person.split(" ")[0],
        "person": person,
        "form_of_address": contract.brand.form_of_address,
        "brand": contract.brand.name,
        "what": in_both(lambda: POSTS),
        "owner": owner.name,
        "owner_phone": str(owner.phone or ""),
        "owner_email": owner.email,
        "page": {"influencer": deal.influencer_id, "brand": contract.brand_id},
        "words": {"things": in_both(lambda: things(counted)), "count": sum(count for _line, count in counted)},
    }
