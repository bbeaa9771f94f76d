"""Months, terms and notice: always counted from the first day, clipped to the month's end, never drifting."""

from datetime import date

import pytest

from crm.base.windows import boundary, notice_deadline, period, term_end
from crm.exclusivity.renewing import Term, ends_on_its_anniversary, starts_too_early


def days(*said: str) -> list[date]:
    return [date.fromisoformat(one) for one in said]


@pytest.mark.parametrize(
    ("anchor", "months", "sticky", "expected"),
    [
        (date(2026, 1, 31), 1, False, days("2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30", "2026-05-31",
                                           "2026-06-30", "2026-07-31")),
        (date(2028, 1, 31), 1, False, days("2028-01-31", "2028-02-29", "2028-03-31", "2028-04-30")),
        (date(2028, 2, 29), 12, False, days("2028-02-29", "2029-02-28", "2030-02-28", "2031-02-28", "2032-02-29")),
        (date(2025, 11, 30), 3, False, days("2025-11-30", "2026-02-28", "2026-05-30", "2026-08-30", "2026-11-30")),
        (date(2025, 11, 30), 3, True, days("2025-11-30", "2026-02-28", "2026-05-31", "2026-08-31", "2026-11-30")),
        (date(2026, 2, 28), 1, False, days("2026-02-28", "2026-03-28", "2026-04-28", "2026-05-28")),
        (date(2026, 2, 28), 1, True, days("2026-02-28", "2026-03-31", "2026-04-30", "2026-05-31")),
    ],
)  # fmt: skip
def test_boundaries_are_counted_from_the_first_day(
    anchor: date, months: int, sticky: bool, expected: list[date]
) -> None:
    assert [boundary(anchor, number * months, at_month_end=sticky) for number in range(len(expected))] == expected


def test_a_period_ends_the_day_before_the_next_one() -> None:
    assert period(date(2026, 1, 31), 1, 1) == (date(2026, 2, 28), date(2026, 3, 30))
    assert period(date(2028, 2, 29), 0, 12) == (date(2028, 2, 29), date(2029, 2, 27))


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        (date(2026, 3, 11), 12, date(2027, 3, 10)),
        (date(2028, 2, 29), 12, date(2029, 2, 27)),
        (date(2026, 1, 1), 12, date(2026, 12, 31)),
    ],
)
def test_twelve_months_end_the_day_before_the_same_day(start: date, months: int, end: date) -> None:
    assert term_end(start, months) == end


@pytest.mark.parametrize(
    ("end", "notice", "last_day"),
    [
        (date(2026, 12, 31), {"days": 30}, date(2026, 12, 1)),
        (date(2027, 3, 31), {"months": 1}, date(2027, 2, 28)),
        (date(2027, 3, 10), {"days": 60}, date(2027, 1, 9)),
    ],
)
def test_the_last_day_for_notice(end: date, notice: dict[str, int], last_day: date) -> None:
    assert notice_deadline(end, **notice) == last_day


class TestTerms:
    def test_notice_on_the_last_day_is_in_time_and_one_day_later_it_goes_on(self) -> None:
        term = Term(date(2026, 1, 1), date(2026, 12, 31), renew_months=12, notice_days=30)
        told = [term.runs_until(date(2026, 12, 31), noticed_on=date(2026, 12, day)) for day in (1, 2)]
        assert told == [date(2026, 12, 31), date(2027, 12, 31)]

    def test_before_the_last_day_for_notice_it_ends_as_agreed(self) -> None:
        term = Term(date(2026, 1, 1), date(2026, 12, 31), renew_months=12, notice_days=30)
        assert [term.runs_until(date(2026, 12, day)).year for day in (1, 2)] == [2026, 2027]

    def test_renewals_are_counted_from_the_first_day_and_not_from_a_clipped_end(self) -> None:
        term = Term(date(2026, 8, 31), date(2027, 2, 27), renew_months=6)
        assert [term.end_after(number) for number in range(3)] == days("2027-02-27", "2027-08-30", "2028-02-28")

    def test_a_last_day_chosen_by_hand_is_counted_on_from(self) -> None:
        term = Term(date(2026, 3, 11), date(2027, 3, 15), renew_months=12)
        assert term.end_after(1) == date(2028, 3, 15)

    def test_years_without_a_tick_renew_as_often_as_it_should_have_been(self) -> None:
        term = Term(date(2026, 1, 1), date(2026, 6, 30), renew_months=6, notice_months=1)
        assert term.runs_until(date(2029, 2, 1)) == date(2029, 6, 30)

    @pytest.mark.parametrize(("most", "end"), [(0, date(2026, 6, 30)), (2, date(2027, 6, 30))])
    def test_it_goes_on_no_more_often_than_was_agreed(self, most: int, end: date) -> None:
        term = Term(date(2026, 1, 1), date(2026, 6, 30), renew_months=6, most_renewals=most)
        assert term.runs_until(date(2030, 1, 1)) == end

    def test_a_term_that_does_not_renew_ends(self) -> None:
        assert Term(date(2026, 1, 1), date(2026, 6, 30)).runs_until(date(2030, 1, 1)) == date(2026, 6, 30)

    def test_edges_that_contracts_get_wrong_are_noticed(self) -> None:
        assert [ends_on_its_anniversary(date(2012, 7, 15), end) for end in days("2013-07-14", "2013-07-15")] == [
            False, True,
        ]  # fmt: skip
        assert [starts_too_early(on, date(2013, 7, 15)) for on in days("2013-07-15", "2013-07-16")] == [True, False]
