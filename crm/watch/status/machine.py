"""The ground Mitra stands on: database, guards, disk, files, version."""

from collections.abc import Iterator

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext as _

from crm.base.release import VERSION
from crm.watch import findings
from crm.watch.findings import Finding
from crm.watch.status.lines import BAD, LOOK, OK, Line


def _line(found: Finding, label: str, well: str, not_well: str, todo: str) -> Line:
    """A finding in the words of a page; what it measured stands behind them."""
    state = OK if found.is_well else BAD if found.is_vital else LOOK
    return Line(found.name, label, state, well if found.is_well else not_well, todo="" if found.is_well else todo)


def lines() -> Iterator[Line]:
    vendor = {"postgresql": "PostgreSQL", "sqlite": "SQLite"}[connection.vendor]
    yield _line(
        findings.database(),
        _("Database"),
        _("%(vendor)s answers and is as new as the program.") % {"vendor": vendor},
        _("It does not answer, or is older than the program."),
        _("Run manage.py prepare on the server."),
    )
    yield _line(
        findings.promises_kept(),
        _("Guards"),
        _("Promises and ledgers are guarded by the database."),
        _("A guard is missing: the database would let a promise be broken."),
        _("Run manage.py migrate --skip-checks on the server: it puts them back."),
    )
    yield _line(
        findings.media(),
        _("Files"),
        _("Files stand in a bucket; what is on its way stands here.")
        if settings.MEDIA_STORE
        else _("Files can be kept."),
        _("No file can be kept: the folder cannot be written."),
        _("Give the folder for files to the user who runs Mitra."),
    )
    disk = findings.disk()
    yield _line(
        disk,
        _("Disk"),
        _("%(room)s.") % {"room": _room(disk)},
        _("Almost full: %(room)s.") % {"room": _room(disk)},
        _("Make room before it is full: saving and uploads stop then."),
    )
    yield Line("version", _("Version"), OK, _("Mitra %(version)s") % {"version": VERSION})


def _room(disk: Finding) -> str:
    return _("%(size)s GB free") % {"size": disk.said.split(" ")[0]}
