"""Taking an import back as a coordinator does it, in the browser and on the command line."""

import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.urls import reverse

from crm.influencers.models import ImportRun, Influencer, Note
from tests.conftest import NOW
from tests.crm.influencers.imports.conftest import Import

pytestmark = pytest.mark.django_db

Commit = Callable[..., AbstractContextManager[list[Callable[[], object]]]]
Queries = Callable[..., AbstractContextManager[object]]
TWO = b"Nama,Akun IG,Catatan\nSekar,@sekar,ramah\nOka,@oka,cepat\n"


def held(run: ImportRun) -> None:
    """Somebody pins the note about Sekar."""
    note = Note.objects.get(influencer__stage_name="Sekar")
    note.pinned_at = NOW
    note.save()


def test_a_coordinator_sees_what_would_happen_and_takes_the_import_back(
    as_coordinator: Client, imported: Import, django_capture_on_commit_callbacks: Commit
) -> None:
    run = imported("a.csv", TWO)
    held(run)
    url = reverse("import-undo", args=[run.pk])
    assert f'href="{url}"' in as_coordinator.get(reverse("import-run", args=[run.pk])).content.decode()

    page = as_coordinator.get(url)
    assert page.context["question"] == "Removes 1 person. 1 row stays as it is."
    assert [(line.number, line.outcome, line.sentences) for line in page.context["lines"]] == [
        (2, "Stays", ["Changed since and left as it is: notes."]),
        (3, "Removed", []),
    ]
    assert Influencer.objects.count() == 2

    with django_capture_on_commit_callbacks(execute=True):
        answer = as_coordinator.post(url)

    assert answer["Location"] == reverse("import-run", args=[run.pk])
    done = as_coordinator.get(answer["Location"])
    assert [(str(fact["label"]), fact["value"]) for fact in done.context["summary"]] == [
        ("Removed", 1),
        ("Put back", 0),
        ("Put back in part", 0),
        ("Stays", 1),
    ]
    assert "by Dinda" in done.content.decode()
    assert list(Influencer.objects.values_list("stage_name", flat=True)) == ["Sekar"]


def test_what_stays_is_downloaded_before_and_after(
    as_coordinator: Client, imported: Import, django_capture_on_commit_callbacks: Commit
) -> None:
    run = imported("a.csv", TWO)
    held(run)
    said = [
        "Row,Person,Accounts,Outcome,Why",
        "2,Sekar,instagram:@sekar,Stays,Changed since and left as it is: notes.",
    ]
    assert downloaded(as_coordinator, run) == said

    with django_capture_on_commit_callbacks(execute=True):
        as_coordinator.post(reverse("import-undo", args=[run.pk]))

    assert downloaded(as_coordinator, run) == said


def downloaded(client: Client, run: ImportRun) -> list[str]:
    answer = client.get(reverse("import-kept", args=[run.pk]))
    return b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()  # type: ignore[attr-defined]


def test_the_rest_is_taken_back_once_nothing_keeps_it(
    as_coordinator: Client, imported: Import, django_capture_on_commit_callbacks: Commit
) -> None:
    run = imported("a.csv", TWO)
    held(run)
    url = reverse("import-undo", args=[run.pk])
    with django_capture_on_commit_callbacks(execute=True):
        as_coordinator.post(url)
    assert f'href="{url}"' in as_coordinator.get(reverse("import-run", args=[run.pk])).content.decode()
    Note.objects.all().delete()

    with django_capture_on_commit_callbacks(execute=True):
        as_coordinator.post(url)

    assert Influencer.objects.count() == 0
    again = as_coordinator.get(url)
    assert again["Location"] == reverse("import-run", args=[run.pk])


def test_pressed_twice_the_second_is_told_and_nothing_happens_twice(
    as_coordinator: Client, imported: Import, django_capture_on_commit_callbacks: Commit
) -> None:
    run = imported("a.csv", TWO)
    url = reverse("import-undo", args=[run.pk])
    as_coordinator.post(url)

    answer = as_coordinator.post(url, follow=True)

    assert "“a.csv” cannot go from Being taken back to Being taken back any more." in answer.content.decode()
    assert "Taking back a.csv" in answer.content.decode()
    assert Influencer.objects.count() == 2


