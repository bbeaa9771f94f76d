"""Small invented files with the mess of real ones: nothing outside the project is needed."""

import datetime as dt

import pytest
from django.db import connection

from crm.exclusivity.models import OutsideDeal
from crm.influencers.imports.remarks import Remark
from crm.influencers.majority import is_minor
from crm.influencers.models import ImportRow, ImportRun, Influencer, MetricSnapshot, Note, SocialAccount
from crm.outbox.models import Contact
from crm.timeline.models import Entry
from tests.conftest import NOW
from tests.crm.influencers.imports.conftest import OWN, Import

pytestmark = pytest.mark.django_db


def said(row: ImportRow) -> list[str]:
    return [Remark(*reason).sentence for reason in row.reasons]


def reasons(run: ImportRun) -> dict[int, tuple[str, list[str]]]:
    return {row.line: (row.verdict, said(row)) for row in run.rows.all()}


def test_every_row_of_a_messy_sheet_gets_a_verdict_and_a_reason(rehearse: Import) -> None:
    run = rehearse("kreator.csv", (OWN / "sheet.csv").read_bytes())

    new = "Nobody has this account yet."
    assert reasons(run) == {
        4: ("new", [new, "Catatan: Marked as do not contact."]),
        5: (
            "new",
            [
                new,
                "E-mail: “tono@contoh” is not an e-mail address; kept as a note.",
                "Rate card: “Nego”: the price is negotiable; kept as a note.",
                "Tgl lahir: Under 18: a guardian is needed before anything is signed.",
                "Catatan: Says exclusive: Kala, 30 June 2027. Kept as work for another brand.",
            ],
        ),
        6: (
            "new",
            [
                new,
                "Tgl lahir: “31/02/1998” is a day that does not exist; kept as a note.",
                "ER: “0.031” was read as a fraction (0.031 is 3.1%).",
            ],
        ),
        7: (
            "new",
            [
                new,
                "Same name as row 6, but another account: another person.",
                "No. WA: “8069582865” is not a number in use; check it.",
            ],
        ),
        8: (
            "duplicate",
            [
                "Same account as row 4, which counts.",
                "It differs there: figures.",
                "Catatan: Marked as do not contact.",
            ],
        ),
        9: (
            "new",
            [
                new,
                'Nama KOL: “=HYPERLINK("http://jahat.example")” is a formula; it was not run and is kept as a note.',
                "No name given: the handle stands in.",
            ],
        ),
        10: (
            "new",
            [
                "Nobody is called that yet.",
                "Rate card: “1 reel 3 story 2,8jt nett” are terms in words; kept as a note.",
            ],
        ),
        11: ("new", ["Nobody is called that yet.", "The row has fewer columns than the header."]),
        12: (
            "new",
            [new, "The row has more columns than the header; “teks di luar tabel” is kept as a note."],
        ),
        13: (
            "rejected",
            [
                "The row has neither a name nor a handle.",
                "Jml Followers: “9K” belongs to no account in this row; kept as a note.",
            ],
        ),
        14: ("rejected", ["The row is empty."]),
    }
    assert run.counts == {"new": 8, "update": 0, "unchanged": 0, "duplicate": 1, "conflict": 0, "rejected": 2}


def test_a_rehearsal_writes_nothing_about_people(rehearse: Import) -> None:
    run = rehearse("kreator.csv", (OWN / "sheet.csv").read_bytes())

    assert run.status == ImportRun.Status.REHEARSED
    assert Influencer.objects.count() == 0
    assert SocialAccount.objects.count() == 0
    assert MetricSnapshot.objects.count() == 0
    assert Note.objects.count() == 0
    assert Contact.objects.filter(kind=Contact.Kind.PERSON).count() == 0
    assert Entry.objects.filter(influencer__isnull=False).count() == 0


