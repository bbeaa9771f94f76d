"""Campaigns, collaborations and deliverables move only along their tables, and every move is told."""

import datetime as dt
from collections.abc import Callable

import pytest

from campaigns.planning.models import Campaign, Collaboration, Deliverable, Refused
from crm.base.models import StoredFile
from crm.timeline.models import Entry
from crm.timeline.record import SYSTEM, Actor
from crm.timeline.transitions import TransitionRefused
from tests.factories import CampaignFactory, DeliverableFactory

pytestmark = pytest.mark.django_db


def told(verb: str) -> list[str]:
    return list(Entry.objects.filter(verb=verb).values_list("sentence_en", flat=True))


def unchanged(row: Campaign | Collaboration | Deliverable) -> bool:
    """Whether the stored row still equals the one at hand."""
    stored = type(row).objects.get(pk=row.pk)
    return all(
        getattr(stored, field.attname) == getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if field.name != "updated_at"
    )


CAMPAIGN_MOVES = [
    ("go_live", {"draft"}, "live"),
    ("pause", {"live"}, "paused"),
    ("resume", {"paused"}, "live"),
    ("wrap_up", {"live", "paused"}, "wrapped"),
    ("cancel", {"draft", "live", "paused"}, "cancelled"),
]


@pytest.mark.parametrize("verb, starts, ends", CAMPAIGN_MOVES)
@pytest.mark.parametrize("start", Campaign.Status.values)
def test_a_campaign_moves_from_its_starts_and_from_nowhere_else(
    verb: str, starts: set[str], ends: str, start: str, now: dt.datetime
) -> None:
    campaign = CampaignFactory(status=start)
    move: Callable[..., None] = getattr(campaign, verb)
    if start in starts:
        move(at=now, actor=SYSTEM)
        assert Campaign.objects.get(pk=campaign.pk).status == ends
        assert Entry.objects.get().brand_id == campaign.brand_id
    else:
        with pytest.raises(TransitionRefused):
            move(at=now, actor=SYSTEM)
        assert Campaign.objects.get(pk=campaign.pk).status == start
        assert Entry.objects.count() == 0


@pytest.mark.parametrize("start", Collaboration.Status.values)
@pytest.mark.parametrize("to", Collaboration.Status.values)
def test_a_person_puts_a_card_only_where_people_decide(
    start: str, to: str, collaboration: Collaboration, now: dt.datetime, actor: Actor
) -> None:
    Collaboration.objects.filter(pk=collaboration.pk).update(status=start)
    collaboration.refresh_from_db()
    if start in Collaboration.DECIDED.get(to, ()):
        collaboration.put(to, at=now, actor=actor, why="Too dear")
        assert Collaboration.objects.get(pk=collaboration.pk).status == to
        assert Entry.objects.get().influencer_id == collaboration.influencer_id
    else:
        with pytest.raises(TransitionRefused):
            collaboration.put(to, at=now, actor=actor, why="Too dear")
        assert Collaboration.objects.get(pk=collaboration.pk).status == start
        assert Entry.objects.count() == 0


def test_a_card_dragged_where_only_facts_lead_says_what_to_do(
    collaboration: Collaboration, now: dt.datetime, actor: Actor
) -> None:
    with pytest.raises(Refused) as refused:
        collaboration.put("done", at=now, actor=actor)
    assert str(refused.value) == "A card reaches Done by itself, when everything is posted. Open it to note a post."
    assert unchanged(collaboration)


def test_not_going_ahead_needs_a_reason_and_going_ahead_again_forgets_it(
    collaboration: Collaboration, now: dt.datetime, actor: Actor
) -> None:
    with pytest.raises(Refused, match="Say in a few words why"):
        collaboration.put("off", at=now, actor=actor, why="  ")
    assert unchanged(collaboration)
    collaboration.put("off", at=now, actor=actor, why="Too dear", channel="whatsapp", quote="Rp2,8 jt nett kak")
    assert Collaboration.objects.get().off_why == "Too dear"
    entry = Entry.objects.get()
    assert (entry.sentence_en, entry.channel, entry.quote, entry.actor_label) == (
        "Glow: not going ahead, because: Too dear",
        "whatsapp",
        "Rp2,8 jt nett kak",
        "Dinda",
    )
    collaboration.put("in_talks", at=now, actor=actor)
    assert (Collaboration.objects.get().status, Collaboration.objects.get().off_why) == ("in_talks", "")


def test_reminders_are_paused_once_and_resumed_once(
    collaboration: Collaboration, now: dt.datetime, actor: Actor
) -> None:
    collaboration.pause_reminders(at=now, actor=actor)
    assert Collaboration.objects.get().paused_at == now
    with pytest.raises(Refused, match="paused already"):
        collaboration.pause_reminders(at=now, actor=actor)
    collaboration.resume_reminders(at=now, actor=actor)
    assert Collaboration.objects.get().paused_at is None
    with pytest.raises(Refused, match="are not paused"):
        collaboration.resume_reminders(at=now, actor=actor)
    assert told("collaboration.paused") + told("collaboration.resumed") == [
        "Reminders about Glow paused",
        "Reminders about Glow go on",
    ]


