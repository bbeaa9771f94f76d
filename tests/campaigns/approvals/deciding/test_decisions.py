"""Saying yes, changes or no about a version, and what follows from it."""

import datetime as dt
from typing import Any

import pytest
from django.urls import reverse
from djmoney.money import Money

from campaigns.approvals.checking.actions import waive
from campaigns.approvals.deciding.actions import decide, open_review, withdraw
from campaigns.approvals.deciding.refusals import (
    FindingsHold,
    NeedsCitation,
    NewerVersion,
    NothingSaid,
    NotYourTurn,
    OwnWork,
    RoundsUsedUp,
)
from campaigns.approvals.models import CheckResult, ExtraRound, Note, Review, ReviewDecision
from campaigns.planning.models import Campaign, Deliverable
from campaigns.planning.models.told import Refused
from crm.outbox.models import Contact
from crm.reminders.models import Todo
from crm.team.models import User
from crm.timeline.models import Entry
from crm.timeline.record import SYSTEM, Actor
from crm.timeline.transitions import TransitionRefused
from tests.campaigns.approvals.deciding.conftest import review_of, stages, version_of
from tests.factories import UserFactory

STATUSES = tuple(Review.Status.values)


def said(review: Review, who: Any, verdict: str, now: dt.datetime, **more: Any) -> ReviewDecision:
    actor = Actor.user(who) if isinstance(who, User) else Actor.contact(who)
    return decide(review, who, verdict, **{"sha256": review.version.sha256, "at": now, "actor": actor, **more})


def standing(review: Review) -> tuple[Any, ...]:
    """Everything a refusal must leave alone."""
    row, reel = Review.objects.get(pk=review.pk), Deliverable.objects.get(pk=review.version.deliverable_id)
    told = (
        Entry.objects.count(),
        ReviewDecision.objects.count(),
        Note.objects.sent().count(),
        ExtraRound.objects.count(),
    )
    return row.status, row.due_at, row.first_seen_at, [step.state for step in row.steps.all()], reel.status, told


def refused(kind: type[Exception], review: Review, who: Any, verdict: str, now: dt.datetime, **more: Any) -> Any:
    before = standing(review)
    with pytest.raises(kind) as caught:
        said(review, who, verdict, now, **more)
    assert standing(review) == before
    return caught.value


def verbs_of(review: Review) -> list[str]:
    told = Entry.objects.filter(subject=f"campaigns.review:{review.pk}").order_by("pk")
    return list(told.values_list("verb", flat=True))


def test_a_yes_of_the_only_stage_lets_her_post(review: Review, coordinator: User, now: dt.datetime) -> None:
    decision = said(review, coordinator, "approve", now, comment="Cantik!")
    reel = Deliverable.objects.get()
    assert (review.status, review.due_at, review.decided_at) == ("approved", None, now)
    assert (reel.status, reel.approved_at) == ("approved", now)
    assert (decision.sha256, decision.settles, decision.by_label) == (review.version.sha256, True, "Dinda")
    assert [step.state for step in review.steps.all()] == ["passed"]
    assert verbs_of(review) == ["review.approved"]


def test_changes_send_every_note_together_and_give_her_the_days_agreed(
    review: Review, coordinator: User, now: dt.datetime
) -> None:
    version = review.version
    for level, body in (("should", "Boleh lebih terang?"), ("good", "Cahayanya cantik.")):
        Note.objects.create(version=version, level=level, body=body, author_label="Dinda")
    Note.objects.create(version=version, level="should", body="Mahal.", author_label="Dinda", is_for_us=True)
    said(review, coordinator, "changes", now)
    reel = Deliverable.objects.get()
    assert (review.status, reel.status, reel.draft_due_on) == ("changes", "expected", dt.date(2026, 11, 26))
    assert reel.changes_note.index("Cahayanya cantik.") < reel.changes_note.index("Boleh lebih terang?")
    assert list(Note.objects.sent().values_list("level", "sent_at").order_by("level")) == [
        ("good", now), ("should", now),
    ]  # fmt: skip
    assert [step.state for step in review.steps.all()] == ["stopped"]