def test_one_person_of_the_sheet_is_filed_in_full(imported: Import) -> None:
    run = imported("kreator.csv", (OWN / "sheet.csv").read_bytes())

    person = Influencer.objects.get(accounts__handle="tono.prakoso", accounts__platform__code="instagram")
    assert (person.stage_name, person.city, person.zone, str(person.birth_on)) == (
        "Tono Prakoso",
        "Denpasar",
        "Asia/Makassar",
        "2011-06-01",
    )
    assert (person.main_handle, person.followers, person.tier_code) == ("tono.prakoso", 1_200_000, "celebrity")
    assert person.main_platform is not None
    assert person.main_platform.code == "instagram"
    assert person.main_niche is not None
    assert person.main_niche.slug == "sport"
    assert is_minor(person, NOW.date())
    contact = Contact.objects.get(representations__influencer=person)
    assert (contact.name, contact.email, str(contact.phone), str(contact.whatsapp), contact.prefers) == (
        "Tono Prakoso",
        "",
        "+6281394559593",
        "+6281394559593",
        "whatsapp",
    )
    assert [(note.kind, note.text, note.facts) for note in person.notes.order_by("pk")] == [
        ("unread", "E-mail: tono@contoh\nRate card: Nego", {}),
    ]
    deal = OutsideDeal.objects.get(influencer=person)
    assert (deal.brand_name, deal.end_on, deal.is_exclusive, deal.source, deal.as_said, deal.import_run) == (
        "Kala",
        dt.date(2027, 6, 30),
        True,
        "imported",
        "exclusive brand Kala s/d 30/06/2027",
        run,
    )
    told = Entry.objects.get(influencer=person, verb__startswith="influencer.")
    assert (told.verb, told.sentence_en, told.actor_label) == (
        "influencer.imported",
        "Imported from “kreator.csv”",
        "Dinda",
    )
    row = run.rows.get(line=5)
    assert row.influencer_ref == person.pk
    assert row.written_at == NOW
    assert row.changed["created"]["accounts"] == list(person.accounts.order_by("pk").values_list("pk", flat=True))


def test_somebody_without_address_or_number_gets_no_empty_contact(imported: Import) -> None:
    run = imported("kreator.csv", (OWN / "sheet.csv").read_bytes())

    given = {row.line for row in run.rows.all() if "contact" in row.changed.get("created", {})}
    assert given == {4, 5, 6, 7, 10}
    assert Contact.objects.filter(kind=Contact.Kind.PERSON).count() == 5


def test_do_not_contact_is_set_with_the_words_that_ask_for_it(imported: Import) -> None:
    imported("kreator.csv", (OWN / "sheet.csv").read_bytes())

    person = Influencer.objects.get(stage_name="Renée Kusnadi")
    assert (person.do_not_contact_at, person.do_not_contact_why) == (NOW, "JANGAN DIHUBUNGI")
    assert not person.may_be_contacted(NOW.date())


def test_a_range_of_prices_keeps_both_ends_and_the_words(imported: Import) -> None:
    imported("kreator.csv", (OWN / "sheet.csv").read_bytes())

    rate = Influencer.objects.get(accounts__handle="sinta.halim_id").rates.get()
    assert (rate.price.amount, rate.price_to, rate.format and rate.format.code, rate.as_said) == (
        2_000_000,
        None,
        "reel",
        "2jt/reel",
    )
    rate = Influencer.objects.filter(accounts__handle="sinta.halim").distinct().get().rates.get()
    assert (rate.price.amount, rate.price_to, rate.format, rate.as_said) == (500_000, 750_000, None, "500000 - 750000")


def test_the_figures_of_two_months_make_one_person_with_two_snapshots(imported: Import) -> None:
    march = imported("instagram_2024_03.csv", (OWN / "instagram_2024_03.csv").read_bytes())
    april = imported("instagram_2024_04.csv", (OWN / "instagram_2024_04.csv").read_bytes())

    assert march.counts == {"new": 4, "update": 0, "unchanged": 0, "duplicate": 1, "conflict": 0, "rejected": 0}
    assert april.counts == {"new": 1, "update": 3, "unchanged": 0, "duplicate": 0, "conflict": 0, "rejected": 0}
    account = SocialAccount.objects.get(platform__code="instagram", handle="dapur_ria")
    taken = account.snapshots.order_by("taken_at").values_list("taken_at", "followers", "engagements", "import_run_id")
    assert list(taken) == [
        (dt.datetime(2024, 3, 30, 17, tzinfo=dt.UTC), 851_300, 12_000, march.pk),
        (dt.datetime(2024, 4, 29, 17, tzinfo=dt.UTC), 860_000, 12_300, april.pk),
    ]
    assert (account.followers, account.followers_at) == (860_000, dt.datetime(2024, 4, 29, 17, tzinfo=dt.UTC))
    assert account.influencer.followers == 860_000
    assert Influencer.objects.count() == 5


