"""Where a campaign runs: said in its form and its file, and held against promises for one place."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from campaigns.planning.models import Campaign, Collaboration
from campaigns.planning.models.promises import PromiseHeld, deliverables
from campaigns.planning.promise_page import conflicts_of
from crm.brands.models import Brand, Territory
from crm.exclusivity.models import Clause, Finding
from crm.influencers.models import Influencer
from crm.team.models import User
from crm.timeline.models import Entry
from crm.timeline.record import Actor
from tests.campaigns.planning.test_promises import deal, on, promise
from tests.factories import BrandFactory, CampaignFactory, InfluencerFactory

pytestmark = pytest.mark.django_db


def place(code: str) -> Territory:
    return Territory.objects.get(code=code)


@pytest.fixture
def kirana() -> Influencer:
    return InfluencerFactory(stage_name="Kirana Maheswari")


@pytest.fixture
def barred_in_indonesia(kirana: Influencer, now: dt.datetime, actor: Actor) -> Clause:
    """Lumi's week either side of 10 December, in Indonesia only."""
    ours = deal(kirana, "Lumi", on(12, 10))
    clause = promise(ours)
    clause.territories.set([place("id")])
    ours.put("agreed", at=now, actor=actor)
    return clause


class TestAPromiseForOnePlace:
    def rival(self, kirana: Influencer, *codes: str) -> Collaboration:
        card = deal(kirana, "Senja Glow", on(12, 12))
        card.campaign.run_in([place(code) for code in codes])
        return card

    @pytest.mark.parametrize("codes", [("id",), ("id-jk",), ("my", "id")])
    def test_refuses_work_that_is_seen_there(
        self, barred_in_indonesia: Clause, kirana: Influencer, codes: tuple[str, ...], now: dt.datetime, actor: Actor
    ) -> None:
        card = self.rival(kirana, *codes)
        with pytest.raises(PromiseHeld):
            card.put("agreed", at=now, actor=actor)
        card.refresh_from_db()
        assert card.status == "in_talks"

    def test_says_nothing_about_work_in_another_country(
        self, barred_in_indonesia: Clause, kirana: Influencer, now: dt.datetime, actor: Actor
    ) -> None:
        card = self.rival(kirana, "my")
        card.put("agreed", at=now, actor=actor)
        assert (card.status, Finding.objects.count()) == ("agreed", 0)

    def test_only_warns_where_nobody_said_where_it_runs(
        self, barred_in_indonesia: Clause, kirana: Influencer, now: dt.datetime, actor: Actor
    ) -> None:
        card = self.rival(kirana)
        (found,) = conflicts_of(card, list(card.deliverables.select_related("format")), [], now)
        assert (found.severity.name, found.finding.reasons) == ("WARN", ("territory-unknown",))
        card.put("agreed", at=now, actor=actor)
        assert card.status == "agreed"


class TestTheForm:
    def values(self, brand: Brand, **changes: Any) -> dict[str, Any]:
        return {
            "brand": brand.pk, "name": "Kulit Tropis", "goal": "awareness", "start_on": "2026-12-01",
            "end_on": "2026-12-31", "budget_1": "IDR", **changes,
        }  # fmt: skip

    def test_offers_the_country_of_the_house_and_keeps_what_was_chosen(
        self, as_coordinator: Client, coordinator: User
    ) -> None:
        page = as_coordinator.get("/campaigns/new/")
        assert page.context["form"].initial["territories"] == [place("id").pk]
        places = [place("my").pk, place("id-ba").pk]
        sent = self.values(BrandFactory(name="Lumi"), owner=coordinator.pk, territories=places)
        response = as_coordinator.post("/campaigns/new/", sent)
        campaign = Campaign.objects.get()
        assert (response.status_code, set(campaign.territories.values_list("pk", flat=True))) == (302, set(places))
        shown = as_coordinator.get(f"/campaigns/{campaign.pk}/").content.decode()
        assert "Runs in Bali, Malaysia." in shown

    def test_tells_where_it_ran_before(self, as_coordinator: Client, coordinator: User) -> None:
        campaign = CampaignFactory(name="Kulit Tropis", owner=coordinator, status="draft")
        campaign.run_in([place("id")])
        sent = self.values(
            campaign.brand, owner=coordinator.pk, start_on="2026-11-01", end_on="2026-12-31", zone=campaign.zone,
            territories=[place("my").pk],
        )  # fmt: skip
        assert as_coordinator.post(f"/campaigns/{campaign.pk}/edit/", sent).status_code == 302
        assert Entry.objects.get(verb="campaign.changed").changes == {"territories": ["Indonesia", "Malaysia"]}

    def test_keeps_the_place_once_somebody_agreed(
        self, as_coordinator: Client, barred_in_indonesia: Clause, coordinator: User
    ) -> None:
        campaign = Campaign.objects.get()
        campaign.run_in([place("id")])
        sent = self.values(campaign.brand, owner=coordinator.pk, territories=[place("my").pk], zone=campaign.zone)
        assert as_coordinator.post(f"/campaigns/{campaign.pk}/edit/", sent).status_code == 302
        assert list(campaign.territories.values_list("code", flat=True)) == ["id"]

    def test_refuses_a_place_that_does_not_exist(self, as_coordinator: Client, coordinator: User) -> None:
        sent = self.values(BrandFactory(name="Lumi"), owner=coordinator.pk, territories=[987654])
        response = as_coordinator.post("/campaigns/new/", sent)
        assert (response.status_code, list(response.context["form"].errors)) == (422, ["territories"])
        assert Campaign.objects.count() == 0


def test_work_of_many_people_asks_for_places_once(django_assert_num_queries: Any, now: dt.datetime) -> None:
    people = []
    for number in range(3):
        person = InfluencerFactory()
        card = deal(person, f"Brand {number}", on(12, 10))
        card.campaign.run_in([place("id")])
        people.append(person.pk)
        if number in (0, 2):
            with django_assert_num_queries(4):
                found = deliverables(people, now)
    assert [one.territories for one in found] == [frozenset({place("id").pk})] * 3
