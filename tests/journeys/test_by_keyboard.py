"""The main flows by keyboard alone: no click anywhere, and the focus is seen at every stop."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.utils import timezone
from djmoney.money import Money
from playwright.sync_api import Page, expect

from campaigns.approvals.models import Review
from campaigns.planning.models import Collaboration, Deliverable
from crm.base.models import Organisation
from crm.base.seeding import lay_all
from crm.brands.models import Category
from crm.contracts.actions.codes import code_of
from crm.contracts.actions.drafting import draft
from crm.contracts.models import Contract, ContractTemplate, Signature, SigningCode
from crm.influencers.models import Platform, SocialAccount
from crm.payments.models import Payment
from crm.portal.links import mint
from crm.team.models import Role, User
from crm.timeline.record import Actor
from tests.browser.test_review import handed_in
from tests.conftest import today_here
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
from tests.factories.payments import ready_line
from tests.journeys.keyboard import Walk

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

Open = Callable[..., Page]
A_WEEK = dt.timedelta(days=7)


@pytest.fixture
def reel(coordinator: User) -> Deliverable:
    card = CollaborationFactory(
        campaign=CampaignFactory(owner=coordinator, status="live"),
        influencer=InfluencerFactory(stage_name="Salsa Prameswari"),
        status="making",
    )
    made: Deliverable = DeliverableFactory(collaboration=card, title="Reel", status="submitted", drafts=2)
    return made


def test_a_draft_is_asked_to_change_and_then_approved(open_page: Open, owner: User, reel: Deliverable) -> None:
    first = handed_in(reel, 1, "#eec3a8", caption="Pagi yang lembap. #iklan")
    page = open_page("/", user=owner)
    walk = Walk(page)
    walk.press("Review")
    walk.keys("j")
    walk.follow("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Draft 1")
    walk.to("In a few words")
    page.keyboard.type("Show the texture, please.")
    walk.press("Ask for changes")
    assert Review.objects.get(version=first).status == "changes"

    Deliverable.objects.filter(pk=reel.pk).update(status="submitted")
    second = handed_in(reel, 2, "#f6d6b2", caption="Tekstur serumnya kelihatan. #iklan")
    page.goto("/reviews/")
    walk.keys("j")
    walk.follow("Enter")
    walk.keys("a")
    assert walk.stop() == "Approve"
    walk.follow("Enter")
    assert Review.objects.get(version=second).status == "approved"
    assert (walk.unseen, page.complaints) == (set(), [])  # type: ignore[attr-defined]


def test_money_that_is_due_passes_its_gate_and_is_paid(open_page: Open) -> None:
    ready_line()
    page = open_page("/", user=UserFactory(role=Role.FINANCE))
    walk = Walk(page)
    walk.press("Money")
    walk.press("What is due")
    walk.keys("j", "x")
    walk.press("Release")
    walk.press("Release$")
    assert Payment.objects.get().status == "released"
    walk.press("Note as paid|Paid")
    walk.press("Note as paid|Paid")
    assert Payment.objects.get().status == "paid"
    assert (walk.unseen, page.complaints) == (set(), [])  # type: ignore[attr-defined]


@pytest.fixture
def card(coordinator: User, organisation: Organisation) -> Collaboration:
    lay_all()
    Organisation.objects.update(news_to=Organisation.NewsTo.NOT_REFUSED)
    lumi = BrandFactory(name="Lumi Skincare", category=Category.objects.get(slug="skincare"))
    kirana = InfluencerFactory(stage_name="Kirana Maheswari", owner=coordinator, zone="Asia/Jakarta")
    SocialAccount.objects.create(
        influencer=kirana, platform=Platform.objects.get(code="instagram"), handle="kirana", followers=34_000
    )
    RepresentationFactory(influencer=kirana, contact=ContactFactory(name="Kirana Maheswari", language="en"))
    campaign = CampaignFactory(name="Glow", brand=lumi, owner=coordinator, status="live")
    made: Collaboration = CollaborationFactory(
        campaign=campaign, influencer=kirana, status="shortlist", fee=Money(2_800_000, "IDR")
    )
    return made


def her_page(open_page: Open, card: Collaboration) -> Walk:
    """The link of any letter to her, opened on her phone with a keyboard."""
    contact = card.influencer.representations.get().contact
    address = mint(
        contact=contact, influencer_id=card.influencer_id, brand_id=card.campaign.brand_id, at=timezone.now()
    )
    walk = Walk(open_page("/" + address.split("/", 3)[3], width=390))
    walk.press("Open|See|Show")
    return walk


def test_somebody_is_invited_and_agrees(open_page: Open, card: Collaboration, coordinator: User) -> None:
    page = open_page(f"/campaigns/{card.campaign_id}/", user=coordinator)
    walk = Walk(page)
    walk.press("Kirana Maheswari")
    walk.press("Make an offer")
    walk.to("Answer by")
    page.keyboard.type(f"{today_here() + A_WEEK:%m%d%Y}")
    walk.press("See what will happen")
    walk.press("Send the offers")

    hers = her_page(open_page, card)
    hers.press("Yes, I take part")
    hers.press("Send")
    card.refresh_from_db()
    assert (card.status, walk.unseen, hers.unseen) == ("agreed", set(), set())


def test_a_contract_is_sent_and_signed(open_page: Open, card: Collaboration, coordinator: User) -> None:
    contract = Contract(
        title="Lumi and Kirana", brand=card.campaign.brand, owner=coordinator, zone="Asia/Jakarta",
        wording=ContractTemplate.objects.get(code="campaign").newest, category=card.campaign.brand.category,
        said="1 reel 3 story 2,8jt nett", start_on=today_here(), end_on=today_here() + 12 * A_WEEK,
    )  # fmt: skip
    contract = draft(contract, [card.influencer], at=timezone.now(), actor=Actor.user(coordinator))
    page = open_page("/contracts/", user=coordinator)
    walk = Walk(page)
    walk.keys("j")
    walk.follow("Enter")
    walk.to("More|Verbs|Other")
    walk.keys("Enter")
    walk.press("Send")
    walk.press("Send")
    contract.refresh_from_db()
    assert contract.status == "sent"

    hers = her_page(open_page, card)
    hers.press("Read and sign")
    hers.press("Sign now")
    hers.to("I have read")
    hers.keys("Space")
    hers.press("Send me the code")
    hers.to("The six digits")
    hers.page.keyboard.type(code_of(SigningCode.objects.latest("pk")))
    hers.press("Sign now")
    assert Signature.objects.get().how == "code"
    assert (walk.unseen, hers.unseen) == (set(), set())
