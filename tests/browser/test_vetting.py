"""Vetting in a real browser: the list by keyboard alone, a hold on the board, and nothing for axe to find."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page

from campaigns.planning.models import Collaboration
from crm.influencers.models import Influencer, MetricSnapshot, Platform, RateCard, SocialAccount
from crm.team.models import User
from crm.vetting.actions import Finding, rate, record_checks
from crm.vetting.models import Check, CheckItem, ProfileSample
from tests.conftest import today_here
from tests.factories import CampaignFactory, CollaborationFactory, InfluencerFactory, SocialAccountFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

Open = Callable[..., Page]


@pytest.fixture
def kirana(coordinator: User) -> Influencer:
    """Somebody with a failed hard item, ratings, and an account whose numbers are worth a look."""
    now = timezone.now()
    person = InfluencerFactory(stage_name="Kirana Maheswari")
    account: SocialAccount = SocialAccountFactory(
        influencer=person, platform=Platform.objects.get(code="instagram"), followers=34_000
    )
    for days, followers in ((60, 33_000), (2, 34_000)):
        MetricSnapshot.objects.create(
            account=account,
            taken_at=now - dt.timedelta(days=days),
            followers=followers,
            likes=110,
            comments=9,
            posts=12,
        )
    ProfileSample.objects.create(account=account, taken_on=now.date(), following=900, like_counts=[110, 111] * 6)
    failed = Finding(CheckItem.objects.get(code="unsafe"), "fail", "Gambling in a live", "https://example.org/live")
    record_checks(person, [failed], on=now.date(), user=coordinator, at=now)
    for mark in (3, 5):
        rate(
            person,
            dict.fromkeys(("visual", "storytelling", "taste", "consistency"), mark),
            "",
            user=coordinator,
            at=now,
        )
    return person


@pytest.mark.parametrize("width", [1440, 390])
def test_everybody_can_use_the_vetting_pages(
    open_page: Open, violations: Callable[[Page], list[str]], owner: User, kirana: Influencer, width: int
) -> None:
    account = kirana.accounts.get()
    for name, more in (
        ("person-vetting", []), ("vetting-check", []), ("vetting-rate", []), ("person-panels", []),
        ("vetting-sample", [account.pk]), ("vetting-clear", [account.pk, "ER_LOW"]),
        ("vetting-override", [Check.objects.get().pk]),
    ):  # fmt: skip
        page = open_page(reverse(name, args=[kirana.pk, *more]), user=owner, width=width)
        assert (name, page.complaints) == (name, [])  # type: ignore[attr-defined]
        assert (name, violations(page)) == (name, [])
        assert (name, page.evaluate("document.documentElement.scrollWidth")) == (name, width)


def test_what_others_measured_is_read_on_a_phone_without_pushing_it_sideways(
    open_page: Open, coordinator: User, kirana: Influencer
) -> None:
    page = open_page(reverse("person-vetting", args=[kirana.pk]), user=coordinator, width=390)
    wide = "[...document.querySelectorAll('.card-x')].map(one => one.scrollWidth - one.clientWidth)"
    assert page.evaluate(wide) == [0]


def test_prices_end_at_the_same_edge(open_page: Open, coordinator: User, kirana: Influencer) -> None:
    for price, package in (
        (4_800_000, "1 reel + 3 story, whitelisting for thirty days and a live with us"),
        (750_000, ""),
    ):
        RateCard.objects.create(influencer=kirana, price=price, package=package, valid_from=today_here())
    page = open_page(reverse("person-details", args=[kirana.pk]), user=coordinator)
    ends = "[...document.querySelectorAll('.lines .num')].map(one => one.getBoundingClientRect().right)"
    found = page.evaluate(ends)
    assert (len(found), len(set(found))) == (2, 1)


def test_the_list_is_worked_through_by_keyboard_alone(open_page: Open, coordinator: User, kirana: Influencer) -> None:
    page = open_page(reverse("vetting-check", args=[kirana.pk]), user=coordinator)
    page.keyboard.press("j")
    page.keyboard.press("1")
    page.keyboard.press("j")
    page.keyboard.press("2")
    page.keyboard.type("A court case of 2021, settled 1 2 3 j k")
    page.keyboard.press("Escape")
    page.keyboard.press("k")
    assert page.evaluate("document.activeElement.querySelector('b').textContent") == "Past content and world view"
    page.click("button:has-text('Keep what I found')")
    page.wait_for_url("**/vetting/")
    found = Check.objects.standing().exclude(item__code="unsafe").order_by("item__position")
    assert list(found.values_list("item__code", "verdict", "evidence")) == [
        ("past-content", "pass", ""),
        ("scandals", "concern", "A court case of 2021, settled 1 2 3 j k"),
    ]


def test_the_board_puts_a_held_card_back_and_says_why(open_page: Open, coordinator: User, kirana: Influencer) -> None:
    card = CollaborationFactory(campaign=CampaignFactory(owner=coordinator), influencer=kirana, status="in_talks")
    page = open_page(reverse("collaboration", args=[card.pk]), user=coordinator)
    page.click("summary:has-text('Move to')")
    page.click("button:has-text('Agreed')")
    page.wait_for_load_state("networkidle")
    assert "“Unsafe content” failed on" in page.locator(".messages, .alert, .notice").first.inner_text()
    assert Collaboration.objects.get(pk=card.pk).status == "in_talks"
