"""Notes as colleagues write them on the page of a version."""

from typing import Any

import pytest
from django.test import Client

from campaigns.approvals.models import ApprovalPolicy, CheckResult, ContentAsset, ContentVersion, Note, Review
from campaigns.approvals.reviewing import notes
from campaigns.briefs.models import Brief, BriefItem, BriefVersion
from campaigns.planning.models import Deliverable
from crm.base.models import StoredFile
from crm.team.models import User
from crm.timeline.record import Actor
from tests.campaigns.approvals.reviewing.conftest import Hand
from tests.conftest import NOW

pytestmark = pytest.mark.django_db
PLACE = ("kind", "x", "y", "w", "h", "start_ms", "end_ms", "start", "end", "quoted")


@pytest.fixture
def version(reel: Deliverable, hand: Hand) -> ContentVersion:
    return hand(reel, 1, caption="Serum cocok. Cek bio ya, cek bio.")


def picture(version: ContentVersion, position: int = 1, mime: str = "image/png") -> ContentAsset:
    file = StoredFile.objects.create(file="kept/a.png", label="a.png", mime=mime, size=7, sha256="a" * 64)
    return ContentAsset.objects.create(
        version=version, position=position, file=file, label="a.png", mime=mime, size=7, sha256="a" * 64
    )


def post(client: Client, version: ContentVersion, **said: Any) -> Any:
    return client.post(f"/reviews/{version.pk}/note/", {"level": "should", "body": "Lebih besar", **said})


def placed(note: Note) -> dict[str, Any]:
    return {name: value for name in PLACE if (value := getattr(note, name)) not in (None, "")}


def test_a_note_is_kept_and_leads_back_to_where_it_stands(as_coordinator: Client, version: ContentVersion) -> None:
    answer = post(as_coordinator, version)
    note = Note.objects.get()
    assert answer.url == f"/reviews/{version.pk}/#note-{note.pk}"
    assert (note.body, note.kind, note.author_label) == ("Lebih besar", "whole", "Dinda")


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ({"x": "0.25", "y": "0.5"}, {"kind": "pin", "x": 0.25, "y": 0.5}),
        ({"x": "0.9", "y": "0.5", "w": "0.4", "h": "0.25"}, {"kind": "box", "x": 0.9, "y": 0.5, "w": 0.1, "h": 0.25}),
        ({"where": "br"}, {"kind": "box", "x": 2 / 3, "y": 2 / 3, "w": 1 / 3, "h": 1 / 3}),
        ({"words": "cek bio", "near": "20"}, {"kind": "text", "start": 25, "end": 32, "quoted": "cek bio"}),
    ],
)  # fmt: skip
def test_the_place_is_kept_however_it_was_pointed_at(
    as_coordinator: Client, version: ContentVersion, said: dict[str, str], kept: dict[str, Any]
) -> None:
    picture(version)
    post(as_coordinator, version, **said)
    assert placed(Note.objects.get()) == pytest.approx(kept)


def test_a_moment_of_a_video_is_kept_in_milliseconds(as_coordinator: Client, version: ContentVersion) -> None:
    video = picture(version, mime="video/mp4")
    post(as_coordinator, version, moment="0:12-1:05")
    note = Note.objects.get()
    assert placed(note) == {"kind": "time", "start_ms": 12_000, "end_ms": 65_000}
    assert note.asset == video


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"body": ""}, "This field is required"),
        ({"words": "tidak ada"}, "These words are not in the caption"),
        ({"level": "must"}, "A must stands on an item of the brief or on a rule"),
        ({"channel": "whatsapp"}, "Say who said it"),
        ({"moment": "dua belas"}, "Write a moment as 0:12"),
        ({"moment": "0:15-0:12"}, "Write a moment as 0:12"),
    ],
)
def test_what_cannot_be_kept_is_told_and_stays_typed(
    as_coordinator: Client, version: ContentVersion, said: dict[str, str], told: str
) -> None:
    picture(version, mime="video/mp4")
    answer = post(as_coordinator, version, **{"noted_for": "", **said})
    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert not Note.objects.exists()


