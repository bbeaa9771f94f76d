"""Terms that go on by themselves unless somebody gives notice in time, and the promises that go on with them.

Plain days: whoever keeps the term (a contract) says them, and lets its promises follow at every tick.
"""

import datetime as dt
from dataclasses import dataclass

from crm.base.anchors import Anchor, AnchorKind, Day, anchor_moved
from crm.base.windows import months_later, notice_deadline, term_end
from crm.base.zones import local_date
from crm.exclusivity.barring import follow_windows
from crm.exclusivity.gate import Door, through_gate


@dataclass(frozen=True)
class Term:
    """First and last day, by how many months it goes on each time (0: not at all), and how early notice is due.

    `shifted_days` of it are rests that moved its last day: months are counted as if they had not been, then they are added.
    """

    start_on: dt.date
    end_on: dt.date
    renew_months: int = 0
    notice_days: int = 0
    notice_months: int = 0
    most_renewals: int | None = None
    shifted_days: int = 0

    def end_after(self, renewals: int) -> dt.date:
        """The last day once it has gone on so many times (below zero: before it did); counted from the first day so that
        months never drift.
        """
        more, rests = renewals * self.renew_months, dt.timedelta(days=self.shifted_days)
        months = whole_months(self.start_on, self.end_on - rests)
        if months is not None:
            return term_end(self.start_on, months + more) + rests
        return term_end(self.end_on + dt.timedelta(days=1), more)

    def notice_until(self, renewals: int = 0) -> dt.date:
        """The last day on which notice keeps it from going on once more."""
        return notice_deadline(self.end_after(renewals), days=self.notice_days, months=self.notice_months)

    def renewals_by(self, today: dt.date, noticed_on: dt.date | None = None) -> int:
        """How many times it has gone on by today, when notice was given on that day or never."""
        count = 0
        while self.renew_months and (self.most_renewals is None or count < self.most_renewals):
            last_day = self.notice_until(count)
            if today <= last_day or (noticed_on is not None and noticed_on <= last_day):
                break
            count += 1
        return count

    def runs_until(self, today: dt.date, noticed_on: dt.date | None = None) -> dt.date:
        """The last day as it is known today."""
        return self.end_after(self.renewals_by(today, noticed_on))


def whole_months(start_on: dt.date, end_on: dt.date) -> int | None:
    """How many whole months a term runs; None when somebody chose another last day."""
    about = (end_on.year - start_on.year) * 12 + end_on.month - start_on.month
    return next((months for months in (about, about + 1) if term_end(start_on, months) == end_on), None)


def ends_on_its_anniversary(start_on: dt.date, end_on: dt.date) -> bool:
    """A year too long by a day, as many contracts have it by mistake: worth asking about."""
    years = end_on.year - start_on.year
    return years > 0 and months_later(start_on, 12 * years) == end_on


def starts_too_early(renewal_on: dt.date, former_end_on: dt.date) -> bool:
    """A renewal that starts on or before the last day of what it renews: worth asking about."""
    return renewal_on <= former_end_on


def go_on(work_ref: str, person: int, term: Term, now: dt.datetime, *, noticed_on: dt.date | None = None) -> bool:
    """Let the windows of a work reach as far as its term does today; False when they do. Safe to call at every tick.

    Once the day for notice is over the next window is there, long before the old one closes.
    """

    def reach(people: frozenset[int]) -> bool:
        rows = list(Anchor.objects.of_work(work_ref))
        days = [_day(row, term, now, noticed_on) for row in rows]
        if not anchor_moved(work_ref, days, now=now):
            return False
        follow_windows(work_ref, person, Door(people, now))
        return True

    return through_gate([person], reach)


def _day(row: Anchor, term: Term, now: dt.datetime, noticed_on: dt.date | None) -> Day:
    if row.kind != AnchorKind.TERM:
        return Day(row.ref, row.kind, row.first_on, row.last_on, row.zone, row.happened_at)
    last_on = term.runs_until(local_date(now, row.zone), noticed_on)
    return Day(row.ref, row.kind, term.start_on, last_on, row.zone, row.happened_at)
