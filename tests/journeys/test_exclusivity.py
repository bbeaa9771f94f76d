"""Booking somebody who promised exclusivity: refused with the reason and three who are free, moved, agreed."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from campaigns.planning.models import Collaboration
from crm.base.seeding import lay_all
from crm.brands.models import Category
from crm.exclusivity.models import Clause
from crm.exclusivity.terms import ACT_NUMBERS, Act
from crm.influencers.models import Format, Influencer
from crm.team.models import User
from crm.timeline.record import Actor, subject_of
from tests.conftest import today_here
from tests.factories import (
    BrandFactory,
    BrandOwnerFactory,
    CampaignFactory,
    CollaborationFactory,
    DeliverableFactory,
    InfluencerFactory,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def today() -> dt.date:
    return today_here()


@pytest.fixture
def kirana(coordinator: User, today: dt.date) -> Influencer:
    """Promised to Lumi: no other skincare from a week before to a week after her post in twenty days."""
    lay_all()
    kirana = InfluencerFactory(stage_name="Kirana Maheswari", owner=coordinator, followers=34_200)
    for name in ("Meutia Zahrani", "Rafi Alamsyah", "Intan Puspawardani"):
        InfluencerFactory(stage_name=name, followers=33_000)
    ours = planned(kirana, "Lumi", today + dt.timedelta(days=20), today)
    clause = Clause.objects.create(
        influencer=kirana, brand=ours.campaign.brand, work_ref=subject_of(ours), work_label="Lumi Season",
        start_offset=-7, end_offset=7, act_numbers=frozenset({ACT_NUMBERS[Act.PAID_POST]}), zone="Asia/Jakarta",
    )  # fmt: skip
    clause.categories.set(Category.objects.filter(slug="skincare"))
    ours.put("agreed", at=timezone.now(), actor=Actor.user(coordinator))
    return kirana


def planned(person: Influencer, name: str, post_on: dt.date, today: dt.date) -> Collaboration:
    skincare = Category.objects.get(slug="skincare")
    brand = BrandFactory(name=name, owner=BrandOwnerFactory(name=f"{name} House"), category=skincare)
    campaign = CampaignFactory(
        name=f"{name} Season", brand=brand, category=skincare, start_on=today, end_on=today + dt.timedelta(days=90),
        zone="Asia/Jakarta",
    )  # fmt: skip
    card = CollaborationFactory(campaign=campaign, influencer=person, status="in_talks")
    reel = Format.objects.get(code="reel", platform__code="instagram")
    DeliverableFactory(collaboration=card, format=reel, draft_due_on=None, post_due_on=post_on, zone="Asia/Jakarta")
    return card


def test_she_is_refused_with_the_reason_and_booked_on_the_first_free_day(
    open_page: Callable[..., Page], violations: Callable[[Page], list[str]], coordinator: User, kirana: Influencer,
    today: dt.date,
) -> None:  # fmt: skip
    card = planned(kirana, "Serasi", today + dt.timedelta(days=22), today)
    page = open_page(f"/campaigns/collaborations/{card.pk}/", user=coordinator)
    expect(page.locator(".notice h3").first).to_have_text("Kirana Maheswari promised exclusivity to Lumi")
    page.locator("summary:has-text('Move to')").click()
    page.locator("button[value=agreed]").click()

    refusal = page.locator(".refuse")
    expect(refusal.locator("h2")).to_have_text("Kirana Maheswari promised exclusivity to Lumi")
    expect(refusal.locator("blockquote")).to_contain_text("No paid posts for other Skincare brands from 7 days before")
    assert set(refusal.locator(".free b").all_inner_texts()) == {
        "Meutia Zahrani", "Rafi Alamsyah", "Intan Puspawardani",
    }  # fmt: skip
    assert "Lumi" not in refusal.locator("#for-client").inner_text()
    assert violations(page) == []
    card.refresh_from_db()
    assert card.status == "in_talks"

    refusal.locator("button.btn-primary").click()
    page.wait_for_url(f"**/campaigns/collaborations/{card.pk}/")
    card.refresh_from_db()
    assert (card.status, card.deliverables.get().post_due_on) == ("agreed", today + dt.timedelta(days=28))
    assert [text for text in page.complaints if "409" not in text] == []  # type: ignore[attr-defined]


def test_somebody_who_is_free_is_asked_instead_with_one_click(
    open_page: Callable[..., Page], coordinator: User, kirana: Influencer, today: dt.date
) -> None:
    card = planned(kirana, "Serasi", today + dt.timedelta(days=22), today)
    page = open_page(f"/campaigns/collaborations/{card.pk}/", user=coordinator, width=390, theme="dark")
    page.locator("summary:has-text('Move to')").click()
    page.locator("button[value=agreed]").click()
    page.get_by_role("button", name="Ask Rafi Alamsyah instead").click()
    expect(page.locator("h1")).to_have_text("Rafi Alamsyah")
    other = Collaboration.objects.get(campaign=card.campaign, influencer__stage_name="Rafi Alamsyah")
    assert (other.status, other.deliverables.get().post_due_on) == ("shortlist", today + dt.timedelta(days=22))
