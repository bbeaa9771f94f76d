"""A guest's pages: looking changes nothing, one answer for each turn, and nothing that is not for this guest."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from campaigns.approvals.guests.actions import let_in_again, revoke, seat
from campaigns.approvals.guests.links import mint
from campaigns.approvals.guests.visits import COOKIE, MOST_WRITES
from campaigns.approvals.models import CheckResult, Note, Review, ReviewDecision, ReviewGuest, ReviewLink, ReviewStep
from campaigns.planning.models import Campaign
from crm.outbox.models import Contact, Email
from crm.team.models import User
from crm.timeline.record import Actor
from tests.campaigns.approvals.guests.conftest import HASH, Asked, handed_in
from tests.factories import CollaborationFactory, ContactFactory, DeliverableFactory, UserFactory
from tests.permissions_world import written

pytestmark = pytest.mark.django_db


@pytest.fixture
def guest() -> Client:
    return Client(enforce_csrf_checks=True)


def press(client: Client, url: str, on: str = "", **said: Any) -> Any:
    client.get(on or url)
    token = client.cookies["csrftoken"].value
    return client.post(url, {"csrfmiddlewaretoken": token, **said})


def come_in(client: Client, asked: Asked) -> None:
    assert press(client, asked.door)["Location"] == asked.page


def says(client: Client, asked: Asked, verdict: str = "approve", **more: Any) -> Any:
    return press(client, asked.version, **{"verdict": verdict, "sha256": HASH, "comment": "", **more})


def decisions() -> list[tuple[str, str]]:
    return list(ReviewDecision.objects.exclude(by_contact=None).values_list("by_label", "verdict"))


def test_a_scanner_that_opens_the_door_changes_nothing(guest: Client, waiting: Asked) -> None:
    door = waiting.door
    with written() as seen:
        answers = [guest.get(door), guest.head(door), guest.options(door), guest.get(waiting.page)]
    assert [answer.status_code for answer in answers] == [200, 200, 405, 404]
    assert seen == []
    assert ReviewGuest.objects.get().opened_at is None


def test_the_visit_is_private_and_loads_nothing_from_elsewhere(guest: Client, waiting: Asked) -> None:
    come_in(guest, waiting)
    answer = guest.get(waiting.version)
    headers = {name: answer[name] for name in ("Cache-Control", "X-Robots-Tag", "Referrer-Policy")}
    assert headers == {
        "Cache-Control": "no-store, private",
        "X-Robots-Tag": "noindex, nofollow",
        "Referrer-Policy": "same-origin",
    }
    cookie = guest.cookies[COOKIE]
    assert (cookie["path"], bool(cookie["httponly"]), cookie["samesite"]) == (waiting.page, True, "Lax")
    assert b"<script" not in answer.content
    with written() as seen:
        guest.get(waiting.version), guest.head(waiting.version), guest.options(waiting.version)
    assert seen == []


def test_a_yes_settles_the_step_and_only_once(guest: Client, waiting: Asked) -> None:
    come_in(guest, waiting)
    assert "1 draft waits for your yes" in guest.get(waiting.page).content.decode()
    assert says(guest, waiting)["Location"] == f"{waiting.page}?said=approve"
    again = press(guest, waiting.version, on=waiting.page, verdict="reject", sha256=HASH, comment="Wait")
    assert (again.status_code, decisions()) == (409, [("Ratna Halim", "approve")])
    assert "You answered this already" in again.content.decode()
    waiting.review.refresh_from_db()
    assert waiting.review.status == "approved"
    assert "Nothing waits for you" in guest.get(waiting.page).content.decode()


def test_a_yes_to_what_was_not_shown_is_refused_and_keeps_the_words(guest: Client, waiting: Asked) -> None:
    come_in(guest, waiting)
    answer = says(guest, waiting, sha256="b" * 64, comment="Lovely light")
    assert (answer.status_code, decisions()) == (409, [])
    page = answer.content.decode()
    assert "A newer version came." in page and "Lovely light" in page


def test_changes_without_a_word_are_asked_for_one(guest: Client, waiting: Asked) -> None:
    come_in(guest, waiting)
    assert (says(guest, waiting, "changes").status_code, decisions()) == (409, [])
    assert says(guest, waiting, "maybe").status_code == 422
    assert says(guest, waiting, "changes", comment="The bottle, please.").status_code == 302
    assert decisions() == [("Ratna Halim", "changes")]


def test_a_finding_that_holds_is_told_in_words_for_outsiders(guest: Client, waiting: Asked) -> None:
    CheckResult.objects.filter(version=waiting.review.version).delete()
    come_in(guest, waiting)
    CheckResult.objects.create(
        version=waiting.review.version, rule="CAP-03", outcome="fail", holds=True, said_en="No label says ad."
    )
    assert "No label says ad." in guest.get(waiting.version).content.decode()


def test_notes_are_kept_until_the_answer_and_may_be_thrown_away(guest: Client, waiting: Asked) -> None:
    come_in(guest, waiting)
    notes = f"{waiting.version}notes/"
    said = {"body": "Softer, please", "level": "should", "where": "caption", "quoted": "lembap"}
    assert press(guest, notes, on=waiting.version, **said).status_code == 302
    kept = Note.objects.get()
    assert (kept.kind, kept.start, kept.end, kept.guest, kept.sent_at) == (
        "text",
        8,
        14,
        waiting.guest.contact_id,
        None,
    )
    wrong = press(guest, notes, on=waiting.version, **{**said, "quoted": "kering", "body": "Typed words"})
    assert (wrong.status_code, Note.objects.count()) == (422, 1)
    assert "Typed words" in wrong.content.decode()
    assert press(guest, f"{notes}{kept.pk}/gone/", on=waiting.version).status_code == 302
    assert Note.objects.count() == 0


def test_before_its_turn_a_step_shows_nothing(guest: Client, asked: Asked) -> None:
    come_in(guest, asked)
    assert "Nothing waits for you" in guest.get(asked.page).content.decode()
    assert guest.get(asked.version).status_code == 404
    answer = press(guest, asked.version, on=asked.door, verdict="approve", sha256=HASH)
    assert (answer.status_code, decisions()) == (404, [])


def test_another_campaign_and_another_guest_do_not_exist(guest: Client, waiting: Asked, coordinator: User) -> None:
    come_in(guest, waiting)
    elsewhere = handed_in(DeliverableFactory(collaboration=CollaborationFactory()), timezone.now())
    step = elsewhere.steps.get()
    step.guests.add(waiting.guest.contact)
    assert guest.get(f"{waiting.page}{elsewhere.version_id}/").status_code == 404
    other = seat(waiting.guest.campaign, ContactFactory(kind=Contact.Kind.GUEST))
    guest.cookies[COOKIE]["path"] = "/"
    assert guest.get(f"/r/page/{other.pk}/").status_code == 404
    mine = Client(enforce_csrf_checks=True)
    press(mine, "/" + mint(other).split("/", 3)[3])
    assert mine.get(f"/r/page/{other.pk}/{waiting.review.version_id}/").status_code == 404


def test_only_the_guests_own_notes_and_no_word_of_ours_are_shown(guest: Client, waiting: Asked) -> None:
    Note.objects.create(
        version=waiting.review.version, body="Zirkonia is cheaper", author_label="Dinda", is_for_us=True
    )
    Note.objects.create(version=waiting.review.version, body="Bakpao", author_label="Dinda")
    card = waiting.review.version.deliverable.collaboration
    type(card).objects.filter(pk=card.pk).update(fee="7654321", note="Kerupuk")
    come_in(guest, waiting)
    pages = guest.get(waiting.page).content.decode() + guest.get(waiting.version).content.decode()
    assert [word for word in ("Zirkonia", "Bakpao", "7.654.321", "7,654,321", "Kerupuk") if word in pages] == []


def flipped(text: str) -> list[str]:
    """The same text with one character changed, at each place."""
    return [text[:at] + ("A" if one != "A" else "B") + text[at + 1 :] for at, one in enumerate(text)]


def test_a_changed_token_or_cookie_opens_nothing(guest: Client, waiting: Asked) -> None:
    token = waiting.door.split("/")[2]
    assert {guest.get(f"/r/{one}/").status_code for one in flipped(token)} == {404}
    come_in(guest, waiting)
    key = guest.cookies[COOKIE].value
    for one in flipped(key)[:-1]:
        guest.cookies[COOKIE].set(COOKIE, one, one)
        assert guest.get(waiting.page).status_code == 404


def test_a_link_taken_back_ends_visits_too_and_looks_like_an_unknown_one(guest: Client, waiting: Asked) -> None:
    door, actor = waiting.door, Actor.user(waiting.dinda)
    come_in(guest, waiting)
    revoke(waiting.guest, at=waiting.now, actor=actor)
    assert (guest.get(waiting.page).status_code, ReviewLink.objects.count()) == (404, 0)
    bare = Client()
    pages = {bare.get(url).content for url in (door, "/r/unknown/")}
    assert len({page.split(b"csrfmiddlewaretoken")[0] for page in pages}) == 1
    let_in_again(waiting.guest, at=waiting.now, actor=actor)
    assert (bare.get(door).status_code, bare.get(waiting.door).status_code) == (404, 200)


def test_links_end_with_their_campaign_and_with_a_colleague_who_leaves(guest: Client, waiting: Asked) -> None:
    door = waiting.door
    Campaign.objects.update(status="wrapped")
    assert guest.get(door).status_code == 404
    Campaign.objects.update(status="live")
    assert guest.get(door).status_code == 200
    UserFactory(contact=waiting.guest.contact, is_active=False)
    assert guest.get(door).status_code == 404


def test_known_or_not_the_answer_to_a_new_link_is_the_same(guest: Client, waiting: Asked) -> None:
    known = press(guest, "/r/new/", email="RATNA@klien.example")
    unknown = press(guest, "/r/new/", email="nobody@klien.example")
    assert (known.status_code, unknown.status_code) == (200, 200)
    assert known.content == unknown.content
    mail = Email.objects.get(name="review_link")
    assert (mail.to_address, mail.subject) == ("ratna@klien.example", "Lumi: your new link")


def test_too_many_presses_are_asked_to_wait(guest: Client, waiting: Asked) -> None:
    come_in(guest, waiting)
    answers = [says(guest, waiting, "changes").status_code for _time in range(MOST_WRITES + 1)]
    assert (answers[0], answers[-1], decisions()) == (409, 429, [])


def test_the_page_asks_as_little_for_three_as_for_one(
    guest: Client, waiting: Asked, django_assert_num_queries: Any
) -> None:
    come_in(guest, waiting)
    with django_assert_num_queries(3):
        guest.get(waiting.page)
    card = waiting.review.version.deliverable.collaboration
    for _one in range(2):
        made = handed_in(DeliverableFactory(collaboration=card), timezone.now())
        ReviewStep.objects.filter(review=made, position=1).update(state="passed")
        ReviewStep.objects.filter(review=made, position=2).update(state="open")
    with django_assert_num_queries(3):
        page = guest.get(waiting.page).content.decode()
    assert "3 drafts wait for your yes" in page
    assert Review.objects.waiting().count() == 3
