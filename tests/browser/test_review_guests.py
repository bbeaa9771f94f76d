"""A client says yes on a phone, by a link: the door, the picture, a note, the answer; and she reads it on her page."""

import io
from collections.abc import Callable

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image
from playwright.sync_api import Page, expect

from campaigns.approvals.models import ContentAsset, ReviewDecision
from crm.base.models import StoredFile
from crm.outbox.models import Contact
from crm.portal.links import mint
from crm.team.models import User
from tests.campaigns.approvals.guests.conftest import Asked, asked_of
from tests.factories import (
    BrandFactory,
    CampaignFactory,
    CollaborationFactory,
    ContactFactory,
    InfluencerFactory,
    RepresentationFactory,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

Open = Callable[..., Page]


@pytest.fixture
def asked(coordinator: User) -> Asked:
    campaign = CampaignFactory(name="Glow", brand=BrandFactory(name="Lumi"), owner=coordinator, status="live")
    kirana = InfluencerFactory(stage_name="Kirana Maheswari")
    RepresentationFactory(influencer=kirana, contact=ContactFactory(name="Kirana Maheswari", language="id"))
    card = CollaborationFactory(campaign=campaign, influencer=kirana, status="making")
    ratna = ContactFactory(name="Ratna Halim", kind=Contact.Kind.GUEST, language="en")
    made = asked_of(card, ratna, coordinator, timezone.now())
    content = io.BytesIO()
    Image.new("RGB", (1080, 1350), "#c98").save(content, "PNG")
    file = StoredFile.objects.create(
        file=ContentFile(content.getvalue(), "a.png"), label="Reel.png", mime="image/png", size=len(content.getvalue()),
        sha256="d" * 64,
    )  # fmt: skip
    ContentAsset.objects.create(
        version=made.review.version, file=file, label="Reel.png", mime="image/png", size=file.size, sha256="d" * 64,
        width=1080, height=1350, alt_text="Serum on a shelf",
    )  # fmt: skip
    made.pass_first()
    return made


def fine(page: Page, violations: Callable[[Page], list[str]], width: int) -> None:
    assert (page.complaints, violations(page)) == ([], [])  # type: ignore[attr-defined]
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_a_client_says_yes_on_a_phone_and_she_reads_it(
    open_page: Open, violations: Callable[[Page], list[str]], coordinator: User, asked: Asked
) -> None:
    page = open_page(asked.door, width=390)
    fine(page, violations, 390)
    page.get_by_role("button", name="Open my page").click()
    expect(page.get_by_role("heading", name="1 draft waits for your yes")).to_be_visible()
    fine(page, violations, 390)
    page.get_by_role("link", name="Look at it").click()
    expect(page.get_by_role("img", name="Serum on a shelf")).to_be_visible()
    page.get_by_text("Add a note").click()
    page.get_by_label("Your note").fill("Softer light")
    page.get_by_label("About").select_option(label="picture 1")
    page.get_by_label("Where in the picture").select_option(label="top right")
    page.get_by_role("button", name="Keep the note").click()
    expect(page.get_by_text("In the picture, top right: Softer light")).to_be_visible()
    fine(page, violations, 390)
    page.get_by_role("button", name="Yes, it can go up").click()
    expect(page.get_by_role("status")).to_contain_text("Thank you, your yes is noted.")
    assert ReviewDecision.objects.filter(by_contact=asked.guest.contact_id, settles=True).count() == 1
    roll = open_page(reverse("review-guests", args=[asked.guest.campaign_id]), user=coordinator, width=1440)
    fine(roll, violations, 1440)
    card = asked.review.version.deliverable.collaboration
    link = mint(
        contact=Contact.objects.get(kind="person"), influencer_id=card.influencer_id, brand_id=card.campaign.brand_id,
        at=timezone.now(),
    )  # fmt: skip
    hers = open_page("/" + link.split("/", 3)[3], width=390)
    hers.get_by_role("button").last.click()
    hers.goto(f"{hers.url}campaign/{card.pk}/")
    expect(hers.get_by_text("Kulitku lembap. #iklan")).to_be_visible()
    fine(hers, violations, 390)