def test_outcomes_are_narrowed_and_unknown_ones_show_everything(as_coordinator: Client, imported: Import) -> None:
    run = imported("a.csv", TWO)
    held(run)
    url = reverse("import-undo", args=[run.pk])

    assert [line.number for line in as_coordinator.get(f"{url}?outcome=kept").context["lines"]] == [2]
    assert as_coordinator.get(f"{url}?outcome=quatsch&page=99").status_code == 200


def test_a_rehearsed_file_has_nothing_to_take_back(as_coordinator: Client, rehearse: Import) -> None:
    run = rehearse("a.csv", TWO)

    assert as_coordinator.get(reverse("import-undo", args=[run.pk]))["Location"] == reverse("import-run", args=[run.pk])
    as_coordinator.post(reverse("import-undo", args=[run.pk]))
    run.refresh_from_db()
    assert run.status == "rehearsed"


def test_a_viewer_takes_nothing_back(as_viewer: Client, imported: Import) -> None:
    run = imported("a.csv", TWO)

    assert as_viewer.get(reverse("import-undo", args=[run.pk])).status_code == 403
    assert as_viewer.post(reverse("import-undo", args=[run.pk])).status_code == 403
    assert Influencer.objects.count() == 2


def test_people_who_were_removed_are_no_links_on_later_reports(
    as_coordinator: Client, imported: Import, django_capture_on_commit_callbacks: Commit
) -> None:
    first, second = imported("a.csv", TWO), imported("b.csv", TWO)
    with django_capture_on_commit_callbacks(execute=True):
        as_coordinator.post(reverse("import-undo", args=[first.pk]))

    lines = as_coordinator.get(reverse("import-run", args=[second.pk])).context["lines"]

    assert [(line.name, line.person_url) for line in lines] == [("Sekar", ""), ("Oka", "")]


def test_the_rehearsal_takes_the_same_queries_for_one_row_and_three(
    as_coordinator: Client, imported: Import, django_assert_num_queries: Queries
) -> None:
    one = imported("a.csv", b"Nama,Akun IG\nSekar,@sekar\n")
    three = imported("b.csv", b"Nama,Akun IG\nOka,@oka\nVina,@vina\nTono,@tono\n")
    for run in (one, three):
        url = reverse("import-undo", args=[run.pk])
        as_coordinator.get(url)
        with django_assert_num_queries(PAGE_QUERIES[connection.vendor]):
            as_coordinator.get(url)


PAGE_QUERIES = {"sqlite": 69, "postgresql": 70}


def report(*words: object) -> dict[str, Any]:
    out = StringIO()
    call_command("import_influencers", *map(str, words), "--json", stdout=out)
    found: dict[str, Any] = json.loads(out.getvalue())
    return found


def test_the_command_rehearses_and_takes_back(imported: Import) -> None:
    run = imported("a.csv", TWO)
    held(run)
    oka = Influencer.objects.get(stage_name="Oka").pk
    rows = [
        {
            "row": 2,
            "outcome": "kept",
            "name": "Sekar",
            "person": Influencer.objects.get(stage_name="Sekar").pk,
            "why": ["Changed since and left as it is: notes."],
        },
        {"row": 3, "outcome": "removed", "name": "Oka", "person": oka, "why": []},
    ]
    outcomes = {"removed": 1, "back": 0, "partly": 0, "kept": 1}

    dry = report("--undo", run.pk, "--dry-run")
    assert dry == {
        "run": run.pk, "file": "a.csv", "status": "done", "outcomes": outcomes, "rows": rows, "dry_run": True
    }  # fmt: skip
    assert Influencer.objects.count() == 2

    done = report("--undo", run.pk)
    assert done == dry | {"status": "undone", "dry_run": False}
    assert Influencer.objects.count() == 1


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--undo", "999999"], "There is no import 999999."),
        ([], "Give a file to import, or --undo with the number of an import to take back."),
        (["a.csv", "--undo", "1"], "Give a file to import, or --undo with the number of an import to take back."),
    ],
)
def test_what_the_command_cannot_do_is_said(words: list[str], message: str) -> None:
    with pytest.raises(CommandError) as refused:
        call_command("import_influencers", *words)

    assert str(refused.value) == message


def test_the_command_takes_nothing_back_twice(imported: Import) -> None:
    run = imported("a.csv", TWO)
    report("--undo", run.pk)

    with pytest.raises(CommandError) as refused:
        call_command("import_influencers", "--undo", str(run.pk))

    assert str(refused.value) == "Nothing of “a.csv” can be taken back: it is undone."
