"""The list of deviations: what differs, of whom, since when, whose turn it is."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from campaigns.approvals.models import Deviation
from campaigns.approvals.publishing.page import says
from crm.base.formats import age
from crm.team.models import User

TONES = {
    Deviation.Outcome.MENDED: "ok", Deviation.Outcome.ACCEPTED: "ok", Deviation.Outcome.BREACH: "bad",
    Deviation.Outcome.MISTAKE: "mute",
}  # fmt: skip


@dataclass(frozen=True)
class Line:
    """One case in the list."""

    row: Deviation
    says: str
    age: str
    state: str
    tone: str


@dataclass(frozen=True)
class Figures:
    open: int
    asked: int
    breach: int


def seen_by(user: User, state: str = "", kind: str = "", campaign: int | None = None) -> "QuerySet[Deviation]":
    """Cases of brands the colleague works for; open ones oldest first, closed ones newest first."""
    rows = Deviation.objects.visible_to(user).select_related(
        "post__platform", "post__deliverable__format__platform", "post__deliverable__collaboration__influencer",
        "post__deliverable__collaboration__campaign__brand",
    )  # fmt: skip
    rows = {"": rows.open, "asked": rows.asked, "closed": rows.closed, "all": rows.all}[state or ""]()
    rows = rows.filter(kind=kind) if kind else rows
    rows = rows.filter(post__deliverable__collaboration__campaign=campaign) if campaign else rows
    return rows.order_by("-closed_at", "-pk") if state in ("closed", "all") else rows.order_by("found_at", "pk")


def figures_of(user: User) -> Figures:
    rows = Deviation.objects.visible_to(user).order_by()
    is_open = Q(closed_at__isnull=True)
    counted = rows.aggregate(
        open=Count("pk", filter=is_open),
        asked=Count("pk", filter=is_open & Q(asked_at__isnull=False)),
        breach=Count("pk", filter=Q(outcome=Deviation.Outcome.BREACH)),
    )
    return Figures(**counted)


def lines_of(rows: Sequence[Deviation], now: dt.datetime) -> list[Line]:
    return [Line(row, says(row), age(row.found_at, now), *_state(row)) for row in rows]


def _state(row: Deviation) -> tuple[str, str]:
    if not row.is_open:
        return row.get_outcome_display(), TONES[Deviation.Outcome(row.outcome)]
    if row.asked_at is not None:
        return _("She was asked"), "info"
    return (_("She says it is mended"), "warn") if row.details.get("said_mended") else (_("To decide"), "warn")
