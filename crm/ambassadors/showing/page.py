"""One deal's page, in a fixed number of queries."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.urls import reverse

from crm.ambassadors.models import (
    AmbassadorDeal,
    DealChange,
    DealPause,
    DealPeriod,
    DealReview,
    MakeGood,
    QuotaEntry,
    QuotaLine,
    TailItem,
)
from crm.ambassadors.quotas.rings import Ring
from crm.ambassadors.showing.addresses import of_deal, of_period
from crm.ambassadors.showing.ahead import Ahead, ahead_of, days_until
from crm.ambassadors.showing.binds import Exclusive, exclusive_of
from crm.ambassadors.showing.changes import Told, told_changes
from crm.ambassadors.showing.gets import Gets, gets_of
from crm.ambassadors.showing.kept import Kept, kept_of
from crm.ambassadors.showing.money import DealMoney, money_of
from crm.ambassadors.showing.owed import lines_of, rings_in, together, usual_of, with_balances
from crm.ambassadors.showing.standing import Stands, pause_on, since, stands
from crm.ambassadors.showing.verbs import CHANGE, Verbs, verbs_for
from crm.ambassadors.showing.year import year_as_planned, year_of
from crm.base.year_strip import YearStrip
from crm.base.zones import local_date
from crm.timeline.models import Entry
from crm.timeline.queries import lines_of as story_lines
from crm.timeline.record import subject_of

if TYPE_CHECKING:
    from crm.team.models import User

FEW_ROWS, FEW_STORIES, FEW = 6, 12, 4


@dataclass(frozen=True)
class DealPage:
    """Everything on a deal's page."""

    deal: AmbassadorDeal
    today: dt.date
    stands: Stands
    since: str
    pause: DealPause | None
    periods: Sequence[DealPeriod]
    lines: Sequence[QuotaLine]
    year: YearStrip | None
    ahead: Ahead | None
    money: DealMoney
    gets: Gets
    exclusive: Exclusive
    kept: Kept
    entries: Sequence[tuple[QuotaEntry, str]]
    make_goods: Sequence[tuple[MakeGood, str]]
    pauses: Sequence[tuple[DealPause, str]]
    changes: Sequence[tuple[DealChange, Sequence[Told]]]
    reviews: Sequence[tuple[DealReview, str]]
    tail: Sequence[TailItem]
    verbs: Verbs
    story: Any

    @property
    def contract(self) -> Any:
        return self.deal.contract

    @cached_property
    def now_period(self) -> DealPeriod | None:
        """The period of today; of a deal that is over, the last one that waits to be closed."""
        covering = [one for one in self.periods if one.first_on <= self.today <= one.last_on]
        waiting = [one for one in self.periods if one.state == DealPeriod.State.IN_REVIEW]
        return next(iter([*covering, *waiting]), None)

    @cached_property
    def rings(self) -> list[Ring]:
        return rings_in(self.now_period) if self.now_period else []

    @property
    def done_of_owed(self) -> tuple[int, int]:
        return together(self.rings)

    @property
    def usual(self) -> str:
        """What a whole period owes now."""
        return usual_of(self.lines, max(self.today, self.contract.start_on or self.today))

    @property
    def is_draft(self) -> bool:
        return self.contract.signed_at is None

    @property
    def is_over(self) -> bool:
        return not self.is_draft and not self.contract.is_in_force

    @property
    def of_all_periods(self) -> tuple[int, int]:
        """Done and owed of the whole term so far."""
        return together(ring for one in self.periods for ring in rings_in(one))

    @property
    def money_url(self) -> str:
        return of_deal(self.deal, "money")

    @property
    def after_url(self) -> str:
        return of_deal(self.deal, "after")

    @property
    def period_url(self) -> str:
        return of_period(self.deal.pk, self.now_period.number) if self.now_period else ""

    @property
    def left_of_period(self) -> str:
        return days_until(self.now_period.last_on, self.today) if self.now_period else ""

    @property
    def ahead_in(self) -> str:
        return days_until(self.ahead.on, self.today) if self.ahead and self.ahead.on else ""


def page_of(deal: AmbassadorDeal, user: "User", now: dt.datetime) -> DealPage:
    """Read it whole."""
    today = local_date(now, deal.contract.zone)
    periods = list(with_balances(deal.periods.standing()))
    lines, pauses, reviews = lines_of(deal), list(deal.pauses.all()), list(deal.reviews.select_related("decided_by"))
    pause = pause_on(pauses, today)
    year = year_of(deal, periods, lines, pauses, reviews, today) if periods else year_as_planned(deal, lines, today)
    open_period = next((one for one in periods if one.first_on <= today <= one.last_on and not one.is_closed), None)
    return DealPage(
        deal=deal,
        today=today,
        stands=stands(deal, pause),
        since=since(deal),
        pause=pause,
        periods=periods,
        lines=lines,
        year=year,
        ahead=ahead_of(deal, today),
        money=money_of(deal, user, today),
        gets=gets_of(deal, periods, today),
        exclusive=exclusive_of(deal, user),
        kept=kept_of(deal, periods, user),
        entries=_entries(deal),
        make_goods=_make_goods(deal),
        pauses=_pauses(deal, pauses, user, today),
        changes=told_changes(deal, lines),
        reviews=[(one, reverse("ambassador-review", args=[one.pk])) for one in reviews[::-1][:FEW]],
        tail=[] if deal.contract.is_in_force else list(deal.tail.all()),
        verbs=verbs_for(deal, user, open_period, pause),
        story=_story(deal, user),
    )


def _entries(deal: AmbassadorDeal) -> list[tuple[QuotaEntry, str]]:
    """The newest rows of the ledger of what is owed."""
    rows = QuotaEntry.objects.filter(period__deal=deal).select_related("period", "line__format__platform")
    newest = rows.order_by("-at", "-id")[:FEW_ROWS]
    return [(one, of_period(deal.pk, one.period.number)) for one in newest]


def _pauses(
    deal: AmbassadorDeal, pauses: Sequence[DealPause], user: "User", today: dt.date
) -> list[tuple[DealPause, str]]:
    """With where one that is not over can be ended; one that lies ahead is ended nowhere else."""
    may_end = deal.contract.is_in_force and user.has_perm(CHANGE)
    way = of_deal(deal, "resume")
    is_over = {one.pk: one.last_on is not None and one.last_on < today for one in pauses}
    return [(one, f"{way}?pause={one.pk}" if may_end and not is_over[one.pk] else "") for one in pauses]


def _make_goods(deal: AmbassadorDeal) -> list[tuple[MakeGood, str]]:
    """What closed periods still owe, the earliest day first."""
    rows = MakeGood.objects.filter(period__deal=deal).select_related("period", "line__format__platform")
    return [(one, of_period(deal.pk, one.period.number)) for one in rows.order_by("due_on", "id") if one.left > 0]


def _story(deal: AmbassadorDeal, user: "User") -> Any:
    """What happened to the deal and to its contract."""
    subjects = [subject_of(deal), subject_of(deal.contract)]
    rows = Entry.objects.visible_to(user).filter(subject__in=subjects).newest_first()[:FEW_STORIES]
    return story_lines(list(rows), user.zone)
