"""How an event is told: when, in whose zone, and where."""

import datetime as dt
from typing import Any

from django.utils.functional import lazy
from django.utils.translation import gettext as _

from campaigns.events.models import Event
from crm.base.formats import clock, day_words, when_zone
from crm.base.zones import local_date
from crm.timeline.record import in_language

LANGUAGES = ("en", "id")


def when(event: Event) -> str:
    """Fri, 11 Dec 2026 19:00 WIB, and until when; an event happens in its own zone."""
    said = when_zone(event.starts_at, event.zone)
    if event.ends_at is None:
        return said
    same_day = local_date(event.ends_at, event.zone) == local_date(event.starts_at, event.zone)
    until = clock(event.ends_at, event.zone) if same_day else when_zone(event.ends_at, event.zone)
    return _("%(from)s to %(until)s") % {"from": said, "until": until}


def when_hers(event: Event, zone: str) -> str:
    """The same moment by her own clock; empty where hers shows the same."""
    offset = event.starts_at.astimezone(dt.UTC)
    own, there = when_zone(offset, zone), when_zone(offset, event.zone)
    return "" if own == there else own


def brief_day(event: Event) -> str:
    """Fri 11 Dec: for the subject of a mail."""
    return day_words(local_date(event.starts_at, event.zone), "brief")


when_words, day_short = lazy(when, str), lazy(brief_day, str)


def in_both(said: Any) -> dict[str, str]:
    """A sentence in both languages, for what is written now and read later."""
    return {language: in_language(language, said, {}) for language in LANGUAGES}
