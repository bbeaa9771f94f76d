"""A backup: whole, for its owner's eyes alone, shared where nothing changed, and refused in words."""

import dataclasses
import datetime as dt
import json
import shutil
import stat
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connection
from pytest_django.fixtures import Settings

from crm.archive.backups.looking import look_again, look_at, trouble_of
from crm.archive.backups.manifest import read_manifest
from crm.archive.backups.taking import hand_on, take
from crm.archive.backups.writing import Backup, write_backup
from crm.archive.models import BackupRun
from crm.archive.refusals import Refused
from crm.base.outcomes import Outcome
from crm.outbox.reasons import in_words
from tests.factories import InfluencerFactory

pytestmark = pytest.mark.django_db(transaction=True)
NIGHT = dt.datetime(2026, 11, 23, 19, 0, tzinfo=dt.UTC)
LATER = NIGHT + dt.timedelta(days=1)


@pytest.fixture
def media(tmp_path: Path, settings: Settings) -> Path:
    root = tmp_path / "media"
    for name, words in (("kept/2026/11/a.txt", "first"), ("kept/2026/11/b.txt", "second"), ("parts/half", "no")):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(words)
    settings.MEDIA_ROOT = str(root)
    return root


def modes(folder: Path) -> set[int]:
    return {stat.S_IMODE(path.stat().st_mode) for path in folder.rglob("*") if path.is_file()}


def test_a_backup_holds_rows_and_files_and_comes_back_as_it_was(tmp_path: Path, media: Path) -> None:
    InfluencerFactory.create_batch(3)
    folder = tmp_path / "new" / "backups"
    backup = write_backup(folder, NIGHT)
    assert [path.name for path in folder.iterdir()] == ["mitra-20261123-190000"]
    assert (modes(backup.folder), stat.S_IMODE(backup.folder.stat().st_mode)) == ({0o600}, 0o700)
    assert backup.manifest.rows["crm_influencer"] == 3
    kept = sorted(path.relative_to(backup.folder).as_posix() for path in (backup.folder / "media").rglob("*.txt"))
    assert kept == ["media/kept/2026/11/a.txt", "media/kept/2026/11/b.txt"]
    assert read_manifest(backup.folder) == backup.manifest
    assert [one.name for one in look_at(backup.folder) if one.is_well] == [
        "file", "database", "version", "brought back", "whole", "migrations", "rows", "guards", "kept files",
    ]  # fmt: skip


def test_the_next_backup_shares_what_is_unchanged_and_outlives_the_one_before(tmp_path: Path, media: Path) -> None:
    first = write_backup(tmp_path / "backups", NIGHT)
    (media / "kept/2026/11/b.txt").write_text("another second")
    second = write_backup(tmp_path / "backups", LATER)
    inode = {name: (second.folder / "media/kept/2026/11" / name).stat().st_ino for name in ("a.txt", "b.txt")}
    before = {name: (first.folder / "media/kept/2026/11" / name).stat().st_ino for name in ("a.txt", "b.txt")}
    assert (inode["a.txt"] == before["a.txt"], inode["b.txt"] == before["b.txt"]) == (True, False)
    assert (second.manifest.media["bytes"], second.manifest.media["new_bytes"]) == (19, 14)
    assert (media / "kept/2026/11/a.txt").stat().st_ino != inode["a.txt"]  # damage in place reaches no backup
    shutil.rmtree(first.folder)
    assert trouble_of(look_at(second.folder)) == ""


def overwrite(file: Path) -> None:
    with file.open("r+b") as to:
        to.seek(2000)
        to.write(b"harm")


def test_a_backup_that_was_harmed_is_told_apart(tmp_path: Path, media: Path) -> None:
    whole = write_backup(tmp_path / "backups", NIGHT).folder
    file = next(whole.glob("database.*")).name
    harms: dict[str, Callable[[Path], object]] = {
        f"file: {file} has changed since it was written": lambda folder: overwrite(folder / file),
        f"file: {file} is missing": lambda folder: (folder / file).unlink(),
        "kept files: 1 are missing or changed: kept/2026/11/a.txt": lambda folder: (
            folder / "media/kept/2026/11/a.txt"
        ).write_text("fiRst"),
        "kept files: media.jsonl has changed since it was written": lambda folder: (folder / "media.jsonl").write_text(
            ""
        ),
    }
    found = []
    for number, harm in enumerate(harms.values()):
        copy = Path(shutil.copytree(whole, tmp_path / str(number)))
        harm(copy)
        found.append(trouble_of(look_at(copy)))
    assert found == list(harms)


def changed(backup: Backup, **words: object) -> Path:
    facts = {**dataclasses.asdict(backup.manifest), **words}
    (backup.folder / "manifest.json").write_text(json.dumps(facts))
    return backup.folder


def test_rows_that_are_not_there_are_missed(tmp_path: Path, media: Path) -> None:
    backup = write_backup(tmp_path, NIGHT)
    folder = changed(backup, rows={**backup.manifest.rows, "crm_influencer": 4})
    assert trouble_of(look_at(folder)) == "rows: crm_influencer has 0 of 4"


