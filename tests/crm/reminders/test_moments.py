"""When a step leaves: working days, days off, quiet hours, zones and clocks that jump."""

import datetime as dt
from dataclasses import replace

import pytest

from crm.base.zones import end_of_day
from crm.reminders.models import RuleStep
from crm.reminders.moments import Hours, is_still_true, leaves_at
from crm.reminders.registry import Due

LONG_AGO = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
JAKARTA = "Asia/Jakarta"


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def due(on: str, zone: str = JAKARTA, at: dt.datetime | None = None) -> Due:
    due_on = day(on)
    return Due("k", "s:1", due_on, at or end_of_day(due_on, zone), zone, "")


def leaves(
    offset: int, on: str, zone: str = JAKARTA, *, moves: bool = True, now: dt.datetime = LONG_AGO, **words: object
) -> str:
    holidays = frozenset(map(day, words.pop("holidays", [])))  # type: ignore[call-overload]
    away = frozenset(map(day, words.pop("away", [])))  # type: ignore[call-overload]
    step = RuleStep(offset=offset, moves_for_days_off=moves)
    at = leaves_at(step, due(on), zone, Hours(holidays=holidays), away=away, now=now)
    return at.strftime("%a %d %b %H:%M")


class TestDays:
    def test_it_leaves_at_nine_where_the_recipient_is(self) -> None:
        assert leaves(-3, "2026-11-27") == "Tue 24 Nov 02:00"
        assert leaves(-3, "2026-11-27", "Asia/Jayapura") == "Tue 24 Nov 00:00"
        assert leaves(-3, "2026-11-27", "America/New_York") == "Tue 24 Nov 14:00"

    @pytest.mark.parametrize("moves", [True, False])
    def test_far_west_of_the_deal_its_day_begins_a_morning_earlier(self, moves: bool) -> None:
        """Nine o'clock on Thursday in Los Angeles is midnight in Jakarta: there, Friday has just begun."""
        assert leaves(0, "2026-11-27", "America/Los_Angeles", moves=moves) == "Thu 26 Nov 17:00"
        assert leaves(1, "2026-11-27", "America/Los_Angeles", moves=False) == "Sat 28 Nov 17:00"

    @pytest.mark.parametrize(
        ("offset", "on", "expected"),
        [
            (-3, "2026-11-24", "Mon 23 Nov 02:00"),  # Saturday moves to Monday, still before Tuesday
            (-1, "2026-11-30", "Mon 30 Nov 02:00"),  # Sunday moves to the day itself: its end is still ahead
            (-1, "2026-11-29", "Fri 27 Nov 02:00"),  # Saturday before a Sunday: Monday would be too late
            (0, "2026-11-28", "Fri 27 Nov 02:00"),  # a Saturday's own reminder that may move goes earlier
            (1, "2026-11-27", "Mon 30 Nov 02:00"),  # after a Friday: on Monday
        ],
    )
    def test_weekends_move_it_on_while_that_is_still_before_the_end_else_back(
        self, offset: int, on: str, expected: str
    ) -> None:
        assert leaves(offset, on) == expected

    def test_holidays_and_joint_leave_count_as_weekends(self) -> None:
        assert leaves(-3, "2026-11-27", holidays=["2026-11-24", "2026-11-25"]) == "Thu 26 Nov 02:00"
        assert leaves(-1, "2026-11-27", holidays=["2026-11-26", "2026-11-27"]) == "Wed 25 Nov 02:00"

    def test_a_question_about_a_saturday_waits_for_monday_and_never_comes_early(self) -> None:
        asked = replace(due("2026-11-28"), never_before=True)
        at = leaves_at(RuleStep(offset=0, moves_for_days_off=True), asked, JAKARTA, Hours(), now=LONG_AGO)
        assert at.strftime("%a %d %b %H:%M") == "Mon 30 Nov 02:00"

    def test_a_step_that_does_not_move_leaves_on_sunday(self) -> None:
        assert leaves(0, "2026-11-29", moves=False) == "Sun 29 Nov 02:00"

    def test_days_off_move_it_like_holidays(self) -> None:
        assert leaves(-3, "2026-11-27", away=["2026-11-24"]) == "Wed 25 Nov 02:00"
        assert leaves(-1, "2026-11-27", away=["2026-11-26", "2026-11-27"]) == "Wed 25 Nov 02:00"

    def test_who_is_away_today_hears_from_us_when_she_is_back(self) -> None:
        now = dt.datetime(2026, 11, 26, 3, 0, tzinfo=dt.UTC)
        away = [f"2026-11-{number}" for number in range(23, 31)]
        assert leaves(-1, "2026-11-27", away=away, now=now) == "Tue 01 Dec 02:00"

    def test_nine_stays_nine_when_the_clocks_change(self) -> None:
        assert leaves(-4, "2026-03-31", "Europe/London") == "Fri 27 Mar 09:00"
        assert leaves(-1, "2026-03-31", "Europe/London") == "Mon 30 Mar 08:00"
        assert leaves(-4, "2026-10-27", "Europe/London") == "Fri 23 Oct 08:00"
        assert leaves(-1, "2026-10-27", "Europe/London") == "Mon 26 Oct 09:00"

    def test_the_day_before_the_first_of_march_is_the_29th_in_a_leap_year(self) -> None:
        assert leaves(-1, "2028-03-01") == "Tue 29 Feb 02:00"


class TestHours:
    def posted(self, at: str, offset: int) -> str:
        jakarta = dt.timedelta(hours=7)
        due_at = dt.datetime.fromisoformat(at).replace(tzinfo=dt.UTC) - jakarta + dt.timedelta(hours=24)
        step = RuleStep(offset=offset, unit="hours", moves_for_days_off=False)
        at_utc = leaves_at(step, due("2026-11-28", at=due_at), JAKARTA, Hours(), now=LONG_AGO)
        return (at_utc + jakarta).strftime("%a %H:%M")

    def test_hours_are_counted_from_the_instant_on_weekends_too(self) -> None:
        assert self.posted("2026-11-28 10:00", -18) == "Sat 16:00"

    def test_in_the_night_it_waits_for_the_morning_while_that_is_soon_enough(self) -> None:
        assert self.posted("2026-11-27 19:00", -18) == "Sat 08:00"

    def test_when_the_morning_is_too_late_it_leaves_before_the_night(self) -> None:
        assert self.posted("2026-11-27 07:00", -4) == "Fri 20:59"


def test_what_is_said_before_the_day_is_not_true_after_it() -> None:
    friday, second = due("2026-11-27"), dt.timedelta(seconds=1)
    at = friday.due_at
    assert [is_still_true(offset, friday, at - second) for offset in (-1, 0, 1)] == [True, True, True]
    assert [is_still_true(offset, friday, at) for offset in (-1, 0, 1)] == [False, False, True]
    asked = replace(friday, never_before=True)
    assert [is_still_true(offset, asked, at) for offset in (0, 1)] == [True, True]
