"""The wizard's pages as a coordinator walks through them."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import Workbook

from crm.base.models import Organisation
from crm.influencers.models import ImportRow, ImportRun, Influencer
from tests.conftest import NOW
from tests.crm.influencers.imports.conftest import OWN, Import

pytestmark = pytest.mark.django_db

Commit = Callable[..., AbstractContextManager[list[Callable[[], object]]]]


def send(client: Client, name: str, data: bytes) -> str:
    """Upload a file and return where it leads."""
    answer = client.post(reverse("import-new"), {"file": SimpleUploadedFile(name, data)})
    assert answer.status_code == 302, answer.content.decode()
    return str(answer["Location"])


def filled(client: Client, url: str) -> dict[str, str]:
    """The form of a page as it stands, to be sent back."""
    form = client.get(url).context["form"]
    return {name: str(form[name].value() or "") for name in form.fields}


def test_a_coordinator_walks_from_the_file_to_the_people(
    as_coordinator: Client, house: Organisation, django_capture_on_commit_callbacks: Commit
) -> None:
    columns = send(as_coordinator, "kreator.csv", (OWN / "sheet.csv").read_bytes())
    run = ImportRun.objects.get()
    assert columns == reverse("import-columns", args=[run.pk])

    answer = as_coordinator.post(columns, filled(as_coordinator, columns))
    assert answer["Location"] == reverse("import-run", args=[run.pk])
    rehearsed = as_coordinator.get(answer["Location"]).content.decode()
    assert "A rehearsal: nothing is written yet." in rehearsed
    assert "Adds 8 people. Leaves 3 rows out." in rehearsed
    assert Influencer.objects.count() == 0

    with django_capture_on_commit_callbacks(execute=True):
        as_coordinator.post(reverse("import-confirm", args=[run.pk]))

    run.refresh_from_db()
    assert (run.status, run.counts["new"]) == ("done", 8)
    assert Influencer.objects.count() == 8
    done = as_coordinator.get(reverse("import-run", args=[run.pk])).content.decode()
    assert "Dinda Ayuningrum" in done
    person = Influencer.objects.get(stage_name="Tono Prakoso")
    assert f'href="{reverse("person", args=[person.pk])}"' in done


def test_the_columns_page_shows_samples_and_what_was_guessed(as_coordinator: Client, house: Organisation) -> None:
    url = send(as_coordinator, "kreator.csv", (OWN / "sheet.csv").read_bytes())

    page = as_coordinator.get(url)

    fields = page.context["form"].columns
    assert [(field.label, field.value()) for field in fields][:4] == [
        ("Nama KOL", "name"),
        ("Akun IG", "handle:instagram"),
        ("Akun TikTok", "handle:tiktok"),
        ("Jml Followers", "followers"),
    ]
    reading = page.context["columns"][3].reading
    assert [(sample.said, sample.read) for sample in reading.samples] == FOLLOWERS
    assert (reading.filled, reading.readable) == (7, 7)


FOLLOWERS = [("12,5 rb", "12,500"), ("1,2 jt", "1,200,000"), ("88.219", "88,219"), ("46025", "46,025")]


def test_accounts_of_an_unknown_platform_are_asked_for(as_coordinator: Client, house: Organisation) -> None:
    url = send(as_coordinator, "ranking.csv", b"AccountName,Name\nsekar,Sekar\n")
    data = filled(as_coordinator, url)
    assert data["platform"] == ""

    refused = as_coordinator.post(url, data)

    assert refused.status_code == 422
    assert refused.context["form"].errors == {"platform": ["On which platform are these accounts?"]}
    assert as_coordinator.post(url, data | {"platform": "tiktok"}).status_code == 302
    assert ImportRow.objects.get().facts["accounts"] == [["tiktok", "sekar"]]


def test_columns_without_a_name_or_account_are_refused_and_the_choice_is_kept(
    as_coordinator: Client, house: Organisation
) -> None:
    url = send(as_coordinator, "a.csv", b"Nama,Kota\nSekar,Malang\n")

    refused = as_coordinator.post(url, filled(as_coordinator, url) | {"column_0": "skip", "column_1": "city"})

    assert refused.status_code == 422
    said = refused.context["form"].non_field_errors()
    assert said == ["No column holds a name or an account. Choose one for at least one of them."]
    assert refused.context["form"]["column_0"].value() == "skip"
    assert ImportRun.objects.get().status == "uploaded"


def test_the_day_of_the_numbers_can_be_given(as_coordinator: Client, house: Organisation) -> None:
    url = send(as_coordinator, "instagram_2024_03.csv", (OWN / "instagram_2024_03.csv").read_bytes())
    data = filled(as_coordinator, url)
    assert data["counted_on"] == "2024-03-31"

    as_coordinator.post(url, data | {"counted_on": "2024-03-15"})

    counted_at = ImportRun.objects.get().counted_at
    assert counted_at is not None
    assert counted_at.isoformat() == "2024-03-14T17:00:00+00:00"


def test_another_sheet_of_a_workbook_can_be_read(as_coordinator: Client, house: Organisation) -> None:
    book = Workbook()
    book.worksheets[0].title = "Satu"
    book.worksheets[0].append(["Nama", "Akun IG"])
    book.worksheets[0].append(["Sekar", "@sekar"])
    other = book.create_sheet("Dua")
    other.append(["Nama", "Kota", "Akun TikTok"])
    other.append(["Oka", "Medan", "@oka"])
    other.append(["Vina", "Solo", "@vina"])
    written = BytesIO()
    book.save(written)
    send(as_coordinator, "dua.xlsx", written.getvalue())
    run = ImportRun.objects.get()
    assert (run.sheet, run.total) == ("Dua", 2)

    as_coordinator.post(reverse("import-sheet", args=[run.pk]), {"sheet": "Satu"})

    run.refresh_from_db()
    assert (run.sheet, run.total, run.columns["header"]) == ("Satu", 1, ["Nama", "Akun IG"])


def test_a_large_workbook_is_counted_by_the_rehearsal_in_the_background(
    as_coordinator: Client, house: Organisation, django_capture_on_commit_callbacks: Commit
) -> None:
    book = Workbook()
    book.worksheets[0].append(["Nama", "Akun IG"])
    for number in range(300):
        book.worksheets[0].append([f"Orang {number}", f"@orang.{number}"])
    written = BytesIO()
    book.save(written)
    url = send(as_coordinator, "besar.xlsx", written.getvalue())
    assert ImportRun.objects.get().total == 0

    with django_capture_on_commit_callbacks(execute=True):
        as_coordinator.post(url, filled(as_coordinator, url))

    run = ImportRun.objects.get()
    assert (run.status, run.total, run.counts["new"]) == ("rehearsed", 300, 300)


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("a.csv", b"", "The file is empty."),
        ("a.pdf", b"%PDF-1.7", "This is neither a CSV file nor an Excel workbook (.xlsx)."),
        ("a.csv", b"Nama,Akun\n", "The file has a header but no rows below it."),
    ],
)
def test_a_file_that_cannot_be_read_says_why_and_keeps_nothing(
    as_coordinator: Client, house: Organisation, name: str, data: bytes, message: str
) -> None:
    answer = as_coordinator.post(reverse("import-new"), {"file": SimpleUploadedFile(name, data)})

    assert answer.status_code == 422
    assert answer.context["form"].errors == {"file": [message]}
    assert ImportRun.objects.count() == 0


def test_no_file_at_all_is_said(as_coordinator: Client, house: Organisation) -> None:
    answer = as_coordinator.post(reverse("import-new"), {})

    assert answer.status_code == 422
    assert answer.context["form"].errors == {"file": ["This field is required."]}


def test_the_report_is_narrowed_by_verdict(as_coordinator: Client, rehearse: Import) -> None:
    run = rehearse("kreator.csv", (OWN / "sheet.csv").read_bytes())
    url = reverse("import-run", args=[run.pk])

    assert [line.number for line in as_coordinator.get(url).context["lines"]] == [4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14]
    assert [line.number for line in as_coordinator.get(f"{url}?verdict=rejected").context["lines"]] == [13, 14]
    tabs = as_coordinator.get(url).context["tabs"]
    assert [(str(tab["label"]), tab["count"]) for tab in tabs] == [
        ("All", "11"),
        ("New", "8"),
        ("Duplicate", "1"),
        ("Rejected", "2"),
    ]


def test_a_verdict_nobody_knows_shows_everything(as_coordinator: Client, rehearse: Import) -> None:
    run = rehearse("kreator.csv", (OWN / "sheet.csv").read_bytes())

    answer = as_coordinator.get(reverse("import-run", args=[run.pk]) + "?verdict=quatsch&page=99")

    assert answer.status_code == 200
    assert len(answer.context["lines"]) == 11


def test_rows_to_correct_are_downloaded_with_their_reason_and_without_live_formulas(
    as_coordinator: Client, rehearse: Import
) -> None:
    run = rehearse("kreator.csv", (OWN / "sheet.csv").read_bytes())

    answer = as_coordinator.get(reverse("import-trouble", args=[run.pk]))

    text = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    lines = text.splitlines()
    assert lines[0].startswith("Row,Verdict,Reason,Nama KOL,Akun IG")
    assert 'filename="kreator-rows.csv"' in answer["Content-Disposition"]
    assert {line.split(",")[0] for line in lines[1:] if line[0].isdigit()} == {
        "5",
        "6",
        "8",
        "9",
        "10",
        "12",
        "13",
        "14",
    }
    assert "\"'=HYPERLINK(" in text
    assert ",'@renee" not in text.replace("'@HTTPS", "")


def test_a_row_of_two_people_is_settled_on_the_report_and_goes_to_the_one_chosen(
    as_coordinator: Client, imported: Import, rehearse: Import, django_capture_on_commit_callbacks: Commit
) -> None:
    imported("a.csv", b"Nama,Akun IG,Akun TikTok\nSekar,@sekar,\nOka,,@oka\n")
    run = rehearse("b.csv", b"Nama,Akun IG,Akun TikTok,Kota\nSekar,@sekar,@oka,Malang\n")
    sekar, oka = Influencer.objects.order_by("pk")
    page = as_coordinator.get(reverse("import-run", args=[run.pk]))
    offered = page.context["lines"][0].person_form.fields["person"].choices
    assert [value for value, _label in offered] == ["", sekar.pk, oka.pk]

    as_coordinator.post(reverse("import-person", args=[run.pk, 2]), {"person": oka.pk})
    with django_capture_on_commit_callbacks(execute=True):
        as_coordinator.post(reverse("import-confirm", args=[run.pk]))

    oka.refresh_from_db()
    sekar.refresh_from_db()
    assert (oka.city, sekar.city) == ("Malang", "")
    row = run.rows.get()
    assert (row.verdict, row.influencer_ref) == ("update", oka.pk)
    assert Influencer.objects.count() == 2


def test_a_row_cannot_be_given_to_a_stranger(as_coordinator: Client, imported: Import, rehearse: Import) -> None:
    imported("a.csv", b"Nama,Akun IG,Akun TikTok\nSekar,@sekar,\nOka,,@oka\nVina,@vina,\n")
    run = rehearse("b.csv", b"Nama,Akun IG,Akun TikTok\nSekar,@sekar,@oka\n")
    vina = Influencer.objects.get(stage_name="Vina")

    answer = as_coordinator.post(reverse("import-person", args=[run.pk, 2]), {"person": vina.pk}, follow=True)

    assert "It is too late to choose, or that person is not one of the two." in answer.content.decode()
    assert run.rows.get().chosen_ref is None


def test_a_confirmed_import_is_not_confirmed_twice(
    as_coordinator: Client, rehearse: Import, django_capture_on_commit_callbacks: Commit
) -> None:
    run = rehearse("a.csv", b"Nama,Akun IG\nSekar,@sekar\n")
    for _click in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            answer = as_coordinator.post(reverse("import-confirm", args=[run.pk]), follow=True)

    assert "“a.csv” cannot go from Done to Being imported any more." in answer.content.decode()
    assert Influencer.objects.count() == 1


def test_progress_polls_itself_until_the_work_is_over(as_coordinator: Client, rehearse: Import) -> None:
    run = rehearse("a.csv", b"Nama,Akun IG\nSekar,@sekar\n")
    run.confirm(at=NOW, actor=_actor(run))
    url = reverse("import-progress", args=[run.pk])

    under_way = as_coordinator.get(url, headers={"HX-Request": "true"})
    assert f'hx-get="{url}"' in under_way.content.decode()
    assert "0 of 1" in under_way.content.decode()
    assert as_coordinator.get(url)["Location"] == reverse("import-run", args=[run.pk])
    page = as_coordinator.get(reverse("import-run", args=[run.pk])).content.decode()
    assert "Importing a.csv" in page

    run.finish(at=NOW, actor=_actor(run))
    over = as_coordinator.get(url, headers={"HX-Request": "true"})
    assert (over.content, over["HX-Redirect"]) == (b"", reverse("import-run", args=[run.pk]))


def _actor(run: ImportRun) -> object:
    from crm.timeline.record import Actor

    assert run.started_by is not None
    return Actor.user(run.started_by)


def test_a_run_that_stands_still_offers_to_call_a_worker_and_is_then_written(
    as_coordinator: Client, rehearse: Import, django_capture_on_commit_callbacks: Commit
) -> None:
    run = rehearse("a.csv", b"Nama,Akun IG\nSekar,@sekar\n")
    run.confirm(at=NOW, actor=_actor(run))
    ImportRun.objects.update(updated_at=NOW.replace(year=2020))
    page = as_coordinator.get(reverse("import-run", args=[run.pk])).content.decode()
    assert "Nobody seems to be working on it." in page
    assert "Waiting to go on: nobody is at it." in page

    with django_capture_on_commit_callbacks(execute=True):
        as_coordinator.post(reverse("import-continue", args=[run.pk]))

    run.refresh_from_db()
    assert run.status == "done"


def test_an_import_whose_file_is_gone_stops_with_a_reason(
    as_coordinator: Client, rehearse: Import, django_capture_on_commit_callbacks: Commit, tmp_path: Path
) -> None:
    run = rehearse("a.csv", b"Nama,Akun IG\nSekar,@sekar\n")
    run.reopen(at=NOW, actor=_actor(run))
    Path(run.file.path).unlink()

    answer = as_coordinator.get(reverse("import-columns", args=[run.pk]), follow=True)

    assert "The uploaded file is no longer there. Upload it again." in answer.content.decode()


def test_a_discarded_file_leaves_no_rows_and_no_file(as_coordinator: Client, rehearse: Import) -> None:
    run = rehearse("a.csv", b"Nama,Akun IG\nSekar,@sekar\n")
    path = Path(run.file.path)

    as_coordinator.post(reverse("import-discard", args=[run.pk]))

    run.refresh_from_db()
    assert (run.status, run.rows.count(), path.exists()) == ("discarded", 0, False)


def test_columns_of_a_finished_import_stay_as_they_are(as_coordinator: Client, imported: Import) -> None:
    run = imported("a.csv", b"Nama,Akun IG\nSekar,@sekar\n")

    answer = as_coordinator.post(reverse("import-columns", args=[run.pk]), {"column_0": "skip"})

    assert answer["Location"] == reverse("import-run", args=[run.pk])
    assert ImportRun.objects.get().columns["targets"] == ["name", "handle:instagram"]


def test_the_same_file_again_is_pointed_out(as_coordinator: Client, imported: Import) -> None:
    imported("a.csv", b"Nama,Akun IG\nSekar,@sekar\n")

    url = send(as_coordinator, "b.csv", b"Nama,Akun IG\nSekar,@sekar\n")

    assert "This very file was imported on" in as_coordinator.get(url).content.decode()


@pytest.mark.parametrize("name", ["imports", "import-new"])
def test_a_viewer_has_no_import(as_viewer: Client, name: str) -> None:
    assert as_viewer.get(reverse(name)).status_code == 403


@pytest.mark.parametrize("name", ["import-confirm", "import-discard", "import-continue"])
def test_a_viewer_changes_no_import(as_viewer: Client, rehearse: Import, name: str) -> None:
    run = rehearse("a.csv", b"Nama,Akun IG\nSekar,@sekar\n")

    assert as_viewer.post(reverse(name, args=[run.pk])).status_code == 403
    run.refresh_from_db()
    assert run.status == "rehearsed"


def test_past_imports_are_listed_with_the_same_queries_for_one_and_three(
    as_coordinator: Client, imported: Import, django_assert_num_queries: Callable[[int], AbstractContextManager[object]]
) -> None:
    url = reverse("imports")
    assert "No file has been imported yet" in as_coordinator.get(url).content.decode()
    imported("a.csv", b"Nama,Akun IG\nSekar,@sekar\n")
    as_coordinator.get(url)
    with django_assert_num_queries(LIST_QUERIES):
        one = as_coordinator.get(url)
    for name in ("b.csv", "c.csv"):
        imported(name, f"Nama,Akun IG\n{name},@{name}\n".encode())
    with django_assert_num_queries(LIST_QUERIES):
        three = as_coordinator.get(url)

    assert (len(one.context["page_obj"]), len(three.context["page_obj"])) == (1, 3)


def test_a_report_takes_the_same_queries_for_one_row_and_three(
    as_coordinator: Client, rehearse: Import, django_assert_num_queries: Callable[[int], AbstractContextManager[object]]
) -> None:
    one = rehearse("a.csv", b"Nama,Akun IG\nSekar,@sekar\n")
    three = rehearse("b.csv", b"Nama,Akun IG\nSekar,@sekar\nOka,@oka\nVina,@vina\n")
    for run in (one, three):
        url = reverse("import-run", args=[run.pk])
        as_coordinator.get(url)
        with django_assert_num_queries(REPORT_QUERIES):
            as_coordinator.get(url)


LIST_QUERIES = 4
REPORT_QUERIES = 8