def test_changes_without_a_word_are_refused_and_praise_alone_is_none(
    review: Review, coordinator: User, now: dt.datetime
) -> None:
    Note.objects.create(version=review.version, level="good", body="Cantik.", author_label="Dinda")
    refused(NothingSaid, review, coordinator, "changes", now)


def test_a_must_without_its_item_is_refused_where_the_organisation_says_so(
    review: Review, campaign: Campaign, coordinator: User, now: dt.datetime
) -> None:
    note = Note.objects.create(version=review.version, level="must", body="Kode belum ada.", author_label="Dinda")
    refused(NeedsCitation, review, coordinator, "changes", now)
    stages(campaign, musts_cite=False)
    said(review, coordinator, "changes", now)
    note.refresh_from_db()
    assert (review.status, note.sent_at) == ("changes", now)


def test_a_no_needs_a_reason_and_she_never_reads_that_word(review: Review, coordinator: User, now: dt.datetime) -> None:
    refused(NothingSaid, review, coordinator, "reject", now)
    said(review, coordinator, "reject", now, comment="Ide lain ya, Kak.")
    reel = Deliverable.objects.get()
    assert (review.status, reel.status, reel.changes_note) == ("rejected", "expected", "Ide lain ya, Kak.")


def test_a_no_may_end_what_was_to_be_made(review: Review, coordinator: User, now: dt.datetime) -> None:
    said(review, coordinator, "reject", now, comment="Produk ditarik", drop=True)
    assert (review.status, Deliverable.objects.get().status) == ("rejected", "dropped")


@pytest.mark.parametrize("status", STATUSES)
@pytest.mark.parametrize("to", STATUSES)
def test_every_pair_of_statuses_is_allowed_or_refused_as_the_table_says(
    review: Review, now: dt.datetime, status: str, to: str
) -> None:
    Review.objects.filter(pk=review.pk).update(status=status, decided_at=now)
    review.refresh_from_db()
    if status in Review.MOVES[to]:
        review.end(to, "review.test", "x", at=now, actor=SYSTEM)
        assert Review.objects.get().status == to
        return
    with pytest.raises(TransitionRefused):
        review.end(to, "review.test", "x", at=now, actor=SYSTEM)
    assert (Review.objects.get().status, Entry.objects.filter(verb="review.test").count()) == (status, 0)


@pytest.mark.parametrize("status", ["changes", "rejected", "withdrawn", "replaced"])
@pytest.mark.parametrize("verdict", ["approve", "changes", "reject"])
def test_what_is_over_is_not_decided_again(
    review: Review, coordinator: User, now: dt.datetime, status: str, verdict: str
) -> None:
    Review.objects.filter(pk=review.pk).update(status=status, decided_at=now)
    refused(Refused, review, coordinator, verdict, now, comment="Lagi")


def test_changes_may_still_be_asked_after_a_yes_and_a_second_yes_may_not(
    review: Review, coordinator: User, now: dt.datetime
) -> None:
    said(review, coordinator, "approve", now)
    refused(NotYourTurn, review, coordinator, "approve", now)
    said(review, coordinator, "changes", now, comment="Ternyata kodenya salah")
    assert (review.status, Deliverable.objects.get().status) == ("changes", "expected")


def test_another_hash_than_the_one_that_was_seen_is_refused(
    review: Review, coordinator: User, now: dt.datetime
) -> None:
    for verdict in ("approve", "changes", "reject"):
        refused(NewerVersion, review, coordinator, verdict, now, sha256="f" * 64, comment="Ganti")


def test_a_newer_version_replaces_what_waits_and_what_was_approved(
    reel: Deliverable, coordinator: User, now: dt.datetime
) -> None:
    first = review_of(reel, now)
    said(first, coordinator, "approve", now)
    second = review_of(reel, now, 2)
    third = review_of(reel, now, 3)
    assert [Review.objects.get(pk=one.pk).status for one in (first, second, third)] == [
        "replaced", "replaced", "in_review",
    ]  # fmt: skip
    refused(NewerVersion, first, coordinator, "changes", now, comment="Ganti")
    assert third.round == 1


