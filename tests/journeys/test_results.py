"""From five posts that are out to a payment she has the proof of: typed, brought in, told, shared, checked, released, paid.

The clock is moved, the mail is real, and everything else is pressed and typed.
"""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
import time_machine
from djmoney.money import Money
from playwright.sync_api import Route, expect

from campaigns.planning.models import Campaign
from campaigns.results.models import Order, PostSnapshot
from campaigns.tracking.models import VoucherCode
from crm.base.seeding import lay_all
from crm.brands.models import Brand, Category
from crm.contracts.models import Contract
from crm.influencers.models import Format, SocialAccount
from crm.payments.models import Payee
from crm.team.models import Role, User
from tests.chaos.sink import Sink
from tests.factories import (
    BrandFactory,
    CampaignFactory,
    CollaborationFactory,
    ContactFactory,
    InfluencerFactory,
    RepresentationFactory,
    UserFactory,
)
from tests.factories.payments import benefit_of, contract_in_force, due_line, pay_terms
from tests.factories.results import a_live_post
from tests.journeys.ambassador_steps import HERS, Open, Violations, letter, rings
from tests.journeys.results_steps import (
    SAID,
    accepted,
    called_back,
    her_details,
    her_invoice,
    looked_up,
    noted_as_paid,
    pictures,
    reads_that_it_is_paid,
    redemptions,
    released,
    says_what_is_missing,
    shared,
    the_report,
    to_the_bank,
    type_five,
)
from tests.journeys.test_ambassador import at
from tests.journeys.test_channels import plain

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PEOPLE = {
    "kirana": ("Kirana Maheswari", 34_000),
    "sari.pagi": ("Sari Pagi", 8_200),
    "dewi.lestari": ("Dewi Lestari", 152_000),
    "ayu.wandari": ("Ayu Wandari", 640_000),
    "nadia.senja": ("Nadia Senja", 48_000),
}


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    """Tuesday, 24 November, half past nine in Jakarta; it goes on by itself."""
    with time_machine.travel(at(2026, 11, 24, 9, 30), tick=True) as travelling:
        yield travelling


@pytest.fixture
def manager(clock: time_machine.Traveller, coordinator: User) -> User:
    return UserFactory(role=Role.MANAGER, name="Ratna Kusuma")


@pytest.fixture
def finance(clock: time_machine.Traveller, coordinator: User) -> User:
    return UserFactory(role=Role.FINANCE, name="Wulan Sari")


@pytest.fixture
def lumi(clock: time_machine.Traveller, coordinator: User) -> Brand:
    lay_all()
    return BrandFactory(name="Lumi Skincare", zone="Asia/Jakarta", category=Category.objects.get(slug="skincare"))


