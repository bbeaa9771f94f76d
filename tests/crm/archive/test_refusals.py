"""A file that is not whole, not of this release or not for this house is refused with words, and nothing is written."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection

from crm.archive.bringing_back.actions import import_all
from crm.archive.bringing_back.emptiness import tables_in_use
from crm.archive.everything.actions import export_all
from crm.archive.refusals import Refused
from crm.base.models import Organisation
from tests.conftest import NOW
from tests.crm.archive.conftest import House, Rewrite
from tests.factories import InfluencerFactory

pytestmark = pytest.mark.django_db


def refused(path: Path) -> str:
    """What was said; nothing may have been written, neither rows nor files nor the switch of the mail."""
    with pytest.raises(Refused) as said:
        import_all(path, now=NOW)
    assert tables_in_use() == []
    assert Organisation.load().mail_paused_at is None
    assert [found for found in Path(settings.MEDIA_ROOT, "kept").rglob("*") if found.is_file()] == []
    return str(said.value)


def edited(folder: Path, **said: Any) -> Path:
    manifest = json.loads((folder / "manifest.json").read_text())
    (folder / "manifest.json").write_text(json.dumps({**manifest, **said}))
    return folder


def test_a_changed_row_is_refused(copy: Path) -> None:
    file = copy / "tables" / "crm.influencer.jsonl"
    file.write_text(file.read_text().replace("Jakarta", "Bandung", 1))
    assert refused(copy) == (
        "tables/crm.influencer.jsonl is not as it was written: its SHA-256 differs. Copy the file again, or export again."
    )


def test_a_table_that_is_missing_is_refused(copy: Path) -> None:
    (copy / "tables" / "crm.brand.jsonl").unlink()
    assert refused(copy) == "tables/crm.brand.jsonl is missing from the folder. Copy all of it, or export again."


def test_a_kept_file_that_is_missing_or_changed_is_refused(copy: Path) -> None:
    file = sorted(path for path in (copy / "media").rglob("*") if path.is_file())[0]
    name, content = file.relative_to(copy), file.read_bytes()
    file.unlink()
    assert refused(copy) == f"{name} is missing from the folder. Copy all of it, or export again."
    file.write_bytes(content[::-1])
    assert refused(copy) == (
        f"{name} is not as it was written: its SHA-256 differs. Copy the file again, or export again."
    )


def test_half_a_zip_is_refused(house: House, tmp_path: Path) -> None:
    whole = tmp_path / "whole.zip"
    export_all(whole, now=NOW)
    half = tmp_path / "half.zip"
    half.write_bytes(whole.read_bytes()[: whole.stat().st_size // 2])
    assert refused(half) == f"{half} is not a whole ZIP file. Copy it again, or export again."


def test_a_zip_with_a_flipped_byte_is_refused(tmp_path: Path) -> None:
    whole = tmp_path / "whole.zip"
    export_all(whole, now=NOW)
    bytes_ = bytearray(whole.read_bytes())
    at = bytes_.find(b"tables/crm.holiday.jsonl") + 200
    bytes_[at] ^= 0xFF
    whole.write_bytes(bytes_)
    assert refused(whole).startswith("tables/crm.holiday.jsonl is damaged (")


def test_another_release_is_told_what_to_do(copy: Path) -> None:
    manifest = json.loads((copy / "manifest.json").read_text())
    here = manifest["migrations"]["crm"]
    older = edited(copy, mitra="0.0.9", migrations={**manifest["migrations"], "crm": "0025_ambassadors"})
    assert refused(older) == (
        f"The file was written by Mitra 0.0.9, whose tables differ (crm: 0025_ambassadors in the file, {here} here). "
        "Install that release, run `migrate` and `import_all` there, then upgrade it: migrations carry the rows on."
    )


def test_another_format_is_told_what_to_do(copy: Path) -> None:
    assert refused(edited(copy, format=2, mitra="9.0")) == (
        "The file has format 2; this Mitra reads format 1. Install Mitra 9.0, import the file there, then upgrade that "
        "installation."
    )


def test_something_else_is_no_export(copy: Path, tmp_path: Path) -> None:
    assert refused(edited(copy, kind="a-list")) == "This is not an export of Mitra."
    assert refused(tmp_path / "nowhere.zip") == f"There is no file {tmp_path / 'nowhere.zip'}."
    (copy / "manifest.json").unlink()
    assert refused(copy) == "manifest.json is missing from the folder. Copy all of it, or export again."


def test_a_row_that_points_nowhere_is_refused(copy: Path, rewrite: Rewrite) -> None:
    rewrite(copy, "crm.BrandOwner", lambda _lines: "")
    said = refused(copy)
    assert "points to one that is not in the file" in said
    assert said.endswith("Nothing was brought in.")


def test_an_installation_in_use_is_left_alone(house: House) -> None:
    InfluencerFactory(stage_name="Here already")
    before = tables_in_use()
    with pytest.raises(Refused) as said:
        import_all(house.folder, now=NOW)
    assert str(said.value).startswith("This installation is in use: ")
    assert "crm.Influencer (1)" in str(said.value)
    assert tables_in_use() == before


def test_another_file_in_the_place_of_one_is_left_alone(house: House) -> None:
    name = sorted(path for path in house.kept.rglob("*") if path.is_file())[0].relative_to(house.kept)
    mine = Path(settings.MEDIA_ROOT, name)
    mine.parent.mkdir(parents=True)
    mine.write_bytes(b"somebody else's")
    with pytest.raises(Refused) as said:
        import_all(house.folder, now=NOW)
    assert str(said.value) == (f"Another file stands where {name} belongs. Empty the store of kept files first.")
    assert mine.read_bytes() == b"somebody else's"
    assert tables_in_use() == []


def test_what_this_database_cannot_hold_is_refused(copy: Path, rewrite: Rewrite) -> None:
    """PostgreSQL has no NUL in a text; SQLite keeps fifteen digits of a decimal."""
    if connection.vendor == "postgresql":
        rewrite(copy, "crm.Brand", lambda lines: lines.replace('"name":"', '"name":"\\u0000', 1))
        wanted = "crm.Brand: a text holds the character NUL, which PostgreSQL cannot keep. Nothing was brought in."
    else:
        rewrite(
            copy, "crm.TaxBand", lambda lines: lines.replace('"up_to":"60000000.00"', '"up_to":"12345678901234.56"')
        )
        wanted = (
            "crm.TaxBand: 12345678901234.56 has more digits than SQLite keeps; bring this file into PostgreSQL. "
            "Nothing was brought in."
        )
    assert refused(copy) == wanted


def test_an_export_never_overwrites(house: House, tmp_path: Path) -> None:
    there = tmp_path / "mine.zip"
    there.write_text("mine")
    with pytest.raises(Refused) as said:
        export_all(there, now=NOW)
    assert str(said.value) == f"{there} is there already. Choose a name that is free."
    assert there.read_text() == "mine"
