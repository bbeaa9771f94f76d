"""Money, counts, days and hours as people of both languages write them."""

import datetime as dt
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.template import Context, Template
from django.utils import timezone, translation
from djmoney.money import Money

from crm.base import formats

AT = dt.datetime(2026, 11, 24, 1, 0, tzinfo=dt.UTC)


def said(language: str, write: Any, *words: Any) -> str:
    with translation.override(language):
        return str(write(*words)).replace(formats.NBSP, " ")


@pytest.mark.parametrize(
    ("amount", "indonesian", "english"),
    [
        (1_500_000, "Rp1.500.000", "IDR 1,500,000"),
        (Decimal("1500000.50"), "Rp1.500.000,50", "IDR 1,500,000.50"),
        (0, "Rp0", "IDR 0"),
        (-2_000_000, "-Rp2.000.000", "-IDR 2,000,000"),
        (Money(1500, "USD"), "US$1.500,00", "$1,500.00"),
        (Money(7_500_000, "IDR"), "Rp7.500.000", "IDR 7,500,000"),
    ],
)
def test_money_in_full(amount: Any, indonesian: str, english: str) -> None:
    assert said("id", formats.money_full, amount) == indonesian
    assert said("en", formats.money_full, amount) == english


@pytest.mark.parametrize(
    ("amount", "indonesian", "english"),
    [
        (500, "Rp500", "IDR 500"),
        (120_000, "Rp120 rb", "IDR 120k"),
        (7_500_000, "Rp7,5 jt", "IDR 7.5M"),
        (7_000_000, "Rp7 jt", "IDR 7M"),
        (128_400_000, "Rp128,4 jt", "IDR 128.4M"),
        (1_200_000_000, "Rp1,2 M", "IDR 1.2B"),
        (-2_500_000, "-Rp2,5 jt", "-IDR 2.5M"),
        (Money(1500, "USD"), "US$1,5 rb", "$1.5k"),
    ],
)
def test_money_in_short(amount: Any, indonesian: str, english: str) -> None:
    assert said("id", formats.money_short, amount) == indonesian
    assert said("en", formats.money_short, amount) == english


@pytest.mark.parametrize(
    ("count", "indonesian", "english"),
    [
        (0, "0", "0"),
        (999, "999", "999"),
        (34_200, "34,2 rb", "34.2k"),
        (412_000, "412 rb", "412k"),
        (999_960, "1 jt", "1M"),
        (1_800_000, "1,8 jt", "1.8M"),
    ],
)
def test_counts_in_short(count: int, indonesian: str, english: str) -> None:
    assert said("id", formats.count_short, count) == indonesian
    assert said("en", formats.count_short, count) == english


def test_a_short_value_never_breaks_between_lines() -> None:
    with translation.override("id"):
        assert formats.money_short(7_500_000) == f"Rp7,5{formats.NBSP}jt"
    with translation.override("en"):
        assert formats.money_full(7_500_000) == f"IDR{formats.NBSP}7,500,000"


def test_counts_and_shares_in_full() -> None:
    assert said("id", formats.count_full, 1_234_567) == "1.234.567"
    assert said("en", formats.count_full, 1_234_567) == "1,234,567"
    assert said("id", formats.percent, Decimal("0.046")) == "4,6%"
    assert said("en", formats.percent, Decimal("0.05")) == "5%"


@pytest.mark.parametrize(
    ("width", "indonesian", "english"),
    [
        ("full", "24 November 2026", "24 November 2026"),
        ("long", "Selasa, 24 November 2026", "Tuesday, 24 November 2026"),
        ("short", "Sel, 24 Nov 2026", "Tue, 24 Nov 2026"),
        ("brief", "Sel 24 Nov", "Tue 24 Nov"),
    ],
)
def test_days_in_words(width: str, indonesian: str, english: str) -> None:
    assert said("id", formats.day_words, dt.date(2026, 11, 24), width) == indonesian
    assert said("en", formats.day_words, dt.date(2026, 11, 24), width) == english


def test_an_instant_is_told_as_the_readers_own_day() -> None:
    late = dt.datetime(2026, 11, 24, 18, 0, tzinfo=dt.UTC)
    with timezone.override(ZoneInfo("Asia/Jakarta")):
        assert said("en", formats.day_words, late) == "25 November 2026"


@pytest.mark.parametrize(
    ("zone", "indonesian", "english"),
    [
        ("Asia/Jakarta", "Sel, 24 Nov 2026 08.00 WIB", "Tue, 24 Nov 2026 08:00 WIB"),
        ("Asia/Makassar", "Sel, 24 Nov 2026 09.00 WITA", "Tue, 24 Nov 2026 09:00 WITA"),
        ("Asia/Jayapura", "Sel, 24 Nov 2026 10.00 WIT", "Tue, 24 Nov 2026 10:00 WIT"),
    ],
)
def test_an_hour_says_whose_hour_it_is(zone: str, indonesian: str, english: str) -> None:
    assert said("id", formats.when_zone, AT, zone) == indonesian
    assert said("en", formats.when_zone, AT, zone) == english


def test_without_a_zone_the_hour_is_the_readers_own() -> None:
    with timezone.override(ZoneInfo("Asia/Makassar")):
        assert said("id", formats.when_zone, AT) == "Sel, 24 Nov 2026 09.00 WITA"


@pytest.mark.parametrize(
    ("distance", "indonesian", "english"),
    [
        (dt.timedelta(seconds=3), "1 menit", "1 minute"),
        (dt.timedelta(minutes=90), "1 jam", "1 hour"),
        (dt.timedelta(hours=23, minutes=59), "23 jam", "23 hours"),
        (dt.timedelta(days=3), "3 hari", "3 days"),
        (dt.timedelta(days=45), "45 hari", "45 days"),
        (dt.timedelta(days=90), "3 bulan", "3 months"),
        (dt.timedelta(days=800), "2 tahun", "2 years"),
    ],
)
def test_age_is_told_in_its_largest_unit(distance: dt.timedelta, indonesian: str, english: str) -> None:
    assert said("id", formats.age, AT - distance, AT) == indonesian
    assert said("en", formats.age, AT + distance, AT) == english


def test_the_age_of_a_day_counts_days() -> None:
    assert said("en", formats.age, dt.date(2026, 11, 20), AT) == "4 days"


def test_nothing_is_written_for_nothing() -> None:
    page = Template(
        "{% load fmt %}{{ x|money_full }}{{ x|money_short }}{{ x|count_short }}{{ x|count_full }}{{ x|percent }}"
        "{{ x|day_words }}{{ x|clock }}{{ x|when_zone }}{{ x|age }}{{ x|unlocalized }}"
    )
    assert page.render(Context({"x": None})) == ""


def test_filters_take_the_currency_the_width_and_the_zone() -> None:
    page = Template('{% load fmt %}{{ n|money_full:"USD" }}|{{ at|day_words:"brief" }}|{{ at|clock:"Asia/Jayapura" }}')
    with translation.override("en"):
        assert page.render(Context({"n": 5, "at": AT})) == "$5.00|Tue 24 Nov|10:00"
