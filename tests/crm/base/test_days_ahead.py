"""Days off at a glance: what is off, until when somebody is free or away, in words."""

import datetime as dt

import pytest
from django.utils import translation

from crm.base.days_ahead import DaysAhead, last_day_ahead

TODAY = dt.date(2026, 11, 24)  # a Tuesday


def on(day: int, month: int = 11) -> dt.date:
    return dt.date(2026, month, day)


def test_two_weeks_are_shown_and_today_is_the_first() -> None:
    ahead = DaysAhead.of([(on(26), on(27))], TODAY)
    assert [day.on for day in ahead.days][0::13] == [TODAY, last_day_ahead(TODAY)]
    looks = ["", "", "off", "off", "weekend", "weekend", "", "", "", "", "", "weekend", "weekend", ""]
    assert [day.look for day in ahead.days] == looks
    assert [day.is_today for day in ahead.days] == [True] + [False] * 13


def test_what_touches_or_overlaps_is_one_and_what_is_over_is_left_out() -> None:
    periods = [(on(28), on(29)), (on(1), on(23)), (on(25), on(27)), (on(26), on(26)), (on(3, 12), on(3, 12))]
    assert DaysAhead.of(periods, TODAY).periods == ((on(25), on(29)), (on(3, 12), on(3, 12)))


@pytest.mark.parametrize(
    ("periods", "away_until", "words"),
    [
        ([], None, "No days off ahead."),
        ([(on(26), on(29))], None, "Free until Wed 25 Nov. Days off: Thu 26 Nov to Sun 29 Nov."),
        ([(on(25), on(25))], None, "Free until Tue 24 Nov. Days off: Wed 25 Nov."),
        (
            [(on(20), on(24)), (on(25), on(26))],
            on(26),
            "Free again from Fri 27 Nov. Days off: Fri 20 Nov to Thu 26 Nov.",
        ),
        (
            [(on(24), on(24)), (on(1, 12), on(2, 12))],
            on(24),
            "Free again from Wed 25 Nov. Days off: Tue 24 Nov, Tue 1 Dec to Wed 2 Dec.",
        ),
    ],
)
def test_the_line_says_until_when_she_is_free_or_away(
    periods: list[tuple[dt.date, dt.date]], away_until: dt.date | None, words: str
) -> None:
    ahead = DaysAhead.of(periods, TODAY)
    with translation.override("en"):
        assert (ahead.away_until, ahead.words) == (away_until, words)


@pytest.mark.parametrize(("start", "shows"), [(on(7, 12), True), (on(8, 12), False)])
def test_days_off_beyond_the_two_weeks_are_words_only(start: dt.date, *, shows: bool) -> None:
    ahead = DaysAhead.of([(start, start)], TODAY)
    assert (ahead.has_days_off, len(ahead.periods)) == (shows, 1)