@pytest.fixture
def campaign(lumi: Brand, coordinator: User) -> Campaign:
    """Five Reels that went out a week ago, of accounts of four sizes; Kirana has a code."""
    campaign = CampaignFactory(
        brand=lumi, name="Glow Ramadan", owner=coordinator, goal="advocacy", budget=Money(40_000_000, "IDR"),
        start_on=dt.date(2026, 11, 1), end_on=dt.date(2026, 11, 30), status="live",
    )  # fmt: skip
    reel = Format.objects.get(platform__code="instagram", code="reel")
    for hour, (handle, (name, followers)) in enumerate(PEOPLE.items()):
        person = InfluencerFactory(stage_name=name, owner=coordinator, zone="Asia/Jakarta")
        fee, price = Money(5_000_000, "IDR"), Money(6_500_000, "IDR")
        card = CollaborationFactory(
            campaign=campaign, influencer=person, status="posting", fee=fee, client_price=price
        )  # fmt: skip
        a_live_post(card, at=at(2026, 11, 17, 8 - hour // 2), handle=handle, format=reel)
        SocialAccount.objects.filter(handle=handle).update(followers=followers)
        if handle == "kirana":
            days = {"valid_from_on": dt.date(2026, 11, 1), "valid_to_on": dt.date(2026, 12, 31)}
            VoucherCode.objects.create(campaign=campaign, collaboration=card, code="KIRANA10", **days)
    return campaign


@pytest.fixture
def contract(campaign: Campaign, lumi: Brand, coordinator: User) -> Contract:
    """Half money, half goods of the brand: five million, and serum that cost three to make; both are hers since today."""
    card = campaign.collaborations.get(influencer__stage_name="Kirana Maheswari")
    contact = ContactFactory(name="Kirana Maheswari", email=HERS, language="en", phone="+6281234567890")
    RepresentationFactory(influencer=card.influencer, contact=contact)
    contract = contract_in_force(card.influencer, lumi, fee=5_000_000, owner=coordinator)
    pay_terms(contract, needs_invoice=True)
    due_line(contract, 5_000_000, due_on=dt.date(2026, 11, 24))
    benefit_of(contract, 3_000_000)
    return contract


def test_results_from_five_screenshots_to_a_report_a_stranger_reads(
    open_page: Open, violations: Violations, coordinator: User, campaign: Campaign, tmp_path: Path
) -> None:
    page = open_page("/", user=coordinator)
    took = type_five(page, campaign, tmp_path)
    print(f"Five posts typed in {took:.1f} s.")
    rows = {row.live_post.deliverable.account.handle: row for row in PostSnapshot.objects.all()}
    assert {handle: (row.likes, row.comments) for handle, row in rows.items()} == {
        "kirana": (1_140, 82), "sari.pagi": (640, 71), "dewi.lestari": (5_400, 310), "ayu.wandari": (14_200, 890),
        "nadia.senja": (1_980, 144),
    }  # fmt: skip
    assert {row.source for row in rows.values()} == {"screenshot"}
    assert (rows["kirana"].views, rows["kirana"].reach, len(rows)) == (21_400, 15_200, len(SAID))

    redemptions(page, campaign, tmp_path, violations)
    assert sorted(Order.objects.standing().values_list("amount", flat=True)) == [270_000] * 5
    the_report(page, campaign, violations)
    stranger = shared(page, campaign, open_page, violations)
    assert [*page.complaints, *stranger.complaints] == []  # type: ignore[attr-defined]


def test_a_script_that_comes_late_leaves_the_typing_where_it_is(
    open_page: Open, coordinator: User, campaign: Campaign, tmp_path: Path
) -> None:
    page = open_page(f"/campaigns/{campaign.pk}/numbers/", user=coordinator)
    page.set_input_files("#pictures", pictures(tmp_path))
    held: list[Route] = []
    page.route("**/numbers*.js", lambda route: held.append(route))
    page.get_by_role("button", name="Add pictures").click(no_wait_after=True)
    boxes = page.locator("#desk .number-grid").first.locator("input")
    expect(page.locator("#desk [autofocus]")).to_be_focused()
    page.keyboard.type("1")
    page.keyboard.press("Tab")
    page.keyboard.type("2")
    for route in held:
        route.continue_()
    expect(page.locator("number-desk[ready]")).to_be_attached()
    page.keyboard.type("3")

    assert held
    assert [boxes.nth(place).input_value() for place in (0, 1)] == ["1", "23"]


def test_money_from_what_is_missing_to_the_proof_on_her_page(
    open_page: Open, violations: Violations, manager: User, finance: User, contract: Contract, post_office: Sink,
    tmp_path: Path,
) -> None:  # fmt: skip
    page = open_page("/", user=finance)
    says_what_is_missing(page, violations)

    rings(post_office)
    hers = her_details(open_page, post_office, violations)
    her_invoice(hers, tmp_path, violations)
    called_back(open_page("/", user=manager), violations)

    looked_up(page, Payee.objects.get())
    accepted(page, violations)
    payment = released(page, contract, violations)
    to_the_bank(page, payment, violations)
    noted_as_paid(page, payment, tmp_path, violations)

    said = plain(letter(post_office, "IDR 4,800,000 is paid")).replace("\xa0", " ")
    assert "IDR 4,800,000 to Bank Nusa ···1234" in said and "IDR 200,000 of tax was withheld" in said
    reads_that_it_is_paid(hers, violations)
    assert [*page.complaints, *hers.complaints] == []  # type: ignore[attr-defined]
