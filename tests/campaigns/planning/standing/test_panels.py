"""What a collaboration's page says of her deals, and the page where a post is counted for one."""

import pytest
from django.test import Client
from django.urls import reverse

from campaigns.planning.models import Collaboration, Deliverable, QuotaPost
from campaigns.planning.standing.panels import her_posts
from crm.ambassadors.models import AmbassadorDeal, DealPeriod, Program
from crm.influencers.models import Influencer
from crm.team.models import User
from crm.timeline.record import SYSTEM
from tests.campaigns.planning.standing.conftest import DECEMBER, Begin, on
from tests.crm.ambassadors.conftest import DealOf, format_of
from tests.factories import CampaignFactory, CollaborationFactory, DeliverableFactory


@pytest.fixture
def deal(deal_of: DealOf, circle: Program, kirana: Influencer) -> AmbassadorDeal:
    return deal_of(program=circle, person=kirana, start_on=on(12, 1), end_on=on(12, 31), quantity=2)


@pytest.fixture
def december(deal: AmbassadorDeal, begin: Begin) -> DealPeriod:
    return begin(deal, on(12, 1), on(12, 31))


@pytest.fixture
def reel(deal: AmbassadorDeal) -> Deliverable:
    glow = CampaignFactory(name="Glow", brand=deal.program.brand)
    card = CollaborationFactory(campaign=glow, influencer=deal.influencer, status="making")
    return DeliverableFactory(collaboration=card, format=format_of("reel"), draft_due_on=None, post_due_on=on(12, 12))


def page_of(card: int, client: Client) -> str:
    return client.get(reverse("collaboration", args=[card])).content.decode()


def test_a_card_offers_to_count_its_post_for_her_deal(reel: Deliverable, as_coordinator: Client) -> None:
    page = page_of(reel.collaboration_id, as_coordinator)
    assert "Counts for this campaign alone" in page
    assert reverse("deliverable-counts", args=[reel.pk]) in page


def test_on_its_page_it_is_counted_for_the_deal(
    deal: AmbassadorDeal, reel: Deliverable, as_coordinator: Client
) -> None:
    url = reverse("deliverable-counts", args=[reel.pk])
    assert "Lumi Circle: Instagram Reel" in as_coordinator.get(url).content.decode()
    answer = as_coordinator.post(url, {"line": deal.quotas.get().pk})
    assert answer.headers["Location"] == f"{reverse('collaboration', args=[reel.collaboration_id])}#made-{reel.pk}"
    assert "Counts for Lumi Circle" in page_of(reel.collaboration_id, as_coordinator)


def test_a_quota_that_does_not_fit_answers_422_and_keeps_the_page(
    deal_of: DealOf, reel: Deliverable, as_coordinator: Client
) -> None:
    stranger = deal_of(start_on=on(12, 1), end_on=on(12, 31))
    answer = as_coordinator.post(reverse("deliverable-counts", args=[reel.pk]), {"line": stranger.quotas.get().pk})
    assert answer.status_code == 422
    assert not QuotaPost.objects.exists()


def test_a_card_of_somebody_without_a_deal_leads_to_one(as_coordinator: Client) -> None:
    card = CollaborationFactory(status="done", campaign=CampaignFactory(name="Glow"))
    page = page_of(card.pk, as_coordinator)
    asked = (
        f"person={card.influencer_id}&amp;brand={card.campaign.brand_id}&amp;from=campaigns.collaboration%3A{card.pk}"
    )
    assert f"{reverse('ambassador-new')}?{asked}" in page
    assert reverse("ambassador-prospect-note", args=[card.influencer_id]) in page


def test_a_board_marks_ambassadors_of_the_house(
    deal: AmbassadorDeal, reel: Deliverable, december: DealPeriod, as_coordinator: Client
) -> None:
    glow, circle = reel.collaboration.campaign_id, Collaboration.objects.get(campaign__program=deal.program).campaign_id
    CollaborationFactory(campaign_id=glow, status="making")
    boards = [as_coordinator.get(reverse("campaign", args=[pk])).context["board"] for pk in (glow, circle)]
    marked = [
        [card.name for card in board.cards if "Ambassador" in map(str, (m.label for m in card.marks))]
        for board in boards
    ]
    assert marked == [["Kirana Maheswari"], []]


def test_the_deal_page_lists_the_posts_of_its_period(
    deal: AmbassadorDeal, december: DealPeriod, coordinator: User
) -> None:
    found = her_posts(deal, coordinator, DECEMBER)
    assert found is not None
    template, context = found
    assert template == "campaigns/planning/standing/deal_panel.html"
    assert [row.made.post_due_on for row in context["rows"]] == [on(12, 8), on(12, 22)]
    assert context["missing"] == []


def test_what_was_dropped_by_hand_is_missing_and_planned_on_demand(
    deal: AmbassadorDeal, december: DealPeriod, coordinator: User, as_coordinator: Client
) -> None:
    Deliverable.objects.with_card()[0].drop(at=DECEMBER, actor=SYSTEM)
    found = her_posts(deal, coordinator, DECEMBER)
    assert found is not None
    assert [(one.period, one.number) for one in found[1]["missing"]] == [(december, 1)]
    answer = as_coordinator.post(reverse("period-plan-missing", args=[december.pk]))
    assert answer.headers["Location"] == f"{reverse('ambassador-deal', args=[deal.pk])}#posts"
    assert QuotaPost.objects.unposted().count() == 2
    assert as_coordinator.post(reverse("period-plan-missing", args=[december.pk])).status_code == 302
    assert QuotaPost.objects.unposted().count() == 2
