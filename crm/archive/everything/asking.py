"""An export somebody asked for on the page: written by a worker, kept for two days, fetched by an owner."""

import datetime as dt
import secrets
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import structlog
from django.core.files import File
from django.core.files.storage import default_storage
from django.db import connection, connections, transaction
from django.utils.translation import gettext_lazy as _

from crm.archive.everything.actions import Told, export_all
from crm.archive.models import ExportRun
from crm.archive.refusals import Refused
from crm.base.files.streams import copied
from crm.base.models import Organisation
from crm.base.outcomes import came_out
from crm.team.models import User
from crm.timeline.record import SYSTEM, Actor, record

log = structlog.get_logger(__name__)
Clock = Callable[[], dt.datetime]

FOLDER, OUTCOME = "exports", "export"
OFTEN = dt.timedelta(seconds=1)


def ask(user: User, *, now: dt.datetime) -> tuple[ExportRun, bool]:
    """A new export, or the one that is under way; and whether it is new. The caller rings for a new one."""
    Organisation.load()
    with transaction.atomic():
        Organisation.objects.select_for_update(of=("self",)).get()  # two who ask at once are one after the other
        there = ExportRun.objects.running().newest_first().first()
        if there is not None:
            return there, False
        run = ExportRun.objects.create(asked_by=user, started_at=now)
        record("everything.asked", _("Asked for an export of everything"), subject=run, actor=Actor.user(user), at=now)
    return run, True


def carry_out(pk: int, clock: Clock) -> bool:
    """Write an export nobody is at; False when somebody is, or it is over. What goes wrong is told on its row."""
    run = ExportRun.objects.filter(pk=pk).first()
    if run is None or not run.claim(clock()):
        return False
    try:
        _write(run, clock)
    except Exception as error:
        log.exception("export_failed", run=pk)
        why = error.stored if isinstance(error, Refused) else f"{type(error).__name__}: {error}"[:500]
        run.fail(why, at=clock())
        came_out(OUTCOME, clock(), why=why)
        return False
    came_out(OUTCOME, clock())
    return True


def _write(run: ExportRun, clock: Clock) -> None:
    place = f"{FOLDER}/{secrets.token_hex(16)}.zip"
    with tempfile.TemporaryDirectory(prefix="mitra-export-") as folder, _reporting(run, clock) as told:
        target = Path(folder) / "everything.zip"
        export_all(target, now=clock(), told=told)
        with target.open("rb") as content:
            size, sha256 = copied(content)
            content.seek(0)
            place = default_storage.save(place, File(content))
    with transaction.atomic():
        if run.finish(place, size=size, sha256=sha256, at=clock()):
            record("everything.ready", _("Wrote an export of everything"), subject=run, actor=SYSTEM, at=clock())
            return
    default_storage.delete(place)


@contextmanager
def _reporting(run: ExportRun, clock: Clock) -> Iterator[Told]:
    """How far it is goes to the database once a second, on a connection beside the one that reads: that one sees one
    moment only, and may not write. Inside a transaction of somebody else there is only the one connection."""
    last = [clock()]
    beside = None if connection.in_atomic_block else ThreadPoolExecutor(1)

    def told(done: int, of: int) -> None:
        at = clock()
        if at - last[0] >= OFTEN:
            last[0] = at
            (beside.submit if beside else _at_once)(_reach, run, done, of, at)

    try:
        yield told
    finally:
        if beside:
            beside.submit(connections.close_all)
            beside.shutdown()


def _at_once(call: Callable[..., None], *words: object) -> None:
    call(*words)


def _reach(run: ExportRun, done: int, of: int, at: dt.datetime) -> None:
    run.reach(done, of, at=at)


def fetched(run: ExportRun, *, by: User, at: dt.datetime) -> None:
    """Written down before the first byte leaves."""
    with transaction.atomic():
        ExportRun.objects.filter(pk=run.pk).update(fetched_at=at)
        sentence = _("Fetched the export of everything")
        record("everything.fetched", sentence, subject=run, actor=Actor.user(by), at=at)


def clear(now: dt.datetime) -> int:
    """Remove files nobody may fetch any more; how many."""
    gone = 0
    for run in ExportRun.objects.over(now):
        default_storage.delete(run.place)
        gone += ExportRun.objects.filter(pk=run.pk).exclude(place="").update(place="")
    return gone
