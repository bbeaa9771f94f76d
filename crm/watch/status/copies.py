"""Copies and keeping in order: the last good backup, whether one was brought back, what was let go, who hears outside."""

import datetime as dt
from collections.abc import Iterator

from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from crm.archive.models import BackupRun, ExportRun
from crm.base.formats import age, when_zone
from crm.base.models import Organisation
from crm.base.places import kept_for
from crm.base.zones import local_date, local_instant
from crm.outbox.reasons import in_words
from crm.privacy.models import RetentionRun
from crm.watch.status.clockwork import Outcomes
from crm.watch.status.lines import BAD, LOOK, OFF, OK, Line

TOO_OLD = dt.timedelta(hours=26)
"""A night and what a large backup takes."""
UNTRIED = dt.timedelta(days=14)
HAND = "manage.py backup"


def lines(outcomes: Outcomes, now: dt.datetime) -> Iterator[Line]:
    yield _backup(outcomes, now)
    yield _check(now)
    yield _export()
    yield _retention()
    yield from _heartbeats(outcomes)


def _backup(outcomes: Outcomes, now: dt.datetime) -> Line:
    label, last, said = _("Backup"), BackupRun.objects.good().newest_first().first(), ""
    if last and last.finished_at:
        said = _("The last good one is %(age)s old, %(size)s.") % {
            "age": age(last.finished_at, now), "size": filesizeformat(last.size),
        }  # fmt: skip
    since = when_zone(last.finished_at) if last and last.finished_at else ""
    if settings.BACKUPS.folder is None:
        nobody, none = _("No backups are made by themselves."), _("There is none.")
        todo = _("Set BACKUP_DIR on the server to a folder on another disk, and one is made every night.")
        return Line("backup", label, BAD, f"{nobody} {said or none}", since, todo)
    row, planned = outcomes.get("backup"), _("Next: %(when)s") % {"when": when_zone(_next(now))}
    if row and row.why:
        return Line(
            "backup",
            label,
            BAD,
            f"{in_words(row.why)} {said}".strip(),
            since or planned,
            _("Mend it, then run manage.py backup."),
        )
    if last is None or last.finished_at is None:
        return Line("backup", label, LOOK, _("There is none yet."), planned)
    if now - last.finished_at > TOO_OLD:
        return Line("backup", label, BAD, said, since, _("Look whether a worker runs, then run manage.py backup."))
    return Line("backup", label, OK, said, f"{since}. {planned}")


def _next(now: dt.datetime) -> dt.datetime:
    """The hour of tonight's, or of the one after when tonight's is made."""
    zone = Organisation.load().zone
    today = local_date(now, zone)
    is_made = BackupRun.objects.of_night(today).exists()
    return local_instant(today + dt.timedelta(days=1 if is_made else 0), settings.BACKUPS.at, zone)


def _check(now: dt.datetime) -> Line:
    label, rows = _("Brought back for a look"), BackupRun.objects.newest_first()
    wrong = rows.good().exclude(verify_trouble="").first()
    last = rows.verified().order_by("-verified_at").first()
    since = when_zone(last.verified_at) if last and last.verified_at else ""
    if wrong and (last is None or wrong.started_at > last.started_at):
        todo = _("Make another one: manage.py backup --verify.")
        said = _("It would not come back as it was.")
        return Line("backup-check", label, BAD, said, since, todo, detail=wrong.verify_trouble)
    if last is None or last.verified_at is None:
        untried = _("None was tried yet: a backup is known to work once it was brought back.")
        return Line("backup-check", label, LOOK, untried, todo=_("Run manage.py restore --verify with the newest one."))
    said = _("One came back whole %(age)s ago.") % {"age": age(last.verified_at, now)}
    is_old = now - last.verified_at > UNTRIED
    todo = _("Run manage.py restore --verify with the newest one.") if is_old else ""
    return Line("backup-check", label, LOOK if is_old else OK, said, since, todo)


def _retention() -> Line:
    label, last = _("Letting data go"), RetentionRun.objects.newest_first().first()
    if last is None:
        return Line("retention", label, OFF, _("No rule has run yet."))
    since = when_zone(last.finished_at or last.started_at)
    broke = RetentionRun.objects.of_day(last.on).broken().first()
    if broke:
        said = _("The rule “%(rule)s” broke.") % {"rule": _rule(broke.key)}
        todo = _("Tell who looks after the server.")
        return Line("retention", label, BAD, said, since, todo, detail=broke.trouble)
    return Line("retention", label, OK, _("What is kept too long goes every day."), since)


def _rule(key: str) -> str:
    """Its name in the reader's language; the bare key of one whose room is gone."""
    return str(kept_for[key].words["label"]) if key in kept_for else key


def _export() -> Line:
    label, last = _("Export of everything"), ExportRun.objects.newest_first().first()
    page = {"url": reverse("everything"), "url_label": _("Leave, or move")}
    if last is None:
        return Line("export", label, OFF, _("Nobody has asked for one."))
    since = when_zone(last.finished_at or last.started_at)
    if last.trouble:
        said = _("The last one did not come to its end: %(why)s") % {"why": last.why}
        return Line("export", label, LOOK, said, since, _("Ask for it again."), **page)
    if last.is_under_way:
        return Line("export", label, OK, _("One is being written."), since)
    return Line("export", label, OK, _("The last one came to its end."), since)


def _heartbeats(outcomes: Outcomes) -> Iterator[Line]:
    if not settings.HEARTBEATS:
        yield Line("heartbeats", _("Told outside"), OFF, _("Nobody outside would notice if all of this stood still."))
        return
    deaf = [row for name, row in outcomes.items() if name in settings.HEARTBEATS and row.heartbeat_trouble]
    heard = [row.heartbeat_at for row in outcomes.values() if row.heartbeat_at]
    since = when_zone(max(heard)) if heard else ""
    count = len(settings.HEARTBEATS)
    said = ngettext("%(count)s address hears of good outcomes.", "%(count)s addresses hear of good outcomes.", count)
    if deaf:
        why = f"{deaf[0].name}: {in_words(deaf[0].heartbeat_trouble)}"
        yield Line("heartbeats", _("Told outside"), LOOK, why, since, _("Look at HEARTBEAT_URL on the server."))
        return
    yield Line("heartbeats", _("Told outside"), OK, said % {"count": count}, since)
