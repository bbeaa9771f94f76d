"""What she is asked for, what she sends, and when nobody asks any more."""

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.test import Client
from django.urls import reverse

from campaigns.approvals.models import LivePost
from campaigns.planning.models import Campaign
from campaigns.planning.places import still_open_of
from campaigns.results.models import PostSnapshot, Screenshot
from campaigns.results.numbers.hers import her_posts, mark_for_her
from crm.influencers.models import Format
from crm.portal.links import mint
from crm.portal.models import PortalSession
from crm.portal.registry import Asking, Told, find_task, settle
from crm.reminders.registry import Asked, dues
from crm.timeline.models import Entry
from crm.timeline.record import Actor
from tests.campaigns.results.numbers.test_pages import png
from tests.factories.results import WENT_OUT, a_live_post, a_snapshot

pytestmark = pytest.mark.django_db
HOUR = dt.timedelta(hours=1)
KINDS = ("numbers.post", "numbers.story")


def asking(post: LivePost, now: dt.datetime, **more: Any) -> Asking:
    return Asking(post.deliverable.collaboration.influencer_id, None, now, "Asia/Jakarta", **more)


def due(now: dt.datetime, **more: Any) -> list[tuple[str, dt.date]]:
    found = dues(Asked(now=now, **more), KINDS)
    return [(one.kind, one.due_on) for one in found if not one.stopped_why]


@pytest.fixture
def story(card: Any) -> LivePost:
    kind = Format.objects.get(platform__code="instagram", code="story")
    return a_live_post(card, format=kind, at=WENT_OUT)


@pytest.mark.parametrize(
    ("hours", "counted", "mark"),
    [
        (20, None, None),
        (24, None, 72),
        (72, 60, None),
        (119, 60, None),
        (120, 60, 168),
        (300, None, 168),
        (300, 130, None),
    ],
)
def test_she_is_asked_after_three_days_and_after_seven(
    post: LivePost, hours: int, counted: int | None, mark: int | None
) -> None:
    assert mark_for_her(post, counted, WENT_OUT + hours * HOUR) == mark


def test_of_a_story_she_is_asked_at_once(story: LivePost) -> None:
    assert [mark for _post, mark in her_posts(asking(story, WENT_OUT + HOUR))] == [24]


def test_what_is_counted_or_pictured_is_not_due(post: LivePost, story: LivePost, now: dt.datetime) -> None:
    assert due(now) == [("numbers.post", dt.date(2026, 11, 17)), ("numbers.story", dt.date(2026, 11, 15))]
    a_snapshot(post)
    assert due(now) == [("numbers.story", dt.date(2026, 11, 15))]


def test_a_colleague_says_for_her_what_she_told(post: LivePost, now: dt.datetime, actor: Actor) -> None:
    hers = asking(post, now)
    task = find_task(hers, "numbers", post.pk)
    assert task is not None and str(task.title) == "Numbers of Instagram Reel on Instagram"

    settle(hers, task, Told("numbers", {"likes": 1_140}, now, actor, channel="whatsapp", quote="1140 likes kak"))

    kept = PostSnapshot.objects.get()
    assert (kept.likes, kept.source, kept.hours) == (1_140, "hers", 238)
    told = Entry.objects.get(verb="numbers.taken")
    assert (told.channel, told.quote) == ("whatsapp", "1140 likes kak")
    assert find_task(hers, "numbers", post.pk) is None


def test_on_her_own_page_pictures_are_enough(post: LivePost, now: dt.datetime) -> None:
    card = post.deliverable.collaboration
    with time_machine.travel(now, tick=False):
        contact = card.influencer.representations.get().contact
        client = Client()
        link = mint(contact=contact, influencer_id=card.influencer_id, brand_id=card.campaign.brand_id, at=now)
        client.post(link.removeprefix(settings.BASE_URL))
        visit = PortalSession.objects.get().pk
        url = reverse("her-numbers", args=[visit, post.pk])
        assert url in client.get(reverse("portal-page", args=[visit])).content.decode()

        assert client.post(url, {}).status_code == 422
        answer = client.post(url, {"pictures": [png("a.png", 10), png("b.png", 20)]})

        assert answer.url == f"{reverse('portal-page', args=[visit])}?thanks=numbers.numbers"  # type: ignore[attr-defined]
        assert (Screenshot.objects.count(), PostSnapshot.objects.count(), due(now)) == (2, 0, [])
        client.post(url, {"pictures": [png("c.png", 30)], "likes": "1,1rb"})
    kept = PostSnapshot.objects.get()
    assert (kept.likes, kept.by, kept.evidence is not None) == (1_100, contact.name, True)


def test_the_end_of_a_campaign_says_which_numbers_lack(post: LivePost, campaign: Campaign) -> None:
    assert still_open_of(campaign)["numbers"].words == "1 post lacks its numbers."
    a_snapshot(post, hours=24)
    assert still_open_of(campaign)["numbers"].words == "1 post lacks its numbers."
    a_snapshot(post, hours=160)
    assert still_open_of(campaign)["numbers"].words == ""


def test_hours_follow_when_it_went_out_on_another_day(post: LivePost, now: dt.datetime, actor: Actor) -> None:
    from campaigns.approvals.publishing.actions import Seen, look

    kept = a_snapshot(post, hours=168)

    look(post, Seen(posted_on=dt.date(2026, 11, 15)), at=now, actor=actor)

    kept.refresh_from_db()
    assert kept.hours == 144
