"""The pages of prospects, and where prospects and ambassadors are seen in the list of people."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from crm.ambassadors.models import Program, Prospect
from crm.ambassadors.prospects import noting
from crm.base.models import Organisation
from crm.brands.models import Brand
from crm.influencers.models import Influencer
from crm.team.models import User
from tests.crm.ambassadors.conftest import DealOf
from tests.crm.ambassadors.lists.test_prospects import worked
from tests.factories import BrandFactory, InfluencerFactory

pytestmark = pytest.mark.django_db
LIST = "/ambassadors/prospects/"


@pytest.fixture
def noted(kirana: Influencer, circle: Program, coordinator: User, now: dt.datetime) -> Prospect:
    return noting.note(kirana, circle.brand, why="Uses it herself", program=circle, at=now, user=coordinator)


def errors(answer: Any) -> dict[str, Any]:
    assert answer.status_code == 422
    return dict(answer.context["form"].errors)


def test_the_list_says_why_and_what_is_known(as_coordinator: Client, noted: Prospect, now: dt.datetime) -> None:
    worked(noted.influencer, noted.brand, now, works=4, late=1)
    page = as_coordinator.get(LIST).content.decode()
    for words in ("Uses it herself", "Lumi Circle", "4 times", "3 of 4", "She was asked", "Not now"):
        assert words in page


def test_the_list_is_narrowed_by_brand_and_programme(as_coordinator: Client, noted: Prospect) -> None:
    other = BrandFactory()
    Prospect.objects.create(influencer=InfluencerFactory(), brand=other)
    for asked, number in (({}, 2), ({"brand": other.pk}, 1), ({"program": noted.program_id}, 1), ({"brand": "x"}, 2)):
        assert len(as_coordinator.get(LIST, asked).context["rows"]) == number


def test_each_tab_counts_what_it_shows(as_coordinator: Client, noted: Prospect, now: dt.datetime, actor: Any) -> None:
    noting.drop(noted, "Not in May", at=now, actor=actor)
    tabs = as_coordinator.get(LIST).context["tabs"]
    assert [tab["count"] for tab in tabs] == [0, 1, 0]
    page = as_coordinator.get(LIST, {"tab": "dropped"}).content.decode()
    assert "Not in May" in page
    assert "Note her again" in page


def test_somebody_is_noted_on_her_page(as_coordinator: Client, kirana: Influencer, lumi: Brand) -> None:
    page = reverse("ambassador-prospect-note", args=[kirana.pk])
    assert "Kirana Maheswari" in as_coordinator.get(page, {"brand": lumi.pk}).content.decode()
    assert errors(as_coordinator.post(page, {"why": "x"})) == {"brand": ["This field is required."]}
    assert Prospect.objects.count() == 0
    assert as_coordinator.post(page, {"brand": lumi.pk, "why": "Uses it"}).url == LIST
    assert Prospect.objects.get().why == "Uses it"


def test_a_programme_of_another_brand_is_refused(as_coordinator: Client, kirana: Influencer, circle: Program) -> None:
    page, other = reverse("ambassador-prospect-note", args=[kirana.pk]), BrandFactory(name="Serasi")
    said = as_coordinator.post(page, {"brand": other.pk, "program": circle.pk, "why": "Uses it"})
    assert errors(said) == {"program": ["This programme belongs to another brand. Choose one of Serasi, or none."]}
    assert Prospect.objects.count() == 0


def test_several_are_noted_from_the_list_of_people(as_coordinator: Client, kirana: Influencer, lumi: Brand) -> None:
    other = InfluencerFactory(stage_name="Wulan Sari")
    ask = as_coordinator.post(reverse("people-bulk"), {"action": "prospect", "ids": [kirana.pk, other.pk]})
    page = ask.content.decode()
    assert "Kirana Maheswari, Wulan Sari" in page
    data = {"chosen": f"{kirana.pk},{other.pk}", "brand": lumi.pk, "why": "Her readers ask for it"}
    do = reverse("ambassador-prospect-many")
    assert errors(as_coordinator.post(do, {**data, "why": ""})) == {"why": ["This field is required."]}
    assert as_coordinator.post(do, data).url == LIST
    assert Prospect.objects.open().count() == 2


def test_she_is_asked_and_left_from_the_list(as_coordinator: Client, noted: Prospect) -> None:
    ask, drop = (
        reverse("ambassador-prospect-ask", args=[noted.pk]),
        reverse("ambassador-prospect-drop", args=[noted.pk]),
    )
    assert as_coordinator.post(ask).url == LIST
    assert "cannot go from Asked to Asked" in as_coordinator.post(ask, follow=True).content.decode()
    assert errors(as_coordinator.post(drop, {"why": ""})) == {"why": ["This field is required."]}
    assert as_coordinator.post(drop, {"why": "Too dear"}).url == LIST
    assert as_coordinator.post(drop, {"why": "Too dear"}).status_code == 422
    assert Prospect.objects.dropped().get().why == "Too dear"


def test_a_suggestion_leads_to_noting_her(
    as_coordinator: Client, kirana: Influencer, lumi: Brand, now: dt.datetime
) -> None:
    worked(kirana, lumi, now, works=3)
    page = as_coordinator.get(LIST).content.decode()
    assert "3 collaborations with Lumi Skincare, always on time" in page
    assert f"?brand={lumi.pk}&amp;why=3%20collaborations%2C%20always%20on%20time" in page


def test_an_empty_list_says_how_to_begin(as_coordinator: Client) -> None:
    assert "Nobody is noted yet" in as_coordinator.get(LIST).content.decode()
    assert "Nobody here" in as_coordinator.get(LIST, {"tab": "taken"}).content.decode()


def test_her_page_says_for_whom_she_is_noted(as_coordinator: Client, noted: Prospect) -> None:
    page = as_coordinator.get(reverse("person-panels", args=[noted.influencer_id])).content.decode()
    assert "Uses it herself" in page
    other = as_coordinator.get(reverse("person-panels", args=[InfluencerFactory().pk])).content.decode()
    assert "Nobody has noted her." in other


@pytest.mark.parametrize("many", [1, 3])
def test_the_list_costs_the_same_however_long_it_is(
    as_coordinator: Client, circle: Program, now: dt.datetime, many: int, django_assert_num_queries: Any
) -> None:
    for number in range(many):
        person, other = InfluencerFactory(), InfluencerFactory()
        Prospect.objects.create(influencer=person, brand=circle.brand, program=circle, why=f"Reason {number}")
        worked(person, circle.brand, now, works=2)
        worked(other, circle.brand, now, works=3)
    as_coordinator.get(LIST)
    with django_assert_num_queries(17):
        page = as_coordinator.get(LIST)
    assert (len(page.context["rows"]), len(page.context["suggested"])) == (many, many)


class TestPeople:
    def names(self, client: Client, chosen: Any) -> list[str]:
        page = client.get(reverse("people"), {"ambassador": chosen})
        return sorted(line.name for line in page.context["found"].page.rows)

    def test_ambassadors_and_prospects_are_found(
        self, as_coordinator: Client, noted: Prospect, deal_of: DealOf, circle: Program
    ) -> None:
        deal_of(program=circle, person=InfluencerFactory(stage_name="Wulan Sari"))
        deal_of(person=InfluencerFactory(stage_name="Ayu Lestari"))
        InfluencerFactory(stage_name="Sekar")
        assert self.names(as_coordinator, "any") == ["Ayu Lestari", "Wulan Sari"]
        assert self.names(as_coordinator, circle.pk) == ["Wulan Sari"]
        assert self.names(as_coordinator, "prospect") == ["Kirana Maheswari"]
        assert self.names(as_coordinator, "neither") == ["Sekar"]

    def test_the_filter_reads_as_a_sentence(self, as_coordinator: Client, circle: Program) -> None:
        page = as_coordinator.get(reverse("people"), {"ambassador": circle.pk}).content.decode()
        assert "ambassadors of Lumi Circle" in page

    def test_programmes_are_not_named_where_walls_stand(self, as_coordinator: Client, circle: Program) -> None:
        Organisation.objects.update(brand_walls=True)
        page = as_coordinator.get(reverse("people-filter")).content.decode()
        assert "Neither" in page
        assert "Lumi Circle" not in page

    def test_an_ambassador_has_a_heart_beside_her_name(
        self, as_coordinator: Client, deal_of: DealOf, circle: Program
    ) -> None:
        deal_of(program=circle)
        assert "Ambassador of Lumi Circle" in as_coordinator.get(reverse("people")).content.decode()
