"""Notes: written, kept back, sent together, solved."""

from typing import Any

import pytest

from campaigns.approvals.models import ContentVersion, Note, Review
from campaigns.approvals.reviewing import notes
from campaigns.approvals.reviewing.suggesting import suggest
from campaigns.briefs.content import Item
from campaigns.planning.models import Deliverable
from crm.team.models import User
from crm.timeline.models import Entry
from crm.timeline.record import Actor
from tests.campaigns.approvals.reviewing.conftest import Hand
from tests.conftest import NOW
from tests.factories import ContactFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def version(reel: Deliverable, hand: Hand) -> ContentVersion:
    return hand(reel, 1, caption="Serum cocok")


def write(version: ContentVersion, user: User, body: str, **more: Any) -> Note:
    return notes.write(version, user, {"body": body, **more}, at=NOW, actor=Actor.user(user))


def test_unsent_notes_leave_together_what_is_good_first(version: ContentVersion, coordinator: User) -> None:
    wish = write(version, coordinator, "Botolnya lebih besar")
    must = write(version, coordinator, "Sebut kodenya", level="must", rule="CAP-13")
    good = write(version, coordinator, "Cahayanya cantik", level="good")
    ours = write(version, coordinator, "Mahal", is_for_us=True)
    assert notes.send(version, at=NOW) == [good, must, wish]
    assert list(Note.objects.unsent()) == [ours]
    assert notes.send(version, at=NOW) == []


def test_she_reads_what_is_good_and_then_how_binding_each_wish_is(version: ContentVersion, coordinator: User) -> None:
    write(version, coordinator, "Tekstur serumnya belum kelihatan", kind="pin", x=0.9, y=0.9)
    write(version, coordinator, "Tolong diganti", level="must", kind="text", start=6, end=11, quoted="cocok")
    write(version, coordinator, "Cahayanya cantik", level="good")
    write(version, coordinator, "Lebih cepat", level="nice", kind="time", start_ms=12_000, end_ms=15_500)
    assert notes.as_text(notes.send(version, at=NOW), "en") == (
        "What is good:\n- Cahayanya cantik\n\n"
        "Please change this:\n- “cocok”: Tolong diganti\n\n"
        "If you can:\n- In the picture, bottom right: Tekstur serumnya belum kelihatan\n\n"
        "Up to you:\n- 0:12–0:15: Lebih cepat"
    )


def test_nothing_is_written_to_a_version_that_is_settled(reel: Deliverable, hand: Hand, coordinator: User) -> None:
    version = hand(reel, 1, status="changes")
    with pytest.raises(notes.NoteRefused, match="settled already"):
        write(version, coordinator, "Botolnya lebih besar")
    assert not Note.objects.exists()
    assert write(version, coordinator, "Untuk kita saja", is_for_us=True).is_for_us


def test_only_who_wrote_an_unsent_note_changes_or_removes_it(version: ContentVersion, coordinator: User) -> None:
    note = write(version, coordinator, "Botolnya lebih besar")
    with pytest.raises(notes.NoteRefused, match="Only whoever wrote"):
        notes.change(note, UserFactory(), {"body": "Lain"})
    with pytest.raises(notes.NoteRefused, match="Only whoever wrote"):
        notes.remove(note, UserFactory())
    assert (
        notes.change(note, coordinator, {"body": "Botolnya dua kali lebih besar"}).body
        == "Botolnya dua kali lebih besar"
    )
    notes.remove(note, coordinator)
    assert not Note.objects.exists()


def test_a_sent_note_stays_as_it_was(version: ContentVersion, coordinator: User) -> None:
    note = write(version, coordinator, "Botolnya lebih besar")
    notes.send(version, at=NOW)
    with pytest.raises(notes.NoteRefused, match="sent already"):
        notes.change(note, coordinator, {"body": "Lain"})
    with pytest.raises(notes.NoteRefused, match="sent already"):
        notes.remove(note, coordinator)
    assert Note.objects.get().body == "Botolnya lebih besar"


def test_a_guests_note_is_hers_and_bears_her_name(version: ContentVersion) -> None:
    client = ContactFactory(kind="guest", name="Ratna Klien")
    note = notes.write(version, client, {"body": "Logo lebih jelas"}, at=NOW, actor=Actor.contact(client))
    assert (note.guest, note.author, note.author_label) == (client.pk, None, "Ratna Klien")
    notes.remove(note, client)


def test_what_a_client_said_elsewhere_is_told_with_its_channel(version: ContentVersion, coordinator: User) -> None:
    data = {"body": "Logo lebih jelas"}
    actor = Actor.user(coordinator)
    notes.write(version, coordinator, data, at=NOW, actor=actor, channel="whatsapp", noted_for="Ratna Klien")
    entry = Entry.objects.get(verb="note.heard")
    assert (entry.sentence_en, entry.quote, entry.channel) == (
        "Ratna Klien about Draft 1 of Reel", "Logo lebih jelas", "whatsapp"
    )  # fmt: skip


def test_a_later_version_solves_all_that_was_asked_once(reel: Deliverable, hand: Hand, coordinator: User) -> None:
    first = hand(reel, 1)
    bottle = write(first, coordinator, "Botolnya lebih besar")
    write(first, coordinator, "Cahayanya cantik", level="good")
    notes.send(first, at=NOW)
    Review.objects.filter(version=first).update(status="changes", decided_at=NOW)
    second, actor = hand(reel, 2), Actor.user(coordinator)
    assert [notes.solve_all(second, at=NOW, actor=actor) for _ in range(2)] == [1, 0]
    bottle.refresh_from_db()
    assert bottle.solved_in == 2
    assert Entry.objects.filter(verb="note.solved").count() == 1
    notes.reopen(bottle, at=NOW, actor=actor)
    assert list(notes.open_before(second)) == [bottle]


def test_an_unsent_note_cannot_be_solved(version: ContentVersion, coordinator: User) -> None:
    note = write(version, coordinator, "Botolnya lebih besar")
    with pytest.raises(notes.NoteRefused, match="never sent"):
        notes.solve(note, 2, at=NOW, actor=Actor.user(coordinator))
    assert Note.objects.get().solved_in is None


def test_the_item_of_the_brief_with_most_words_in_common_is_suggested() -> None:
    items = [Item("Botol terlihat jelas"), Item("Perlihatkan tekstur serum di punggung tangan")]
    assert suggest("Boleh teksturnya diperlihatkan di tangan?", items) == items[1]
    assert suggest("Musiknya terlalu keras", items) is None
