"""Told me and messages passed on by WhatsApp, in a real browser: two clicks, every width, nothing for axe to find."""

from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from campaigns.planning.models import Collaboration, Deliverable
from crm.outbox.compose import compose, insert_once
from crm.outbox.models import Contact, Email
from crm.team.models import User
from tests.factories import (
    CollaborationFactory,
    ContactFactory,
    DeliverableFactory,
    InfluencerFactory,
    RepresentationFactory,
    SocialAccountFactory,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

Open = Callable[..., Page]


@pytest.fixture
def card(coordinator: User) -> Collaboration:
    person = InfluencerFactory(stage_name="Kirana Maheswari")
    contact = ContactFactory(name="Kirana Maheswari", whatsapp="+6281290001234")
    RepresentationFactory(influencer=person, contact=contact)
    SocialAccountFactory(influencer=person, handle="kirana.mhs")
    made = CollaborationFactory(influencer=person, status="posting", campaign__owner=coordinator)
    for _each in range(2):
        DeliverableFactory(collaboration=made, status="approved")
    return made


@pytest.fixture
def mail(card: Collaboration, now: object) -> Email:
    contact = Contact.objects.partners().get()
    facts = {"greeting": "Kak Kirana", "brand": "Lumi Skincare", "owner": "Dinda"}
    late = {"page": {"influencer": card.influencer_id, "brand": card.campaign.brand_id}}
    person = card.influencer_id
    return insert_once(
        compose("portal_link", to=contact, key="a", at=now, context=facts, late_fields=late, influencer_ref=person)  # type: ignore[arg-type]
    )


@pytest.mark.parametrize("width", [1440, 390])
def test_everybody_can_use_these_pages(
    open_page: Open,
    violations: Callable[[Page], list[str]],
    owner: User,
    card: Collaboration,
    mail: Email,
    width: int,
) -> None:
    told = reverse("told-me", args=[card.influencer_id])
    first = f"deliverable-{card.deliverables.earliest('pk').pk}"
    for path in (
        told,
        f"{told}?tick={first}&about=campaigns.collaboration:{card.pk}",
        reverse("outbox-pass-on", args=[mail.pk]),
        reverse("outbox-email", args=[mail.pk]),
        reverse("collaboration", args=[card.pk]),
        reverse("campaign", args=[card.campaign_id]),
    ):
        page = open_page(path, user=owner, width=width)
        assert (path, page.complaints) == (path, [])  # type: ignore[attr-defined]
        assert (path, violations(page)) == (path, [])
        assert (path, page.evaluate("document.documentElement.scrollWidth")) == (path, width)


def test_both_posts_are_noted_in_one_form_with_the_fields_of_what_is_ticked(
    open_page: Open, coordinator: User, card: Collaboration
) -> None:
    page = open_page(reverse("collaboration", args=[card.pk]), user=coordinator)
    page.locator(".page-head a", has_text="Told me").click()
    expect(page.locator(".told-fields:visible")).to_have_count(0)
    for box in page.locator("input[name=settles]").all():
        box.check()
    expect(page.locator(".told-fields:visible")).to_have_count(2)
    page.locator(".form-actions button.btn-primary").click()
    page.wait_for_url(f"**{reverse('collaboration', args=[card.pk])}")
    assert set(Deliverable.objects.values_list("status", flat=True)) == {"published"}


def test_the_account_shows_for_a_direct_message_only(open_page: Open, coordinator: User, card: Collaboration) -> None:
    page = open_page(reverse("told-me", args=[card.influencer_id]), user=coordinator)
    assert not page.locator(".told-dm").is_visible()
    page.select_option("select[name=channel]", "dm")
    assert page.locator(".told-dm a").get_attribute("href") == card.influencer.accounts.get().url


def test_whatsapp_opens_with_the_text_and_it_can_be_taken_back(open_page: Open, coordinator: User, mail: Email) -> None:
    page = open_page(reverse("outbox-email", args=[mail.pk]), user=coordinator)
    page.get_by_role("link", name="Send it by WhatsApp instead").click()
    page.get_by_role("button", name="Send it by WhatsApp").click()
    chat = page.get_by_role("link", name="Open WhatsApp with it").get_attribute("href") or ""
    assert chat.startswith("https://wa.me/6281290001234?text=Hi%20Kak%20Kirana%2C%0AHere%20is%20your%20page")
    assert list(Email.objects.order_by("pk").values_list("channel", "state")) == [
        ("email", "skipped"),
        ("whatsapp", "sent"),
    ]
    page.get_by_role("button", name="I did not send it after all").click()
    page.wait_for_load_state()
    assert list(Email.objects.order_by("pk").values_list("channel", "state")) == [
        ("email", "queued"),
        ("whatsapp", "skipped"),
    ]
