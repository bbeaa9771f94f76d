"""What she is told when a review settles: one letter each, everything at once, in her language; and when nobody writes."""

import datetime as dt

import pytest
from django.test import Client

from campaigns.approvals.deciding.actions import decide
from campaigns.approvals.guests.emails import about_other_decisions
from campaigns.approvals.guests.letters import composed, readers
from campaigns.approvals.models import Note, Review
from campaigns.planning.models import Collaboration
from crm.outbox.models import Contact, Email
from crm.portal.models import Link
from crm.reminders.models import Todo
from crm.team.models import User
from crm.timeline.record import Actor
from tests.campaigns.approvals.guests.conftest import HASH, handed_in
from tests.factories import ContactFactory, DeliverableFactory, RepresentationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def review(collaboration: Collaboration, now: dt.datetime) -> Review:
    reel = DeliverableFactory(
        collaboration=collaboration, draft_due_on=dt.date(2026, 11, 27), post_due_on=dt.date(2026, 12, 4), title="Reel"
    )
    return handed_in(reel, now)


def settle(review: Review, dinda: User, verdict: str, now: dt.datetime, comment: str = "", **more: object) -> None:
    decide(review, dinda, verdict, sha256=HASH, comment=comment, at=now, actor=Actor.user(dinda), **more)


def note(review: Review, body: str, level: str, **place: object) -> Note:
    return Note.objects.create(version=review.version, body=body, level=level, author_label="Dinda", **place)


def test_all_notes_leave_in_one_letter_the_words_first_then_what_is_good(
    review: Review, coordinator: User, now: dt.datetime
) -> None:
    note(review, "A shorter first sentence.", "nice")
    note(review, "Show the bottle.", "should", kind="pin", x=0.9, y=0.1)
    note(review, "Lovely light.", "good", kind="time", start_ms=14_000)
    note(review, "Careful with the fee.", "should", is_for_us=True)
    settle(review, coordinator, "changes", now, "Thank you, this is close.")
    letter = Email.objects.get()
    assert (letter.name, letter.subject, letter.thread) == (
        "draft_notes",
        "Lumi: notes on your Reel",
        f"campaigns.deliverable:{review.version.deliverable_id}/deliverable.draft",
    )
    said = [line for line in letter.text.splitlines() if line.startswith(("•", "Thank")) or line.endswith(":")]
    assert said[:7] == [
        "Thank you, this is close.",
        "What is good:",
        "• 0:14: Lovely light.",
        "If you can:",
        "• In the picture, top right: Show the bottle.",
        "Up to you:",
        "• A shorter first sentence.",
    ]
    assert "fee" not in letter.text
    assert "We look forward to the next one by" in letter.text


def test_a_yes_says_when_to_post_and_never_says_approved(review: Review, coordinator: User, now: dt.datetime) -> None:
    settle(review, coordinator, "approve", now)
    letter = Email.objects.get()
    assert letter.subject == "Lumi: your Reel can go up"
    assert "You can post it on Friday, 4 December 2026." in letter.text
    assert "label for paid partnerships" in letter.text


def test_a_no_is_told_without_the_word(review: Review, coordinator: User, now: dt.datetime) -> None:
    settle(review, coordinator, "reject", now, "The scene is last month's.")
    letter = Email.objects.get()
    assert letter.name == "draft_not_this_one"
    assert "reject" not in f"{letter.subject}{letter.text}".lower()
    assert "The scene is last month's." in letter.text


def test_an_idea_gets_words_of_its_own(collaboration: Collaboration, coordinator: User, now: dt.datetime) -> None:
    reel = DeliverableFactory(collaboration=collaboration, title="Reel")
    review = handed_in(reel, now, stage="concept", words="A morning routine")
    settle(review, coordinator, "approve", now)
    letter = Email.objects.get()
    assert (letter.name, letter.subject) == ("idea_approved", "Lumi: we like your idea")
    assert "can post" not in letter.text


def test_who_told_her_herself_sends_nothing(review: Review, coordinator: User, now: dt.datetime) -> None:
    settle(review, coordinator, "changes", now, "The bottle, please.", silently=True)
    assert (Email.objects.count(), review.status) == (0, "changes")


def test_whoever_reads_whatsapp_is_written_to_by_a_colleague(
    review: Review, coordinator: User, now: dt.datetime
) -> None:
    Contact.objects.filter(kind="person").update(prefers="whatsapp", whatsapp="+6281290001234")
    settle(review, coordinator, "approve", now)
    todo = Todo.objects.get(key__startswith="review_hand")
    contact = Contact.objects.get(kind="person")
    assert (Email.objects.count(), todo.url) == (0, f"/reviews/letters/{review.pk}/{contact.pk}/")
    assert composed(review, contact, now).subject == "Lumi: your Reel can go up"


def test_the_answer_is_passed_on_by_whatsapp_with_her_own_link(
    review: Review, coordinator: User, as_coordinator: Client, now: dt.datetime
) -> None:
    Contact.objects.filter(kind="person").update(prefers="whatsapp", whatsapp="+6281290001234")
    settle(review, coordinator, "approve", now)
    url = Todo.objects.get(key__startswith="review_hand").url
    assert "is ready to go up" in as_coordinator.get(url).content.decode()
    assert Link.objects.count() == 0
    assert "wa.me/6281290001234" in as_coordinator.post(url).content.decode()
    assert Link.objects.count() == 1


def test_a_copy_says_whose_message_it_is(review: Review, coordinator: User, now: dt.datetime) -> None:
    person = review.version.deliverable.collaboration.influencer
    agent = ContactFactory(name="Sari Agen", kind="agent", language="en")
    RepresentationFactory(influencer=person, contact=agent, capacity="agent", mail_work="copy")
    settle(review, coordinator, "approve", now)
    assert [(one.name, copy) for one, copy in readers(review, now)] == [
        ("Kirana Maheswari", ""),
        ("Sari Agen", "Kirana Maheswari"),
    ]
    copied = Email.objects.get(contact=agent)
    assert copied.subject == "Lumi: Reel (Kirana Maheswari) can go up"
    assert "Reel by Kirana Maheswari" in copied.text


def test_a_letter_that_is_not_true_any_more_does_not_leave(review: Review, coordinator: User, now: dt.datetime) -> None:
    settle(review, coordinator, "approve", now)
    letter = Email.objects.get()
    assert about_other_decisions([letter], now) == {}
    Review.objects.update(status="withdrawn")
    assert list(about_other_decisions([letter], now)) == [letter.pk]


def test_a_long_brand_and_a_long_title_keep_the_subject_short(
    review: Review, coordinator: User, now: dt.datetime
) -> None:
    card = review.version.deliverable.collaboration
    type(card.campaign.brand).objects.update(name="Perusahaan Kecantikan Nusantara Sejahtera Abadi")
    review.version.deliverable.rename(
        title="Reel tentang pagi yang panjang sekali di Ubud", account=None, at=now, actor=Actor.user(coordinator)
    )
    settle(Review.objects.with_card().get(), coordinator, "changes", now, "The bottle, please.")
    subject = Email.objects.get().subject
    assert len(subject) <= 45
    assert subject.startswith("Perusahaan") and "notes on your Reel" in subject
