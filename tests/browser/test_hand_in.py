"""A draft put together in a real browser on a slow line: what was chosen and typed before the script came is taken along."""

import io
import re
from collections.abc import Callable

import pytest
from django.urls import reverse
from PIL import Image
from playwright.sync_api import Page, Route, expect

from campaigns.approvals.models import UnsentDraft
from crm.team.models import User
from tests.factories import CampaignFactory, CollaborationFactory, DeliverableFactory, InfluencerFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def photo() -> bytes:
    content = io.BytesIO()
    Image.new("RGB", (600, 800), "#c98").save(content, "JPEG")
    return content.getvalue()


def test_what_was_chosen_and_typed_before_the_script_came_is_kept(
    open_page: Callable[..., Page], coordinator: User
) -> None:
    card = CollaborationFactory(
        campaign=CampaignFactory(owner=coordinator), influencer=InfluencerFactory(), status="making"
    )
    reel = DeliverableFactory(collaboration=card)
    page = open_page("/", user=coordinator)
    held: list[Route] = []
    page.route(re.compile(r"/draft(\.\w+)?\.js"), lambda route: held.append(route))
    page.goto(reverse("hand-in", args=[reel.pk]), wait_until="commit")
    page.set_input_files("#id_files", {"name": "IMG_4711.jpg", "mimeType": "image/jpeg", "buffer": photo()})
    page.fill("[name=caption]", "#iklan Pagi bareng Lumi")
    (script,) = held
    script.continue_()
    expect(page.locator(".draft-files img")).to_have_count(1, timeout=30_000)
    expect(page.locator(".draft-saved")).to_be_visible(timeout=30_000)
    unsent = UnsentDraft.objects.get(deliverable=reel)
    assert (unsent.caption, unsent.uploads.get().label) == ("#iklan Pagi bareng Lumi", "IMG_4711.jpg")
    assert page.locator("#id_files").input_value() == ""
