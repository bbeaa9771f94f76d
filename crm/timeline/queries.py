"""Questions to the timeline: a person's story, and everything that happened, page by page."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist

from crm.base.formats import day_words
from crm.base.zones import end_of_day, local_date, local_midnight
from crm.timeline.looks import CHANNELS, GROUPS, Look, look_of
from crm.timeline.models import Entry, EntryQuerySet

if TYPE_CHECKING:
    from crm.team.models import User

STORY_PAGE = 30
AUDIT_PAGE = 50
FIRST_DAY, LAST_DAY = dt.date(1, 1, 2), dt.date(9999, 12, 29)
"""Days that still have a day around them in every zone."""
ABOUT_HER = ("crm.influencer", "crm.contact")
"""Whose fields an entry about a person may name besides those of its own subject: a merge changes both."""


@dataclass(frozen=True)
class Change:
    """One changed field, in the reader's words."""

    label: str
    old: str
    new: str


@dataclass(frozen=True)
class Line:
    """One line as a page shows it. `new_day` is the day when it is another than that of the line above, else None."""

    entry: Entry
    look: Look
    channel_icon: str
    new_day: dt.date | None
    changes: Sequence[Change]


@dataclass(frozen=True)
class Page:
    """Some lines, newest first, and the key of the page before them ("" when there is none)."""

    lines: Sequence[Line]
    older: str


def story(influencer_id: int, user: "User", before: str = "", size: int = STORY_PAGE) -> Page:
    """What happened with one person, as far as this colleague may know. One query."""
    entries = Entry.objects.visible_to(user).story_of(influencer_id).select_related("file")
    return page_of(entries, user.zone, before, size)


@dataclass(frozen=True)
class Asked:
    """What the audit was asked for; empty means everything."""

    who: int | None = None
    group: str = ""
    person: str = ""
    brand: int | None = None
    since: dt.date | None = None
    until: dt.date | None = None
    words: str = ""


def audit(user: "User", asked: Asked) -> EntryQuerySet:
    """Everything that happened and fits, as far as this colleague may know."""
    entries = Entry.objects.visible_to(user)
    if asked.who is not None:
        entries = entries.filter(actor_id=asked.who)
    if asked.group in GROUPS:
        entries = entries.of_families(GROUPS[asked.group][1])
    if asked.person:
        entries = entries.about_person(asked.person)
    if asked.brand is not None:
        entries = entries.filter(brand_id=asked.brand)
    if asked.since is not None:
        entries = entries.filter(at__gte=local_midnight(min(max(asked.since, FIRST_DAY), LAST_DAY), user.zone))
    if asked.until is not None:
        entries = entries.filter(at__lt=end_of_day(min(max(asked.until, FIRST_DAY), LAST_DAY), user.zone))
    return entries.saying(asked.words) if asked.words else entries


def audit_page(user: "User", asked: Asked, before: str = "", size: int = AUDIT_PAGE) -> Page:
    """One page of the audit."""
    return page_of(audit(user, asked).select_related("brand", "influencer"), user.zone, before, size)


def page_of(entries: EntryQuerySet, zone: str, before: str, size: int) -> Page:
    """One page by key: as fast at the millionth entry as at the first."""
    key = read_key(before)
    chosen = entries.before(*key) if key else entries
    found = list(chosen.newest_first()[: size + 1])
    older = write_key(found[size - 1]) if len(found) > size else ""
    return Page(lines_of(found[:size], zone), older)


def lines_of(entries: Sequence[Entry], zone: str) -> list[Line]:
    """The entries dressed for a page, with a new day marked where one begins."""
    lines: list[Line] = []
    last_day = None
    for entry in entries:
        day = local_date(entry.at, zone)
        fresh = day if day != last_day else None
        lines.append(Line(entry, look_of(entry.verb), CHANNELS.get(entry.channel, ""), fresh, changes_of(entry)))
        last_day = day
    return lines


def changes_of(entry: Entry) -> list[Change]:
    """The changed fields by their names in the reader's language; statuses in words."""
    models = [_model_of(label) for label in (entry.subject, *(ABOUT_HER if entry.influencer_id else ()))]
    return [_change(models, name, old, new) for name, (old, new) in entry.changes.items()]


def _model_of(subject: str) -> Any:
    label = subject.partition(":")[0]
    try:
        return apps.get_model(label) if label else None
    except (LookupError, ValueError):
        return None


def _change(models: Sequence[Any], name: str, old: str, new: str) -> Change:
    field = next(filter(None, (_field(model, name) for model in models)), None)
    if field is None:
        return Change(name.replace("_", " "), old, new)
    words = {str(value): str(label) for value, label in getattr(field, "flatchoices", ())}
    if field.get_internal_type() == "DateField":
        words = {day: day_in_words(day) for day in (old, new)}
    return Change(str(field.verbose_name), words.get(old, old), words.get(new, new))


def day_in_words(kept: str) -> str:
    """A day as the entry keeps it, 2026-12-13, as its reader says it; anything else stays as it is."""
    try:
        return day_words(dt.date.fromisoformat(kept), "short")
    except ValueError:
        return kept


def _field(model: Any, name: str) -> Any:
    try:
        return model._meta.get_field(name) if model is not None else None
    except FieldDoesNotExist:
        return None


def write_key(entry: Entry) -> str:
    """Where the next page begins, short enough for an address."""
    return f"{int(entry.at.timestamp() * 1_000_000)}-{entry.pk}"


def read_key(text: str) -> tuple[dt.datetime, int] | None:
    """The place a key names; None for anything that is not a key, which means the newest page."""
    micros, _dash, pk = text.partition("-")
    if not (text.isascii() and micros.isdecimal() and pk.isdecimal() and len(micros) < 18 and len(pk) < 19):
        return None
    return dt.datetime.fromtimestamp(0, tz=dt.UTC) + dt.timedelta(microseconds=int(micros)), int(pk)