def test_a_name_found_later_replaces_the_handle_that_stood_in(imported: Import) -> None:
    imported("instagram_2024_03.csv", (OWN / "instagram_2024_03.csv").read_bytes())
    assert Influencer.objects.get(accounts__handle="tanpa.nama").stage_name == "tanpa.nama"

    imported("instagram_2024_04.csv", (OWN / "instagram_2024_04.csv").read_bytes())

    person = Influencer.objects.get(accounts__handle="tanpa.nama")
    assert person.stage_name == "Nama Ketemu"
    update = Entry.objects.get(influencer=person, verb="influencer.updated")
    assert update.changes == {"stage_name": ["tanpa.nama", "Nama Ketemu"]}


def test_older_figures_become_history_and_do_not_touch_the_count_on_file(imported: Import) -> None:
    imported("instagram_2024_04.csv", (OWN / "instagram_2024_04.csv").read_bytes())
    run = imported("instagram_2024_03.csv", (OWN / "instagram_2024_03.csv").read_bytes())

    account = SocialAccount.objects.get(platform__code="instagram", handle="dapur_ria")
    assert (account.followers, account.snapshots.count()) == (860_000, 2)
    assert reasons(run)[3][1][0] == "Older than the figures on file: kept as history."


def test_the_same_file_again_changes_nothing_even_months_later(imported: Import) -> None:
    data = (OWN / "instagram_2024_03.csv").read_bytes()
    imported("instagram_2024_03.csv", data)

    run = imported("umbenannt.csv", data, now=NOW + dt.timedelta(days=90), platform="instagram")

    assert run.counts == {"new": 0, "update": 0, "unchanged": 4, "duplicate": 1, "conflict": 0, "rejected": 0}
    assert MetricSnapshot.objects.count() == 4


def test_the_same_handle_on_another_platform_is_another_account_of_nobody_known(imported: Import) -> None:
    imported("instagram_2024_03.csv", (OWN / "instagram_2024_03.csv").read_bytes())
    run = imported("tiktok_2024_04.csv", (OWN / "tiktok_2024_04.csv").read_bytes())

    assert run.counts == {"new": 2, "update": 0, "unchanged": 0, "duplicate": 0, "conflict": 0, "rejected": 0}
    snapshot = MetricSnapshot.objects.get(account__platform__code="tiktok", account__handle="lagu.senja")
    assert (snapshot.followers, snapshot.views, snapshot.likes, snapshot.comments, snapshot.shares) == (
        221_700,
        26_000_000,
        2_800_000,
        29_400,
        116_400,
    )


SHEET = "Nama;Akun IG;Akun TikTok;Kota;E-mail;No. WA;Jml Followers\n"


def csv(*rows: str) -> bytes:
    return (SHEET + "\n".join(rows) + "\n").encode()


def test_an_update_fills_gaps_and_leaves_what_is_known(imported: Import) -> None:
    imported("a.csv", csv("Sekar;@sekar;;Malang;;;10rb"))
    run = imported("b.csv", csv("Sekar Ayu;@sekar;@sekar.tt;Medan;sekar@contoh.example;081276665755;"))

    person = Influencer.objects.get()
    contact = Contact.objects.get(representations__influencer=person)
    assert (person.stage_name, person.city) == ("Sekar", "Malang")
    assert (contact.email, str(contact.phone)) == ("sekar@contoh.example", "+6281276665755")
    assert sorted(account.handle for account in person.accounts.all()) == ["sekar", "sekar.tt"]
    assert reasons(run) == {
        2: (
            "update",
            [
                "Fills in: phone, e-mail.",
                "Already known otherwise and left as it is: name, city.",
                "New account: @sekar.tt (tiktok).",
            ],
        )
    }


def test_a_file_that_overrules_what_is_known_says_what_it_replaced(imported: Import) -> None:
    imported("a.csv", csv("Sekar;@sekar;;Malang;;;10rb"))
    run = imported("b.csv", csv("Sekar Ayu;@sekar;;Medan;;;"), replaces_known=True)

    person = Influencer.objects.get()
    assert (person.stage_name, person.city) == ("Sekar Ayu", "Medan")
    assert run.rows.get().changed["fields"] == {"stage_name": ["Sekar", "Sekar Ayu"], "city": ["Malang", "Medan"]}


