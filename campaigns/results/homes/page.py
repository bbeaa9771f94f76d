"""The manager's page, put together."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from campaigns.planning.models import Campaign
from campaigns.planning.tiles import Tile
from campaigns.results.homes.decisions import Waiting, decisions
from campaigns.results.homes.rows import LiveRow, live_rows
from campaigns.results.models import ReportLink

if TYPE_CHECKING:
    from crm.team.models import User

FEW = 5


@dataclass(frozen=True)
class Overview:
    """Everything on it."""

    rows: Sequence[LiveRow]
    more: int
    waiting: Sequence[Waiting]
    wrapped: Sequence[Campaign]
    shared: Sequence[ReportLink]

    @property
    def tiles(self) -> list[Tile]:
        at_risk = sum(1 for one in self.rows if one.risks)
        aimed = [one.main for one in self.rows if one.main is not None]
        met = sum(1 for line in aimed if line.is_met)
        return [
            Tile(_("Live campaigns"), str(len(self.rows) + self.more)),
            Tile(_("At risk"), str(at_risk), sub=_("look at them first") if at_risk else _("all as planned")),
            Tile(_("First goal reached"), str(met), of=_("of %(total)d") % {"total": len(aimed)}),
            Tile(_("Waits for you"), str(sum(one.count for one in self.waiting))),
        ]


def overview_of(user: "User", now: dt.datetime) -> Overview:
    """In a fixed number of queries."""
    rows, more = live_rows(user, now)
    seen = Campaign.objects.visible_to(user).select_related("brand")
    wrapped = list(seen.standing(Campaign.Status.WRAPPED).order_by("-end_on", "-pk")[:FEW])
    links = ReportLink.objects.visible_to(user).opening(now).select_related("campaign__brand")
    return Overview(rows, more, decisions(user, now), wrapped, list(links.order_by("-pk")[:FEW]))
