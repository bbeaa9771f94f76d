"""Whether it stays: looks half way and before the end, gone too early is a case (domain rule 6.2, LIVE); comments answered (R1-67)."""

import datetime as dt
from typing import Any

import pytest

from campaigns.approvals.models import ApprovalPolicy, ContentVersion, LiveCheck, LivePost, ReplyPromise
from campaigns.approvals.publishing.replies import check_replies, promise_replies
from campaigns.approvals.publishing.staying import answer_check, check_days
from campaigns.planning.models import Campaign, Deliverable, Refused
from crm.timeline.models import Entry
from crm.timeline.record import Actor
from crm.vetting.models import Fact
from tests.campaigns.approvals.publishing.conftest import cases

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def on(day: int) -> dt.date:
    return dt.date(2026, 11, 24) + day * DAY


@pytest.mark.parametrize(("days", "wanted"), [(30, [15, 29]), (7, [3, 6]), (2, [1]), (1, [0])])
def test_half_way_and_the_day_before_the_last(days: int, wanted: list[int]) -> None:
    assert list(check_days(on(0), days)) == [on(day) for day in wanted]


@pytest.fixture
def stays(campaign: Campaign, reel: Deliverable, version: ContentVersion, now: dt.datetime, actor: Actor) -> LivePost:
    ApprovalPolicy.objects.create(campaign=campaign, live_days=30)
    reel.publish(at=now, actor=actor, post_url="https://insta.example/p/1")
    return LivePost.objects.with_card().get()


def check(number: int) -> LiveCheck:
    rows = LiveCheck.objects.select_related("post__deliverable__collaboration").order_by("due_on")
    return rows[number]


def test_it_stays_as_long_as_the_policy_says(stays: LivePost) -> None:
    assert (stays.live_until, [row.due_on for row in LiveCheck.objects.order_by("due_on")]) == (
        on(30), [on(15), on(29)],
    )  # fmt: skip


def test_what_disappears_by_itself_has_no_looks(
    campaign: Campaign, reel: Deliverable, version: ContentVersion, now: dt.datetime, actor: Actor
) -> None:
    ApprovalPolicy.objects.create(campaign=campaign, live_days=30)
    reel.format.lasts_hours = 24
    reel.format.save()
    reel.publish(at=now, actor=actor)
    assert (LivePost.objects.get().live_until, LiveCheck.objects.count()) == (None, 0)


def test_gone_too_early_is_a_case_and_back_again_it_is_mended(stays: LivePost, now: dt.datetime, actor: Actor) -> None:
    answer_check(check(0), is_live=False, at=now + 15 * DAY, actor=actor)
    stays.refresh_from_db()
    assert (stays.status, stays.removed_at, cases()) == ("removed", now + 15 * DAY, [("removed", "")])
    answer_check(check(1), is_live=True, at=now + 16 * DAY, actor=actor)
    stays.refresh_from_db()
    assert (stays.status, stays.removed_at, cases()) == ("published", None, [("removed", "mended")])


def test_there_on_the_last_look_it_stayed(stays: LivePost, now: dt.datetime, actor: Actor) -> None:
    answer_check(check(0), is_live=True, at=now + 15 * DAY, actor=actor)
    assert not Entry.objects.filter(verb="post.stayed").exists()
    answer_check(check(1), is_live=True, at=now + 29 * DAY, actor=actor)
    assert Entry.objects.filter(verb="post.stayed").count() == 1
    assert list(Fact.objects.filter(kind="live").values_list("amount", flat=True)) == [1]


def test_somebody_was_faster(stays: LivePost, now: dt.datetime, actor: Actor) -> None:
    again = check(0)
    answer_check(check(0), is_live=True, at=now, actor=actor)
    with pytest.raises(Refused):
        answer_check(again, is_live=False, at=now, actor=actor)
    assert cases() == []


class TestReplies:
    def test_promised_changed_and_taken_back(self, reel: Deliverable, now: dt.datetime, actor: Actor) -> None:
        promise_replies(reel, 24, at=now, actor=actor)
        promise_replies(reel, 48, at=now, actor=actor)
        assert ReplyPromise.objects.get().hours == 48
        promise_replies(reel, None, at=now, actor=actor)
        assert not ReplyPromise.objects.exists()

    def test_once_looked_at_the_promise_stays(self, post: LivePost, now: dt.datetime, actor: Actor) -> None:
        promise_replies(post.deliverable, 24, at=now, actor=actor)
        said: dict[str, Any] = {"kept": "no", "replies": 3, "note": "Only hearts"}
        check_replies(ReplyPromise.objects.get(), said, at=now + DAY, actor=actor)
        with pytest.raises(Refused):
            promise_replies(post.deliverable, None, at=now + DAY, actor=actor)
        row = ReplyPromise.objects.get()
        assert (row.kept, row.replies, row.checked_at, row.hours) == (False, 3, now + DAY, 24)
        assert list(Fact.objects.filter(kind="replies").values_list("amount", flat=True)) == [0]
