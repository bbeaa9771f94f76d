"""Taking an import back: what it made goes, what it changed returns, what somebody relies on stays with the reason."""

import datetime as dt
from collections.abc import Callable
from contextlib import AbstractContextManager
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection

from crm.influencers.actions.accounts import add_snapshot
from crm.influencers.actions.people import change_person
from crm.influencers.imports import actions
from crm.influencers.imports.taking_back.undoing import rehearse_taking_back, take_back
from crm.influencers.imports.taking_back.words import sentence
from crm.influencers.models import (
    ImportRow,
    ImportRun,
    Influencer,
    MetricSnapshot,
    Note,
    RateCard,
    Representation,
    SocialAccount,
)
from crm.influencers.tasks import import_influencers
from crm.outbox.models import Contact
from crm.timeline.models import Entry
from crm.timeline.record import SYSTEM
from crm.timeline.runs import STALLED_AFTER
from crm.timeline.transitions import TransitionRefused
from tests.conftest import NOW
from tests.crm.influencers.imports.conftest import OWN, Import

pytestmark = pytest.mark.django_db

Queries = Callable[..., AbstractContextManager[object]]

LATER = NOW + dt.timedelta(days=1)
HEAD = "Nama,Akun IG,Jml Followers,Kota,E-mail,No. WA,Niche,Rate Card,Catatan\n"
SEKAR = "Sekar,@sekar,1000,Malang,sekar@contoh.example,081200000001,make up,500rb,ramah\n"
OKA = "Oka,@oka,2000,Medan,oka@contoh.example,081200000002,food,1jt,cepat membalas\n"
TABLES = (Influencer, Representation, SocialAccount, MetricSnapshot, Note, RateCard)


def sheet(*rows: str) -> bytes:
    return (HEAD + "".join(rows)).encode()


def nobody_is_left() -> bool:
    """Contacts of colleagues apart, every table an import writes is empty."""
    rest = [model._base_manager.count() for model in (*TABLES, Influencer.niches.through)]
    return (sum(rest), Contact.objects.partners().count()) == (0, 0)


def undone(run: ImportRun, now: dt.datetime = LATER) -> ImportRun:
    run.refresh_from_db()
    run.take_back(by=None, at=now, actor=SYSTEM)
    assert take_back(run, now=now)
    return run


def outcomes(run: ImportRun) -> list[tuple[int, str, list[str]]]:
    return [(row.line, row.outcome, [sentence(one) for one in row.kept]) for row in run.rows.order_by("line")]


def on_file() -> dict[str, list[tuple[Any, ...]]]:
    """Everybody with everything an import can write, without keys and moments."""
    found = {
        "people": Influencer.objects.values_list(
            "stage_name", "legal_name", "city", "country", "birth_on", "main_niche__slug", "main_handle", "followers",
            "tier_code", "do_not_contact_why", "niches__slug",
        ),
        "contacts": Representation.objects.values_list(
            "influencer__stage_name", "contact__name", "contact__email", "contact__phone", "contact__whatsapp"
        ),
        "accounts": SocialAccount.objects.values_list("influencer__stage_name", "platform__code", "handle", "followers"),
        "figures": MetricSnapshot.objects.standing().values_list("account__handle", "taken_at", "followers"),
        "notes": Note.objects.values_list("influencer__stage_name", "kind", "text"),
        "rates": RateCard.objects.values_list("influencer__stage_name", "price", "as_said"),
    }  # fmt: skip
    return {name: sorted(rows, key=str) for name, rows in found.items()}


def test_people_it_made_go_with_all_it_said_about_them(imported: Import) -> None:
    run = imported("a.csv", sheet(SEKAR, OKA))
    assert Influencer.objects.count() == 2

    undone(run)

    assert nobody_is_left()
    assert (run.status, run.outcomes) == ("undone", {"removed": 2, "back": 0, "partly": 0, "kept": 0})
    assert outcomes(run) == [(2, "removed", []), (3, "removed", [])]