DELIVERABLE_MOVES: list[tuple[str, Callable[[Deliverable, dt.datetime], None], set[str], str]] = [
    ("submit", lambda row, at: row.submit(at=at, actor=SYSTEM), {"expected", "submitted", "approved"}, "submitted"),
    ("approve", lambda row, at: row.approve(at=at, actor=SYSTEM), {"submitted"}, "approved"),
    ("ask", lambda row, at: row.ask_changes("Code", at=at, actor=SYSTEM), {"submitted", "approved"}, "expected"),
    ("publish", lambda row, at: row.publish(at=at, actor=SYSTEM), {"expected", "submitted", "approved"}, "published"),
    ("drop", lambda row, at: row.drop(at=at, actor=SYSTEM), {"expected", "submitted", "approved"}, "dropped"),
    ("reopen", lambda row, at: row.reopen(at=at, actor=SYSTEM), {"published", "dropped"}, "expected"),
]


@pytest.mark.parametrize("verb, do, starts, ends", DELIVERABLE_MOVES)
@pytest.mark.parametrize("start", Deliverable.Status.values)
def test_a_deliverable_moves_from_its_starts_and_from_nowhere_else(
    verb: str,
    do: Callable[[Deliverable, dt.datetime], None],
    starts: set[str],
    ends: str,
    start: str,
    reel: Deliverable,
    now: dt.datetime,
) -> None:
    Deliverable.objects.filter(pk=reel.pk).update(status=start, published_at=now if start == "published" else None)
    reel.refresh_from_db()
    if start in starts:
        do(reel, now)
        assert Deliverable.objects.get(pk=reel.pk).status == ends
        assert unchanged(reel)
        first = Entry.objects.order_by("id")[0]
        collaboration = reel.collaboration
        assert (first.influencer_id, first.brand_id) == (collaboration.influencer_id, collaboration.campaign.brand_id)
    else:
        with pytest.raises(TransitionRefused):
            do(reel, now)
        assert unchanged(reel)
        assert Entry.objects.count() == 0


def test_a_draft_brings_the_card_to_review_and_counts_the_rounds(
    reel: Deliverable, now: dt.datetime, actor: Actor
) -> None:
    reel.submit(at=now, actor=actor, draft_url="https://drive.example/1")
    assert (reel.draft_url, reel.drafts, reel.submitted_at) == ("https://drive.example/1", 1, now)
    assert Collaboration.objects.get().status == "review"
    reel.ask_changes("Voucher code is missing", at=now, actor=actor, draft_due_on=dt.date(2026, 11, 30))
    assert (reel.status, reel.draft_due_on, reel.dates_set_at) == ("expected", dt.date(2026, 11, 30), now)
    assert Collaboration.objects.get().status == "review"
    reel.submit(at=now, actor=actor)
    assert Deliverable.objects.get().drafts == 2
    assert told("deliverable.changes") == ["Asked for changes to Instagram Reel for Glow: Voucher code is missing"]


def test_a_new_draft_day_after_the_posting_day_is_refused(reel: Deliverable, now: dt.datetime, actor: Actor) -> None:
    reel.submit(at=now, actor=actor)
    with pytest.raises(Refused, match="after the posting day"):
        reel.ask_changes("Code", at=now, actor=actor, draft_due_on=dt.date(2026, 12, 5))
    assert unchanged(reel)


def test_the_card_goes_on_only_when_all_its_deliverables_do(reel: Deliverable, now: dt.datetime, actor: Actor) -> None:
    story = DeliverableFactory(collaboration=reel.collaboration, status="submitted")
    Deliverable.objects.filter(pk=reel.pk).update(status="submitted")
    reel.approve(at=now, actor=actor)
    assert Collaboration.objects.get().status == "review"
    story.approve(at=now, actor=actor)
    assert Collaboration.objects.get().status == "posting"
    reel.publish(at=now, actor=actor)
    assert Collaboration.objects.get().status == "posting"
    story.publish(at=now, actor=actor)
    assert Collaboration.objects.get().status == "done"
    assert told("collaboration.moved") == ["Glow: now in Review", "Glow: now in Posting", "Glow: now in Done"]


def test_dropping_the_last_open_one_finishes_the_card(reel: Deliverable, now: dt.datetime, actor: Actor) -> None:
    story = DeliverableFactory(collaboration=reel.collaboration)
    reel.publish(at=now, actor=actor)
    story.drop(at=now, actor=actor, why="Out of stock")
    assert Collaboration.objects.get().status == "done"
    assert told("deliverable.dropped") == ["Dropped Instagram Reel for Glow: Out of stock"]


def test_the_card_never_goes_backwards_by_itself(reel: Deliverable, now: dt.datetime, actor: Actor) -> None:
    reel.submit(at=now, actor=actor)
    reel.approve(at=now, actor=actor)
    late = DeliverableFactory(collaboration=reel.collaboration)
    late.submit(at=now, actor=actor)
    assert Collaboration.objects.get().status == "posting"


