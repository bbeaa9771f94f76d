from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from crm.base.fields import ZoneField
from crm.base.zones import (
    end_of_day,
    local_date,
    local_instant,
    local_midnight,
    validate_zone,
    zone_choices,
    zone_info,
    zone_label,
)

ZONES = [
    "Asia/Jakarta",
    "Asia/Makassar",
    "Asia/Jayapura",
    "Europe/London",
    "America/New_York",
    "America/Havana",
    "Asia/Beirut",
    "Asia/Kathmandu",
    "Pacific/Apia",
    "UTC",
]
MARCH = datetime(2026, 3, 1, tzinfo=UTC)
JULY = datetime(2026, 7, 1, tzinfo=UTC)

zones = st.sampled_from(ZONES)
days = st.dates(min_value=date(1990, 1, 1), max_value=date(2037, 12, 31))


def test_a_jakarta_day_begins_at_seventeen_hours_utc_of_the_day_before() -> None:
    assert local_midnight(date(2026, 3, 1), "Asia/Jakarta") == datetime(2026, 2, 28, 17, tzinfo=UTC)
    assert end_of_day(date(2026, 3, 31), "Asia/Jakarta") == datetime(2026, 3, 31, 17, tzinfo=UTC)


@pytest.mark.parametrize(
    ("on", "hours"),
    [(date(2026, 3, 29), 23), (date(2026, 10, 25), 25), (date(2026, 3, 30), 24), (date(2028, 2, 29), 24)],
)
def test_a_london_day_is_as_long_as_its_calendar_says(on: date, hours: int) -> None:
    length = end_of_day(on, "Europe/London") - local_midnight(on, "Europe/London")

    assert length == timedelta(hours=hours)


def test_a_day_that_begins_in_a_clock_change_begins_at_its_first_instant() -> None:
    begins_at = local_midnight(date(2021, 3, 28), "Asia/Beirut")

    assert local_date(begins_at, "Asia/Beirut") == date(2021, 3, 28)
    assert local_date(begins_at - timedelta(seconds=1), "Asia/Beirut") == date(2021, 3, 27)


def test_a_time_the_clocks_jump_over_is_pushed_on() -> None:
    assert local_instant(date(2026, 3, 29), time(1, 30), "Europe/London") == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)


def test_a_time_shown_twice_means_the_first_one() -> None:
    assert local_instant(date(2026, 10, 25), time(1, 30), "Europe/London") == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "at", "label"),
    [
        ("Asia/Jakarta", MARCH, "WIB"),
        ("Asia/Pontianak", MARCH, "WIB"),
        ("Asia/Makassar", MARCH, "WITA"),
        ("Asia/Jayapura", MARCH, "WIT"),
        ("Europe/London", MARCH, "GMT"),
        ("Europe/London", JULY, "BST"),
        ("Asia/Kathmandu", MARCH, "UTC+05:45"),
        ("America/Sao_Paulo", MARCH, "UTC-03:00"),
        ("Asia/Singapore", MARCH, "UTC+08:00"),
    ],
)
def test_a_zone_is_labelled_as_people_call_it(zone: str, at: datetime, label: str) -> None:
    assert zone_label(zone, at) == label


@pytest.mark.parametrize("name", ["", "WIB", "Asia/Atlantis", "../../etc/passwd", "asia/jakarta", "Asia/Jakarta\n"])
def test_what_is_no_zone_is_refused_with_advice(name: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        validate_zone(name)

    assert refusal.value.messages == [
        f"“{name}” is not a time zone. Choose one from the list, for example Asia/Jakarta."
    ]


def test_the_choices_begin_with_indonesia_and_are_all_zones() -> None:
    choices = zone_choices()

    assert [name for name, _label in choices[:5]] == [
        "Asia/Jakarta",
        "Asia/Pontianak",
        "Asia/Makassar",
        "Asia/Jayapura",
        "UTC",
    ]
    assert choices[0][1] == "Asia/Jakarta (WIB)"
    assert len({name for name, _label in choices}) == len(choices)
    assert all(zone_info(name) for name, _label in choices)


@given(days, zones)
def test_days_follow_each_other_without_gap_and_hold_their_own_instants(on: date, zone: str) -> None:
    begins_at, ends_at = local_midnight(on, zone), end_of_day(on, zone)

    assert ends_at == local_midnight(on + timedelta(days=1), zone)
    if begins_at < ends_at:  # Samoa left 2011-12-30 out
        assert local_date(begins_at, zone) == on
        assert local_date(ends_at - timedelta(microseconds=1), zone) == on


def test_a_column_of_zones_refuses_what_is_no_zone() -> None:
    with pytest.raises(ValidationError) as refusal:
        ZoneField().clean("WIB", None)

    assert refusal.value.messages == ["“WIB” is not a time zone. Choose one from the list, for example Asia/Jakarta."]
    assert ZoneField().clean("Asia/Makassar", None) == "Asia/Makassar"
