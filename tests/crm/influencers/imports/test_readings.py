"""The columns page reads every cell as it is chosen at that moment, before anything is rehearsed."""

import pytest
from django.test import Client
from django.urls import reverse

from crm.base.models import Organisation
from crm.influencers.models import ImportMapping, ImportRun
from tests.crm.influencers.imports.conftest import Import
from tests.crm.influencers.imports.test_pages import filled, send

pytestmark = pytest.mark.django_db

SHEET = (
    b"Nama,Akun,Jml Followers,ER,Niche,Kota,No. WA,E-mail,Rate Card,Tgl lahir,Keterangan lain,No\n"
    b'Sekar,@sekar,"12,5 rb",3.1%,make up,Kota Malang,081200000001,sekar@contoh.example,500rb,1 Mei 1999,ramah,1\n'
    b"Oka,oka,1.200,n/a,sepak bola kampung,Medan,nomor lama,oka di contoh,nego,31 Feb 2001,-,2\n"
)


def samples(client: Client, url: str, **data: str) -> dict[str, tuple[list[tuple[str, str]], int, int]]:
    """What the page says of every column: examples and how they are read, filled cells, readable cells."""
    answer = client.post(url, filled(client, url) | data | {"look": "1"})
    assert answer.status_code == 200
    return {
        column.field.label: (
            [(sample.said, sample.read) for sample in column.reading.samples],
            column.reading.filled,
            column.reading.readable,
        )
        for column in answer.context["columns"]
    }


def test_every_column_shows_what_its_cells_are_read_as(as_coordinator: Client, house: Organisation) -> None:
    url = send(as_coordinator, "kreator.csv", SHEET)

    read = samples(as_coordinator, url, platform="instagram")

    assert read == {
        "Nama": ([("Sekar", "Sekar"), ("Oka", "Oka")], 2, 2),
        "Akun": ([("@sekar", "@sekar (instagram)"), ("oka", "@oka (instagram)")], 2, 2),
        "Jml Followers": ([("12,5 rb", "12,500"), ("1.200", "1,200")], 2, 2),
        "ER": ([("3.1%", "3.1%")], 1, 1),
        "Niche": ([("make up", "make-up"), ("sepak bola kampung", "")], 2, 1),
        "Kota": ([("Kota Malang", "Malang"), ("Medan", "Medan")], 2, 2),
        "No. WA": ([("081200000001", "+6281200000001"), ("nomor lama", "")], 2, 1),
        "E-mail": ([("sekar@contoh.example", "sekar@contoh.example"), ("oka di contoh", "")], 2, 1),
        "Rate Card": ([("500rb", "IDR\u00a0500,000"), ("nego", "")], 2, 1),
        "Tgl lahir": ([("1 Mei 1999", "1 May 1999"), ("31 Feb 2001", "")], 2, 1),
        "Keterangan lain": ([("ramah", "ramah")], 1, 1),
        "No": ([("1", "1"), ("2", "2")], 2, 2),
    }


def test_a_look_follows_the_choice_and_begins_nothing(as_coordinator: Client, house: Organisation) -> None:
    url = send(as_coordinator, "kreator.csv", SHEET)
    stored = ImportRun.objects.get().columns

    read = samples(as_coordinator, url, platform="instagram", column_3="followers")

    assert read["ER"] == ([("3.1%", "")], 1, 0)
    run = ImportRun.objects.get()
    assert (run.status, run.mapped_at, run.columns, run.rows.count()) == ("uploaded", None, stored, 0)
    assert ImportMapping.objects.count() == 0


def test_two_columns_of_one_meaning_warn_at_both(as_coordinator: Client, house: Organisation) -> None:
    url = send(as_coordinator, "a.csv", b"Nama,Panggilan,Akun IG,Niche,Kategori\nSekar Ayu,Sekar,@sekar,food,travel\n")

    page = as_coordinator.post(url, filled(as_coordinator, url) | {"column_1": "name", "look": "1"})

    assert [column.reading.warning for column in page.context["columns"]] == [
        "“Panggilan” has the same meaning; only one of them can count.",
        "“Nama” has the same meaning; only one of them can count.",
        "",
        "",
        "",
    ]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"column_0": "skip", "column_1": "skip"}, "No column holds a name or an account."),
        ({"column_1": "handle"}, "On which platform are these accounts?"),
    ],
)
def test_what_is_missing_is_said_while_choosing(
    as_coordinator: Client, house: Organisation, data: dict[str, str], said: str
) -> None:
    url = send(as_coordinator, "a.csv", b"Nama,Akun\nSekar,@sekar\n")

    page = as_coordinator.post(url, filled(as_coordinator, url) | data | {"look": "1"})

    assert said in page.content.decode()
    assert ImportRun.objects.get().status == "uploaded"


def test_a_meaning_nobody_offered_is_refused_and_never_an_error(as_coordinator: Client, house: Organisation) -> None:
    url = send(as_coordinator, "a.csv", b"Nama,Akun IG\nSekar,@sekar\n")
    data = filled(as_coordinator, url) | {"column_0": "quatsch:radio"}

    assert as_coordinator.post(url, data | {"look": "1"}).status_code == 200
    assert as_coordinator.post(url, data).status_code == 422


def test_what_was_remembered_can_be_forgotten(as_coordinator: Client, imported: Import) -> None:
    imported("a.csv", b"Nama,Akun IG,Domisili\nSekar,@sekar,Malang\n", Domisili="keep")
    url = send(as_coordinator, "b.csv", b"Nama,Akun IG,Domisili\nOka,@oka,Medan\n")
    run = ImportRun.objects.order_by("pk").last()
    assert run is not None
    assert run.columns["targets"][2] == "keep"
    assert "Forget what was remembered" in as_coordinator.get(url).content.decode()

    answer = as_coordinator.post(reverse("import-forget", args=[run.pk]), follow=True)

    run.refresh_from_db()
    assert run.columns["targets"] == ["name", "handle:instagram", "city"]
    assert ImportMapping.objects.count() == 0
    assert "Forget what was remembered" not in answer.content.decode()


def test_a_finished_import_forgets_nothing(as_coordinator: Client, imported: Import) -> None:
    run = imported("a.csv", b"Nama,Akun IG\nSekar,@sekar\n")

    as_coordinator.post(reverse("import-forget", args=[run.pk]))

    assert ImportMapping.objects.count() == 1
