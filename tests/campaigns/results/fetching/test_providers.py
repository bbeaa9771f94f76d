"""What platforms answer, as recorded from their documentation, and every way in which they do not."""

import datetime as dt
import json
from typing import Any

import httpx
import pytest

from campaigns.approvals.models import LivePost
from campaigns.results.fetching import asking
from campaigns.results.fetching.instagram import Instagram, shortcode_of
from campaigns.results.fetching.providers import Busy, Failed, Figures, GaveUp, switched_on
from campaigns.results.fetching.youtube import YouTube, video_of
from tests.campaigns.results.fetching.conftest import Platform

pytestmark = pytest.mark.django_db

STATISTICS = {"viewCount": "18421", "likeCount": "1204", "favoriteCount": "0", "commentCount": "96"}
YOUTUBE = json.dumps(
    {
        "kind": "youtube#videoListResponse",
        "etag": "x",
        "items": [{"kind": "youtube#video", "etag": "y", "id": "dQw4w9WgXcQ", "statistics": STATISTICS}],
        "pageInfo": {"totalResults": 1, "resultsPerPage": 1},
    }
)


def discovery(*media: dict[str, Any]) -> str:
    account = {"followers_count": 48_210, "media": {"data": list(media), "paging": {}}, "id": "17841405309211844"}
    return json.dumps({"business_discovery": account, "id": "1789"})


OTHER = {"permalink": "https://www.instagram.com/p/Other1/", "like_count": 5, "comments_count": 1, "id": "1"}
HERS = {"permalink": "https://www.instagram.com/reel/DGlow1/", "like_count": 1_140, "comments_count": 82, "id": "2"}


def test_youtube_tells_views_likes_and_comments(platform: Platform, video: LivePost) -> None:
    platform.says(200, YOUTUBE)
    assert YouTube().figures(video) == Figures({"likes": 1204, "comments": 96, "views": 18_421})
    ((path, headers),) = platform.asked
    assert path == "/youtube/v3/videos?part=statistics&id=dQw4w9WgXcQ"
    assert headers["x-goog-api-key"] == "key-of-ours"


def test_likes_that_are_hidden_are_unknown_and_not_nothing(platform: Platform, video: LivePost) -> None:
    platform.says(200, json.dumps({"items": [{"statistics": {"viewCount": "10"}}]}))
    assert YouTube().figures(video) == Figures({"views": 10})


def test_instagram_tells_likes_comments_and_followers(platform: Platform, posted: LivePost) -> None:
    platform.says(200, discovery(OTHER, HERS))
    assert Instagram().figures(posted) == Figures({"likes": 1_140, "comments": 82}, 48_210)
    ((path, headers),) = platform.asked
    assert path.startswith("/v24.0/1789?fields=business_discovery.username%28kirana.mahes%29")
    assert (headers["authorization"], "token-of-ours" in path) == ("Bearer token-of-ours", False)


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (discovery(OTHER), "it is not among the newest 50 of the account"),
        (discovery({"permalink": HERS["permalink"]}), "it tells no numbers of it"),
    ],
)
def test_a_post_instagram_does_not_tell_of_is_given_up(
    platform: Platform, posted: LivePost, body: str, why: str
) -> None:
    platform.says(200, body)
    with pytest.raises(GaveUp, match=why):
        Instagram().figures(posted)


