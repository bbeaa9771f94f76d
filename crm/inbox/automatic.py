"""What no person wrote: out-of-office answers (RFC 3834), lists, and our own words coming back."""

import datetime as dt
import re
from email.message import Message

from crm.inbox.headers import raw_value, raw_values

MOST_HOPS = 40
AUTOMATIC = ("X-Autoreply", "X-Autorespond", "X-Autoresponder", "X-Auto-Reply-From", "X-FC-MachineGenerated")
PRECEDENCES = {"auto_reply", "auto-reply", "autoreply", "bulk", "junk", "list"}
SUBJECTS = re.compile(
    r"^\s*(re:\s*)?(automatic reply|auto(matic)?[ -]?(reply|response)|out of (the )?office|autoreply|balasan otomatis"
    r"|jawaban otomatis|sedang cuti|di luar kantor|respons otomatis)\b",
    re.IGNORECASE,
)
MONTHS = {
    name: number
    for number, names in enumerate(
        ("january januari jan", "february februari feb", "march maret mar", "april apr", "may mei", "june juni jun",
         "july juli jul", "august agustus aug agu", "september sep sept", "october oktober oct okt",
         "november nov", "december desember dec des"), 1)
    for name in names.split()
}  # fmt: skip
BACK = re.compile(r"\b(back|return\w*|until|till|kembali|sampai|hingga|s\.?d\.?)\b", re.IGNORECASE)
ISO = re.compile(r"\b(20\d\d)-(\d\d)-(\d\d)\b")
DAY_FIRST = re.compile(r"\b(\d{1,2})(?:st|nd|rd|th)?\s+(?:of\s+)?([a-z]{3,9})\.?,?(?:\s+(20\d\d))?", re.IGNORECASE)
MONTH_FIRST = re.compile(r"\b([a-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?\b,?(?:\s+(20\d\d))?", re.IGNORECASE)
NUMBERS = re.compile(r"\b(\d{1,2})[/.](\d{1,2})[/.](20\d\d)\b")
SEARCHED = 4_000


def is_automatic(message: "Message", subject: str) -> bool:
    """Whether a machine answered. Such a mail is never answered, makes no task and stops no reminder."""
    submitted = raw_value(message, "Auto-Submitted").strip().lower()
    if submitted and not submitted.startswith("no"):
        return True
    if raw_value(message, "Precedence").strip().lower() in PRECEDENCES:
        return True
    return any(raw_value(message, name) for name in AUTOMATIC) or bool(SUBJECTS.match(subject))


def is_looping(message: "Message", ours: set[str]) -> bool:
    """Whether this mail runs in a circle: it says so, or passed more servers than any real way has."""
    marked = " ".join(raw_values(message, "X-Loop")).lower()
    if any(address in marked for address in ours if address):
        return True
    return len([name for name in message if name.lower() == "received"]) > MOST_HOPS


def back_on(text: str, today: dt.date) -> dt.date | None:
    """The day somebody says she is back: the last one named near such a word, within a year."""
    found = [
        day
        for line in text[:SEARCHED].splitlines()
        for place in BACK.finditer(line)
        for day in _days(line[place.start() : place.start() + 60], today)
    ]
    coming = [day for day in found if today <= day <= today + dt.timedelta(days=365)]
    return max(coming) if coming else None


def _days(text: str, today: dt.date) -> list[dt.date]:
    found = [_day(*map(int, parts)) for parts in ISO.findall(text)]
    found += [_day(int(year), int(month), int(day)) for day, month, year in NUMBERS.findall(text)]
    found += [_named(day, month, year, today) for day, month, year in DAY_FIRST.findall(text)]
    found += [_named(day, month, year, today) for month, day, year in MONTH_FIRST.findall(text)]
    return [day for day in found if day is not None]


def _named(day: str, month: str, year: str, today: dt.date) -> dt.date | None:
    """A day without a year is the next one of its name."""
    number = MONTHS.get(month.lower())
    if number is None:
        return None
    if year:
        return _day(int(year), number, int(day))
    this_year = _day(today.year, number, int(day))
    return this_year if this_year and this_year >= today else _day(today.year + 1, number, int(day))


def _day(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None
