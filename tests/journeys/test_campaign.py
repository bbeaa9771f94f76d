"""A campaign from an empty brand profile to a brief that was accepted twice: shortlist, the client's votes by link, the door
before the first offer, a price she named on the phone, and a change that asks her again."""

import datetime as dt
import re
from collections.abc import Callable

import pytest
from djmoney.money import Money
from playwright.sync_api import Page, expect

from campaigns.briefs.models import BriefAck, BriefVersion
from campaigns.offers.models import Offer
from campaigns.planning.models import Campaign, Collaboration
from crm.base.seeding import lay_all
from crm.brands.models import Brand, Category
from crm.influencers.models import Influencer, Platform, SocialAccount
from crm.team.models import User
from tests.chaos.sink import Sink
from tests.conftest import today_here
from tests.factories import BrandFactory, ContactFactory, InfluencerFactory, RepresentationFactory
from tests.journeys.test_channels import plain
from tests.journeys.test_contract import letter

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

Open = Callable[..., Page]
Violations = Callable[[Page], list[str]]
DAY = dt.timedelta(days=1)
FIVE = {
    "colour_tone": "Morning light",
    "pose": "Parent and child at one basin",
    "caption": "How you get them to brush",
    "hashtags": "#senyumpagi",
    "upload_time": "Weekdays, 6.30 to 8.00",
}
PROFILE = {
    "brand_values": "Teeth are for laughing.",
    "brand_tone": "Playful, close to children",
    "brand_does": "Shows families as they are.",
    "brand_avoids": "Never shames a smile.",
    "brand_audience": "Young parents and children of 3 to 10.",
}


@pytest.fixture
def nusa(coordinator: User) -> Brand:
    lay_all()
    return BrandFactory(name="Nusa Oral", category=Category.objects.get(slug="oral-care"))


@pytest.fixture
def people(nusa: Brand, coordinator: User) -> list[Influencer]:
    instagram = Platform.objects.get(code="instagram")
    found = []
    for name, followers in (("Kirana Maheswari", 34_000), ("Laras Wening", 52_000)):
        person = InfluencerFactory(stage_name=name, owner=coordinator, zone="Asia/Jakarta")
        SocialAccount.objects.create(
            influencer=person, platform=instagram, handle=name.split()[0].lower(), followers=followers
        )
        RepresentationFactory(influencer=person, contact=ContactFactory(name=name, language="en"))
        found.append(person)
    return found


def press(page: Page) -> None:
    """The one filled button of a form page."""
    page.locator(".form-actions button.btn-primary, .form-actions button.btn-danger").first.click()


def opened(page: Page, brand: Brand) -> Campaign:
    """A campaign with a name and its days, and both people on its shortlist."""
    page.select_option("[name=brand]", str(brand.pk))
    page.fill("[name=name]", "Senyum Pagi")
    page.fill("[name=start_on]", str(today_here()))
    page.fill("[name=end_on]", str(today_here() + 40 * DAY))
    press(page)
    page.wait_for_url(re.compile(r"/campaigns/\d+/"))
    campaign = Campaign.objects.get()
    page.goto(f"/campaigns/{campaign.pk}/people/")
    for box in page.locator("tr[data-row] input[name=pick]").all():
        box.check()
    page.locator("button", has_text="Add to the shortlist").first.click()
    page.goto(f"/campaigns/{campaign.pk}/shortlist/")
    expect(page.locator("main")).to_contain_text("Kirana Maheswari")
    expect(page.locator("main")).to_contain_text("Laras Wening")
    return campaign


def ask_the_client(page: Page, campaign: Campaign) -> None:
    page.goto(f"/campaigns/{campaign.pk}/votes/new/")
    page.fill("[name=title]", "Who smiles with us?")
    for box in page.locator("[name=people]").all():
        box.check()
    page.fill("[name=guests]", "Rina Halim, rina@klien.example")
    page.select_option("main select[name=language]", "en")
    press(page)
    page.goto(f"/campaigns/{campaign.pk}/votes/")
    page.get_by_role("link", name="Who smiles with us?").first.click()
    page.get_by_role("button", name="Send 1 e-mail").click()
    expect(page.locator("main")).not_to_contain_text("not asked yet")


def vote(open_page: Open, post_office: Sink, violations: Violations) -> None:
    """The client, on a phone, without signing in."""
    link = re.search(r"https?://[^/\s]+(/v/\S+)", plain(letter("votes_asked", post_office)))
    assert link is not None
    page = open_page(link[1], width=390)
    assert violations(page) == []
    kirana = page.locator("section.card", has_text="Kirana Maheswari")
    kirana.get_by_text("Yes", exact=True).click()
    page.locator("section.card", has_text="Laras Wening").get_by_text("No", exact=True).click()
    page.get_by_role("button", name="Save my votes").click()
    expect(page.locator("[role=status]")).to_contain_text("Saved")