def test_a_must_needs_nothing_where_the_policy_says_so(as_coordinator: Client, version: ContentVersion) -> None:
    ApprovalPolicy.objects.create(musts_cite=False)
    post(as_coordinator, version, level="must")
    assert Note.objects.get().level == "must"


def test_the_item_that_fits_is_suggested_and_taken_by_one_press(
    as_coordinator: Client, reel: Deliverable, hand: Hand
) -> None:
    brief = BriefVersion.objects.create(brief=Brief.objects.create(campaign=reel.collaboration.campaign), number=3)
    BriefItem.objects.create(version=brief, text="Botol terlihat jelas", position=1)
    item = BriefItem.objects.create(version=brief, text="Perlihatkan tekstur serum", position=2)
    version = hand(reel, 1, brief_version=brief.pk)
    post(as_coordinator, version, body="Teksturnya belum kelihatan")
    assert "Stands on Brief v3, item 2?" in as_coordinator.get(f"/reviews/{version.pk}/").content.decode()
    as_coordinator.post(f"/reviews/notes/{Note.objects.get().pk}/cite/", {"item": item.pk})
    assert Note.objects.get().brief_item == item


def test_a_finding_becomes_a_note_that_stands_on_its_rule(as_coordinator: Client, version: ContentVersion) -> None:
    found = CheckResult.objects.create(
        version=version,
        rule="CAP-12",
        outcome="fail",
        holds=True,
        start=6,
        end=11,
        quoted="cocok",
        said_en="Not allowed",
    )
    address = f"/reviews/{version.pk}/?about={found.pk}"
    assert f'href="{address}#write"' in as_coordinator.get(f"/reviews/{version.pk}/").content.decode()
    form = as_coordinator.get(address).context["form"]
    assert form.initial == {"body": "Not allowed", "cites": "rule-CAP-12", "level": "must", "words": "cocok", "near": 6}
    post(as_coordinator, version, **form.initial)
    assert Note.objects.get().rule == "CAP-12"


def test_an_unsent_note_is_changed_and_removed_by_whoever_wrote_it(
    as_coordinator: Client, as_owner: Client, version: ContentVersion
) -> None:
    post(as_coordinator, version)
    url = f"/reviews/notes/{Note.objects.get().pk}/"
    as_owner.post(f"{url}remove/")
    assert Note.objects.get().body == "Lebih besar"
    as_coordinator.post(url, {"level": "nice", "body": "Lebih kecil"})
    assert Note.objects.get().body == "Lebih kecil"
    as_coordinator.post(f"{url}remove/")
    assert not Note.objects.exists()


def test_what_was_asked_before_stands_on_the_next_version_until_it_is_solved(
    as_coordinator: Client, coordinator: User, version: ContentVersion, reel: Deliverable, hand: Hand
) -> None:
    note = notes.write(
        version, coordinator, {"body": "Ganti", "kind": "text", "start": 6, "end": 11, "quoted": "cocok"},
        at=NOW, actor=Actor.user(coordinator),
    )  # fmt: skip
    notes.send(version, at=NOW)
    Review.objects.filter(version=version).update(status="changes", decided_at=NOW)
    second = hand(reel, 2, caption="Sudah dua minggu serum ini cocok.")
    page = as_coordinator.get(f"/reviews/{second.pk}/").context["page"]
    assert [one.note for one in page.notes.asked_before] == [note]
    assert [(bit.at, bit.note) for bit in page.caption.new_bits if bit.note] == [(27, 1)]
    as_coordinator.post(f"/reviews/notes/{note.pk}/solve/", {"version": second.pk})
    note.refresh_from_db()
    assert note.solved_in == 2
    as_coordinator.post(f"/reviews/notes/{note.pk}/solve/", {"version": second.pk, "again": "1"})
    note.refresh_from_db()
    assert note.solved_in is None


def test_what_she_reads_is_shown_before_it_leaves(as_coordinator: Client, version: ContentVersion) -> None:
    post(as_coordinator, version, level="good", body="Cahayanya cantik")
    post(as_coordinator, version, is_for_us="on", body="Mahal")
    page = as_coordinator.get(f"/reviews/{version.pk}/").context["page"]
    assert page.notes.letter.endswith(":\n- Cahayanya cantik")