@pytest.mark.parametrize("column", ["shortlist", "in_talks", "off"])
def test_facts_do_not_take_a_card_out_of_talks(column: str, reel: Deliverable, now: dt.datetime, actor: Actor) -> None:
    Collaboration.objects.update(status=column)
    reel.publish(at=now, actor=actor)
    assert Collaboration.objects.get().status == column


def test_reopening_takes_a_finished_card_back_to_making(reel: Deliverable, now: dt.datetime, actor: Actor) -> None:
    reel.publish(at=now, actor=actor, post_url="https://insta.example/p/1")
    reel.reopen(at=now, actor=actor)
    assert (reel.status, reel.published_at, reel.post_url) == ("expected", None, "")
    assert Collaboration.objects.get().status == "making"


def test_publishing_keeps_when_and_where_it_went_out(reel: Deliverable, now: dt.datetime, actor: Actor) -> None:
    yesterday = now - dt.timedelta(days=1)
    reel.publish(at=now, actor=actor, post_url="https://insta.example/p/1", posted_at=yesterday)
    stored = Deliverable.objects.get()
    assert (stored.published_at, stored.post_url) == (yesterday, "https://insta.example/p/1")
    assert told("deliverable.published") == ["Posted Instagram Reel for Glow: https://insta.example/p/1"]


def test_a_link_is_added_only_to_what_is_out(reel: Deliverable, now: dt.datetime, actor: Actor) -> None:
    with pytest.raises(Refused):
        reel.add_link("https://insta.example/p/1", at=now, actor=actor)
    assert unchanged(reel)
    reel.publish(at=now, actor=actor)
    assert list(Deliverable.objects.link_open()) == [reel]
    reel.add_link("https://insta.example/p/1", at=now, actor=actor)
    assert list(Deliverable.objects.link_open()) == []
    assert Entry.objects.get(verb="deliverable.link").changes == {"post_url": ["", "https://insta.example/p/1"]}


def test_proof_is_asked_for_what_disappears_and_kept_in_the_story(
    reel: Deliverable, now: dt.datetime, actor: Actor
) -> None:
    reel.format.lasts_hours = 24
    reel.format.save()
    reel.publish(at=now, actor=actor)
    assert (list(Deliverable.objects.proof_open()), list(Deliverable.objects.link_open())) == ([reel], [])
    shot = StoredFile.objects.create(file="x.png", label="shot.png", mime="image/png", size=1, sha256="0" * 64)
    reel.add_proof(shot, at=now, actor=actor)
    assert list(Deliverable.objects.proof_open()) == []
    assert Entry.objects.get(verb="deliverable.proof").file == shot


def test_rescheduling_tells_old_and_new_days_and_when_they_were_entered(
    reel: Deliverable, now: dt.datetime, actor: Actor
) -> None:
    reel.reschedule(draft_due_on=None, post_due_on=dt.date(2026, 12, 9), at=now, actor=actor)
    stored = Deliverable.objects.get()
    assert (stored.draft_due_on, stored.post_due_on, stored.dates_set_at) == (None, dt.date(2026, 12, 9), now)
    assert Entry.objects.get().changes == {
        "draft_due_on": ["2026-11-27", ""],
        "post_due_on": ["2026-12-04", "2026-12-09"],
    }


def test_rescheduling_to_the_same_days_says_nothing(reel: Deliverable, now: dt.datetime, actor: Actor) -> None:
    reel.reschedule(draft_due_on=reel.draft_due_on, post_due_on=reel.post_due_on, at=now, actor=actor)
    assert Entry.objects.count() == 0
    assert unchanged(reel)


def test_rescheduling_is_refused_for_days_the_wrong_way_round_and_once_it_is_out(
    reel: Deliverable, now: dt.datetime, actor: Actor
) -> None:
    with pytest.raises(Refused, match="after the posting day"):
        reel.reschedule(draft_due_on=dt.date(2026, 12, 5), post_due_on=reel.post_due_on, at=now, actor=actor)
    assert unchanged(reel)
    reel.publish(at=now, actor=actor)
    with pytest.raises(Refused, match="has moved on"):
        reel.reschedule(draft_due_on=None, post_due_on=dt.date(2026, 12, 9), at=now, actor=actor)
    assert Deliverable.objects.get().post_due_on == dt.date(2026, 12, 4)


def test_late_begins_when_the_day_is_over_in_its_own_zone(reel: Deliverable) -> None:
    reel.zone = "Asia/Makassar"  # the 27th ends there at 16:00 UTC
    assert not reel.is_late(dt.datetime(2026, 11, 27, 15, 59, tzinfo=dt.UTC))
    assert reel.is_late(dt.datetime(2026, 11, 27, 16, 0, tzinfo=dt.UTC))
    assert reel.days_late(dt.datetime(2026, 11, 28, 17, 0, tzinfo=dt.UTC)) == 2
