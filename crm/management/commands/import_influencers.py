"""`import_influencers FILE`: the same import as in the browser, for scripts and big files."""

import argparse
import datetime as dt
import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from crm.base.models import Organisation
from crm.base.zones import local_midnight
from crm.influencers.imports.actions import choose_columns, take
from crm.influencers.imports.mapping import ColumnMap, MappingError, with_overrides
from crm.influencers.imports.queries import columns_of
from crm.influencers.imports.reading import UnreadableFile
from crm.influencers.imports.rehearsal import rehearse
from crm.influencers.imports.report import as_json
from crm.influencers.imports.taking_back.report import came_to, undo_as_json, would_come_to
from crm.influencers.imports.taking_back.undoing import take_back
from crm.influencers.imports.writing import write
from crm.influencers.models import ImportRun, Platform
from crm.team.models import User
from crm.timeline.record import Actor


class Command(BaseCommand):
    help = (
        "Import influencers from a CSV or XLSX file. Every row gets a verdict and a reason; --dry-run writes nothing "
        "about people. Example: import_influencers team.csv --map 'Jml Followers=followers:instagram' --json"
    )

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("file", type=Path, nargs="?", help="a CSV file in any dress, or .xlsx")
        parser.add_argument("--undo", type=int, metavar="RUN", help="take the import with this number back instead")
        parser.add_argument(
            "--map",
            action="append",
            default=[],
            metavar="COLUMN=FIELD",
            help="what a column means, by heading or number, for example 'Akun=handle:tiktok'; repeat as needed",
        )
        parser.add_argument(
            "--platform", default="", help="where accounts are whose column does not say: instagram, ..."
        )
        parser.add_argument(
            "--sheet", default="", help="the workbook's sheet; otherwise the one that looks like people"
        )
        parser.add_argument("--as-of", type=dt.date.fromisoformat, help="the day the numbers are from, YYYY-MM-DD")
        parser.add_argument("--replace", action="store_true", help="the file overrules what is already known")
        parser.add_argument("--user", default="", help="e-mail address of the colleague the timeline names")
        parser.add_argument("--dry-run", action="store_true", help="only say what would happen")
        parser.add_argument("--json", action="store_true", help="print the whole report as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        if (options["undo"] is None) == (options["file"] is None):
            raise CommandError("Give a file to import, or --undo with the number of an import to take back.")
        if options["undo"] is not None:
            self._undo(options, now)
            return
        try:
            run = self._import(options, now)
        except (UnreadableFile, MappingError) as error:
            raise CommandError(str(error)) from error
        if options["json"]:
            report = as_json(run) | {"dry_run": options["dry_run"]}
            self.stdout.write(json.dumps(report, ensure_ascii=False, indent=2))
        else:
            self._say(run, dry=options["dry_run"])

    def _import(self, options: dict[str, Any], now: dt.datetime) -> ImportRun:
        user = _user(options["user"])
        actor = Actor.of(user)
        run, table = take(options["file"].name, _data(options["file"]), user=user, now=now, sheet=options["sheet"])
        choose_columns(
            run,
            _columns(run, table.header, options),
            counted_at=_counted_at(options["as_of"], run, now),
            replaces_known=options["replace"],
            now=now,
            actor=actor,
        )
        rehearse(run, now=now, actor=actor)
        if not options["dry_run"]:
            run.confirm(at=now, actor=actor)
            write(run, now=now)
        return run

    def _undo(self, options: dict[str, Any], now: dt.datetime) -> None:
        """Take an import back, or only say what that would come to."""
        run = ImportRun.objects.filter(pk=options["undo"]).first()
        if run is None:
            raise CommandError(f"There is no import {options['undo']}.")
        if not run.may_be_taken_back:
            raise CommandError(f"Nothing of “{run.file_name}” can be taken back: it is {run.status}.")
        rows = would_come_to(run)
        if not options["dry_run"]:
            user = _user(options["user"])
            run.take_back(by=user, at=now, actor=Actor.of(user))
            take_back(run, now=now)
            rows = came_to(run)
        report = undo_as_json(run, rows) | {"dry_run": options["dry_run"]}
        if options["json"]:
            self.stdout.write(json.dumps(report, ensure_ascii=False, indent=2))
            return
        for row in report["rows"]:
            if row["why"]:
                self.stdout.write(f"row {row['row']}: {row['outcome']}: {row['name']}: {' '.join(row['why'])}")
        counts = ", ".join(f"{count} {word}" for word, count in report["outcomes"].items())
        self.stdout.write(f"{'Would be' if options['dry_run'] else 'Done'}: {counts}.")

    def _say(self, run: ImportRun, *, dry: bool) -> None:
        report = as_json(run)
        for row in report["rows"]:
            if row["verdict"] != "new" or row["reason"].count(".") > 1:
                self.stdout.write(f"row {row['row']}: {row['verdict']}: {row['name']}: {row['reason']}")
        counts = ", ".join(f"{count} {word}" for word, count in report["counts"].items())
        self.stdout.write(f"{'Would be' if dry else 'Done'}: {counts}.")


def _data(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise CommandError(f"{path} cannot be read: {error.strerror}.") from error


def _user(email: str) -> User | None:
    if not email:
        return None
    user: User | None = User.objects.active().filter(email__iexact=email).first()
    if user is None:
        raise CommandError(f"Nobody here has the address {email}.")
    return user


def _columns(run: ImportRun, header: tuple[str, ...], options: dict[str, Any]) -> ColumnMap:
    overrides = dict(_pair(text) for text in options["map"])
    columns = with_overrides(header, columns_of(run), overrides)
    if options["platform"]:
        columns = columns._replace(platform=options["platform"].strip().casefold())
    known = Platform.objects.values_list("code", flat=True)
    if columns.platform and columns.platform not in known:
        raise MappingError(f"There is no platform {columns.platform}. There are: {', '.join(known)}.")
    if columns.needs_platform:
        raise MappingError(f"On which platform are the accounts? Add --platform with one of: {', '.join(known)}.")
    return columns


def _pair(text: str) -> tuple[str, str]:
    column, equals, target = text.rpartition("=")
    if not equals or not column.strip():
        raise MappingError(f"--map {text}: write it as COLUMN=FIELD, for example 'Akun=handle:tiktok'.")
    return column.strip(), target


def _counted_at(on: dt.date | None, run: ImportRun, now: dt.datetime) -> dt.datetime:
    if on is None:
        return run.counted_at or now
    return local_midnight(on, Organisation.load().zone)
