"""What goes out becomes a live post bound to what was approved by then; what speaks against it becomes a case, never a refusal."""

import datetime as dt
from collections.abc import Callable

import pytest

from campaigns.approvals.models import ContentVersion, Deviation, LivePost
from campaigns.approvals.publishing.promised_time import Planned, wrong_times
from campaigns.briefs.models import Brief, BriefVersion
from campaigns.planning.models import Deliverable
from crm.influencers.models import Platform
from crm.timeline.models import Entry
from crm.timeline.record import Actor
from tests.campaigns.approvals.publishing.conftest import cases

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def test_a_post_is_bound_to_the_version_approved_by_then(
    reel: Deliverable, version: ContentVersion, now: dt.datetime, actor: Actor
) -> None:
    reel.publish(at=now, actor=actor, post_url="https://insta.example/p/1")
    post = LivePost.objects.get()
    assert (post.version, post.platform, post.url, post.published_at, post.status) == (
        version, reel.format.platform, "https://insta.example/p/1", now, "published",
    )  # fmt: skip
    assert cases() == []


def test_each_further_platform_of_the_version_waits_for_its_address(
    reel: Deliverable, approve: Callable[..., ContentVersion], now: dt.datetime, actor: Actor
) -> None:
    approve(reel, tiktok="Serum Lumi #iklan")
    reel.publish(at=now, actor=actor, post_url="https://insta.example/p/1")
    assert list(LivePost.objects.order_by("pk").values_list("platform__code", "url")) == [
        (reel.format.platform.code, "https://insta.example/p/1"), ("tiktok", ""),
    ]  # fmt: skip


def test_posting_without_an_approval_is_a_case_and_no_refusal(
    reel: Deliverable, now: dt.datetime, actor: Actor
) -> None:
    reel.publish(at=now, actor=actor)
    assert (cases(), LivePost.objects.get().status) == ([("unapproved", "")], "deviated")
    assert list(Entry.objects.values_list("verb", flat=True).order_by("pk")) == [
        "deliverable.published", "collaboration.moved", "deviation.found", "post.deviated",
    ]  # fmt: skip


def test_what_needs_no_draft_may_be_posted_without_one(reel: Deliverable, now: dt.datetime, actor: Actor) -> None:
    reel.reschedule(draft_due_on=None, post_due_on=reel.post_due_on, at=now, actor=actor)
    reel.publish(at=now, actor=actor)
    assert cases() == []


def test_an_address_that_comes_later_makes_no_second_row(
    reel: Deliverable, version: ContentVersion, now: dt.datetime, actor: Actor
) -> None:
    reel.publish(at=now, actor=actor)
    reel.add_link("https://insta.example/p/2", at=now + DAY, actor=actor)
    assert list(LivePost.objects.values_list("url", "published_at")) == [("https://insta.example/p/2", now)]


def test_a_post_that_never_was_loses_its_rows_and_keeps_its_story(
    reel: Deliverable, now: dt.datetime, actor: Actor
) -> None:
    reel.publish(at=now, actor=actor)
    reel.reopen(at=now + DAY, actor=actor)
    assert (LivePost.objects.count(), Deviation.objects.count()) == (0, 0)
    assert Entry.objects.filter(verb="deviation.found").count() == 1


def test_what_was_posted_before_anybody_asked_gets_a_row_and_no_case(
    reel: Deliverable, now: dt.datetime, actor: Actor
) -> None:
    """History from a file: published without a word of Mitra, its address corrected today."""
    Deliverable.objects.filter(pk=reel.pk).update(status="published", published_at=now - 90 * DAY)
    reel.refresh_from_db()
    reel.add_link("https://insta.example/p/3", at=now, actor=actor)
    assert (LivePost.objects.get().published_at, cases()) == (now - 90 * DAY, [])


def test_another_platform_is_not_judged_by_the_first_ones_moment_twice(
    reel: Deliverable, approve: Callable[..., ContentVersion], now: dt.datetime, actor: Actor
) -> None:
    approve(reel, tiktok="Serum Lumi #iklan")
    reel.publish(at=now, actor=actor, posted_at=now - 4 * DAY)
    assert list(Deviation.objects.values_list("kind", "post__platform")) == [("early", reel.format.platform_id)]


class TestTime:
    ZONE = "Asia/Jakarta"

    def at(self, day: int, hour: int, minute: int = 0) -> dt.datetime:
        from zoneinfo import ZoneInfo

        return dt.datetime(2026, 11, day, hour, minute, tzinfo=ZoneInfo(self.ZONE))

    @pytest.mark.parametrize(
        ("published", "kinds"),
        [
            ((22, 23, 59), ["early"]),
            ((23, 0, 0), []),
            ((24, 9, 0), []),
            ((25, 23, 59), []),
            ((26, 0, 0), ["late"]),
        ],
    )
    def test_a_day_off_either_way_is_no_case(self, published: tuple[int, int, int], kinds: list[str]) -> None:
        planned = Planned(dt.date(2026, 11, 24), self.ZONE)
        assert list(wrong_times(self.at(*published), planned)) == kinds

    def test_before_the_embargo_is_told_as_that_and_not_as_early(self) -> None:
        planned = Planned(dt.date(2026, 11, 24), self.ZONE, self.at(24, 19))
        assert list(wrong_times(self.at(24, 18, 59), planned)) == ["embargo"]
        assert list(wrong_times(self.at(20, 9), planned)) == ["embargo"]
        assert list(wrong_times(self.at(24, 19), planned)) == []

    def test_only_the_day_being_known_proves_nothing_on_the_day_of_the_embargo(self) -> None:
        planned = Planned(dt.date(2026, 11, 24), self.ZONE, self.at(24, 19))
        assert list(wrong_times(self.at(24, 12), planned)) == []
        assert list(wrong_times(self.at(23, 12), planned)) == ["embargo"]


def test_the_embargo_of_the_brief_counts(
    reel: Deliverable, version: ContentVersion, now: dt.datetime, actor: Actor
) -> None:
    brief = Brief.objects.create(campaign=reel.collaboration.campaign)
    BriefVersion.objects.create(brief=brief, number=1, released_at=now - DAY, embargo_at=now + dt.timedelta(hours=5))
    reel.publish(at=now, actor=actor)
    assert cases() == [("embargo", "")]
    assert Platform.objects.get(pk=LivePost.objects.get().platform_id) == reel.format.platform