def test_what_a_check_holds_is_not_approved_until_it_is_waived(
    reel: Deliverable, coordinator: User, bagas: User, now: dt.datetime
) -> None:
    review = review_of(reel, now, caption="Kulitku lembap.")
    error = refused(FindingsHold, review, coordinator, "approve", now)
    found = CheckResult.objects.filter(version=review.version).holding()
    assert [one.rule for one in error.findings] == [one.rule for one in found] == ["CAP-05"]
    waive(found.get(), "Labelnya di video", at=now, actor=Actor.user(bagas))
    said(review, coordinator, "approve", now)
    assert review.status == "approved"


def test_nobody_approves_own_work_but_may_ask_herself_for_more(
    reel: Deliverable, coordinator: User, bagas: User, now: dt.datetime
) -> None:
    review = review_of(reel, now, by_user=coordinator.pk)
    refused(OwnWork, review, coordinator, "approve", now)
    said(review, bagas, "approve", now)
    assert review.status == "approved"


def test_who_passed_on_what_came_by_chat_did_not_make_it(
    reel: Deliverable, coordinator: User, now: dt.datetime
) -> None:
    review = review_of(reel, now, by_user=coordinator.pk, channel="whatsapp")
    said(review, coordinator, "approve", now)
    assert review.status == "approved"


def test_stages_come_one_after_the_other_and_keep_the_day_of_the_whole_decision(
    reel: Deliverable, campaign: Campaign, coordinator: User, bagas: User, ratna: Contact, now: dt.datetime
) -> None:
    stages(campaign, {"role": "coordinator", "people": [coordinator]}, {"role": "client", "guests": [ratna]})
    review = review_of(reel, now)
    due_at = review.due_at
    refused(NotYourTurn, review, bagas, "approve", now)
    refused(NotYourTurn, review, ratna, "approve", now)
    said(review, coordinator, "approve", now)
    assert [step.state for step in review.steps.all()] == ["passed", "open"]
    assert (review.status, review.due_at, Deliverable.objects.get().status) == ("in_review", due_at, "submitted")
    refused(NotYourTurn, review, coordinator, "approve", now)
    said(review, ratna, "approve", now)
    assert (review.status, Deliverable.objects.get().status) == ("approved", "approved")
    assert verbs_of(review) == ["review.said", "review.approved"]


def test_all_of_them_means_all_and_the_last_word_of_each_counts(
    reel: Deliverable, campaign: Campaign, coordinator: User, bagas: User, now: dt.datetime
) -> None:
    stages(campaign, {"quorum": "all", "people": [coordinator, bagas]})
    review = review_of(reel, now)
    said(review, coordinator, "approve", now)
    said(review, coordinator, "approve", now)
    assert review.status == "in_review"
    said(review, bagas, "approve", now)
    assert review.status == "approved"


def test_with_a_decision_maker_the_others_advise(
    reel: Deliverable, campaign: Campaign, coordinator: User, ratna: Contact, now: dt.datetime
) -> None:
    stages(campaign, {"role": "client", "people": [coordinator], "guests": [ratna], "decider": ratna})
    review = review_of(reel, now)
    assert said(review, coordinator, "changes", now, comment="Lebih terang").settles is False
    assert review.status == "in_review"
    assert said(review, ratna, "approve", now).settles is True
    assert review.status == "approved"


def test_a_colleague_notes_what_a_guest_said_by_chat(
    reel: Deliverable, campaign: Campaign, coordinator: User, ratna: Contact, now: dt.datetime
) -> None:
    stages(campaign, {"role": "client", "guests": [ratna]})
    review = review_of(reel, now)
    refused(NotYourTurn, review, coordinator, "approve", now, noted_for="Somebody else", channel="whatsapp")
    kept = said(review, coordinator, "approve", now, noted_for="ratna lumi", channel="whatsapp", comment="Oke ya")
    assert (kept.noted_for, kept.by_contact, kept.by_user, kept.by_label, kept.channel) == (
        "Ratna Lumi", ratna.pk, coordinator.pk, "Dinda", "whatsapp",
    )  # fmt: skip
    told = Entry.objects.get(verb="review.approved")
    assert (review.status, told.channel, told.quote) == ("approved", "whatsapp", "Oke ya")


