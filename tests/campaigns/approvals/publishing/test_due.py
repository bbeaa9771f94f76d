"""What is due once something is out, who hears of it, and what is asked of her on her own page."""

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.test import Client
from django.urls import reverse

from campaigns.approvals.models import ApprovalPolicy, Deviation, LivePost
from campaigns.approvals.publishing.actions import Seen, ask_to_mend, close, look, say_mended
from campaigns.approvals.publishing.portal import her_posts, task_of
from campaigns.approvals.publishing.replies import promise_replies
from campaigns.approvals.publishing.staying import answer_check
from campaigns.planning.models import Campaign, Deliverable
from campaigns.planning.places import still_open_of
from crm.outbox.models import Email
from crm.portal.links import mint
from crm.portal.models import PortalSession
from crm.portal.registry import Asking
from crm.reminders.mailing import mail_due
from crm.reminders.plan import plan
from crm.reminders.registry import Asked, dues
from crm.timeline.record import Actor
from tests.campaigns.approvals.publishing.conftest import CAPTION, cases

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
KINDS = ["post.label", "deviation.decide", "deviation.asked", "deviation.mend", "post.live", "post.replies"]
WITHOUT = CAPTION.removeprefix("#iklan ")


def due(now: dt.datetime, **more: Any) -> list[tuple[str, int]]:
    """Kind and days from the 24th of everything that is due."""
    first = dt.date(2026, 11, 24)
    return [(one.kind, (one.due_on - first).days) for one in dues(Asked(now=now, **more), KINDS)]


@pytest.fixture
def asked(post: LivePost, now: dt.datetime, actor: Actor) -> Deviation:
    """Yesterday's caption lost its label; today she is asked to put it back by the 28th."""
    look(post, Seen(caption=WITHOUT), at=now, actor=actor)
    row = Deviation.objects.get(kind="label")
    Deviation.objects.exclude(pk=row.pk).delete()
    row = Deviation.objects.select_related("post__deliverable__collaboration").get()
    ask_to_mend(row, dt.date(2026, 11, 28), at=now, actor=actor)
    return row


def test_it_is_compared_the_day_after(post: LivePost, now: dt.datetime, actor: Actor) -> None:
    assert due(now) == [("post.label", 1)]
    look(post, Seen(caption=CAPTION), at=now, actor=actor)
    assert due(now) == []


def test_what_differs_waits_for_us_then_for_her_then_for_us(asked: Deviation, now: dt.datetime, actor: Actor) -> None:
    assert due(now) == [("deviation.asked", 0), ("deviation.mend", 4)]
    say_mended(LivePost.objects.with_card().get(), "", at=now + DAY, actor=actor)
    assert due(now) == [("deviation.decide", 1)]
    close(Deviation.objects.select_related("post__deliverable__collaboration").get(), "mended", at=now, actor=actor)
    assert due(now) == []


def test_what_she_pastes_closes_it_at_once(asked: Deviation, now: dt.datetime, actor: Actor) -> None:
    say_mended(LivePost.objects.with_card().get(), CAPTION, at=now + DAY, actor=actor)
    assert (cases(), due(now)) == ([("label", "mended")], [])


def test_looks_and_answers_are_due_on_their_days(
    campaign: Campaign, reel: Deliverable, version: Any, now: dt.datetime, actor: Actor
) -> None:
    ApprovalPolicy.objects.create(campaign=campaign, live_days=30)
    promise_replies(reel, 24, at=now, actor=actor)
    reel.publish(at=now, actor=actor)
    post = LivePost.objects.with_card().get()
    look(post, Seen(caption=CAPTION), at=now, actor=actor)
    assert due(now) == [("post.live", 15), ("post.replies", 1)]
    answer_check(post.live_checks.order_by("due_on")[0], is_live=True, at=now, actor=actor)
    assert due(now) == [("post.live", 29), ("post.replies", 1)]


def test_a_pause_waits_and_a_cancelled_campaign_is_silent(asked: Deviation, now: dt.datetime) -> None:
    Campaign.objects.update(status="paused")
    assert due(now) == []
    assert [(one.kind, one.on_hold) for one in dues(Asked(now=now, subjects=[asked.post_id]), ["deviation.mend"])] == [
        ("deviation.mend", True)
    ]
    Campaign.objects.update(status="cancelled")
    assert due(now) == []


@pytest.mark.parametrize("many", [1, 3])
def test_one_query_serves_every_kind_of_a_calendar(
    post: LivePost, many: int, now: dt.datetime, coordinator: Any, django_assert_num_queries: Any
) -> None:
    from crm.influencers.models import Platform

    for platform in Platform.objects.exclude(pk=post.platform_id)[: many - 1]:
        LivePost.objects.create(deliverable=post.deliverable, platform=platform, published_at=now)
    question = Asked(now=now, user=coordinator, calendar=True)
    with django_assert_num_queries(2):  # the posts, and whether brands are walled off
        assert len(list(dues(question, KINDS))) == many