@pytest.mark.parametrize(
    ("status", "body", "headers", "kind", "why", "wait"),
    [
        (401, "{}", {}, Busy, "401: the key is not accepted", dt.timedelta(days=1)),
        (403, '{"error":{"errors":[{"reason":"quotaExceeded"}]}}', {}, Busy, "403", dt.timedelta(hours=1)),
        (404, "{}", {}, GaveUp, "404: it is not there", None),
        (429, "", {"Retry_After": "120"}, Busy, "429", dt.timedelta(minutes=2)),
        (429, "", {"Retry_After": "9999999"}, Busy, "429", dt.timedelta(days=1)),
        (429, "", {"Retry_After": "soon"}, Busy, "429", dt.timedelta(hours=1)),
        (400, '{"error":{"code":190,"message":"expired"}}', {}, Busy, r"400 \(190\)", dt.timedelta(days=1)),
        (400, '{"error":{"code":4}}', {}, Busy, r"400 \(4\)", dt.timedelta(hours=1)),
        (400, '{"error":{"code":110}}', {}, GaveUp, r"400 \(110\)", None),
        (400, "what", {}, GaveUp, "400: it does not understand", None),
        (500, "oops", {}, Failed, "500: something is wrong over there", None),
        (503, "", {"Retry_After": "30"}, Failed, "503", dt.timedelta(seconds=30)),
        (302, "", {"Location": "http://127.0.0.1:1/"}, Failed, "302", None),
        (200, "<html>", {}, Failed, "not JSON", None),
        (200, "[]", {}, Failed, "not an object", None),
        (200, "{}", {}, Failed, "no list", None),
        (200, '{"items":[]}', {}, GaveUp, "it is not there", None),
        (200, '{"items":["junk"]}', {}, GaveUp, "no numbers", None),
        (200, '{"items":[{"statistics":{"viewCount":"-5","likeCount":true}}]}', {}, GaveUp, "no numbers", None),
        (200, "[" * 90_000, {}, Failed, "not JSON", None),
    ],
)  # fmt: skip
def test_every_failure_is_one_of_ours(
    platform: Platform, video: LivePost, status: int, body: str, headers: dict[str, str], kind: type[Failed], why: str,
    wait: dt.timedelta | None,
) -> None:  # fmt: skip
    platform.says(status, body, **headers)
    with pytest.raises(Failed, match=why) as failed:
        YouTube().figures(video)
    assert (type(failed.value), failed.value.again_after) == (kind, wait)
    assert "key-of-ours" not in str(failed.value)


def test_an_answer_too_long_is_not_read_to_its_end(platform: Platform, video: LivePost) -> None:
    platform.says(200, b" " * (asking.MOST_BYTES + 1))
    with pytest.raises(Failed, match="too long"):
        YouTube().figures(video)


def test_a_platform_that_does_not_answer_is_given_up_in_time(platform: Platform) -> None:
    platform.says(200, "{}", pause=1)
    with pytest.raises(Failed, match="in time"):
        asking.ask(platform.url, {}, timeout=httpx.Timeout(0.1))


def test_a_platform_nobody_reaches_says_so() -> None:
    with pytest.raises(Failed, match="cannot be reached"):
        asking.ask("http://127.0.0.1:1/", {})


def test_without_keys_every_platform_is_off(settings: Any, platform: Platform) -> None:
    assert sorted(switched_on()) == ["instagram", "youtube"]
    settings.YOUTUBE_KEY = settings.INSTAGRAM_USER = ""
    assert switched_on() == {}


@pytest.mark.parametrize(
    ("url", "video_id"),
    [
        ("https://www.youtube.com/watch?v=dQw4w9WgXcQ&t=3", "dQw4w9WgXcQ"),
        ("https://youtube.com/shorts/dQw4w9WgXcQ?feature=share", "dQw4w9WgXcQ"),
        ("https://m.youtube.com/live/dQw4w9WgXcQ", "dQw4w9WgXcQ"),
        ("https://youtu.be/dQw4w9WgXcQ", "dQw4w9WgXcQ"),
        ("https://youtu.be/", ""),
        ("https://youtube.com/@kirana", ""),
        ("https://youtu.be/short", ""),
        ("https://evil.example/watch?v=dQw4w9WgXcQ", ""),
        ("http://[", ""),
    ],
)
def test_a_video_is_known_by_any_of_its_addresses(url: str, video_id: str) -> None:
    assert video_of(url) == video_id


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("https://www.instagram.com/p/C1/", "C1"),
        ("https://instagram.com/kirana.mahes/reel/C2/?x=1", "C2"),
        ("https://instagram.com/kirana.mahes/", ""),
        ("http://[", ""),
    ],
)
def test_a_post_is_known_by_any_of_its_addresses(url: str, code: str) -> None:
    assert shortcode_of(url) == code
