"""Cells that several kinds of result files have: days, moments, amounts, counts. None where nothing can be read."""

import datetime as dt
import re
from decimal import Decimal

from django.utils.dateparse import parse_datetime

from crm.base.amounts import read_amount, read_count
from crm.base.zones import local_instant, zone_info
from crm.influencers.imports.values import read_date

NOON = dt.time(12)
PLAIN = re.compile(r"\d{1,12}(?:\.\d{1,2})?")
CLOCK = re.compile(r"(?P<day>.+?)[ T,]+(?P<hour>[01]?\d|2[0-3])[:.](?P<minute>[0-5]\d)(?:[:.][0-5]\d)?")


def moment(text: str, zone: str, latest: dt.date) -> dt.datetime | None:
    """`2026-11-03T09:14:00+07:00`, `3 Nov 2026 09.14`, `03/11/2026`: a clock time of the zone; a day alone is its noon."""
    said = text.strip()
    try:
        exact = parse_datetime(said)
    except ValueError:
        return None
    if exact is not None:
        return exact if exact.tzinfo else exact.replace(tzinfo=zone_info(zone))
    match = CLOCK.fullmatch(said)
    on = read_date(match["day"] if match else said, latest).value
    if on is None:
        return None
    clock = dt.time(int(match["hour"]), int(match["minute"])) if match else NOON
    return local_instant(on, clock, zone)


def amount(text: str) -> Decimal | None:
    """`125000`, `125000.50`, `Rp125.000`, `125 rb`."""
    return Decimal(text) if PLAIN.fullmatch(text) else read_amount(text)


def count(text: str) -> int | None:
    """`1.140`, `1,2 rb`, `310`."""
    return read_count(text)
