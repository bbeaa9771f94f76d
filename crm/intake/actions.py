"""A run's steps as people take them: bring a file, choose columns, let it run, take it back."""

import datetime as dt
import hashlib
from collections.abc import Sequence
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction

from crm.influencers.imports.reading import why_it_stopped
from crm.influencers.imports.steps import Steps, forget
from crm.intake.columns import SAMPLED, fingerprint, guess, read
from crm.intake.kinds import IntakeKind, of_run
from crm.intake.models import Intake
from crm.intake.rehearsal import rehearse
from crm.intake.taking_back import take_back
from crm.intake.writing import write
from crm.team.models import User
from crm.timeline.record import SYSTEM, Actor
from crm.timeline.runs import take_up


def take(kind: IntakeKind, name: str, data: bytes, *, user: User | None, sheet: str = "") -> Intake:
    """Keep an uploaded file, with its columns as far as they are known. Raises UnreadableFile."""
    table = read(kind, data, sheet=sheet, most=SAMPLED)
    sha256 = hashlib.sha256(data).hexdigest()
    run = Intake(
        kind=kind.code,
        is_walled=kind.is_walled,
        file_name=name[-160:],
        sha256=sha256,
        sheet=table.sheet[:80],
        fingerprint=fingerprint(table.header),
        total=0 if table.is_beginning else len(table.rows),
        started_by=user,
    )
    like = Intake.objects.like(run).first()
    run.columns = {"header": list(table.header), "targets": guess(kind, table.header, like)}
    run.choices = like.choices if like is not None and like.started_by_id == run.started_by_id else {}
    run.file.save(f"{sha256[:16]}.bin", ContentFile(data), save=False)
    run.save()
    return run


def choose_sheet(run: Intake, sheet: str) -> None:
    """Read another sheet of the workbook; its columns are guessed anew. Raises UnreadableFile."""
    kind = of_run(run)
    with run.file.open("rb") as file:
        table = read(kind, file.read(), sheet=sheet, most=SAMPLED)
    run.sheet, run.fingerprint, run.mapped_at = table.sheet[:80], fingerprint(table.header), None
    run.total = 0 if table.is_beginning else len(table.rows)
    like = Intake.objects.like(run).first()
    run.columns = {"header": list(table.header), "targets": guess(kind, table.header, like)}
    run.save(update_fields=["sheet", "fingerprint", "mapped_at", "total", "columns", "updated_at"])


def choose_columns(
    run: Intake, targets: Sequence[str], choices: dict[str, Any], *, now: dt.datetime, actor: Actor
) -> None:
    """Fix what the columns mean and what counts for the whole file. Raises TransitionRefused."""
    with transaction.atomic():
        if run.status != Intake.Status.UPLOADED:
            run.reopen(at=now, actor=actor)
        run.lines.all().delete()
        run.columns = {"header": run.columns["header"], "targets": list(targets)}
        run.choices, run.mapped_at, run.cursor, run.counts = choices, now, 0, {}
        run.save()


def carry_on(run_id: int, *, now: dt.datetime) -> None:
    """Take a run as far as it goes without a person. Safe to call twice at once, and for runs long gone."""
    STEPS.carry_on(Intake.objects.filter(pk=run_id).select_related("started_by").first(), now=now)


def take_up_stalled(now: dt.datetime) -> int:
    """Go on with runs whose worker died or was never called; how many there were."""
    return take_up(Intake.objects.stalled(now), carry_on, now=now)


def stop(run: Intake, error: Exception, *, now: dt.datetime) -> None:
    """A run that cannot go on by itself says so on its page, with what a person can do."""
    run.stop(why_it_stopped(error), at=now, actor=SYSTEM)


def go_on(run: Intake, *, now: dt.datetime, actor: Actor) -> None:
    """Let a stopped run go on where it was. Raises TransitionRefused."""
    if not run.may_go_on:
        return
    if run.taken_back_at is not None:
        run.take_back(at=now, actor=actor)
    elif run.counts:
        run.confirm(at=now, actor=actor)
    else:
        run.reopen(at=now, actor=actor)


def discard(run: Intake, *, now: dt.datetime, actor: Actor) -> None:
    """Forget a run nobody confirmed, with its file and lines. Raises TransitionRefused."""
    forget(run, run.lines, now=now, actor=actor)


def accept(run: Intake, code: str, *, now: dt.datetime, actor: Actor) -> bool:
    """Let Mitra do what it offered, and judge the lines anew; False when that is offered no more."""
    kind = of_run(run)
    if code not in {offer.code for offer in kind.offers(run)}:
        return False
    choose_columns(run, run.columns["targets"], {**run.choices, code: True}, now=now, actor=actor)
    return True


STEPS = Steps[Intake](rehearse, write, take_back, stop)