def test_each_of_them_has_one_line_in_the_story_that_stays(imported: Import) -> None:
    run = imported("a.csv", sheet(SEKAR))
    pk = Influencer.objects.get().pk

    undone(run)

    told = Entry.objects.filter(influencer_id=pk).order_by("pk").values_list("verb", "subject_label", "sentence_en")
    assert list(told) == [
        ("influencer.imported", "Sekar", "Imported from “a.csv”"),
        ("influencer.removed", "Sekar", "Removed again with the import “a.csv”"),
    ]


@pytest.mark.parametrize("name", ["sheet.csv", "instagram_2024_03.csv", "tiktok_2024_04.csv"])
def test_in_out_and_in_again_gives_the_same_rows(imported: Import, name: str) -> None:
    data = (OWN / name).read_bytes()
    first = imported(name, data)
    once = on_file()

    undone(first)
    assert Influencer.objects.count() == 0
    again = imported(name, data, now=LATER)

    assert on_file() == once
    assert again.counts == first.counts
    assert [row.verdict for row in again.rows.all()] == [row.verdict for row in first.rows.all()]


def test_out_and_in_again_over_people_known_before_gives_the_same_rows(imported: Import) -> None:
    imported("a.csv", b"Nama,Akun IG\nSekar,@sekar\nOka,@oka\n")
    before = on_file()
    run = imported("b.csv", sheet(SEKAR, OKA), now=LATER)
    after = on_file()

    undone(run)
    assert on_file() == before
    imported("b.csv", sheet(SEKAR, OKA), now=LATER)

    assert on_file() == after


def test_values_return_only_where_they_are_still_what_the_import_wrote(imported: Import) -> None:
    imported("a.csv", b"Nama,Akun IG,Kota,Nama Asli\nSekar,@sekar,Malang,Sekar Ayu\n")
    run = imported("b.csv", b"Nama,Akun IG,Kota,Nama Asli\nSekar,@sekar,Medan,Sekar Arum\n", replaces_known=True)
    person = Influencer.objects.get()
    person.city = "Solo"
    change_person(person, [], seen=person.updated_at, at=LATER, actor=SYSTEM)

    undone(run)

    person.refresh_from_db()
    assert (person.city, person.legal_name) == ("Solo", "Sekar Ayu")
    assert outcomes(run) == [(2, "partly", ["Changed since and left as it is: city."])]
    told = Entry.objects.get(verb="influencer.taken_back")
    assert told.changes == {"legal_name": ["Sekar Arum", "Sekar Ayu"]}


def test_a_stage_name_that_returns_is_found_by_its_look_alikes_again(imported: Import) -> None:
    imported("a.csv", b"Nama,Akun IG\nSekar Ayu,@sekar\n")
    run = imported("b.csv", b"Nama,Akun IG\nMelati Dewi,@sekar\n", replaces_known=True)

    undone(run)

    person = Influencer.objects.get()
    assert (person.stage_name, person.name_alike, person.keys_of) == ("Sekar Ayu", "ayu sekar", "Sekar Ayu")


def test_counts_are_withdrawn_not_deleted_and_the_account_follows_what_stands(imported: Import) -> None:
    first = imported("instagram_2024_03.csv", b"Name,AccountName,Followers\nSekar,sekar,800\n")
    small = Influencer.objects.get().tier_code
    second = imported("instagram_2024_04.csv", b"Name,AccountName,Followers\nSekar,sekar,20000\n")
    person = Influencer.objects.get()
    assert (person.followers, person.tier_code) == (20_000, "micro")

    undone(second)

    account = SocialAccount.objects.get()
    person.refresh_from_db()
    assert (account.followers, account.followers_at, person.followers) == (800, first.counted_at, 800)
    assert person.tier_code == small != "micro"
    found = MetricSnapshot.objects.order_by("taken_at").values_list("followers", "withdrawn_at")
    assert list(found) == [(800, None), (20_000, LATER)]


