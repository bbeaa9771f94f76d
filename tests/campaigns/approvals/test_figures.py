"""What is told of working with her: days kept, rounds, hours and what became of a post, and when it is not held against her."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from campaigns.approvals.figures import forget_post, tell_of_post, tell_of_review, tell_of_version
from campaigns.approvals.models import (
    ApprovalPolicy,
    ContentVersion,
    Deviation,
    LiveCheck,
    LivePost,
    ReplyPromise,
    Review,
    ReviewDecision,
)
from campaigns.approvals.turnaround import Turn, turns_of
from campaigns.planning.models import Collaboration, Deliverable
from campaigns.planning.models.holds import DeliverableHold
from crm.team.models import User
from crm.timeline.record import SYSTEM, Actor, record
from crm.vetting.models import Fact
from tests.conftest import NOW
from tests.factories import BrandFactory, CampaignFactory, CollaborationFactory, DeliverableFactory, InfluencerFactory

HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)
DUE = dt.date(2026, 11, 27)


@pytest.fixture
def actor(coordinator: User) -> Actor:
    return Actor.user(coordinator)


@pytest.fixture
def reel(coordinator: User) -> Deliverable:
    campaign = CampaignFactory(name="Glow", brand=BrandFactory(name="Lumi"), owner=coordinator, status="live")
    card = CollaborationFactory(
        campaign=campaign,
        influencer=InfluencerFactory(stage_name="Kirana Maheswari"),
        status=Collaboration.Status.MAKING,
    )
    return DeliverableFactory(collaboration=card, title="Reel", draft_due_on=DUE, post_due_on=dt.date(2026, 12, 4))


def facts() -> dict[str, list[Decimal]]:
    found: dict[str, list[Decimal]] = {}
    for kind, amount in Fact.objects.order_by("pk").values_list("kind", "amount"):
        found.setdefault(kind, []).append(amount)
    return found


def version(reel: Deliverable, number: int, at: dt.datetime, actor: Actor, stage: str = "draft") -> ContentVersion:
    made = ContentVersion.objects.create(
        deliverable=reel, number=number, stage=stage, sha256=f"{number:064d}", submitted_at=at
    )
    Review.objects.create(version=made, opened_at=at, round=number)
    tell_of_version(made, at, actor)
    return made


def settle(made: ContentVersion, status: str, at: dt.datetime, actor: Actor, *, verdict: str = "") -> None:
    review = made.review
    review.status, review.decided_at = status, at
    review.save()
    decision = ReviewDecision.objects.create(
        version=made, sha256=made.sha256, role="coordinator", at=at, by_label="Dinda", settles=True,
        verdict=verdict or {"approved": "approve", "changes": "changes", "rejected": "reject"}[status],
    )  # fmt: skip
    tell_of_review(review, decision, at, actor)


def posted(reel: Deliverable, at: dt.datetime, **more: Any) -> LivePost:
    reel.status, reel.published_at = "published", at
    reel.save()
    record("deliverable.published", "Posted", at=at, actor=SYSTEM, subject=reel)
    return LivePost.objects.create(deliverable=reel, platform=reel.format.platform, published_at=at, **more)


def test_a_draft_three_days_early_says_so(reel: Deliverable, actor: Actor) -> None:
    made = version(reel, 1, NOW, actor)
    fact = Fact.objects.get()
    assert (fact.kind, fact.amount, fact.ref) == ("draft_days", -3, f"campaigns.contentversion:{made.pk}")
    assert (fact.label, fact.work) == ("Reel, Glow", f"campaigns.collaboration:{reel.collaboration_id}")
    assert (fact.influencer, fact.brand) == (reel.collaboration.influencer, reel.collaboration.campaign.brand)


def test_a_draft_late_in_the_evening_of_its_day_is_on_time(reel: Deliverable, actor: Actor) -> None:
    version(reel, 1, dt.datetime(2026, 11, 27, 16, 59, tzinfo=dt.UTC), actor)
    assert facts() == {"draft_days": [0]}


def test_nothing_is_said_of_days_where_no_draft_was_asked_for(reel: Deliverable, actor: Actor) -> None:
    reel.draft_due_on = None
    version(reel, 1, NOW, actor)
    assert facts() == {}


def test_an_idea_is_no_draft(reel: Deliverable, actor: Actor) -> None:
    idea = version(reel, 1, NOW, actor, stage="concept")
    settle(idea, "approved", NOW + 5 * HOUR, actor)
    assert facts() == {"our_hours": [5]}


def test_a_late_draft_is_not_held_against_her_while_the_parcel_had_not_come(reel: Deliverable, actor: Actor) -> None:
    DeliverableHold.objects.create(deliverable=reel, source="campaigns.samplerequest:1", since_at=NOW - DAY)
    version(reel, 1, NOW + 5 * DAY, actor)
    assert facts() == {}


def test_a_late_draft_counts_when_the_parcel_came_before_its_day(reel: Deliverable, actor: Actor) -> None:
    DeliverableHold.objects.create(
        deliverable=reel, source="campaigns.samplerequest:1", since_at=NOW - DAY, lifted_at=NOW
    )
    version(reel, 1, NOW + 5 * DAY, actor)
    assert facts() == {"draft_days": [2]}


def test_two_rounds_and_how_long_each_side_took(reel: Deliverable, actor: Actor) -> None:
    first = version(reel, 1, NOW, actor)
    settle(first, "changes", NOW + 5 * HOUR, actor)
    second = version(reel, 2, NOW + 25 * HOUR, actor)
    settle(second, "approved", NOW + 56 * HOUR, actor)
    assert facts() == {
        "draft_days": [-3, -2], "our_hours": [5, 31], "answer_hours": [20], "rounds": [1], "first_pass": [0]
    }  # fmt: skip


def test_what_it_took_is_said_in_one_line_for_each_thing(reel: Deliverable, actor: Actor, coordinator: User) -> None:
    card = reel.collaboration
    story = DeliverableFactory(collaboration=card, title="Reel", draft_due_on=DUE, post_due_on=dt.date(2026, 12, 4))
    first = version(reel, 1, NOW, actor)
    settle(first, "changes", NOW + 5 * HOUR, actor)
    settle(version(reel, 2, NOW + 25 * HOUR, actor), "approved", NOW + 56 * HOUR, actor)
    settle(version(story, 1, NOW + 4 * DAY, actor), "approved", NOW + 4 * DAY, actor)
    tell_of_post(posted(reel, NOW + 10 * DAY), NOW, actor)
    assert turns_of(card, coordinator) == [
        Turn(
            "Reel",
            "Draft 3 days early, 1 round, we took 5 hours and 31 hours, she took 20 hours for changes, posted on its day",
        ),
        Turn("Reel", "Draft 1 day late, approved at first, we took less than an hour"),
    ]


@pytest.mark.parametrize("times", [1, 3])
def test_what_it_took_costs_two_queries(
    times: int, reel: Deliverable, actor: Actor, owner: User, django_assert_num_queries: Callable[..., Any]
) -> None:
    for number in range(1, times + 1):
        version(reel, number, NOW, actor)
    card = Collaboration.objects.select_related("influencer", "campaign").get()
    assert owner.brand_ids() is None
    with django_assert_num_queries(2):
        assert len(turns_of(card, owner)) == 1


def test_hours_of_ours_are_those_of_working_days_where_the_campaign_counts_so(reel: Deliverable, actor: Actor) -> None:
    ApprovalPolicy.objects.create(campaign=reel.collaboration.campaign, calendar="working_days")
    friday = dt.datetime(2026, 11, 27, 3, 0, tzinfo=dt.UTC)
    settle(version(reel, 1, friday, actor), "approved", friday + 3 * DAY, actor)
    assert facts()["our_hours"] == [24]


def test_changes_without_a_new_day_make_nobody_late(reel: Deliverable, actor: Actor) -> None:
    first = version(reel, 1, NOW + 2 * DAY, actor)
    settle(first, "changes", NOW + 4 * DAY, actor)
    version(reel, 2, NOW + 5 * DAY, actor)
    assert facts()["draft_days"] == [-1]


def test_a_yes_at_first_is_told_and_taken_back_with_a_newer_version(reel: Deliverable, actor: Actor) -> None:
    settle(version(reel, 1, NOW, actor), "approved", NOW + HOUR, actor)
    assert (facts()["first_pass"], facts()["rounds"]) == ([1], [0])
    second = version(reel, 2, NOW + 2 * HOUR, actor)
    assert "first_pass" not in facts()
    settle(second, "changes", NOW + 3 * HOUR, actor)
    assert "rounds" not in facts()
    settle(version(reel, 3, NOW + 4 * HOUR, actor), "approved", NOW + 5 * HOUR, actor)
    assert (facts()["first_pass"], facts()["rounds"]) == ([0], [1])


def test_a_post_told_twice_is_one_and_a_corrected_time_counts(reel: Deliverable, actor: Actor) -> None:
    post = posted(reel, NOW + 12 * DAY)
    tell_of_post(post, NOW, actor)
    assert facts() == {"post_days": [2]}
    reel.published_at = NOW + 10 * DAY
    reel.save()
    tell_of_post(LivePost.objects.get(), NOW, actor)
    assert facts() == {"post_days": [0]}


def test_a_post_from_a_file_says_nothing_about_days(reel: Deliverable, actor: Actor) -> None:
    reel.status, reel.published_at = "published", NOW
    reel.save()
    tell_of_post(LivePost.objects.create(deliverable=reel, platform=reel.format.platform, published_at=NOW), NOW, actor)
    assert facts() == {}


def test_a_deviation_counts_until_it_was_none(reel: Deliverable, actor: Actor) -> None:
    post = posted(reel, NOW)
    case = Deviation.objects.create(post=post, kind="caption", found_at=NOW)
    tell_of_post(post, NOW, actor)
    assert facts()["deviation"] == [1]
    case.outcome, case.closed_at = "mistake", NOW
    case.save()
    tell_of_post(post, NOW, actor)
    assert "deviation" not in facts()


@pytest.mark.parametrize(
    ("seen", "status", "gone_after", "told"),
    [
        (False, "verified", None, None),
        (True, "verified", None, [1]),
        (False, "removed", 3, [0]),
        (False, "removed", 40, [1]),
    ],
)
def test_whether_it_stayed_online(
    reel: Deliverable, actor: Actor, seen: bool, status: str, gone_after: int | None, told: list[int] | None
) -> None:
    until = dt.date(2026, 12, 24)
    post = posted(reel, NOW, status=status, live_until=until, removed_at=NOW + gone_after * DAY if gone_after else None)
    LiveCheck.objects.create(post=post, due_on=until, done_at=NOW + 30 * DAY if seen else None, is_live=seen or None)
    tell_of_post(post, NOW + 30 * DAY, actor)
    assert facts().get("live") == told


def test_replies_are_told_once_somebody_looked(reel: Deliverable, actor: Actor) -> None:
    promise = ReplyPromise.objects.create(deliverable=reel)
    post = posted(reel, NOW)
    tell_of_post(post, NOW, actor)
    assert "replies" not in facts()
    promise.kept, promise.checked_at = False, NOW
    promise.save()
    tell_of_post(LivePost.objects.get(), NOW, actor)
    assert facts()["replies"] == [0]


def test_a_post_that_never_was_leaves_nothing_behind(reel: Deliverable, actor: Actor) -> None:
    version(reel, 1, NOW, actor)
    ReplyPromise.objects.create(deliverable=reel, kept=True, checked_at=NOW)
    post = posted(reel, NOW, status="removed", live_until=dt.date(2026, 12, 24), removed_at=NOW + DAY)
    Deviation.objects.create(post=post, kind="removed", found_at=NOW)
    tell_of_post(post, NOW, actor)
    assert sorted(facts()) == ["deviation", "draft_days", "live", "post_days", "replies"]
    forget_post(post, NOW, actor)
    assert sorted(facts()) == ["draft_days"]


def test_what_is_told_of_a_merged_person_is_told_of_who_stayed(reel: Deliverable, actor: Actor) -> None:
    stays = InfluencerFactory(stage_name="Kirana")
    card = reel.collaboration
    card.influencer.merged_into = stays
    card.influencer.save()
    version(reel, 1, NOW, actor)
    assert Fact.objects.get().influencer == stays
