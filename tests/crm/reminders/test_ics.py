"""Calendar lines, read back by a library that knows the whole standard."""

import datetime as dt

import pytest
from icalendar import Calendar

from crm.reminders.ics import calendar, folded

AT = dt.datetime(2026, 11, 24, 10, 30, 5, 999, tzinfo=dt.timezone(dt.timedelta(hours=7)))


def test_what_is_written_is_what_another_reader_reads() -> None:
    said = "Ayu, Sekar; \\n dan \\ kawan-kawan\nBaris: kedua 🌸"
    event = [("UID", "a.1@x"), ("DTSTAMP", AT), ("SEQUENCE", 7), ("DTSTART", AT.date()), ("SUMMARY", said)]
    written = calendar([("VERSION", "2.0"), ("X-WR-CALNAME", "Mitra: clock")], [event, event])
    read = Calendar.from_ical(written)
    first, second = read.walk("VEVENT")
    assert (str(read["version"]), str(read["x-wr-calname"]), first == second) == ("2.0", "Mitra: clock", True)
    assert (str(first["uid"]), first["sequence"], str(first["summary"])) == ("a.1@x", 7, said)
    assert first.decoded("dtstamp") == dt.datetime(2026, 11, 24, 3, 30, 5, tzinfo=dt.UTC)
    assert first.decoded("dtstart") == dt.date(2026, 11, 24)


@pytest.mark.parametrize("letter", ["a", "é", "ก", "🌸"])
@pytest.mark.parametrize("before", range(4))
def test_a_long_line_is_folded_between_letters(letter: str, before: int) -> None:
    line = f"SUMMARY:{'x' * before}{letter * 200}"
    lines = folded(line).split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert "".join(part.decode().removeprefix(" ") for part in lines) == line