def test_imports_are_taken_back_in_any_order_as_far_as_newer_ones_allow(imported: Import) -> None:
    first = imported("instagram_2024_03.csv", b"Name,AccountName,Followers\nSekar,sekar,800\n")
    second = imported("instagram_2024_04.csv", b"Name,AccountName,Followers\nSekar,sekar,20000\n")

    undone(first)
    assert outcomes(first) == [
        (
            2,
            "kept",
            [
                "“instagram_2024_04.csv” changed her since. Take that import back first.",
                "Something was added to it since: metric snapshots.",
            ],
        )
    ]
    assert first.may_be_taken_back

    undone(second)
    undone(first, LATER + dt.timedelta(minutes=1))

    assert outcomes(first) == [(2, "removed", [])]
    assert not first.may_be_taken_back
    assert nobody_is_left()


def test_a_count_typed_by_hand_keeps_account_and_person(imported: Import) -> None:
    run = imported("a.csv", sheet(SEKAR, OKA))
    account = SocialAccount.objects.get(handle="sekar")
    add_snapshot(MetricSnapshot(account=account, taken_at=LATER, followers=1_500), at=LATER, actor=SYSTEM)

    undone(run)

    assert list(Influencer.objects.values_list("stage_name", flat=True)) == ["Sekar"]
    assert run.outcomes == {"removed": 1, "back": 0, "partly": 0, "kept": 1}
    assert Note.objects.count() == 1


def test_whoever_somebody_edited_stays_and_the_reason_names_him(imported: Import, coordinator: Any) -> None:
    from crm.timeline.record import Actor

    run = imported("a.csv", sheet(SEKAR))
    person = Influencer.objects.get()
    person.city = "Solo"
    change_person(person, [], seen=person.updated_at, at=LATER, actor=Actor.user(coordinator))

    undone(run)

    [(_line, outcome, said)] = outcomes(run)
    assert outcome == "kept"
    assert said == [f"{coordinator.get_short_name()} changed something about her on 25 November 2026."]
    assert Influencer.objects.get().city == "Solo"


def test_a_changed_note_stays_and_the_rest_of_somebody_known_goes(imported: Import) -> None:
    imported("a.csv", b"Nama,Akun IG\nSekar,@sekar\n")
    run = imported("b.csv", sheet(SEKAR))
    note = Note.objects.get()
    note.text = "ramah sekali"
    note.save()

    undone(run)

    assert outcomes(run) == [(2, "partly", ["Changed since and left as it is: notes."])]
    person = Influencer.objects.get()
    left = (Note.objects.count(), RateCard.objects.count(), person.niches.count(), Contact.objects.partners().count())
    assert left == (1, 0, 0, 0)
    assert (person.city, person.followers) == ("", None)


def test_a_wish_to_be_left_alone_is_lifted_only_if_the_import_set_it(imported: Import) -> None:
    imported("a.csv", b"Nama,Akun IG\nSekar,@sekar\nOka,@oka\n")
    bars = b"Nama,Akun IG,Catatan\nSekar,@sekar,jangan dihubungi\nOka,@oka,jangan dihubungi lagi\n"
    run = imported("b.csv", bars)
    assert Influencer.objects.filter(do_not_contact_at=NOW).count() == 2
    Influencer.objects.filter(stage_name="Oka").update(do_not_contact_why="Ia sendiri yang meminta")

    undone(run)

    sekar, oka = Influencer.objects.order_by("pk")
    assert (sekar.do_not_contact_at, sekar.do_not_contact_why) == (None, "")
    assert (oka.do_not_contact_at, oka.do_not_contact_why) == (NOW, "Ia sendiri yang meminta")
    assert outcomes(run)[1] == (3, "partly", ["Changed since and left as it is: do not contact."])


def test_somebody_merged_since_stays_until_they_are_parted(imported: Import) -> None:
    run = imported("a.csv", sheet(SEKAR))
    other = Influencer.objects.create(stage_name="Melati")
    Influencer.objects.filter(stage_name="Sekar").update(merged_into=other)

    undone(run)

    assert outcomes(run) == [(2, "kept", ["She was merged with somebody else since. Part the two first."])]
    assert Influencer.objects.count() == 2


