"""A live post in a real browser: the caption is pasted, what differs stands on top, and it is asked to be put right."""

from collections.abc import Callable

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from campaigns.approvals.models import ContentVersion, Deviation, LivePost
from campaigns.planning.models import Deliverable
from crm.team.models import User
from crm.timeline.record import SYSTEM
from tests.conftest import today_here
from tests.factories import CampaignFactory, CollaborationFactory, DeliverableFactory, InfluencerFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

CAPTION = "#iklan Pagi ini kulitku tenang. Serum dari Lumi, dua tetes saja."


def out(owner: User) -> LivePost:
    """Kirana's Reel, approved and posted today."""
    now = timezone.now()
    kirana = InfluencerFactory(stage_name="Kirana Maheswari")
    card = CollaborationFactory(campaign=CampaignFactory(name="Glow", owner=owner), influencer=kirana, status="making")
    reel = DeliverableFactory(collaboration=card, draft_due_on=None, post_due_on=today_here())
    version = ContentVersion.objects.create(
        deliverable=reel, number=1, caption=CAPTION, sha256="0" * 64, submitted_at=now
    )
    Deliverable.objects.get(pk=reel.pk).publish(at=now, actor=SYSTEM, post_url="https://insta.example/p/1")
    LivePost.objects.update(version=version)
    return LivePost.objects.get()


def test_a_caption_that_was_changed_is_seen_and_asked_about(
    open_page: Callable[..., Page], violations: Callable[[Page], list[str]], coordinator: User
) -> None:
    post = out(coordinator)
    where = reverse("live-post", args=[post.pk])
    page = open_page(where, user=coordinator)
    page.get_by_label("Caption as it stands there").fill("Pagi ini kulitku putih. Serum dari Lumi, dua tetes saja.")
    page.get_by_role("button", name="Compare").click()
    expect(page.get_by_role("heading", name="The caption was changed")).to_be_visible()
    expect(page.get_by_role("heading", name="The label is missing")).to_be_visible()
    expect(page.locator("del", has_text="tenang")).to_be_visible()
    assert (page.complaints, violations(page)) == ([], [])  # type: ignore[attr-defined]

    page.locator(".notice", has_text="The label is missing").get_by_role("link", name="Ask her to mend it").click()
    page.get_by_label("To be mended by").fill(str(today_here()))
    page.get_by_role("button", name="Ask her to mend it").click()
    expect(page.get_by_text("She was asked to mend it by")).to_be_visible()
    assert list(Deviation.objects.asked().values_list("kind", "mend_on")) == [("label", today_here())]

    for path in (where, reverse("deviations")):
        for theme in ("light", "dark"):
            phone = open_page(path, user=coordinator, width=390, theme=theme)
            assert (phone.complaints, violations(phone)) == ([], [])  # type: ignore[attr-defined]
            assert phone.evaluate("document.documentElement.scrollWidth") == 390
