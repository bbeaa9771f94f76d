"""Everything leaves in one file, and comes back equal: keys, words, sums, files."""

import csv
import hashlib
import json
import tomllib
import zipfile
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.core.files.storage import default_storage
from django.db import DatabaseError, connection, transaction

from crm.archive.bringing_back.actions import import_all
from crm.archive.bringing_back.emptiness import tables_in_use
from crm.archive.everything.actions import export_all
from crm.archive.everything.kinds import BY_TYPE, Kind
from crm.archive.everything.rows import sum_of
from crm.archive.everything.tables import LEFT_OUT, carried
from crm.archive.returning import RETURN
from crm.base.models import Organisation, StoredFile
from crm.base.outcomes import Outcome
from crm.base.release import VERSION
from crm.exclusivity import guard
from crm.influencers.models import Influencer
from crm.team.models import User
from crm.timeline import guards
from crm.timeline.models import Entry
from tests.conftest import NOW
from tests.crm.archive.conftest import STRANGE, House, Rewrite
from tests.factories import InfluencerFactory

pytestmark = pytest.mark.django_db


def test_every_table_is_carried_or_left_out_for_a_reason() -> None:
    there = {model._meta.label for model in apps.get_models(include_auto_created=True)}
    assert {table.label for table in carried()} == there - LEFT_OUT.keys()
    assert LEFT_OUT.keys() - there == set()


def test_no_carried_row_points_to_a_table_that_stays_behind() -> None:
    told_by_name = {Kind.TABLE_NAME, Kind.PERMISSION}
    lost = [
        f"{table.label}.{column.name}"
        for table in carried()
        for column in table.columns
        if column.field.remote_field is not None
        and column.field.remote_field.model._meta.label in LEFT_OUT
        and column.kind not in told_by_name
    ]
    assert lost == []


def test_every_kind_of_column_has_a_form_in_the_file() -> None:
    fields = [column.field for table in carried() for column in table.columns if not column.field.remote_field]
    assert {field.get_internal_type() for field in fields} - BY_TYPE.keys() == set()


def test_everything_comes_back_with_equal_counts_and_checksums(house: House) -> None:
    came = import_all(house.folder, now=NOW)
    assert {one.label: (one.rows, one.sha256) for one in came.tables} == {
        label: (told.rows, told.sha256) for label, told in house.tables.items()
    }
    assert sum(told.rows > 0 for told in house.tables.values()) > 150
    assert Influencer.objects.filter(aesthetic=STRANGE[:80]).count() == 1
    assert LogEntry.objects.values_list("content_type__model", flat=True).get() == "influencer"
    kept = sorted(str(path.relative_to(house.kept)) for path in house.kept.rglob("*") if path.is_file())
    said = set(StoredFile.objects.exclude(file="").values_list("file", flat=True))
    assert said <= set(kept)
    for name in sorted(said):
        with default_storage.open(name) as file:
            assert file.read() == (house.kept / name).read_bytes()


def test_a_second_export_is_the_same_file_again(house: House, tmp_path: Path) -> None:
    import_all(house.folder, now=NOW)
    export_all(tmp_path / "again.zip", now=NOW)
    with zipfile.ZipFile(tmp_path / "again.zip") as again:
        told = json.loads(again.read("manifest.json"))["tables"]
    first = json.loads((house.folder / "manifest.json").read_text())["tables"]
    apart = {label for label in first if first[label] != told[label]}
    assert apart == {"crm.Entry", "crm.Organisation"}  # mail was stopped, and the story says so


def test_what_was_written_about_a_table_that_is_gone_stays_readable(copy: Path, rewrite: Rewrite) -> None:
    rewrite(copy, "admin.LogEntry", lambda lines: lines.replace('"crm.influencer"', '"crm.pigeon"'))
    import_all(copy, now=NOW)
    told = LogEntry.objects.values_list("content_type__model", "object_repr").get()
    assert told == ("pigeon", STRANGE[:200])


def test_mail_is_stopped_until_the_owner_starts_it(house: House) -> None:
    import_all(house.folder, now=NOW)
    here = Organisation.load()
    assert (here.mail_paused_at, here.mail_paused_why) == (
        NOW,
        "Everything was imported from a file. Look around first.",
    )
    told = Entry.objects.get(verb="outbox.paused")
    assert (told.actor_kind, told.at) == (Entry.ActorKind.SYSTEM, NOW)
    assert Outcome.objects.get(name=RETURN).said == {"copied_at": NOW.isoformat()}


def test_keys_of_rows_that_are_gone_are_not_given_out_again(house: House) -> None:
    told = json.loads((house.folder / "manifest.json").read_text())["tables"]
    import_all(house.folder, now=NOW)
    assert InfluencerFactory().pk > told["crm.Influencer"]["last_id"]


def test_the_guards_stand_afterwards(house: House) -> None:
    import_all(house.folder, now=NOW)
    assert guards.missing(connection) == []
    assert guard.present(connection)
    with pytest.raises(DatabaseError), transaction.atomic():
        Entry.objects.update(verb="nothing.happened")


def test_people_sign_in_with_their_passwords(house: House) -> None:
    lines = (house.folder / "tables" / "crm.user.jsonl").read_text().splitlines()
    before = {json.loads(line)["id"]: json.loads(line)["password"] for line in lines}
    import_all(house.folder, now=NOW)
    assert dict(User.objects.values_list("pk", "password")) == before


def test_the_checksum_of_a_table_is_that_of_its_file(house: House) -> None:
    told = json.loads((house.folder / "manifest.json").read_text())["tables"]
    files = {
        label: hashlib.sha256((house.folder / "tables" / f"{label.lower()}.jsonl").read_bytes()).hexdigest()
        for label in told
    }
    assert files == {label: one["sha256"] for label, one in told.items()}


def test_the_twin_for_spreadsheets_has_the_same_rows_and_runs_no_formula(house: House) -> None:
    for label, told in house.tables.items():
        with (house.folder / "csv" / f"{label.lower()}.csv").open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.reader(file))
        assert len(rows) - 1 == told.rows, label
        assert [cell for row in rows for cell in row if cell.startswith(("=", "@"))] == [], label


def test_the_manifest_tells_the_release(house: House) -> None:
    told = tomllib.loads((Path(settings.BASE_DIR) / "pyproject.toml").read_text())["project"]["version"]
    assert json.loads((house.folder / "manifest.json").read_text())["mitra"] == VERSION == told


def test_the_schema_tells_every_column(house: House) -> None:
    told = json.loads((house.folder / "schema.json").read_text())
    assert {label: set(table["columns"]) for label, table in told.items()} == {
        table.label: {column.name for column in table.columns} for table in carried()
    }
    person = told["crm.Influencer"]["columns"]["owner_id"]
    assert (person["type"], person["points_to"]) == ("integer", "crm.User")
    assert told["crm.Influencer"]["worked_out_by_the_database"] == ["name_key", "followers_rank"]


def test_a_fresh_installation_is_empty_and_one_person_makes_it_used() -> None:
    assert tables_in_use() == []
    InfluencerFactory()
    assert ("crm.Influencer", 1) in tables_in_use()


def test_sums_do_not_depend_on_who_reads(house: House) -> None:
    import_all(house.folder, now=NOW)
    people = next(table for table in carried() if table.label == "crm.Influencer")
    assert sum_of(people) == house.tables["crm.Influencer"]
