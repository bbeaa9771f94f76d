"""What somebody may do for a person: recorded with how we know it, and ended."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from crm.base.files import SafeFile, keep
from crm.base.models import StoredFile
from crm.influencers.models import Authority, Representation
from crm.timeline.record import Actor, record

if TYPE_CHECKING:
    from crm.team.models import User


@dataclass(frozen=True)
class Grant:
    """What she said somebody may do, from when until when, and how we know."""

    powers: Collection[str]
    since_on: dt.date
    until_on: dt.date | None = None
    evidence: str = ""
    file: SafeFile | None = None


def record_authority(stands: Representation, grant: Grant, *, user: "User", at: dt.datetime) -> list[Authority]:
    """Keep one row for each power. What held before stays as it was recorded; the newest row of a power counts."""
    actor = Actor.user(user)
    with transaction.atomic():
        kept = keep(grant.file, by=actor.label) if grant.file else None
        rows = [_row(stands, power, grant, kept, user) for power in Authority.Power.values if power in grant.powers]
        for row in rows:
            row.save(force_insert=True)
        _tell(
            stands, "authority.recorded", _("%(name)s may now do for her: %(powers)s"), rows, at, actor, grant.evidence
        )
    return rows


def _row(stands: Representation, power: str, grant: Grant, kept: StoredFile | None, user: "User") -> Authority:
    return Authority(
        stands=stands,
        power=power,
        since_on=grant.since_on,
        until_on=grant.until_on,
        evidence=grant.evidence,
        file=kept,
        recorded_by=user,
    )


def end_authority(authority: Authority, *, on: dt.date, at: dt.datetime, actor: Actor) -> bool:
    """It holds no longer from `on`; every standing row of that power ends the day before. False when none was standing.

    What began that very day goes altogether: it has no day left.
    """
    stands, last_on = authority.stands, on - dt.timedelta(days=1)
    with transaction.atomic():
        rows = stands.authorities.select_for_update().filter(power=authority.power).order_by("pk")
        standing = [row for row in rows if row.until_on is None or row.until_on > last_on]
        if not standing:
            return False
        for row in standing:
            _end(row, last_on, at)
        _tell(stands, "authority.ended", _("%(name)s may no longer do for her: %(powers)s"), [authority], at, actor)
    return True


def _end(row: Authority, last_on: dt.date, at: dt.datetime) -> None:
    if row.since_on > last_on:
        row.delete()
    else:
        Authority.objects.filter(pk=row.pk).update(until_on=last_on, updated_at=at)


def _tell(
    stands: Representation,
    verb: str,
    sentence: object,
    rows: list[Authority],
    at: dt.datetime,
    actor: Actor,
    quote: str = "",
) -> None:
    record(
        verb,
        sentence,
        params={"name": stands.contact.name, "powers": ", ".join(row.get_power_display() for row in rows)},
        at=at,
        actor=actor,
        subject=stands.contact,
        influencer=stands.influencer_id,
        quote=quote,
        file=rows[0].file if rows and verb == "authority.recorded" else None,
    )
