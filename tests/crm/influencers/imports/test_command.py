"""`import_influencers`: what scripts read."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from crm.base.models import Organisation
from crm.influencers.models import ImportRun, Influencer, SocialAccount
from crm.team.models import User
from crm.timeline.models import Entry
from tests.crm.influencers.imports.conftest import OWN

pytestmark = pytest.mark.django_db


def report(*words: Any) -> dict[str, Any]:
    out = StringIO()
    call_command("import_influencers", *map(str, words), "--json", stdout=out)
    found: dict[str, Any] = json.loads(out.getvalue())
    return found


def test_a_dry_run_reports_every_row_and_writes_nobody(house: Organisation) -> None:
    found = report(OWN / "sheet.csv", "--dry-run")

    assert found["counts"] == {"new": 8, "updated": 0, "unchanged": 0, "duplicate": 1, "conflict": 0, "rejected": 2}
    assert found["dry_run"] is True
    assert found["rows"][4] == {
        "row": 8,
        "verdict": "duplicate",
        "reason": "Same account as row 4, which counts. It differs there: figures. Catatan: Marked as do not contact.",
        "name": "Renée Kusnadi",
        "accounts": ["instagram:renee.kusnadi"],
        "person": None,
    }
    assert all(row["reason"] for row in found["rows"])
    assert Influencer.objects.count() == 0


def test_an_import_writes_and_the_same_file_again_changes_nothing(house: Organisation) -> None:
    first = report(OWN / "instagram_2024_03.csv")
    again = report(OWN / "instagram_2024_03.csv")

    assert first["counts"] == {"new": 4, "updated": 0, "unchanged": 0, "duplicate": 1, "conflict": 0, "rejected": 0}
    assert (first["status"], first["platform"], first["counted_at"]) == (
        "done",
        "instagram",
        "2024-03-30T17:00:00+00:00",
    )
    assert again["counts"] == {"new": 0, "updated": 0, "unchanged": 4, "duplicate": 1, "conflict": 0, "rejected": 0}
    assert Influencer.objects.count() == 4


def test_columns_are_mapped_by_hand_and_remembered_for_the_same_headings_in_any_order(
    house: Organisation, tmp_path: Path
) -> None:
    first, second = tmp_path / "a.csv", tmp_path / "b.csv"
    first.write_text("Siapa,Di mana,Berapa\nSekar,@sekar,10rb\n")
    second.write_text("Berapa,Siapa,Di mana\n12rb,Oka,@oka\n")

    report(first, "--map", "Siapa=name", "--map", "Di mana=handle:tiktok", "--map", "3=followers")
    report(second)

    found = SocialAccount.objects.order_by("pk").values_list("influencer__stage_name", "platform__code", "followers")
    assert list(found) == [("Sekar", "tiktok", 10_000), ("Oka", "tiktok", 12_000)]


def test_the_timeline_names_the_colleague(house: Organisation, coordinator: User, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("Nama,Akun IG\nSekar,@sekar\n")

    report(tmp_path / "a.csv", "--user", coordinator.email)

    told = Entry.objects.get(influencer__isnull=False)
    assert (told.actor_id, told.actor_label) == (coordinator.pk, "Dinda")


def test_without_json_it_says_what_needs_a_look_and_the_counts(house: Organisation, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("Nama,Akun IG\nSekar,@sekar\nSekar,@sekar\n")
    out = StringIO()

    call_command("import_influencers", str(tmp_path / "a.csv"), stdout=out)

    assert out.getvalue() == (
        "row 3: duplicate: Sekar: Same account as row 2, which counts.\n"
        "Done: 1 new, 0 updated, 0 unchanged, 1 duplicate, 0 conflict, 0 rejected.\n"
    )


@pytest.mark.parametrize(
    ("text", "words", "message"),
    [
        (
            "AccountName\nsekar\n",
            [],
            "On which platform are the accounts? Add --platform with one of: instagram, tiktok",
        ),
        ("AccountName\nsekar\n", ["--platform", "radio"], "There is no platform radio. There are: instagram, tiktok"),
        ("Nama\nSekar\n", ["--map", "Nama"], "--map Nama: write it as COLUMN=FIELD, for example 'Akun=handle:tiktok'."),
        ("Nama\nSekar\n", ["--map", "Nama=umur"], "“umur” is not a field. Fields: name, legal_name"),
        ("Nama\nSekar\n", ["--map", "Umur=name"], "There is no column “Umur”. The file has: Nama."),
        ("Kota\nMalang\n", [], "No column holds a name or an account. Choose one for at least one of them."),
        ("Nama\n", [], "The file has a header but no rows below it."),
        ("Nama\nSekar\n", ["--user", "nobody@mitra.example"], "Nobody here has the address nobody@mitra.example."),
    ],
)
def test_what_cannot_be_done_is_said_and_leaves_nothing(
    house: Organisation, tmp_path: Path, text: str, words: list[str], message: str
) -> None:
    (tmp_path / "file.csv").write_text(text)

    with pytest.raises(CommandError) as refused:
        call_command("import_influencers", str(tmp_path / "file.csv"), *words)

    assert str(refused.value).startswith(message)
    assert Influencer.objects.count() == 0
    assert ImportRun.objects.filter(status=ImportRun.Status.DONE).count() == 0


def test_a_missing_file_is_said(house: Organisation) -> None:
    with pytest.raises(CommandError, match=r"there-is-none\.csv cannot be read: No such file"):
        call_command("import_influencers", "there-is-none.csv")
