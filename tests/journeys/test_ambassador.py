"""An ambassador from a collaboration that went well to the second term: made in four questions, signed, paused, posting, paid
more from the middle of a period on, and going on because notice came one day late.

The clock is moved, the mail is real, and everything else is pressed and typed.
"""

import datetime as dt
from collections.abc import Iterator
from zoneinfo import ZoneInfo

import pytest
import time_machine
from djmoney.money import Money
from playwright.sync_api import expect

from campaigns.planning.models import Collaboration
from crm.base.seeding import lay_all
from crm.brands.models import Brand, Category
from crm.contracts.models import Notice
from crm.influencers.models import Format, Platform, SocialAccount
from crm.team.models import Role, User
from tests.chaos.sink import Sink
from tests.factories import (
    BrandFactory,
    CampaignFactory,
    CollaborationFactory,
    ContactFactory,
    DeliverableFactory,
    InfluencerFactory,
    RepresentationFactory,
    UserFactory,
)
from tests.journeys.ambassador_steps import (
    HERS,
    Open,
    Violations,
    a_circle,
    a_raise,
    countersigned,
    days_of,
    four_questions,
    goes_on,
    her_page,
    notice_a_day_late,
    paused,
    posts_a_reel,
    posts_of,
    rings,
    sent,
    signed_by_her,
    told_in_the_chat,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

JAKARTA = ZoneInfo("Asia/Jakarta")


def at(year: int, month: int, number: int, hour: int = 9, minute: int = 5) -> dt.datetime:
    return dt.datetime(year, month, number, hour, minute, tzinfo=JAKARTA)


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    """Tuesday, 24 November, half past nine in Jakarta; it goes on by itself."""
    with time_machine.travel(at(2026, 11, 24, 9, 30), tick=True) as travelling:
        yield travelling


@pytest.fixture
def manager(clock: time_machine.Traveller, coordinator: User) -> User:
    return UserFactory(role=Role.MANAGER, name="Ratna Kusuma")


@pytest.fixture
def lumi(clock: time_machine.Traveller, coordinator: User) -> Brand:
    lay_all()
    return BrandFactory(name="Lumi Skincare", zone="Asia/Jakarta", category=Category.objects.get(slug="skincare"))


@pytest.fixture
def card(lumi: Brand, coordinator: User) -> Collaboration:
    """Two Reels and a Story for five million, all of it done."""
    campaign = CampaignFactory(brand=lumi, name="Glow Ramadan", owner=coordinator, end_on=dt.date(2026, 11, 20))
    kirana = InfluencerFactory(stage_name="Kirana Maheswari", owner=coordinator, zone="Asia/Jakarta")
    instagram = Platform.objects.get(code="instagram")
    SocialAccount.objects.create(influencer=kirana, platform=instagram, handle="kirana", followers=34_000)
    RepresentationFactory(influencer=kirana, contact=ContactFactory(name="Kirana Maheswari", email=HERS, language="en"))
    card = CollaborationFactory(campaign=campaign, influencer=kirana, status="done", fee=Money(5_000_000, "IDR"))
    out_at = at(2026, 11, 12, 19)
    for name in ("reel", "reel", "story"):
        kind = Format.objects.get(platform=instagram, code=name)
        DeliverableFactory(collaboration=card, format=kind, status="published", published_at=out_at)
    return card


def test_an_ambassador_from_four_questions_to_a_second_term(
    open_page: Open, violations: Violations, clock: time_machine.Traveller, coordinator: User, manager: User, lumi: Brand,
    card: Collaboration, post_office: Sink,
) -> None:  # fmt: skip
    page = open_page("/", user=coordinator)
    a_circle(page, lumi)
    deal = four_questions(page, card, violations)
    sent(page, deal)
    signed_by_her(open_page, post_office, violations)
    countersigned(open_page("/", user=manager), deal.contract)

    clock.move_to(at(2026, 12, 1))
    rings(post_office)
    assert posts_of(deal) == [("reel", "expected"), ("story", "expected"), ("reel", "expected")]
    hers = her_page(open_page, post_office)
    expect(hers.locator(f"#deal-{deal.pk}")).to_contain_text("Instagram Reel: 0 of 2")
    assert violations(hers) == []
    hers.get_by_role("link", name="All about it").click()
    expect(hers.locator("#now")).to_contain_text("0 of 2")
    expect(hers.locator("#until")).to_contain_text("28 February 2027")
    assert violations(hers) == []

    clock.move_to(at(2026, 12, 5))
    rings(post_office)
    paused(page, deal)
    clock.move_to(at(2026, 12, 15))
    rings(post_office)
    page = open_page("/", user=coordinator)
    goes_on(page, deal)
    assert violations(page) == []

    clock.move_to(at(2026, 12, 21, 19))
    rings(post_office)
    posts_a_reel(her_page(open_page, post_office))
    told_in_the_chat(page, deal)
    rings(post_office)
    page.goto(f"/ambassadors/{deal.pk}/")
    expect(page.locator("#now")).to_contain_text("1/2")
    assert posts_of(deal) == [("reel", "published"), ("story", "dropped"), ("reel", "expected")]

    clock.move_to(at(2027, 1, 11))
    rings(post_office)
    page = open_page(f"/ambassadors/{deal.pk}/periods/1/", user=coordinator)
    expect(page.locator("#ledger")).to_contain_text("Carried to the next period")
    page.goto(f"/ambassadors/{deal.pk}/periods/2/")
    expect(page.locator("#ledger")).to_contain_text("Carried in")
    expect(page.locator("#owed")).to_contain_text("0/3")
    assert violations(page) == []
    expect(her_page(open_page, post_office).locator(f"#deal-{deal.pk}")).to_contain_text("Instagram Reel: 0 of 3")

    raised = a_raise(page, deal, violations)
    countersigned(open_page("/", user=manager), raised)
    clock.move_to(at(2027, 1, 20))
    rings(post_office)
    page.goto(f"/ambassadors/{deal.pk}/")
    expect(page.locator("#going-on")).to_contain_text("IDR 6,000,000")
    expect(page.locator("#going-on")).to_contain_text("in effect")

    clock.move_to(at(2027, 2, 9))
    page = open_page("/", user=coordinator)
    notice_a_day_late(page, deal, violations)
    rings(post_office)
    deal.contract.refresh_from_db()
    assert (str(deal.contract.end_on), Notice.objects.get().is_late) == ("2027-06-10", True)
    page.goto(f"/ambassadors/{deal.pk}/")
    expect(page.locator("main")).to_contain_text("10 Jun 2027")
    assert violations(page) == []
    page.goto("/ambassadors/renewals/?within=all")
    expect(page.locator("tr", has_text="Kirana Maheswari")).to_contain_text("last day Thu, 10 Jun 2027")
    assert violations(page) == []
    hers = her_page(open_page, post_office)
    hers.get_by_role("link", name="All about it").click()
    expect(hers.locator("#until")).to_contain_text("10 June 2027")
    assert len(days_of(deal)) == 6