def through_the_door(page: Page, card: Collaboration) -> None:
    """The first offer asks once for everything nobody has said yet."""
    page.goto(f"/campaigns/collaborations/{card.pk}/")
    page.get_by_role("link", name=re.compile("offer", re.I)).first.click()
    page.fill("[name=fee_said]", "2jt nett")
    press(page)
    if page.locator("[name=door-brand_values]").count() == 0:
        press(page)
    for name, words in PROFILE.items():
        page.fill(f"[name=door-{name}]", words)
    page.fill("[name=door-target]", "300000")
    page.select_option("[name=door-formats]", label="Instagram Reel")
    page.fill("[name=door-why]", "Habits are copied from other families.")
    page.select_option("[name=door-risk]", "low")
    page.fill("[name=door-budget_0]", "20000000")
    press(page)


def asked_by_phone(page: Page) -> None:
    """She never agreed to offers by mail, so nothing leaves by itself: the coordinator calls."""
    expect(page.locator("main")).to_contain_text("This contact never agreed to offers.")
    page.check("[name=by_myself]")
    press(page)
    expect(page.locator("main")).to_contain_text("Makes an offer to 1 person.")
    press(page)
    page.wait_for_load_state()


def names_a_price(page: Page, card: Collaboration) -> None:
    """What she said on the phone, noted as “told me”."""
    page.goto(f"/people/{card.influencer_id}/told/offer/{card.pk}/price/")
    page.fill("[name$=amount_0]", "3000000")
    press(page)
    page.wait_for_load_state()


def release(page: Page, campaign: Campaign, must: str, *, change: bool = False) -> None:
    """The brief, written or changed, and released."""
    page.goto(f"/campaigns/{campaign.pk}/brief/")
    if change:
        page.get_by_role("link", name="Write the next version").click()
    else:
        for name, words in FIVE.items():
            page.fill(f"[name={name}]", words)
        page.locator("details:has([name=disclosure]) > summary").click()
        page.fill("[name=disclosure]", "#ad")
        with page.expect_response(re.compile("/brief/")):
            page.locator("button[name=row][value='item:add']").click()
    page.locator("[name=item]").first.fill(must)
    page.locator("select[name=level]").first.select_option("must")
    page.locator("button[name=save][value=release]").click()
    expect(page.locator("h1")).to_contain_text("Release version")
    expect(page.locator("main")).to_contain_text(must)
    if change:
        expect(page.locator("[name=change][value=ask_again]")).to_be_checked()
    press(page)
    page.wait_for_load_state()


def send_brief(page: Page, card: Collaboration) -> None:
    page.goto(f"/campaigns/collaborations/{card.pk}/")
    page.locator("#brief").get_by_role("button", name=re.compile("Send")).click()
    page.wait_for_load_state()


def accepts(open_page: Open, post_office: Sink, violations: Violations, *, nth: int) -> Page:
    """From the letter to the tick, on a phone."""
    link = re.search(r"https?://[^/\s]+(/p/\S+)", plain(letter("brief_sent", post_office)))
    assert link is not None
    page = open_page(link[1], width=390)
    page.locator("button.btn-primary").click()
    page.wait_for_load_state()
    if page.locator("#brief").count() == 0:
        page.locator("a[href*='/campaign/']").first.click()
    assert violations(page) == []
    if nth:
        expect(page.locator("#brief")).to_contain_text("What is new")
    page.locator("#brief [name=read]").check()
    page.locator("#brief button.btn-primary").click()
    page.wait_for_load_state()
    return page


def test_a_campaign_from_an_empty_profile_to_a_brief_accepted_twice(
    open_page: Open, violations: Violations, coordinator: User, nusa: Brand, people: list[Influencer], post_office: Sink
) -> None:
    page = open_page("/campaigns/new/", user=coordinator)
    campaign = opened(page, nusa)
    ask_the_client(page, campaign)
    vote(open_page, post_office, violations)
    page.goto(f"/campaigns/{campaign.pk}/votes/")
    page.get_by_role("link", name="Who smiles with us?").first.click()
    expect(page.locator("tr", has_text="Kirana Maheswari")).to_contain_text("Yes")

    card = Collaboration.objects.get(influencer=people[0])
    through_the_door(page, card)
    asked_by_phone(page)
    assert Offer.objects.get().status == Offer.Status.OPEN

    names_a_price(page, card)
    assert Offer.objects.get().her_fee == Money(3_000_000, "IDR")
    page.goto(f"/campaigns/collaborations/{card.pk}/")
    page.locator("#offers").get_by_role("button", name="Take it").click()
    page.wait_for_load_state()
    card.refresh_from_db()
    assert (card.status, card.fee) == ("agreed", Money(3_000_000, "IDR"))
    page.goto(f"/campaigns/{campaign.pk}/do/go-live/")
    press(page)

    release(page, campaign, must="Both brush, nobody is alone")
    send_brief(page, card)
    hers = accepts(open_page, post_office, violations, nth=0)
    expect(hers.locator("main")).not_to_contain_text("What is new")
    assert BriefAck.objects.get().version.number == 1

    release(page, campaign, must="Both brush for two whole minutes", change=True)
    page.goto(f"/campaigns/collaborations/{card.pk}/")
    expect(page.locator("#brief")).to_contain_text("version")
    send_brief(page, card)
    accepts(open_page, post_office, violations, nth=1)
    assert sorted(BriefAck.objects.values_list("version__number", flat=True)) == [1, 2]
    assert BriefVersion.objects.released().count() == 2
