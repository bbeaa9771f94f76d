"""The main flows by keyboard alone: no click anywhere, and the focus is seen at every stop."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from campaigns.approvals.models import Review
from campaigns.planning.models import Deliverable
from crm.payments.models import Payment
from crm.team.models import Role, User
from tests.browser.test_review import handed_in
from tests.factories import CampaignFactory, CollaborationFactory, DeliverableFactory, InfluencerFactory, UserFactory
from tests.factories.payments import ready_line
from tests.journeys.keyboard import Walk

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

Open = Callable[..., Page]


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
