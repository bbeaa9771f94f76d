"""The picture of a term in periods: places that follow the days, and a legend of what is in it."""

import datetime as dt
from itertools import pairwise

from django.template.loader import render_to_string
from django.utils.translation import override

from crm.base.year_strip import AHEAD, LAST_DAY, NOW, OK, WIDTH, Mark, Period, between, year_strip

A_DAY = dt.timedelta(days=1)
MARCH, APRIL, MAY = dt.date(2026, 3, 1), dt.date(2026, 4, 1), dt.date(2026, 5, 1)


def months() -> list[Period]:
    return [
        Period("Period 1", MARCH, APRIL - A_DAY, OK, "2/2", "2 of 2 Reels", 100.0, url="/periods/1/"),
        Period("Period 2", APRIL, MAY - A_DAY, NOW, "1/2", "1 of 2 Reels", 50.0),
    ]


def test_without_a_period_there_is_no_picture() -> None:
    assert year_strip([], today=MARCH) is None


def test_a_period_is_as_wide_as_its_days() -> None:
    strip = year_strip(months(), today=APRIL)
    assert strip is not None
    scale = (WIDTH - 8) / 61
    assert [(cell.x, cell.width) for cell in strip.cells] == [
        (4.0, round(31 * scale + 4, 1) - 4.0 - 3),
        (round(31 * scale + 4, 1), round(WIDTH - 4.0 - round(31 * scale + 4, 1) - 3, 1)),
    ]


def test_what_is_done_fills_its_share_of_a_period() -> None:
    strip = year_strip(months(), today=APRIL)
    assert strip is not None
    assert [cell.bar for cell in strip.cells] == [
        round(strip.cells[0].width - 12, 1),
        round((strip.cells[1].width - 12) / 2, 1),
    ]


def test_a_narrow_period_says_no_figure_and_few_say_their_day() -> None:
    days = [Period(str(n), MARCH + n * A_DAY, MARCH + n * A_DAY, AHEAD, "0/1") for n in range(60)]
    strip = year_strip(days, today=MARCH)
    assert strip is not None
    assert {cell.figure for cell in strip.cells} == {""}
    assert [cell.tick for cell in strip.cells if cell.tick][:3] == ["1 Mar 2026", "6 Mar", "10 Mar"]


def test_every_month_of_a_year_says_its_first_day() -> None:
    firsts = [dt.date(2026 + (8 + n) // 12, (8 + n) % 12 + 1, 11) for n in range(13)]
    year = [Period(str(n), one, later - A_DAY, AHEAD) for n, (one, later) in enumerate(pairwise(firsts))]
    strip = year_strip(year, today=firsts[4])
    assert strip is not None
    assert [cell.tick for cell in strip.cells][:6] == [
        "11 Sep 2026",
        "11 Oct",
        "11 Nov",
        "11 Dec",
        "11 Jan 2027",
        "11 Feb",
    ]
    assert [cell.is_today for cell in strip.cells] == [n == 4 for n in range(12)]


def test_a_term_of_years_is_longer_than_the_page() -> None:
    years = [Period(str(n), dt.date(2026 + n, 1, 1), dt.date(2026 + n, 12, 31), AHEAD) for n in range(3)]
    strip = year_strip(years, today=MARCH)
    assert strip is not None
    assert (strip.is_long, strip.width) == (True, round(1096 * 1.6) + 8)


def test_today_is_told_only_within_the_term() -> None:
    inside, outside = year_strip(months(), today=APRIL), year_strip(months(), today=MAY)
    assert inside is not None
    assert outside is not None
    assert (inside.today, inside.today_x, outside.today_x) == ("1 Apr", inside.cells[1].x, None)


def test_the_flag_of_today_never_hangs_over_the_edge() -> None:
    first, last = year_strip(months(), today=MARCH), year_strip(months(), today=MAY - A_DAY)
    assert first is not None
    assert last is not None
    assert (first.flag_x, last.flag_x) == (0, WIDTH - 58)


def test_a_mark_outside_the_term_is_left_out() -> None:
    marks = [Mark(LAST_DAY, MAY - A_DAY, "Last day"), Mark(LAST_DAY, MAY, "Too late")]
    strip = year_strip(months(), today=APRIL, marks=marks)
    assert strip is not None
    assert [pin.mark.label for pin in strip.pins] == ["Last day"]


def test_a_rest_nobody_knows_the_end_of_reaches_today() -> None:
    strip = year_strip(months(), today=dt.date(2026, 4, 10), rests=[(dt.date(2026, 4, 3), None)])
    assert strip is not None
    scale = (WIDTH - 8) / 61
    assert [(rest.x, rest.width) for rest in strip.rests] == [(round(33 * scale + 4, 1), round(8 * scale - 3, 1))]


def test_a_rest_outside_the_term_is_left_out() -> None:
    strip = year_strip(months(), today=APRIL, rests=[(MAY, None)])
    assert strip is not None
    assert strip.rests == []


def test_the_legend_tells_what_is_in_it() -> None:
    strip = year_strip(months(), today=APRIL, rests=[(APRIL, APRIL)])
    assert strip is not None
    with override("en"):
        assert [str(words) for _state, words in strip.key] == ["Kept", "Under way", "Paused"]


def test_days_tell_the_year_once_where_it_is_the_same() -> None:
    assert between(MARCH, APRIL) == "1 Mar – 1 Apr 2026"
    assert between(MARCH, dt.date(2027, 4, 1)) == "1 Mar 2026 – 1 Apr 2027"
    assert between(MARCH, MARCH) == "1 March 2026"


def test_the_picture_is_read_out_and_leads_to_its_periods() -> None:
    page = render_to_string(
        "components/year_strip.html", {"strip": year_strip(months(), today=APRIL), "label": "Her year"}
    )
    assert '<a href="/periods/1/" aria-label="Period 1, 1–31 Mar 2026. 2 of 2 Reels"' not in page
    assert '<a href="/periods/1/" aria-label="Period 1, 1 Mar – 31 Mar 2026. 2 of 2 Reels" class="cell">' in page
    assert '<td data-label="What of it">1 of 2 Reels</td>' in page
