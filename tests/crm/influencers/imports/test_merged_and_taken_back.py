"""Merging and taking an import back in either order: nobody loses anything, and once parted all goes as before."""

import datetime as dt

import pytest

from crm.influencers.actions.details import add_detail
from crm.influencers.merging.actions import MergeRefused, merge, part
from crm.influencers.models import ImportRun, Influencer, Merge, Note, RateCard, SocialAccount
from crm.timeline.record import SYSTEM
from tests.conftest import NOW
from tests.crm.influencers.imports.conftest import Import
from tests.crm.influencers.imports.test_taking_back import LATER, OKA, SEKAR, nobody_is_left, on_file, outcomes, sheet
from tests.crm.influencers.imports.test_taking_back import undone as undone_at

pytestmark = pytest.mark.django_db

HOUR = dt.timedelta(hours=1)
MERGED = "She was merged with somebody else since. Part the two first."


def undone(run: ImportRun, now: dt.datetime = LATER) -> list[tuple[int, str, list[str]]]:
    return outcomes(undone_at(run, now))


def person(name: str) -> Influencer:
    return Influencer.objects.get(stage_name=name)


def merged(goes: str, stays: str, at: dt.datetime = NOW + HOUR) -> Merge:
    choices = {"person_stage_name": "stays"}
    return merge(person(stays).pk, person(goes).pk, choices, at=at, actor=SYSTEM)


def test_whoever_the_import_made_and_goes_on_as_another_stays_until_parted(imported: Import) -> None:
    Influencer.objects.create(stage_name="Melati")
    run = imported("a.csv", sheet(SEKAR))
    before = on_file()
    done = merged("Sekar", "Melati")
    together = on_file()

    assert undone(run) == [(2, "kept", [MERGED])]
    assert on_file() == together

    part(done, at=LATER + HOUR, actor=SYSTEM)
    assert on_file() == before

    assert undone(run, LATER + 2 * HOUR) == [(2, "removed", [])]
    assert list(Influencer.objects.values_list("stage_name", flat=True)) == ["Melati"]
    assert (Note.objects.count(), SocialAccount.objects.count(), RateCard.objects.count()) == (0, 0, 0)


def test_whoever_the_import_made_and_took_another_in_stays_until_parted(imported: Import) -> None:
    Influencer.objects.create(stage_name="Melati")
    run = imported("a.csv", sheet(SEKAR))
    done = merged("Melati", "Sekar")

    assert undone(run) == [(2, "kept", [MERGED])]

    part(done, at=LATER + HOUR, actor=SYSTEM)

    assert undone(run, LATER + 2 * HOUR) == [(2, "removed", [])]
    assert list(Influencer.objects.values_list("stage_name", flat=True)) == ["Melati"]


def test_two_of_one_import_who_were_merged_both_stay_until_parted(imported: Import) -> None:
    run = imported("a.csv", sheet(SEKAR, OKA))
    done = merged("Sekar", "Oka")

    assert undone(run) == [(2, "kept", [MERGED]), (3, "kept", [MERGED])]

    part(done, at=LATER + HOUR, actor=SYSTEM)

    assert undone(run, LATER + 2 * HOUR) == [(2, "removed", []), (3, "removed", [])]
    assert nobody_is_left()


def test_what_came_to_the_other_while_they_were_one_keeps_nobody_after_parting(imported: Import) -> None:
    Influencer.objects.create(stage_name="Melati")
    run = imported("a.csv", sheet(SEKAR))
    done = merged("Sekar", "Melati")
    added = Note(influencer=person("Melati"), kind=Note.Kind.NOTE, text="suka teh")
    add_detail(added, at=LATER, actor=SYSTEM)

    part(done, at=LATER + HOUR, actor=SYSTEM)

    assert undone(run, LATER + 2 * HOUR) == [(2, "removed", [])]
    assert list(Note.objects.values_list("influencer__stage_name", "text")) == [("Melati", "suka teh")]


def test_whatever_an_import_added_to_who_stays_goes_while_the_two_are_one(imported: Import) -> None:
    imported("a.csv", b"Nama,Akun IG\nSekar,@sekar\nMelati,@melati\n")
    before = on_file()
    run = imported("b.csv", sheet(SEKAR))
    done = merged("Melati", "Sekar")

    assert undone(run) == [(2, "back", [])]
    assert person("Sekar").accounts.count() == 2

    part(done, at=LATER + HOUR, actor=SYSTEM)
    assert on_file() == before


def test_taken_back_first_then_merged_and_parted_leaves_nothing_of_the_file(imported: Import) -> None:
    imported("a.csv", b"Nama,Akun IG\nSekar,@sekar\nMelati,@melati\n")
    before = on_file()
    run = imported("b.csv", sheet(SEKAR))

    assert undone(run) == [(2, "back", [])]
    done = merged("Sekar", "Melati", LATER + HOUR)
    assert person("Melati").accounts.count() == 2
    part(done, at=LATER + 2 * HOUR, actor=SYSTEM)

    assert on_file() == before


def test_whoever_was_taken_back_is_nobody_to_merge_with(imported: Import) -> None:
    Influencer.objects.create(stage_name="Melati")
    run = imported("a.csv", sheet(SEKAR))
    gone = person("Sekar").pk
    undone(run)
    before = on_file()

    with pytest.raises(MergeRefused, match="still here"):
        merge(person("Melati").pk, gone, {}, at=LATER + HOUR, actor=SYSTEM)

    assert (on_file(), Merge.objects.count()) == (before, 0)