def test_she_hears_of_it_the_day_she_is_asked_in_a_letter_without_reproach(asked: Deviation, now: dt.datetime) -> None:
    plan(now)
    mail_due(now)
    email = Email.objects.get(name="post_mend")
    assert email.subject == "Lumi: a small change to your Reel"
    assert "by Saturday, 28 November" in email.text


def test_her_page_says_what_to_put_right_and_no_other_brand_is_asked(asked: Deviation, now: dt.datetime) -> None:
    kirana = asked.post.deliverable.collaboration.influencer_id
    (post,) = her_posts(Asking(kirana, None, now, "Asia/Jakarta"))
    task = task_of(post, Asking(kirana, None, now, "Asia/Jakarta"))
    assert str(task.title) == "Something to put right: Instagram Reel on Instagram"
    assert [answer.code for answer in task.answers] == ["mended"]
    assert her_posts(Asking(kirana, 0, now, "Asia/Jakarta")) == []


def test_the_end_of_a_campaign_says_what_nobody_compared(
    post: LivePost, campaign: Campaign, now: dt.datetime, actor: Actor
) -> None:
    assert str(still_open_of(campaign)["posts"].words) == "1 post is to be compared."
    look(post, Seen(caption=WITHOUT), at=now, actor=actor)
    assert str(still_open_of(campaign)["posts"].words) == "1 post differs and waits for a decision."
    look(post, Seen(caption=CAPTION), at=now, actor=actor)
    assert still_open_of(campaign)["posts"].words == ""


def test_her_own_page_asks_for_it_and_says_what_stays(asked: Deviation, now: dt.datetime, actor: Actor) -> None:
    card, row = asked.post.deliverable.collaboration, asked.post.deliverable
    LivePost.objects.update(live_until=dt.date(2026, 12, 24))
    promise_replies(row, 24, at=now, actor=actor)
    with time_machine.travel(now, tick=False):
        contact = card.influencer.representations.get().contact
        client = Client()
        link = mint(contact=contact, influencer_id=card.influencer_id, brand_id=card.campaign.brand_id, at=now)
        client.post(link.removeprefix(settings.BASE_URL))
        visit = PortalSession.objects.get().pk
        page = client.get(reverse("portal-campaign", args=[visit, card.pk])).content.decode()
        asks = client.get(reverse("portal-answer", args=[visit, "post", asked.post_id, "mended"])).content.decode()
    assert "Something to put right: Instagram Reel on Instagram" in page
    assert "Please leave Instagram Reel online until Thursday, 24 December 2026." in page
    assert "Please answer comments below Instagram Reel for 24 hours after posting." in page
    assert "What does the caption say now? (optional)" in asks


class TestPages:
    def test_pasting_shows_what_differs_and_accepting_closes_it(self, as_coordinator: Client, post: LivePost) -> None:
        page, paste = reverse("live-post", args=[post.pk]), reverse("live-post-look", args=[post.pk])
        answer = as_coordinator.post(paste, {"caption": CAPTION + " Ya.", "label": "", "url": ""}, follow=True)
        assert (answer.redirect_chain[-1][0], "The caption was changed" in answer.content.decode()) == (page, True)
        step = reverse("deviation-step", args=[Deviation.objects.get().pk, "accept"])
        as_coordinator.post(step, {"note": ""})
        assert cases() == [("caption", "accepted")]

    def test_bad_numbers_are_told_and_keep_what_was_typed(self, as_coordinator: Client, post: LivePost) -> None:
        paste = reverse("live-post-look", args=[post.pk])
        answer = as_coordinator.post(paste, {"caption": "Kept words", "label": "", "url": "not an address"})
        post.refresh_from_db()
        assert (answer.status_code, "Kept words" in answer.content.decode(), post.live_caption) == (422, True, "")

    def test_a_step_that_is_settled_says_so(self, as_coordinator: Client, asked: Deviation) -> None:
        step = reverse("deviation-step", args=[asked.pk, "mistake"])
        as_coordinator.post(step, {"note": ""})
        answer = as_coordinator.get(step, follow=True)
        assert "This has been settled meanwhile" in answer.content.decode()

    @pytest.mark.parametrize("many", [1, 3])
    def test_the_list_costs_the_same(
        self, as_coordinator: Client, asked: Deviation, many: int, now: dt.datetime, django_assert_num_queries: Any
    ) -> None:
        for kind in ("caption", "late")[: many - 1]:
            Deviation.objects.create(post=asked.post, kind=kind, found_at=now, details={"days": 2})
        as_coordinator.get(reverse("deviations"))
        with django_assert_num_queries(6):
            answer = as_coordinator.get(reverse("deviations"))
        assert answer.content.decode().count("data-row") == many
