"""One backup a night, whoever rings and how often; the old ones thinned, a failed one told."""

import dataclasses
import datetime as dt
from pathlib import Path

import pytest
from django.db import connection
from pytest_django.fixtures import Settings

from crm.archive.backups import nightly
from crm.archive.backups.nightly import claim, keep_nightly, night_of
from crm.archive.backups.thinning import staying, thin_out
from crm.archive.models import BackupRun
from crm.base.models import Organisation
from crm.outbox.models import Email
from crm.team.models import User
from tests.races import together

TWO_AT_NIGHT = dt.datetime(2026, 11, 23, 19, 0, tzinfo=dt.UTC)  # 02:00 in Jakarta
NIGHT = dt.date(2026, 11, 24)


@pytest.fixture
def folder(tmp_path: Path, settings: Settings) -> Path:
    settings.MEDIA_ROOT = str(tmp_path / "media")
    settings.BACKUPS = dataclasses.replace(settings.BACKUPS, folder=tmp_path / "backups")
    return tmp_path / "backups"


def at(moment: dt.datetime) -> nightly.Clock:
    return lambda: moment


@pytest.mark.django_db
def test_the_hour_is_that_of_the_house(organisation: Organisation, folder: Path) -> None:
    Organisation.objects.update(zone="Asia/Jakarta")
    second = dt.timedelta(seconds=1)
    assert (night_of(TWO_AT_NIGHT - second), night_of(TWO_AT_NIGHT)) == (None, NIGHT)
    Organisation.objects.update(zone="Asia/Jayapura")
    assert night_of(TWO_AT_NIGHT - second) == NIGHT


@pytest.mark.django_db
def test_nobody_makes_any_without_a_folder(organisation: Organisation, settings: Settings) -> None:
    assert settings.BACKUPS.folder is None
    assert (keep_nightly(at(TWO_AT_NIGHT)), BackupRun.objects.count()) == ({}, 0)


@pytest.mark.django_db(transaction=True)
def test_one_a_night_is_made_looked_at_and_made_again_the_next_night(organisation: Organisation, folder: Path) -> None:
    Organisation.objects.update(zone="Asia/Jakarta")
    assert keep_nightly(at(TWO_AT_NIGHT)) == {"written": str(folder / "mitra-20261123-190000")}
    assert keep_nightly(at(TWO_AT_NIGHT + dt.timedelta(hours=3))) == {}
    run = BackupRun.objects.get()
    assert (run.night_on, run.verified_at, run.trouble) == (NIGHT, TWO_AT_NIGHT, "")
    next_night = TWO_AT_NIGHT + dt.timedelta(days=1)
    assert keep_nightly(at(next_night)) == {"written": str(folder / "mitra-20261124-190000")}
    assert list(BackupRun.objects.newest_first().values_list("verified_at", flat=True)) == [None, TWO_AT_NIGHT]


@pytest.mark.django_db(transaction=True)
def test_a_failed_night_is_told_once_to_who_keeps_the_house(
    organisation: Organisation, owner: User, coordinator: User, folder: Path
) -> None:
    Organisation.objects.update(zone="Asia/Jakarta")
    folder.write_text("in the way")
    why = f"{folder} cannot be a folder for backups: File exists."
    assert keep_nightly(at(TWO_AT_NIGHT)) == {"failed": why}
    assert keep_nightly(at(TWO_AT_NIGHT + dt.timedelta(hours=1))) == {}
    assert list(Email.objects.values_list("name", "to_address")) == [("backup_failed", owner.email)]
    assert why in Email.objects.get().text


@pytest.mark.django_db
def test_a_night_left_by_a_killed_worker_is_taken_up_after_six_hours(organisation: Organisation) -> None:
    assert claim(NIGHT, TWO_AT_NIGHT) is not None
    assert claim(NIGHT, TWO_AT_NIGHT + nightly.LONGEST) is None
    later = TWO_AT_NIGHT + nightly.LONGEST + dt.timedelta(seconds=1)
    taken_up = claim(NIGHT, later)
    assert taken_up is not None
    assert (taken_up.started_at, BackupRun.objects.count()) == (later, 1)


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time anyway")
@pytest.mark.django_db(transaction=True)
def test_of_six_who_ring_at_once_one_has_the_night(organisation: Organisation) -> None:
    claimed: list[BackupRun | None] = []
    assert together(*[lambda: claimed.append(claim(NIGHT, TWO_AT_NIGHT))] * 6) == []
    assert [one is not None for one in claimed].count(True) == 1
    assert BackupRun.objects.count() == 1


def test_the_newest_of_seven_days_four_weeks_and_twelve_months_stay() -> None:
    nights = [NIGHT - dt.timedelta(days=number) for number in range(400)]
    kept = sorted(staying(nights, (7, 4, 12)), reverse=True)
    days = [NIGHT - dt.timedelta(days=number) for number in range(7)]
    sundays = [dt.date(2026, 11, 15), dt.date(2026, 11, 8)]  # with the 22nd, which is among the days
    months = [
        dt.date(2026, 10, 31), dt.date(2026, 9, 30), dt.date(2026, 8, 31), dt.date(2026, 7, 31), dt.date(2026, 6, 30),
        dt.date(2026, 5, 31), dt.date(2026, 4, 30), dt.date(2026, 3, 31), dt.date(2026, 2, 28), dt.date(2026, 1, 31),
        dt.date(2025, 12, 31),
    ]  # fmt: skip
    assert kept == [*days, *sundays, *months]


def test_the_last_one_stays_whatever_the_settings_say() -> None:
    assert staying([NIGHT, NIGHT - dt.timedelta(days=1)], (0, 0, 0)) == {NIGHT}
    assert staying([], (7, 4, 12)) == set()


@pytest.mark.django_db
def test_thinning_takes_old_nights_and_leaves_the_one_known_to_work_and_those_by_hand(folder: Path) -> None:
    made = {}
    for days, kind in ((0, "night"), (1, "night"), (2, "night"), (3, "night"), (4, "hand")):
        moment = TWO_AT_NIGHT - dt.timedelta(days=days)
        place = folder / f"mitra-{days}"
        place.mkdir(parents=True)
        night = NIGHT - dt.timedelta(days=days) if kind == "night" else None
        made[days] = BackupRun.objects.create(
            kind=kind, night_on=night, started_at=moment, finished_at=moment, place=str(place)
        )
    made[3].note_look(TWO_AT_NIGHT)
    (folder / "mitra-1").rmdir()  # somebody took it away by hand
    assert thin_out(folder, (1, 0, 0), TWO_AT_NIGHT) == 1
    assert sorted(path.name for path in folder.iterdir()) == ["mitra-0", "mitra-3", "mitra-4"]
    gone = BackupRun.objects.filter(gone_at=TWO_AT_NIGHT).order_by("pk").values_list("pk", flat=True)
    assert list(gone) == [made[1].pk, made[2].pk]
