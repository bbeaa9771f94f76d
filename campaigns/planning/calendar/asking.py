"""What a colleague asks the calendar: which days, whose, and of what; all of it stands in the address."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from campaigns.planning.calendar.days import FIRST, LAST, SPANS, Span
from crm.reminders.registry import Asked, Due, dated, dues

if TYPE_CHECKING:
    from crm.team.models import User

USUAL = "month"
MINE = "me"
CAMPAIGN = "campaigns.campaign:"
CLOSES, EVERYTHING = "closes", "all"
WHAT = {"": _("Deadlines"), CLOSES: _("What closes"), EVERYTHING: _("Deadlines and what closes")}
FILTERS = ("what", "campaign", "person", "owner")
SLACK = dt.timedelta(days=2)
"""A day begins up to 14 hours before and ends up to 12 hours after the same day in UTC."""


@dataclass(frozen=True)
class Look:
    """One way to look at the calendar. What makes no sense in an address counts as not said."""

    view: str
    on: dt.date
    what: str = ""
    campaign: str = ""
    person: str = ""
    owner: str = ""
    is_chosen: bool = True  # whether somebody chose the view; on a phone the list is the usual one

    @property
    def span(self) -> Span:
        return SPANS[self.view](self.on)

    @property
    def filters(self) -> dict[str, str]:
        return {name: getattr(self, name) for name in FILTERS if getattr(self, name)}

    def query(self, **changes: Any) -> str:
        kept: dict[str, Any] = {"view": self.view if self.is_chosen else "", "on": self.on.isoformat(), **self.filters}
        return urlencode({name: value for name, value in {**kept, **changes}.items() if value})

    def url(self, **changes: Any) -> str:
        return f"{reverse('calendar')}?{self.query(**changes)}"

    def kinds(self) -> dict[str, Any]:
        """The kinds that are looked at, with their words."""
        everything = dated()
        if self.what in everything:
            return {self.what: everything[self.what]}
        return dated(closing=self.what in (CLOSES, EVERYTHING), deadlines=self.what != CLOSES)

    def wants(self, found: Due, user: "User") -> bool:
        """Whether a due thing passes the filters; its day is not asked about."""
        owner = str(user.pk) if self.owner == MINE else self.owner
        return (
            not found.stopped_why
            and (not self.campaign or found.within == f"{CAMPAIGN}{self.campaign}")
            and (not self.person or str(found.influencer_id) == self.person)
            and (not owner or str(found.owner_id) == owner)
        )


def look_of(data: Mapping[str, str], today: dt.date) -> Look:
    """The look an address describes."""
    view = data.get("view", "")
    what = data.get("what", "")
    return Look(
        view=view if view in SPANS else USUAL,
        on=day_in(data.get("on", ""), today),
        what=what if what in WHAT or what in dated() else "",
        campaign=number(data.get("campaign", "")),
        person=number(data.get("person", "")),
        owner=MINE if data.get("owner") == MINE else number(data.get("owner", "")),
        is_chosen=view in SPANS,
    )


def number(text: str) -> str:
    return text if text.isascii() and text.isdigit() and len(text) < 19 else ""


def day_in(text: str, otherwise: dt.date) -> dt.date:
    """A day of this century as an address has it."""
    try:
        on = dt.date.fromisoformat(text)
    except ValueError:
        return otherwise
    return on if FIRST <= on <= LAST else otherwise


def read(look: Look, user: "User", now: dt.datetime) -> list[Due]:
    """Everything the kinds say of these days, each on the day it has in its own zone; filters still to come."""
    span = look.span
    first = dt.datetime.combine(span.first, dt.time.min, dt.UTC) - SLACK
    last = dt.datetime.combine(span.last, dt.time.max, dt.UTC) + SLACK
    asked = Asked(now=now, from_at=first, to_at=last, user=user, calendar=True)
    found = (one for one in dues(asked, look.kinds().keys()) if span.first <= one.due_on <= span.last)
    return sorted(found, key=lambda one: (one.due_on, one.due_at, one.influencer_label, one.kind, one.subject))


def wanted(found: Iterable[Due], look: Look, user: "User") -> list[Due]:
    return [one for one in found if look.wants(one, user)]
