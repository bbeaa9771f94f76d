"""Whose rival a deal is, and when she last worked for one."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from crm.base.models import Organisation
from crm.brands.models import Brand
from crm.exclusivity.models import OutsideDeal
from crm.exclusivity.queries import history_of
from crm.exclusivity.rivals import Field, last_day_of, last_rival_days
from crm.influencers.models import Influencer
from crm.team.models import User
from tests.crm.exclusivity.conftest import category
from tests.factories import BrandFactory, InfluencerFactory

pytestmark = pytest.mark.django_db

TODAY = dt.date(2026, 11, 24)


def deal(person: Influencer, slug: str = "", **known: Any) -> OutsideDeal:
    known = {"brand_name": "Kala", "source": "observed", **known}
    return OutsideDeal.objects.create(influencer=person, category=category(slug) if slug else None, **known)


def rivals(one: OutsideDeal, *brands: Brand) -> list[tuple[str, bool]]:
    return [(rival.brand.name, rival.is_sure) for rival in Field.of(brands).rivals(one)]


@pytest.mark.parametrize(
    ("slug", "expected"),
    [
        ("skincare", [("Lumi Skincare", True)]),
        ("serum", [("Lumi Skincare", True)]),
        ("beauty", [("Lumi Skincare", False)]),
        ("make-up", []),
        ("oral-care", []),
        ("", []),
    ],
)
def test_the_same_category_and_what_is_below_it_rival_and_what_is_above_may(
    kirana: Influencer, lumi: Brand, slug: str, expected: list[tuple[str, bool]]
) -> None:
    assert rivals(deal(kirana, slug), lumi) == expected


def test_brands_of_one_house_never_rival_each_other(kirana: Influencer, lumi: Brand) -> None:
    sister = BrandFactory(name="Lumi Baby", owner=lumi.owner, category=lumi.category)
    lumi.rivals.add(sister)
    assert rivals(deal(kirana, "skincare", brand=sister), lumi) == []
    assert rivals(deal(kirana, "skincare", brand=lumi), lumi, sister) == []


def test_a_named_competitor_rivals_whatever_it_sells(kirana: Influencer, lumi: Brand, senja: Brand) -> None:
    lumi.rivals.add(senja)
    assert rivals(deal(kirana, "coffee", brand=senja), lumi) == [("Lumi Skincare", True)]


@pytest.mark.parametrize(
    ("known", "last"),
    [
        ({"start_on": dt.date(2025, 9, 20), "end_on": dt.date(2025, 9, 24)}, dt.date(2025, 9, 24)),
        ({"start_on": dt.date(2026, 11, 1), "end_on": dt.date(2026, 12, 31)}, TODAY),
        ({"start_on": dt.date(2026, 11, 1)}, TODAY),
        ({"start_on": dt.date(2026, 12, 1)}, None),
        ({"end_on": dt.date(2026, 11, 24)}, TODAY),
        ({}, None),
    ],
)
def test_the_last_known_day_of_a_deal(kirana: Influencer, known: dict[str, Any], last: dt.date | None) -> None:
    assert last_day_of(deal(kirana, **known), TODAY) == last


def test_the_last_day_with_a_rival_is_found_for_many_people_at_once(
    kirana: Influencer, lumi: Brand, coordinator: User
) -> None:
    bagas, oka = InfluencerFactory(), InfluencerFactory()
    for day in (dt.date(2025, 1, 1), dt.date(2025, 9, 24), dt.date(2024, 5, 1)):
        deal(kirana, "serum", start_on=day, end_on=day)
    deal(bagas, "coffee", start_on=TODAY, end_on=TODAY)
    people = [kirana.pk, bagas.pk, oka.pk]
    coordinator.brand_ids()
    with CaptureQueriesContext(connection) as caught:
        found = last_rival_days(people, lumi, coordinator, TODAY)
    assert found == {kirana.pk: dt.date(2025, 9, 24)}
    assert len(caught) == 3


def lately(person: Influencer, user: User) -> list[tuple[str, dt.date, dt.date | None]]:
    return [(one.brand, one.on, one.runs_to) for one in history_of(person, user, TODAY).lately]


def test_the_panel_names_the_last_rival_and_one_that_goes_on_first(
    kirana: Influencer, lumi: Brand, coordinator: User
) -> None:
    deal(kirana, "serum", start_on=dt.date(2025, 9, 24), end_on=dt.date(2025, 9, 24))
    assert lately(kirana, coordinator) == [("Lumi Skincare", dt.date(2025, 9, 24), None)]
    deal(kirana, "serum", end_on=dt.date(2027, 6, 30))
    assert lately(kirana, coordinator) == [("Lumi Skincare", TODAY, dt.date(2027, 6, 30))]


def test_archived_brands_have_no_rivals_any_more(kirana: Influencer, lumi: Brand, coordinator: User) -> None:
    deal(kirana, "serum", start_on=TODAY, end_on=TODAY)
    Brand.objects.filter(pk=lumi.pk).update(archived_at="2026-01-01T00:00:00Z")
    assert lately(kirana, coordinator) == []


def test_behind_the_wall_neither_the_deal_nor_the_rivalry_shows(
    kirana: Influencer, lumi: Brand, senja: Brand, coordinator: User
) -> None:
    deal(kirana, "serum", brand=senja, brand_name=senja.name, start_on=TODAY, end_on=TODAY)
    deal(kirana, "serum", start_on=TODAY, end_on=TODAY)
    Organisation.objects.update(brand_walls=True)
    outsider = User.objects.get(pk=coordinator.pk)
    history = history_of(kirana, outsider, TODAY)
    assert [line.deal.brand_name for line in [*history.standing, *history.over]] == ["Kala"]
    assert (history.lately, [line.rivals for line in history.standing]) == ([], [[]])


def test_a_persons_history_costs_the_same_however_long(lumi: Brand, coordinator: User) -> None:
    costs = []
    coordinator.brand_ids()
    for times in (1, 3):
        person = InfluencerFactory()
        for number in range(times):
            deal(person, "serum", brand=BrandFactory(), end_on=TODAY - dt.timedelta(days=number))
        with CaptureQueriesContext(connection) as caught:
            history_of(person, coordinator, TODAY)
        costs.append(len(caught))
    assert costs == [5, 5]


@pytest.mark.parametrize(
    ("known", "words"),
    [
        ({"start_on": dt.date(2025, 9, 24), "end_on": dt.date(2025, 9, 24)}, "rival of Lumi Skincare 14 months ago"),
        ({"start_on": TODAY, "end_on": TODAY}, "Works for a rival of Lumi Skincare today"),
        ({"end_on": dt.date(2027, 6, 30)}, "Works for a rival of Lumi Skincare until Wed, 30 Jun 2027"),
    ],
)
def test_the_panel_says_it_in_words(
    as_coordinator: Client, kirana: Influencer, lumi: Brand, known: dict[str, Any], words: str
) -> None:
    deal(kirana, "serum", **known)
    assert words in as_coordinator.get(reverse("person-panels", args=[kirana.pk])).content.decode()
