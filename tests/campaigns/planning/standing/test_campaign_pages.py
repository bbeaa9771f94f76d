"""A standing campaign says what it is, and asks for nothing that only a campaign with an end needs."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from campaigns.planning.actions.people import add_people
from campaigns.planning.models import Campaign, Refused
from campaigns.planning.opening import to_wrap_up
from campaigns.planning.wrapping.closing import wrap_up
from crm.ambassadors.models import AmbassadorDeal, Program
from crm.influencers.models import Influencer
from crm.reminders.registry import Asked
from crm.timeline.record import SYSTEM
from tests.campaigns.planning.standing.conftest import Begin, on
from tests.crm.ambassadors.conftest import DealOf
from tests.factories import CampaignFactory, InfluencerFactory


@pytest.fixture
def standing(deal_of: DealOf, circle: Program, kirana: Influencer, begin: Begin) -> Campaign:
    deal: AmbassadorDeal = deal_of(program=circle, person=kirana, start_on=on(12, 1), end_on=on(12, 31), quantity=2)
    begin(deal, on(12, 1), on(12, 31))
    return Campaign.objects.get(program=circle)


def test_its_page_leads_to_the_programme_and_says_what_is_owed(standing: Campaign, as_coordinator: Client) -> None:
    page = as_coordinator.get(reverse("campaign", args=[standing.pk])).content.decode()
    assert "Standing campaign of the programme" in page
    assert reverse("ambassador-program", args=[standing.program_id]) in page
    assert "2 posts left" in page
    for nagging in ("Budget promised", "rarely enough", "wrap-up", "Goal", "copy"):
        assert f">{nagging}" not in page and f"/{nagging}/" not in page, nagging


def test_the_list_marks_it_and_can_be_narrowed_to_it(standing: Campaign, as_coordinator: Client) -> None:
    CampaignFactory(name="Glow", brand=standing.brand)
    page = as_coordinator.get(reverse("campaigns")).content.decode()
    assert page.count("posts of its ambassadors") == 1
    names = {
        sort: [row.campaign.name for row in as_coordinator.get(reverse("campaigns"), {"sort": sort}).context["rows"]]
        for sort in ("", "standing", "dated")
    }
    assert names == {"": ["Lumi Circle", "Glow"], "standing": ["Lumi Circle"], "dated": ["Glow"]}


@pytest.mark.parametrize("code", ["wrap-up", "cancel"])
def test_nobody_wraps_it_up_or_cancels_it(standing: Campaign, as_coordinator: Client, code: str) -> None:
    assert as_coordinator.post(reverse("campaign-verb", args=[standing.pk, code])).status_code == 404
    with pytest.raises(Refused):
        wrap_up(standing, at=dt.datetime.now(dt.UTC), actor=SYSTEM)
    standing.refresh_from_db()
    assert standing.status == "live"


def test_people_come_into_it_by_a_deal_alone(standing: Campaign, now: dt.datetime) -> None:
    with pytest.raises(Refused, match="by an ambassador deal"):
        add_people(standing, [InfluencerFactory()], at=now, actor=SYSTEM)
    assert standing.collaborations.count() == 1


def test_long_after_its_last_day_nobody_is_asked_to_wrap_it_up(standing: Campaign) -> None:
    Campaign.objects.update(start_on=on(1, 1), end_on=on(2, 1))
    standing.collaborations.update(status="done")
    assert list(to_wrap_up(Asked(now=dt.datetime(2026, 12, 1, tzinfo=dt.UTC)))) == []


@pytest.mark.parametrize("people", [1, 3])
def test_its_page_asks_as_much_for_three_people_as_for_one(
    deal_of: DealOf, circle: Program, begin: Begin, as_coordinator: Client, django_assert_num_queries: Any, people: int
) -> None:
    for _number in range(people):
        begin(deal_of(program=circle, start_on=on(12, 1), end_on=on(12, 31), quantity=2), on(12, 1), on(12, 31))
    campaign = Campaign.objects.get(program=circle)
    as_coordinator.get(reverse("campaign", args=[campaign.pk]))
    with django_assert_num_queries(9):
        as_coordinator.get(reverse("campaign", args=[campaign.pk]))
