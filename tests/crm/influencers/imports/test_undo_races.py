"""Taking an import back while others are at work on the same people, in sessions of their own."""

import datetime as dt
import threading
from collections.abc import Callable

import pytest
from django.db import IntegrityError, connection, transaction

from crm.influencers.imports.taking_back.undoing import take_back
from crm.influencers.imports.writing import write
from crm.influencers.models import ImportRun, Influencer, Note, SocialAccount
from crm.timeline.models import Entry
from crm.timeline.record import SYSTEM, record
from crm.timeline.transitions import TransitionRefused
from tests.conftest import NOW
from tests.crm.influencers.imports.conftest import Import
from tests.races import let_go

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]

PEOPLE = 40
LATER = NOW + dt.timedelta(hours=1)


@pytest.fixture(autouse=True)
def several_writers() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite lets one writer in at a time")


def many(city: str) -> bytes:
    lines = [f"Orang {n},@orang.{n},{city}" for n in range(PEOPLE)]
    return "\n".join(["Nama,Akun IG,Kota", *lines]).encode()


def at_once(*works: Callable[[], object]) -> list[object]:
    """Run all of them in sessions of their own, from one starting shot; what each came to."""
    ready, found = threading.Barrier(len(works)), [object()] * len(works)

    def run(at: int, work: Callable[[], object]) -> None:
        try:
            ready.wait(timeout=60)
            found[at] = work()
        except TransitionRefused:
            found[at] = "refused"
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=one) for one in enumerate(works)]
    let_go(threads)
    return found


def begin(pk: int) -> str:
    ImportRun.objects.get(pk=pk).take_back(by=None, at=NOW, actor=SYSTEM)
    return "began"


def test_of_eight_who_take_an_import_back_one_begins(imported: Import) -> None:
    run = imported("a.csv", many("Malang"))

    came_to = at_once(*[lambda: begin(run.pk)] * 8)

    assert sorted(map(str, came_to)) == ["began", *["refused"] * 7]
    assert Entry.objects.filter(verb="import.undoing").count() == 1


def test_workers_who_take_the_same_import_back_take_turns(imported: Import) -> None:
    run = imported("a.csv", many("Malang"))
    begin(run.pk)

    at_once(*[lambda: take_back(ImportRun.objects.get(pk=run.pk), now=NOW)] * 4)

    run.refresh_from_db()
    assert (run.status, run.outcomes["removed"], Influencer.objects.count()) == ("undone", PEOPLE, 0)
    assert Entry.objects.filter(verb="influencer.removed").count() == PEOPLE
    assert Entry.objects.filter(verb="import.undone").count() == 1


def test_an_import_of_the_same_people_beside_it_loses_nobody_and_doubles_nobody(
    imported: Import, rehearse: Import
) -> None:
    first = imported("a.csv", many("Malang"))
    second = rehearse("b.csv", many("Medan"), replaces_known=True)
    second.confirm(at=NOW, actor=SYSTEM)
    begin(first.pk)

    at_once(
        lambda: take_back(ImportRun.objects.get(pk=first.pk), now=NOW),
        lambda: write(ImportRun.objects.get(pk=second.pk), now=NOW),
    )

    first.refresh_from_db()
    second.refresh_from_db()
    # Either she was gone already and is made anew, or she was changed first and stays.
    assert (first.status, second.status) == ("undone", "done")
    assert first.outcomes["removed"] == second.counts["new"]
    assert first.outcomes["kept"] == second.counts["update"]
    assert SocialAccount.objects.count() == PEOPLE
    assert set(Influencer.objects.values_list("city", flat=True)) == {"Medan"}
    assert Influencer.objects.count() == PEOPLE


def test_what_somebody_adds_at_that_moment_never_hangs_in_the_air(imported: Import) -> None:
    run = imported("a.csv", b"Nama,Akun IG\nSekar,@sekar\nOka,@oka\n")
    sekar = Influencer.objects.get(stage_name="Sekar")
    begin(run.pk)
    added = threading.Event()

    def add() -> str:
        try:
            with transaction.atomic():
                Note.objects.create(influencer=sekar, text="baru")
                record("note.added", "Added a note", at=LATER, actor=SYSTEM, subject=sekar, influencer=sekar)
                added.set()
        except IntegrityError:
            return "refused"
        return "added"

    def undo() -> bool:
        assert added.wait(timeout=10)
        return take_back(ImportRun.objects.get(pk=run.pk), now=NOW)

    said, undone = at_once(add, undo)

    left = list(Influencer.objects.values_list("stage_name", flat=True))
    assert undone is True
    # Whoever came first: she stays with the note, or she is gone and the note is refused.
    assert (said, left, Note.objects.count()) in [("added", ["Sekar"], 1), ("refused", [], 0)]