def test_the_rehearsal_says_the_same_and_writes_nothing(imported: Import) -> None:
    run = imported("a.csv", sheet(SEKAR, OKA))
    note = Note.objects.first()
    assert note is not None
    note.pinned_at = NOW
    note.save()
    before, entries = on_file(), Entry.objects.count()

    said = [
        (verdict.row.line, verdict.outcome, verdict.kept)
        for verdict in rehearse_taking_back(run, run.rows.wrote_something().order_by("line"))
    ]

    assert (on_file(), Entry.objects.count()) == (before, entries)
    undone(run)
    found = run.rows.order_by("line").values_list("line", "outcome", "kept")
    assert [(line, outcome, [list(one) for one in kept]) for line, outcome, kept in said] == list(found)


def test_an_import_is_not_taken_back_twice_at_once(imported: Import) -> None:
    run = imported("a.csv", sheet(SEKAR))
    same = ImportRun.objects.get(pk=run.pk)
    run.take_back(by=None, at=LATER, actor=SYSTEM)

    with pytest.raises(TransitionRefused):
        same.take_back(by=None, at=LATER, actor=SYSTEM)

    assert Influencer.objects.count() == 1


@pytest.mark.parametrize("status", ["rehearsed", "confirmed", "failed", "discarded"])
def test_only_a_finished_import_is_taken_back(rehearse: Import, status: str) -> None:
    run = rehearse("a.csv", sheet(SEKAR))
    ImportRun.objects.update(status=status)
    run.refresh_from_db()

    assert not run.may_be_taken_back
    with pytest.raises(TransitionRefused):
        run.take_back(by=None, at=LATER, actor=SYSTEM)


def test_a_run_whose_worker_died_is_taken_up_and_finished(imported: Import) -> None:
    run = imported("a.csv", sheet(SEKAR, OKA))
    run.take_back(by=None, at=LATER, actor=SYSTEM)
    ImportRun.objects.update(updated_at=LATER - STALLED_AFTER * 2)

    assert actions.take_up_stalled(LATER) == 1

    run.refresh_from_db()
    assert (run.status, Influencer.objects.count()) == ("undone", 0)


def test_a_worker_rung_twice_takes_back_once(imported: Import) -> None:
    run = imported("a.csv", sheet(SEKAR))
    run.take_back(by=None, at=NOW, actor=SYSTEM)

    import_influencers(run_id=run.pk)
    import_influencers(run_id=run.pk)

    assert Entry.objects.filter(verb="influencer.removed").count() == 1
    assert Entry.objects.filter(verb="import.undone").count() == 1


def test_a_batch_takes_the_same_queries_for_one_row_and_three(
    imported: Import, django_assert_num_queries: Queries
) -> None:
    for rows, start in ((1, 0), (3, 10)):
        lines = [f"Orang {n},@orang.{n},1000" for n in range(start, start + rows)]
        run = imported(f"{rows}.csv", "\n".join(["Nama,Akun IG,Followers", *lines]).encode())
        run.take_back(by=None, at=LATER, actor=SYSTEM)
        with django_assert_num_queries(TAKE_BACK_QUERIES[connection.vendor]):
            take_back(run, now=LATER)


TAKE_BACK_QUERIES = {"sqlite": 101, "postgresql": 102}


def test_prices_are_taken_back_with_the_row(imported: Import) -> None:
    imported("a.csv", b"Nama,Akun IG\nSekar,@sekar\n")
    run = imported("b.csv", b"Nama,Akun IG,Rate Card\nSekar,@sekar,1.500.000\n")
    assert RateCard.objects.get().price.amount == Decimal("1500000")

    undone(run)

    assert RateCard.objects.count() == 0
    assert ImportRow.objects.get(run=run).outcome == "back"
