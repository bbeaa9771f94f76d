"""When platforms are asked: once a mark, again after a pause that grows, and never twice at once."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from campaigns.approvals.models import LivePost
from campaigns.results.fetching.due import Question, mark_due, questions
from campaigns.results.fetching.fetching import claim, fetch_due
from campaigns.results.fetching.health import platforms_said
from campaigns.results.fetching.providers import PROVIDERS
from campaigns.results.fetching.tasks import fetch_figures
from campaigns.results.fetching.upkeep import look
from campaigns.results.models import FetchTry, PostSnapshot
from tests.campaigns.results.fetching.conftest import Platform
from tests.campaigns.results.fetching.test_providers import YOUTUBE
from tests.factories import CollaborationFactory
from tests.factories.results import WENT_OUT, a_live_post
from tests.races import together

pytestmark = pytest.mark.django_db
DAY = WENT_OUT + dt.timedelta(hours=25)


def fetch(at: dt.datetime = DAY) -> dict[str, int]:
    return dict(fetch_due(lambda: at))


@pytest.mark.parametrize(
    ("hours", "mark"),
    [(0, None), (23, None), (24, 24), (36, 24), (37, None), (72, 72), (96, 72), (97, None), (168, 168), (216, 168),
     (217, None), (720, 720), (840, 720), (841, None)],
)  # fmt: skip
def test_a_mark_is_asked_for_while_it_is_near(hours: int, mark: int | None) -> None:
    assert mark_due(WENT_OUT, WENT_OUT + dt.timedelta(hours=hours)) == mark


def test_figures_are_kept_once_a_mark(platform: Platform, video: LivePost) -> None:
    platform.says(200, YOUTUBE)
    assert fetch() == {"asked": 1, "taken": 1}
    assert fetch(DAY + dt.timedelta(hours=1)) == {}
    kept = PostSnapshot.objects.get()
    assert (kept.source, kept.hours, kept.likes, kept.comments, kept.views, kept.reach) == (
        "api", 25, 1204, 96, 18_421, None
    )  # fmt: skip
    assert fetch(WENT_OUT + dt.timedelta(hours=73)) == {"asked": 1, "taken": 1}
    assert len(platform.asked) == 2


def test_a_failure_waits_longer_each_time_and_ends_after_six(platform: Platform, video: LivePost) -> None:
    platform.says(500, "oops")
    at, waits = WENT_OUT + dt.timedelta(hours=720), []
    for _time in range(6):
        fetch(at)
        tried = FetchTry.objects.get()
        if tried.next_at is not None:
            assert fetch(tried.next_at - dt.timedelta(seconds=1)) == {}
            waits.append(int((tried.next_at - at).total_seconds() // 60))
            at = tried.next_at
    assert waits == [10, 20, 40, 80, 160]
    tried.refresh_from_db()
    assert (tried.tries, tried.done_at, tried.error) == (6, at, "500: something is wrong over there")
    assert (fetch(at + dt.timedelta(hours=20)), PostSnapshot.objects.count()) == ({}, 0)


def test_a_platform_that_wants_to_be_left_alone_is_asked_no_more_in_this_round(
    platform: Platform, video: LivePost
) -> None:
    a_live_post(CollaborationFactory(), format=video.deliverable.format, url="https://youtu.be/dQw4w9WgXcR")
    platform.says(429, "", Retry_After="7200")
    assert fetch() == {"asked": 1, "busy": 1}
    assert [one.next_at for one in FetchTry.objects.all()] == [DAY + dt.timedelta(hours=2)]


def test_what_is_not_there_is_given_up_at_once(platform: Platform, video: LivePost) -> None:
    platform.says(200, '{"items":[]}')
    assert fetch() == {"asked": 1, "gave_up": 1}
    tried = FetchTry.objects.get()
    assert (tried.done_at, tried.next_at, tried.error) == (DAY, None, "it is not there")


def test_a_post_without_address_or_taken_down_or_of_another_platform_is_not_asked_about(
    platform: Platform, video: LivePost
) -> None:
    LivePost.objects.filter(pk=video.pk).update(url="")
    gone = a_live_post(CollaborationFactory(), format=video.deliverable.format, url="https://youtu.be/dQw4w9WgXcR")
    LivePost.objects.filter(pk=gone.pk).update(status="removed", removed_at=DAY)
    assert (fetch(), platform.asked) == ({}, [])


def test_a_claim_nobody_answered_is_free_again_after_its_lease(platform: Platform, video: LivePost) -> None:
    (question,) = questions({"youtube"}, DAY)
    assert claim(question, PROVIDERS["youtube"], DAY)
    platform.says(200, YOUTUBE)
    assert fetch(DAY + dt.timedelta(minutes=14)) == {}
    assert fetch(DAY + dt.timedelta(minutes=16)) == {"asked": 1, "taken": 1}


def test_of_two_who_have_the_same_question_one_asks(video: LivePost) -> None:
    (question,) = questions({"youtube"}, DAY)
    assert [claim(question, PROVIDERS["youtube"], DAY) for _both in range(2)] == [True, False]
    later = DAY + dt.timedelta(hours=1)
    again = Question(video, 24, FetchTry.objects.get())
    assert [claim(again, PROVIDERS["youtube"], later) for _both in range(2)] == [True, False]


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_rounds_at_once_ask_once(platform: Platform, video: LivePost) -> None:
    platform.says(200, YOUTUBE, pause=0.2)
    assert together(fetch, fetch) == []
    assert (len(platform.asked), PostSnapshot.objects.count()) == (1, 1)


def test_a_round_asks_a_few_and_the_next_goes_on(platform: Platform, video: LivePost) -> None:
    for number in range(2):
        a_live_post(CollaborationFactory(), format=video.deliverable.format, url=f"https://youtu.be/dQw4w9WgXc{number}")
    platform.says(200, YOUTUBE)
    assert [fetch_due(lambda: DAY, most=2)["asked"] for _round in range(2)] == [2, 1]


def test_the_clock_rings_only_when_something_is_due(
    platform: Platform, settings: Any, video: LivePost, django_capture_on_commit_callbacks: Any
) -> None:
    platform.says(200, YOUTUBE)
    assert look(WENT_OUT) == {}
    assert look(DAY) == {"rung": 1}
    settings.YOUTUBE_KEY = settings.INSTAGRAM_TOKEN = ""
    assert look(DAY) == {}


def test_the_task_asks_nobody_while_platforms_are_off() -> None:
    assert fetch_figures() == {}


def test_readyz_says_which_platforms_are_on_and_never_a_key(
    platform: Platform, settings: Any, video: LivePost, client: Client
) -> None:
    settings.INSTAGRAM_TOKEN = ""
    platform.says(500, "oops")
    fetch()
    said = platforms_said(DAY)
    assert said == "instagram off, youtube on (asked 2026-11-15 06:00 UTC, 1 failed within a day)"
    body = client.get("/readyz").json()
    assert body["platforms"]["ok"] is True
    assert "key-of-ours" not in str(body)
