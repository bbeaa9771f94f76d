""" "Shoot moved to Friday" to forty people, in a real browser: from the campaign's table to the outbox."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from campaigns.planning.models import Campaign
from crm.base.seeding import lay_all
from crm.messages.models import Message
from crm.outbox.models import Email
from crm.team.models import User
from tests.factories import (
    BrandFactory,
    CampaignFactory,
    CollaborationFactory,
    ContactFactory,
    InfluencerFactory,
    RepresentationFactory,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

FORTY = 40


@pytest.fixture
def campaign(coordinator: User) -> Campaign:
    lay_all()
    made: Campaign = CampaignFactory(name="Glow", brand=BrandFactory(name="Lumi"), owner=coordinator)
    for number in range(FORTY):
        name = f"Kirana {number:02}"
        person = InfluencerFactory(stage_name=name)
        RepresentationFactory(influencer=person, contact=ContactFactory(name=name, language="id"))
        CollaborationFactory(campaign=made, influencer=person, status="making")
    return made


def test_shoot_moved_reaches_forty_people_in_a_few_presses(
    open_page: Callable[..., Page], coordinator: User, campaign: Campaign, violations: Callable[[Page], list[str]]
) -> None:
    page = open_page(f"/campaigns/{campaign.pk}/?view=table", user=coordinator)
    page.check("input.pick-all")
    page.click("button[value=write]")
    page.select_option("select[name=use_template]", label="Shoot moved")
    page.click("button[name=use]")
    page.fill("input[name=day_on]", (timezone.now().date() + dt.timedelta(days=5)).isoformat())
    page.check("input[name=is_urgent]")
    page.click("text=See who gets it")
    expect(page.locator("h2", has_text="Goes to 40 recipients")).to_be_visible()
    assert violations(page) == []
    page.click("text=Send it to 40 recipients")
    expect(page.locator(".pill", has_text="Sent off").first).to_be_visible()
    message = Message.objects.get()
    assert (message.status, Email.objects.count()) == ("done", FORTY)
    assert Email.objects.filter(subject__startswith="Lumi: syuting pindah ke ").count() == FORTY
    assert page.complaints == []  # type: ignore[attr-defined]


@pytest.mark.parametrize("width", [1440, 390])
def test_the_pages_hold_on_a_phone_and_in_the_dark(
    open_page: Callable[..., Page],
    coordinator: User,
    campaign: Campaign,
    violations: Callable[[Page], list[str]],
    width: int,
) -> None:
    address = f"/messages/new/?audience=campaign&campaign={campaign.pk}&all_matching=1"
    page = open_page(address, user=coordinator, width=width)
    assert violations(page) == []
    page.fill("input[name=subject_id]", "Kabar dari kami")
    page.fill("textarea[name=text_id]", "Halo {{ greeting }}, ada kabar.")
    page.click("text=See who gets it")
    expect(page.locator("h2", has_text="Goes to 40 recipients")).to_be_visible()
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    page.locator("a[href*='/preview/']").first.click()
    expect(page.locator("text=1 of 40")).to_be_visible()
    assert violations(page) == []