def test_a_backup_of_another_kind_or_of_later_is_not_opened(tmp_path: Path, media: Path) -> None:
    backup = write_backup(tmp_path, NIGHT)
    other = "sqlite" if connection.vendor == "postgresql" else "postgresql"
    said = f"database: of {other}, and this is {connection.vendor}: use export_all and import_all to move"
    assert trouble_of(look_at(changed(backup, vendor=other))) == said
    steps = {**backup.manifest.migrations, "crm": "9999_later"}
    newer = changed(backup, migrations=steps, version="9.0")
    assert trouble_of(look_at(newer)) == (
        "version: 9.0 is newer than this: install it first (crm.9999_later is not known here)"
    )
    with pytest.raises(Refused, match=r"of a newer Mitra \(9\.0\)"):
        look_at(changed(backup, format=2, version="9.0"))


def test_what_is_no_backup_is_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(Refused, match=r"is no backup: there is no manifest\.json in it"):
        look_at(tmp_path)
    (tmp_path / "manifest.json").write_text("{")
    with pytest.raises(Refused, match=r"manifest\.json cannot be read"):
        look_at(tmp_path)


def test_backups_do_not_stand_among_the_files_they_hold(media: Path) -> None:
    with pytest.raises(Refused, match="among the kept files"):
        write_backup(media / "backups", NIGHT)
    assert not (media / "backups").exists()


def test_what_a_killed_backup_left_goes_with_the_next_after_a_day(tmp_path: Path, media: Path) -> None:
    left = tmp_path / "backups" / ".mitra-20261101-190000-1.part"
    left.mkdir(parents=True)
    made_at = dt.datetime.fromtimestamp(left.stat().st_mtime, dt.UTC)
    write_backup(tmp_path / "backups", made_at + dt.timedelta(hours=23))
    assert left.exists()
    write_backup(tmp_path / "backups", made_at + dt.timedelta(hours=25))
    assert not left.exists()


def test_files_in_a_bucket_are_said_to_stand_there(tmp_path: Path, media: Path, settings: Settings) -> None:
    settings.MEDIA_STORE = "s3://mitra-files/kept?region=ap-southeast-3"
    backup = write_backup(tmp_path / "backups", NIGHT)
    assert backup.manifest.media == {"store": "s3://mitra-files/kept", "files": 0, "bytes": 0}
    assert look_at(backup.folder)[-1].said == "stand in s3://mitra-files/kept, not in this backup"


def a_run() -> BackupRun:
    return BackupRun.objects.create(kind=BackupRun.Kind.HAND, started_at=NIGHT)


def test_a_row_and_an_outcome_keep_how_it_went(tmp_path: Path, media: Path) -> None:
    run = a_run()
    backup = take(run, tmp_path, lambda: LATER)
    hand_on(backup, LATER)
    run.refresh_from_db()
    assert (run.place, run.finished_at, run.size, run.sha256, run.counted["files"]) == (
        str(backup.folder), LATER, backup.size, backup.sha256, 2,
    )  # fmt: skip
    assert list(BackupRun.objects.good()) == [run]
    row = Outcome.objects.get(name="backup")
    assert (row.ok_at, row.why, row.said["place"]) == (LATER, "", str(backup.folder))


def test_a_failed_one_keeps_why_and_leaves_nothing(tmp_path: Path, media: Path) -> None:
    taken, run = tmp_path / "taken", a_run()
    taken.write_text("something else")
    with pytest.raises(Refused, match=r"cannot be a folder for backups: File exists\."):
        take(run, taken, lambda: LATER)
    run.refresh_from_db()
    assert (run.trouble, run.finished_at) == (Outcome.objects.get(name="backup").why, None)
    assert in_words(run.trouble) == f"{taken} cannot be a folder for backups: File exists."
    assert not BackupRun.objects.good().exists()


def test_the_houses_own_command_gets_the_folder_and_no_shell(tmp_path: Path, media: Path, settings: Settings) -> None:
    noted = tmp_path / "noted"
    settings.BACKUPS = dataclasses.replace(settings.BACKUPS, after=("cp", "{}/manifest.json", str(noted)))
    backup = take(a_run(), tmp_path / "backups", lambda: NIGHT)
    hand_on(backup, NIGHT)
    assert noted.read_bytes() == (backup.folder / "manifest.json").read_bytes()


def test_a_command_that_fails_is_told_and_the_backup_stays(tmp_path: Path, media: Path, settings: Settings) -> None:
    settings.BACKUPS = dataclasses.replace(settings.BACKUPS, after=("false", "$(touch x)"))
    backup = take(a_run(), tmp_path, lambda: NIGHT)
    with pytest.raises(Refused, match=r"^The backup is written\. The command after it failed \(1\): it said nothing$"):
        hand_on(backup, NIGHT)
    assert BackupRun.objects.good().count() == 1
    assert Outcome.objects.bad().filter(name="backup").exists()


def test_a_good_look_is_kept_and_a_bad_one_takes_it_back(tmp_path: Path, media: Path) -> None:
    run = a_run()
    folder = take(run, tmp_path, lambda: NIGHT).folder
    look_again(run, folder, LATER)
    assert list(BackupRun.objects.verified().values_list("verified_at", flat=True)) == [LATER]
    (folder / "media.jsonl").unlink()
    with pytest.raises(Refused, match=r"would not come back as it was\. kept files: media\.jsonl has changed"):
        look_again(run, folder, LATER)
    assert not BackupRun.objects.verified().exists()
    assert Outcome.objects.bad().filter(name="backup-check").exists()