def test_when_everybody_named_has_left_a_manager_steps_in(
    reel: Deliverable, campaign: Campaign, coordinator: User, bagas: User, now: dt.datetime
) -> None:
    gone = UserFactory(is_active=False)
    stages(campaign, {"role": "legal", "people": [gone]})
    review = review_of(reel, now)
    refused(NotYourTurn, review, coordinator, "approve", now)
    said(review, bagas, "approve", now)
    assert review.status == "approved"


def test_a_round_beyond_what_was_agreed_needs_a_reason_and_may_cost(
    reel: Deliverable, campaign: Campaign, coordinator: User, now: dt.datetime
) -> None:
    stages(campaign, max_rounds=1)
    said(review_of(reel, now), coordinator, "changes", now, comment="Terang")
    second = review_of(reel, now, 2)
    assert second.round == 2
    error = refused(RoundsUsedUp, second, coordinator, "changes", now, comment="Lagi")
    assert error.most == 1
    fee = Money(250_000, "IDR")
    said(second, coordinator, "changes", now, comment="Lagi", extra_reason="Klien ganti kemasan", extra_fee=fee)
    kept = ExtraRound.objects.get()
    assert (kept.round, kept.reason, kept.fee, kept.by, kept.version) == (
        2, "Klien ganti kemasan", fee, coordinator, second.version,
    )  # fmt: skip
    assert verbs_of(second) == ["review.extra_round", "review.changes"]


def test_an_idea_has_rounds_of_its_own_and_leaves_the_deliverable_expected(
    reel: Deliverable, coordinator: User, now: dt.datetime
) -> None:
    idea = open_review(version_of(reel, now, stage="concept", caption="Di pasar pagi"), at=now, actor=SYSTEM)
    said(idea, coordinator, "changes", now, comment="Di rumah saja")
    draft = review_of(reel, now)
    assert (idea.status, idea.round, draft.round) == ("changes", 1, 1)
    idea2 = open_review(version_of(reel, now, 2, stage="concept"), at=now, actor=SYSTEM)
    said(idea2, coordinator, "approve", now)
    assert (idea2.round, idea2.status, Deliverable.objects.get().status) == (2, "approved", "submitted")


def test_our_lateness_moves_her_day_and_the_story_says_so(
    reel: Deliverable, coordinator: User, now: dt.datetime
) -> None:
    review = review_of(reel, now)
    late = now + dt.timedelta(hours=48 + 5)
    said(review, coordinator, "changes", late, comment="Terang")
    told = Entry.objects.get(verb="review.late")
    assert (review.late_hours, Deliverable.objects.get().draft_due_on) == (5, dt.date(2026, 11, 30))
    assert told.sentence_en.startswith("We answered about Instagram Reel 5 hours late, so her day moves to")


def test_a_posting_day_that_leaves_no_time_is_never_moved_silently(
    reel: Deliverable, coordinator: User, now: dt.datetime
) -> None:
    Deliverable.objects.filter(pk=reel.pk).update(draft_due_on=dt.date(2026, 11, 23), post_due_on=dt.date(2026, 11, 25))
    review = review_of(reel, now)
    said(review, coordinator, "changes", now, comment="Terang")
    row, task = Deliverable.objects.get(), Todo.objects.get()
    assert (row.draft_due_on, row.post_due_on) == (dt.date(2026, 11, 25), dt.date(2026, 11, 25))
    assert (task.owner, task.url) == (coordinator, reverse("deliverable-edit", args=[reel.pk]))


def test_taking_back_expects_a_new_draft(review: Review, coordinator: User, now: dt.datetime, actor: Actor) -> None:
    with pytest.raises(NothingSaid):
        withdraw(review, " ", at=now, actor=actor)
    withdraw(review, "Salah file", at=now, actor=actor)
    assert (review.status, Deliverable.objects.get().status) == ("withdrawn", "expected")
    assert verbs_of(review) == ["review.withdrawn"]
    with pytest.raises(TransitionRefused):
        withdraw(review, "Lagi", at=now, actor=actor)
