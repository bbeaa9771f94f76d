"""The figures above a board: only what is true right now."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from campaigns.planning.board import Board
from campaigns.planning.cards import Sums, fees, written
from campaigns.planning.models import Campaign, Deliverable
from campaigns.planning.models.waiting import has_moved
from crm.base.formats import money_short
from crm.base.zones import local_date

WEEKS_DRAWN = 8


@dataclass(frozen=True)
class Tile:
    label: str
    value: str
    of: str = ""
    sub: str = ""
    values: tuple[int, ...] = ()


@dataclass(frozen=True)
class Budget:
    """What was promised, against what there is; other currencies stand beside it, never within."""

    promised: str
    of: str
    share: int
    time_share: int
    rest: str
    beside: str
    tone: str


def tiles_of(board: Board) -> list[Tile]:
    going = board.going
    yes = sum(card.collaboration.is_promised for card in going)
    rows = [row for card in going if card.collaboration.is_promised for row in card.standing]
    posted = [row for row in rows if row.status == Deliverable.Status.PUBLISHED]
    today = local_date(board.now, board.campaign.zone)
    soon = sum(1 for row in rows if row.is_unposted and today <= row.post_due_on <= today + dt.timedelta(days=7))
    waiting = sum(row.status == Deliverable.Status.SUBMITTED for row in rows)
    return [
        Tile(_("People"), str(len(going)), sub=ngettext("%(n)d has agreed", "%(n)d have agreed", yes) % {"n": yes}),
        Tile(
            _("Posts live"),
            str(len(posted)),
            of=_("of %(total)d") % {"total": len(rows)},
            sub=ngettext("%(n)d due within a week", "%(n)d due within a week", soon) % {"n": soon},
            values=by_week(posted, board.campaign, today),
        ),
        Tile(
            _("Late"),
            str(board.late_count),
            sub=late_words(board.late_count, sum(has_moved(row) for row in rows)),
        ),
        Tile(
            _("Needs us"),
            str(board.waiting_count),
            sub=ngettext("%(n)d draft to look at", "%(n)d drafts to look at", waiting) % {"n": waiting},
        ),
    ]


def late_words(late: int, moved: int) -> str:
    """“all in time, 2 dates moved by late parcels”: what nobody is to be talked to about."""
    said = ngettext("person to talk to", "people to talk to", late) if late else _("all in time")
    if not moved:
        return said
    parcels = ngettext("%(n)d date moved by a late parcel", "%(n)d dates moved by late parcels", moved) % {"n": moved}
    return f"{said}, {parcels}"


def by_week(posted: list[Deliverable], campaign: Campaign, today: dt.date) -> tuple[int, ...]:
    """How many were out at the end of each of the last weeks; nothing to draw while nothing is out."""
    days = [local_date(row.published_at, campaign.zone) for row in posted if row.published_at]
    if not days:
        return ()
    ends = [today - dt.timedelta(weeks=back) for back in reversed(range(WEEKS_DRAWN))]
    return tuple(sum(day <= end for day in days) for end in ends)


def budget_of(board: Board) -> Budget:
    campaign = board.campaign
    sums = fees(card for card in board.going if card.collaboration.is_promised)
    gone = time_gone(campaign, local_date(board.now, campaign.zone))
    if campaign.budget is None or not campaign.budget.amount:
        return Budget(written(sums) or money_short(0), "", 0, gone, _("No budget is set."), "", "")
    currency, whole = str(campaign.budget.currency), campaign.budget.amount
    promised = sums.pop(currency, Decimal(0))
    rest = whole - promised
    words = _("Free %(sum)s") if rest >= 0 else _("%(sum)s over the budget")
    return Budget(
        promised=money_short(promised, currency),
        of=_("of %(sum)s") % {"sum": money_short(campaign.budget)},
        share=min(100, round(promised * 100 / whole)),
        time_share=gone,
        rest=words % {"sum": money_short(abs(rest), currency)},
        beside=beside(sums),
        tone="bad" if rest < 0 else "",
    )


def beside(sums: Sums) -> str:
    return _("and %(sums)s in other currencies") % {"sums": written(sums)} if written(sums) else ""


def time_gone(campaign: Campaign, today: dt.date) -> int:
    """How much of the campaign's days is over, in percent."""
    days = (campaign.end_on - campaign.start_on).days + 1
    over = (today - campaign.start_on).days
    return max(0, min(100, round(over * 100 / days)))
