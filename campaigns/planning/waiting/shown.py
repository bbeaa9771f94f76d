"""What waits and what moved, as pages show it: planned, now, and why."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from campaigns.planning.models import Deliverable, DeliverableHold
from campaigns.planning.places import use_days_of
from campaigns.planning.waiting.days import Planned, Wait, days_to_move
from campaigns.planning.waiting.moving import planned_of
from campaigns.planning.waiting.words import after_words, days_in_words
from crm.base.formats import day_words
from crm.base.zones import local_date

Outcome = DeliverableHold.Outcome


@dataclass(frozen=True)
class Following:
    """One deliverable and what it waits for, or waited for last."""

    row: Deliverable
    holds: Sequence[DeliverableHold]
    now: dt.datetime
    use_days: int | None = None

    @property
    def is_waiting(self) -> bool:
        return self.row.is_unposted and any(hold.lifted_at is None for hold in self.holds)

    @property
    def is_asked(self) -> bool:
        """It came too late, and nobody has chosen yet."""
        return self.row.is_unposted and any(hold.is_undecided for hold in self.holds)

    @property
    def choose_url(self) -> str:
        return reverse("deliverable-late", args=[self.row.pk]) if self.is_asked else ""

    @property
    def moved_days(self) -> int:
        return max((max(hold.moved_days, hold.draft_moved_days) for hold in self.holds), default=0)

    @property
    def planned(self) -> str:
        """The days before anything came late."""
        if self.is_waiting:
            return days_of(planned_of(self.row))
        now = planned_of(self.row)
        back = [dt.timedelta(days=max((days_back(hold) for hold in self.holds), default=0)) for days_back in MOVES]
        return days_of(Planned(now.draft_on - back[0] if now.draft_on else None, now.post_on - back[1]))

    @property
    def today(self) -> str:
        """The days as they stand; while it waits there are none that hold."""
        if not self.is_waiting:
            return days_of(planned_of(self.row))
        return after_words(max((hold.days_after or 0 for hold in self.holds if hold.lifted_at is None), default=0))

    @property
    def why(self) -> str:
        if self.is_asked:
            return _("The parcel came too late for the campaign. Somebody has to choose.")
        if self.is_waiting:
            return _("Waits for the parcel")
        late = max((hold.late_days for hold in self.holds if hold.moved_days or hold.draft_moved_days), default=0)
        if late:
            return _("The parcel came %(days)s late") % {"days": days_in_words(late)}
        if self.moved_days:
            return _("Moved, so that there is time to use the product")
        return str(self.holds[-1].get_outcome_display()) if self.holds else ""

    @property
    def if_today(self) -> str:
        """Where the days would go if the parcel came today; empty while it is not late."""
        today = local_date(self.now, self.row.zone)
        awaited = [hold for hold in self.holds if hold.lifted_at is None and hold.arrived_on is None]
        planned = planned_of(self.row)
        days = days_to_move(planned, [Wait(hold.expected_on, today) for hold in awaited], self.use_days)
        is_late = any(hold.expected_on is not None and hold.expected_on < today for hold in awaited)
        if not self.row.is_unposted or not is_late or not days:
            return ""
        return _("If it comes today: %(days)s") % {"days": days_of(planned.moved(days))}


MOVES: tuple[Any, Any] = (lambda hold: hold.draft_moved_days, lambda hold: hold.moved_days)


def days_of(planned: Planned) -> str:
    """“Draft Fri 27 Nov, post Fri 4 Dec”."""
    post = day_words(planned.post_on, "brief")
    if planned.draft_on is None:
        return _("Post %(post)s") % {"post": post}
    return _("Draft %(draft)s, post %(post)s") % {"draft": day_words(planned.draft_on, "brief"), "post": post}


def following(rows: Iterable[Deliverable], now: dt.datetime) -> dict[int, Following]:
    """What each of these waits for or waited for last, in one query; what never waited is left out."""
    by_pk = {row.pk: row for row in rows}
    found: dict[int, list[DeliverableHold]] = defaultdict(list)
    for hold in DeliverableHold.objects.filter(deliverable__in=by_pk).order_by("pk") if by_pk else ():
        hold.deliverable = by_pk[hold.deliverable_id]
        found[hold.deliverable_id].append(hold)
    waits = any(hold.lifted_at is None for holds in found.values() for hold in holds)
    use_days = use_days_of(next(iter(by_pk.values())).collaboration) if waits else None
    return {pk: Following(by_pk[pk], last_round(holds), now, use_days) for pk, holds in found.items()}


def last_round(holds: Sequence[DeliverableHold]) -> list[DeliverableHold]:
    """What is waited for together now; where nothing is, what was settled together last."""
    unsettled = [hold for hold in holds if hold.settled_at is None]
    last_at = max((hold.settled_at for hold in holds if hold.settled_at is not None), default=None)
    return unsettled or [hold for hold in holds if hold.settled_at == last_at]
