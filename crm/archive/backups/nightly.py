"""Every night one, at the hour of the house: claimed by a row, so that two clocks and three workers make one."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import structlog
from django.conf import settings
from django.db import transaction

from crm.archive.backups.looking import look_again
from crm.archive.backups.taking import hand_on, take
from crm.archive.backups.telling import tell_keepers
from crm.archive.backups.thinning import thin_out
from crm.archive.models import BackupRun
from crm.archive.refusals import Refused
from crm.base.inserts import insert_missing
from crm.base.models import Organisation
from crm.base.zones import local_date, zone_info

log = structlog.get_logger(__name__)

Clock = Callable[[], dt.datetime]
LONGEST = dt.timedelta(hours=6)
"""A backup that takes longer is taken for dead: the machine was switched off under it."""
LOOK_EVERY = dt.timedelta(days=7)


def night_of(now: dt.datetime) -> dt.date | None:
    """The night whose backup is due now, None before its hour. A machine that was off makes up for it when it is back."""
    zone = Organisation.load().zone
    local = now.astimezone(zone_info(zone))
    return local_date(now, zone) if local.time() >= settings.BACKUPS.at else None


def claim(night: dt.date, now: dt.datetime) -> BackupRun | None:
    """The row of this night when it is ours to fill: new, or left behind by somebody who was ended under it."""
    row = BackupRun(kind=BackupRun.Kind.NIGHT, night_on=night, started_at=now)
    with transaction.atomic():
        is_mine = insert_missing([row], "(night_on) WHERE kind = 'night'")
        if not is_mine:
            is_mine = BackupRun.objects.of_night(night).dead(now - LONGEST).update(started_at=now)
    return BackupRun.objects.of_night(night).get() if is_mine else None


def is_time_to_look(now: dt.datetime) -> bool:
    return not BackupRun.objects.verified().filter(verified_at__gt=now - LOOK_EVERY).exists()


def keep_nightly(clock: Clock) -> dict[str, str]:
    """Make tonight's backup if nobody has; thin out; once a week bring it back for a look. Says what was done."""
    folder = settings.BACKUPS.folder
    night = night_of(clock()) if folder else None
    run = claim(night, clock()) if night else None
    if run is None or folder is None:
        return {}
    try:
        return {"written": str(_make(run, folder, clock))}
    except Refused as refused:
        log.error("backup_failed", why=str(refused), night=str(night))
        tell_keepers(run, refused.stored, clock())
        return {"failed": str(refused)}


def _make(run: BackupRun, folder: Path, clock: Clock) -> Path:
    backup = take(run, folder, clock)
    try:
        hand_on(backup, clock())
    finally:
        thin_out(folder, settings.BACKUPS.keep, clock())
    if is_time_to_look(clock()):
        look_again(run, backup.folder, clock())
    return backup.folder