def test_a_row_with_the_accounts_of_two_people_is_left_for_a_person_and_not_merged(imported: Import) -> None:
    imported("a.csv", csv("Sekar;@sekar;;;;;10rb", "Oka;;@oka;;;;"))
    run = imported("b.csv", csv("Sekar;@sekar;@oka;Malang;;;12rb"))

    sekar, oka = Influencer.objects.order_by("pk")
    assert reasons(run) == {
        2: (
            "conflict",
            [
                "The accounts belong to two different people: "
                f"Sekar (#{sekar.pk}), Oka (#{oka.pk}). Choose or leave the row out."
            ],
        )
    }
    assert (sekar.city, oka.city) == ("", "")
    assert MetricSnapshot.objects.count() == 1


def test_a_second_row_with_one_known_account_is_a_duplicate_and_says_what_it_adds(rehearse: Import) -> None:
    run = rehearse("a.csv", csv("Sekar;@sekar;@sama;;;;", "Sekar;@sekar.lain;@sama;;;;"))

    assert reasons(run)[3] == (
        "duplicate",
        ["Same account as row 2, which counts.", "It also names @sekar.lain (instagram), which that row does not."],
    )


def test_people_without_an_account_are_known_again_by_name(imported: Import) -> None:
    imported("a.csv", csv("Sekar;;;Malang;sekar@contoh.example;;", "Oka;;;;;;", "Oka;;;;;;"))
    run = imported("b.csv", csv("SEKAR;;;Malang;sekar@contoh.example;;", "Oka;;;Medan;;;"))

    assert {line: verdict for line, (verdict, _said) in reasons(run).items()} == {2: "unchanged", 3: "update"}
    assert sorted(Influencer.objects.values_list("stage_name", "city")) == [("Oka", "Medan"), ("Sekar", "Malang")]


def test_a_namesake_with_accounts_is_another_person(imported: Import) -> None:
    imported("a.csv", csv("Sekar;@sekar;;;;;"))
    run = imported("b.csv", csv("Sekar;;;Medan;;;"))

    named = "Somebody is already called that, without this account: another person."
    assert reasons(run) == {2: ("new", [named, "Looks like Sekar (@sekar): The same name."])}
    assert Influencer.objects.count() == 2


def test_a_column_nobody_knows_is_kept_as_a_note(imported: Import) -> None:
    imported("a.csv", b"Nama,Akun IG,Ukuran sepatu\nSekar,@sekar,39\nOka,@oka,-\n")

    assert list(Note.objects.values_list("influencer__stage_name", "kind", "text")) == [
        ("Sekar", "unread", "Ukuran sepatu: 39")
    ]


def test_a_platform_column_says_where_each_account_is(imported: Import) -> None:
    imported(
        "a.csv", b"Nama,Username,Platform,Followers\nSekar,@sekar,TikTok,1000\nOka,@oka,IG,2000\nVina,@vina,Radio,3\n"
    )

    found = SocialAccount.objects.order_by("pk").values_list("platform__code", "handle", "followers")
    assert list(found) == [("tiktok", "sekar", 1_000), ("instagram", "oka", 2_000)]
    assert list(Note.objects.values_list("text", flat=True)) == ["Username: @vina\nFollowers: 3"]


def test_a_run_and_each_person_changed_are_told_once(imported: Import) -> None:
    run = imported("a.csv", csv("Sekar;@sekar;;;;;", "Oka;@oka;;;;;"))
    imported("a.csv", csv("Sekar;@sekar;;;;;", "Oka;@oka;;;;;"))

    told = Entry.objects.filter(influencer__isnull=False).order_by("pk").values_list("verb", "subject_label")
    assert list(told) == [("influencer.imported", "Sekar"), ("influencer.imported", "Oka")]
    about_run = (
        Entry.objects.filter(subject=f"crm.importrun:{run.pk}").order_by("pk").values_list("verb", "sentence_en")
    )
    assert list(about_run) == [
        ("import.rehearsed", "Rehearsed the import “a.csv”"),
        ("import.confirmed", "Confirmed the import “a.csv”"),
        ("import.done", "Imported “a.csv”: 2 new, 0 updated, 0 unchanged"),
    ]


def test_ids_given_by_an_import_are_not_given_again(imported: Import) -> None:
    imported("a.csv", csv("Sekar;@sekar;;;;;10rb"))

    later = Influencer.objects.create(stage_name="Oka")
    account = SocialAccount.objects.create(
        influencer=later, platform=SocialAccount.objects.get().platform, handle=f"oka.{connection.vendor}"
    )

    assert Influencer.objects.count() == 2
    assert account.pk > SocialAccount.objects.exclude(pk=account.pk).get().pk
