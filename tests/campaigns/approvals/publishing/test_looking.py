"""Somebody pastes what stands there: word by word as approved, or a case; and what becomes of it (CAP-20, CAP-05, CAP-11)."""

import datetime as dt
from typing import Any

import pytest

from campaigns.approvals.models import ContentVersion, Deviation, LivePost
from campaigns.approvals.publishing.actions import Seen, ask_to_mend, close, look
from campaigns.planning.models import Deliverable, Refused
from campaigns.planning.places import post_quoted
from campaigns.planning.portal import Deliverables
from crm.portal.registry import Asking, Told
from crm.timeline.models import Entry
from crm.timeline.record import Actor
from tests.campaigns.approvals.publishing.conftest import CAPTION, cases

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
WITHOUT = CAPTION.removeprefix("#iklan ")


@pytest.fixture
def who(now: dt.datetime, actor: Actor) -> dict[str, Any]:
    return {"at": now + DAY, "actor": actor}


def test_the_same_words_are_verified_whatever_their_blanks(post: LivePost, who: dict[str, Any]) -> None:
    assert look(post, Seen(caption=f"  {CAPTION.replace('. ', '.  ')}\u200b "), **who) == []
    assert (post.status, post.seen_by) == ("verified", who["actor"].label)


def test_another_word_is_a_case(post: LivePost, who: dict[str, Any]) -> None:
    look(post, Seen(caption=CAPTION.replace("tenang", "putih")), **who)
    assert (post.status, cases()) == ("deviated", [("caption", "")])


def test_a_caption_that_no_longer_says_it_is_paid_is_two_cases(post: LivePost, who: dict[str, Any]) -> None:
    look(post, Seen(caption=WITHOUT), **who)
    assert sorted(cases()) == [("caption", ""), ("label", "")]
    assert set(Deviation.objects.get(kind="label").details["said"][0]) == {"en", "id"}


def test_the_platforms_own_switch_is_a_case_only_when_somebody_saw_it_off(post: LivePost, who: dict[str, Any]) -> None:
    look(post, Seen(caption=CAPTION), **who)
    assert cases() == []
    look(post, Seen(label=False), **who)
    assert cases() == [("label", "")]
    look(post, Seen(label=True), **who)
    assert cases() == [("label", "mended")]


def test_put_right_again_it_closes_by_itself(post: LivePost, who: dict[str, Any]) -> None:
    look(post, Seen(caption=WITHOUT), **who)
    assert look(post, Seen(caption=CAPTION), **who) == []
    assert (post.status, sorted(cases())) == ("verified", [("caption", "mended"), ("label", "mended")])


def test_accepted_as_it_is_the_same_words_are_not_brought_up_again(post: LivePost, who: dict[str, Any]) -> None:
    (case,) = look(post, Seen(caption=CAPTION + " Ya."), **who)
    close(case, "accepted", "A kind word more", **who)
    post.refresh_from_db()
    assert post.status == "verified"
    assert look(post, Seen(caption=CAPTION + " Ya."), **who) == []
    assert cases() == [("caption", "accepted")]
    look(post, Seen(caption=CAPTION + " Beli."), **who)
    assert cases() == [("caption", "accepted"), ("caption", "")]


def test_a_breach_needs_words_and_stands_in_her_story(post: LivePost, who: dict[str, Any]) -> None:
    (case,) = look(post, Seen(caption=CAPTION + " Ya."), **who)
    with pytest.raises(Refused):
        close(case, "breach", " ", **who)
    assert cases() == [("caption", "")]
    close(case, "breach", "Promised a cure", **who)
    entry = Entry.objects.get(verb="deviation.closed")
    assert (entry.influencer_id, entry.sentence_en.endswith("Promised a cure")) == (
        post.deliverable.collaboration.influencer_id, True,
    )  # fmt: skip


def test_closed_once_it_is_closed(post: LivePost, who: dict[str, Any]) -> None:
    (case,) = look(post, Seen(caption=CAPTION + " Ya."), **who)
    again = Deviation.objects.get()
    close(case, "mistake", **who)
    with pytest.raises(Refused):
        close(again, "breach", "Late", **who)
    with pytest.raises(Refused):
        ask_to_mend(again, dt.date(2026, 11, 28), **who)
    assert cases() == [("caption", "mistake")]


def test_a_story_has_a_label_on_every_frame(reel: Deliverable, now: dt.datetime, actor: Actor) -> None:
    row = reel.format
    row.lasts_hours = 24
    row.save()
    reel.reschedule(draft_due_on=None, post_due_on=reel.post_due_on, at=now, actor=actor)
    reel.publish(at=now, actor=actor)
    post = LivePost.objects.with_card().get()
    look(post, Seen(frames=3, frames_labelled=2), at=now, actor=actor)
    assert (post.status, cases()) == ("deviated", [("frames", "")])
    look(post, Seen(frames=3, frames_labelled=3), at=now, actor=actor)
    assert (post.status, cases()) == ("verified", [("frames", "mended")])


@pytest.mark.parametrize(("first", "seconds", "kinds"), [(31, 20, ["video"]), (30, 9, ["video"]), (30, 10, [])])
def test_a_video_shows_it_early_and_long_enough(
    post: LivePost, who: dict[str, Any], first: int, seconds: int, kinds: list[str]
) -> None:
    row = post.deliverable.format
    row.code = "reel"
    row.save()
    look(LivePost.objects.with_card().get(), Seen(shown_from=first, shown_for=seconds), **who)
    assert [kind for kind, _outcome in cases()] == kinds


def test_what_she_says_she_wrote_is_compared_at_once(post: LivePost, who: dict[str, Any]) -> None:
    post_quoted["live"].call(post.deliverable, WITHOUT, who["at"], who["actor"])
    post.refresh_from_db()
    assert (post.status, post.live_caption) == ("deviated", WITHOUT)


def test_an_address_typed_here_is_the_deliverables_too(post: LivePost, who: dict[str, Any]) -> None:
    look(post, Seen(url="https://insta.example/p/9"), **who)
    post.deliverable.refresh_from_db()
    assert (post.url, post.deliverable.post_url) == ("https://insta.example/p/9", "https://insta.example/p/9")


def test_her_own_answer_with_what_she_wrote_is_posted_and_compared(
    reel: Deliverable, version: ContentVersion, now: dt.datetime
) -> None:
    contact = reel.collaboration.influencer.representations.get().contact
    asking = Asking(reel.collaboration.influencer_id, None, now, "Asia/Jakarta", contact)
    (task,) = [one for one in Deliverables().open(asking) if one.subject_id == reel.pk]
    said = {"url": "https://insta.example/p/1", "caption": WITHOUT}
    Deliverables().settle(asking, task, Told("posted", said, now, Actor.contact(contact)))
    post = LivePost.objects.get()
    assert (post.version, post.url, post.live_caption, post.status) == (
        version, "https://insta.example/p/1", WITHOUT, "deviated",
    )  # fmt: skip
    assert sorted(cases()) == [("caption", ""), ("label", "")]
