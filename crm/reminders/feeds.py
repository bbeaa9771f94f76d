"""A colleague's own calendar reads the clock: the secret in its address, and what stands there."""

import datetime as dt
import hashlib
import secrets
from dataclasses import dataclass
from typing import Any, ClassVar
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from crm.reminders.ics import Value, calendar
from crm.reminders.models import CalendarFeed
from crm.reminders.registry import Asked, Due, dated, dues, windows
from crm.team.models import User

BACK, AHEAD = dt.timedelta(days=60), dt.timedelta(days=366)
FIRST_CHANGE = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
A_DAY = dt.timedelta(days=1)


def digest(token: str) -> str:
    """SHA-256: the only form in which it is stored."""
    return hashlib.sha256(token.encode()).hexdigest()


@dataclass(frozen=True)
class Wish:
    """What a calendar is to have: what closes, deadlines or both; everybody's or mine; of everything or of one thing."""

    reads: str = CalendarFeed.Reads.CLOSES
    whose: str = CalendarFeed.Whose.ALL
    within: str = ""
    within_label: str = ""

    NONE_CLOSES: ClassVar[str] = CalendarFeed.Reads.DEADLINES
    ALL_CLOSE: ClassVar[str] = CalendarFeed.Reads.CLOSES

    @classmethod
    def of(cls, feed: CalendarFeed) -> "Wish":
        return cls(feed.reads, feed.whose, feed.within, feed.within_label)

    @property
    def kinds(self) -> set[str]:
        kinds = set(dated(closing=self.reads != self.NONE_CLOSES, deadlines=self.reads != self.ALL_CLOSE))
        return kinds if self.reads == self.NONE_CLOSES else kinds | set(windows())

    def has(self, one: Due, user: User) -> bool:
        is_hers = self.whose != CalendarFeed.Whose.MINE or one.owner_id == user.pk
        return is_hers and not one.stopped_why and (not self.within or one.within == self.within)


CLOCK = Wish()


def new_address(user: User, wish: Wish = CLOCK, *, at: dt.datetime) -> str:
    """A new address for her calendar; the one before answers no more. It is shown once and kept nowhere."""
    token = secrets.token_urlsafe(32)
    with transaction.atomic():
        User.objects.select_for_update().get(pk=user.pk)  # two tabs at once: the later one stays
        end_address(user, wish.within, at=at)
        CalendarFeed.objects.create(user=user, token_sha256=digest(token), created_at=at, **vars(wish))
    return f"{settings.BASE_URL}{reverse('calendar-ics', args=[token])}"


def end_address(user: User, within: str = "", *, at: dt.datetime) -> bool:
    """Her address for this answers no more; False when there was none."""
    hers = CalendarFeed.objects.visible_to(user).filter(revoked_at__isnull=True, within=within)
    return bool(hers.update(revoked_at=at))


def feed_at(token: str) -> CalendarFeed | None:
    """Whose address it is; None for an unknown one, one that was ended, and a colleague who is gone."""
    return CalendarFeed.objects.standing().filter(token_sha256=digest(token)).select_related("user").first()


def calendar_of(user: User, now: dt.datetime, wish: Wish = CLOCK) -> bytes:
    """What she wished to have in it, as far as she may see it now, in her language, as RFC 5545 has it."""
    with override(user.language):
        head = [
            ("PRODID", "-//Mitra//Clock//EN"), ("VERSION", "2.0"), ("METHOD", "PUBLISH"), ("X-WR-CALNAME", _name(wish)),
            ("X-WR-TIMEZONE", user.zone),
        ]  # fmt: skip
        return calendar(head, map(_event, _standing(user, now, wish)))


def _name(wish: Wish) -> str:
    if wish.within_label:
        return f"Mitra: {wish.within_label}"
    return _("Mitra: what ends when") if wish.reads == CalendarFeed.Reads.CLOSES else _("Mitra: deadlines")


def _standing(user: User, now: dt.datetime, wish: Wish) -> list[Due]:
    asked = Asked(now=now, from_at=now - BACK, to_at=now + AHEAD, user=user, calendar=True)
    found = (one for one in dues(asked, wish.kinds) if wish.has(one, user))
    return sorted(found, key=lambda one: (one.due_at, one.influencer_label, one.kind, one.subject))


def _event(one: Due) -> list[tuple[str, Value]]:
    """One whole day: the last on which it can be done. It keeps its name when the day moves, and says when it last did."""
    changed_at = one.changed_at or one.born_at or FIRST_CHANGE
    return [
        ("UID", f"{one.kind}.{one.subject.replace(':', '.')}@{urlsplit(settings.BASE_URL).hostname}"),
        ("DTSTAMP", changed_at),
        ("LAST-MODIFIED", changed_at),
        ("SEQUENCE", max(0, int((changed_at - FIRST_CHANGE).total_seconds()) // 60)),
        ("DTSTART", one.due_on),
        ("DTEND", one.due_on + A_DAY),
        ("SUMMARY", ": ".join(part for part in (one.influencer_label, str(one.title)) if part)),
        ("DESCRIPTION", "\n".join(_told(one))),
        ("URL", f"{settings.BASE_URL}{one.url}"),
        ("TRANSP", "TRANSPARENT"),
        ("CLASS", "PRIVATE"),
    ]


def _told(one: Due) -> list[str]:
    words: dict[str, Any] = one.facts.get("words", {})
    cost = words.get("cost", {}).get(get_language() or "en", "")
    until = _("Until the end of that day in %(zone)s.") % {"zone": one.zone}
    return [part for part in (str(one.detail or one.brand_label), cost, until) if part]
