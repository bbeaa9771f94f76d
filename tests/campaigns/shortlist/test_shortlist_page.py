"""The shortlist as a colleague meets it: ranked by fit, every reason named, nobody judged by followers."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from djmoney.money import Money

from campaigns.planning.models import Campaign, Collaboration
from campaigns.shortlist.fit_page import shortlist_of
from campaigns.shortlist.fit_weights import save_weights
from crm.base.models import Organisation
from crm.influencers.models import Influencer
from crm.team.models import User
from crm.timeline.record import SYSTEM
from crm.vetting.facts import note_fact
from tests.campaigns.shortlist.conftest import noted_lately, on_shortlist, person, well_known
from tests.campaigns.shortlist.test_free import promise
from tests.conftest import NOW
from tests.factories import CampaignFactory, CollaborationFactory

pytestmark = pytest.mark.django_db


def url(campaign: Campaign, query: str = "") -> str:
    return reverse("campaign-shortlist", args=[campaign.pk]) + query


def names(campaign: Campaign, user: User, sort: str = "fit") -> list[str]:
    return [row.name for row in shortlist_of(campaign, user, NOW, sort).rows]


def test_a_family_brand_finds_family_creators_first(campaign: Campaign, coordinator: User) -> None:
    for name, niche in (("Ayu", "investing"), ("Bunga", "family-health"), ("Citra", "finance")):
        on_shortlist(campaign, person(name, niche))
    assert names(campaign, coordinator) == ["Bunga", "Ayu", "Citra"]


def test_every_part_names_its_reason(campaign: Campaign, coordinator: User) -> None:
    on_shortlist(campaign, well_known(person("Kirana")))
    row = shortlist_of(campaign, coordinator, NOW).rows[0]
    assert {one.told.part: one.told.words for one in row.fit.parts} == {
        "niche": "100% of what she posts about: Family health",
        "audience": "50% of the ages looked for, 80% women, counted 3 November 2026",
        "engagement": "2.55% against 2-3.5%, Untapper ranges 2026",
        "place": "58% of her audience lives in Makassar, counted 3 November 2026",
        "quality": "nobody rated her yet",
        "reliable": "she has posted nothing for us yet",
        "persona": "speaks to Mothers of small children, too",
        "authentic": "nobody has looked at her numbers, or too long ago",
        "tier": "Micro is suggested for this goal",
        "price": "asks IDR\u00a02,500,000, an even share of the budget is IDR\u00a012,000,000",
    }


def approved_drafts(person: Influencer, campaign: Campaign, *at_first: int) -> None:
    for number, yes in enumerate(at_first):
        note_fact(
            person.pk, campaign.brand_id, "first_pass", yes, ref=f"x:{person.pk}/{number}", work="", happened_at=NOW
        )


def test_drafts_approved_at_first_count_once_a_campaign_says_so(campaign: Campaign, coordinator: User) -> None:
    for name, at_first in (("Ayu", (0, 0)), ("Bunga", (1, 1))):
        made = person(name)
        on_shortlist(campaign, made)
        approved_drafts(made, campaign, *at_first)
    assert names(campaign, coordinator) == ["Ayu", "Bunga"]
    save_weights(campaign, {"first_pass": 10}, at=NOW, actor=SYSTEM)
    assert names(campaign, coordinator) == ["Bunga", "Ayu"]
    parts = shortlist_of(campaign, coordinator, NOW).rows[0].fit.parts
    assert [(one.told.part, one.told.words) for one in parts] == [("first_pass", "2 of 2 drafts without changes")]


def test_working_with_her_stands_in_the_list_and_leads_to_what_is_counted(
    campaign: Campaign, as_coordinator: Client
) -> None:
    made = person("Kirana")
    on_shortlist(campaign, made)
    approved_drafts(made, campaign, 1, 0)
    shown = as_coordinator.get(url(campaign)).content.decode()
    assert (
        f'href="{reverse("person-reliability", args=[made.pk])}?part=first-pass">Approved at first 1 of 2</a>' in shown
    )


def test_the_forecast_goes_by_reach_and_not_by_followers(campaign: Campaign, coordinator: User) -> None:
    on_shortlist(campaign, well_known(person("Kirana")))
    forecast = shortlist_of(campaign, coordinator, NOW).rows[0].forecast
    assert forecast is not None
    assert (forecast.reach, forecast.effective) == (15_200, 3_526)


def test_who_has_no_counts_of_her_own_is_estimated_by_the_middle_of_the_list(
    campaign: Campaign, coordinator: User
) -> None:
    on_shortlist(campaign, well_known(person("Kirana")))
    on_shortlist(campaign, person("Laras", followers=12_000))
    rows = {row.name: row.forecast for row in shortlist_of(campaign, coordinator, NOW).rows}
    assert rows["Laras"] is not None
    assert (rows["Laras"].reach, rows["Laras"].effective) == (3_800, None)


def test_sorting_by_followers_warns_and_other_orders_do_not(campaign: Campaign, as_coordinator: Client) -> None:
    on_shortlist(campaign, person("Kirana"))
    said = "Followers alone say little"
    assert said in as_coordinator.get(url(campaign, "?sort=followers")).content.decode()
    assert said not in as_coordinator.get(url(campaign)).content.decode()


def test_orders(campaign: Campaign, coordinator: User) -> None:
    on_shortlist(campaign, person("Citra", followers=900_000), fee=Money(9_000_000, "IDR"))
    on_shortlist(campaign, well_known(person("Ayu", followers=48_000)))
    on_shortlist(campaign, person("Bunga", "finance", followers=5_000), fee=Money(500_000, "IDR"))
    assert names(campaign, coordinator, "name") == ["Ayu", "Bunga", "Citra"]
    assert names(campaign, coordinator, "price") == ["Bunga", "Ayu", "Citra"]
    assert names(campaign, coordinator, "followers") == ["Citra", "Ayu", "Bunga"]
    assert names(campaign, coordinator, "engagement") == ["Ayu", "Bunga", "Citra"]
    assert names(campaign, coordinator, "whatever") == names(campaign, coordinator, "fit")


def test_only_people_still_to_be_chosen_stand_there(campaign: Campaign, coordinator: User) -> None:
    on_shortlist(campaign, person("Ayu"))
    on_shortlist(campaign, person("Bunga"), status="in_talks")
    on_shortlist(campaign, person("Citra"), status="agreed")
    on_shortlist(campaign, person("Dewi"), status="off")
    assert names(campaign, coordinator) == ["Ayu", "Bunga"]


def test_an_empty_list_leads_to_adding_people(campaign: Campaign, as_coordinator: Client) -> None:
    page = as_coordinator.get(url(campaign)).content.decode()
    assert reverse("campaign-people", args=[campaign.pk]) in page
    assert reverse("people") in page


def test_her_own_price_comes_first_then_what_we_paid_then_what_others_say(
    campaign: Campaign, coordinator: User
) -> None:
    kirana = well_known(person("Kirana"))
    before = CampaignFactory(name="Rise", brand=campaign.brand)
    CollaborationFactory(campaign=before, influencer=kirana, status="done", fee=Money(2_000_000, "IDR"))
    on_shortlist(campaign, kirana)
    hints = shortlist_of(campaign, coordinator, NOW).rows[0].prices.hints
    assert [(hint.words, hint.origin) for hint in hints] == [
        ("Reel: IDR\u00a02,500,000", "her rate card since 1 August 2026"),
        ("IDR\u00a02,000,000", "agreed with her for Rise"),
        ("IDR\u00a02M to IDR\u00a010M a post", "indicative, CalcScope 2025"),
        ("IDR\u00a0500k to IDR\u00a02.5M a post", "indicative, Herald.id 2024"),
    ]


def test_a_price_that_is_over_is_no_price(campaign: Campaign, coordinator: User) -> None:
    kirana = well_known(person("Kirana"))
    kirana.rates.update(valid_to=dt.date(2026, 11, 1))
    on_shortlist(campaign, kirana)
    prices = shortlist_of(campaign, coordinator, NOW).rows[0].prices
    assert (prices.asks, [hint.is_indicative for hint in prices.hints]) == (None, [True, True])


@pytest.mark.parametrize("size", [1, 3])
def test_the_list_asks_as_much_of_the_database_for_one_as_for_many(
    size: int, campaign: Campaign, coordinator: User, django_assert_num_queries: Any
) -> None:
    for number in range(size):
        made = well_known(person(f"Kirana {number}"))
        on_shortlist(campaign, made)
        promise(made, dt.date(2026, 11, 1), dt.date(2027, 3, 12))
    found = Campaign.objects.select_related("brand").get(pk=campaign.pk)
    with django_assert_num_queries(48):
        assert len(shortlist_of(found, coordinator, NOW).rows) == size


def test_a_long_list_has_pages(campaign: Campaign, as_coordinator: Client) -> None:
    people = Influencer.objects.bulk_create(Influencer(stage_name=f"Kirana {number:02}") for number in range(52))
    Collaboration.objects.bulk_create(
        Collaboration(campaign=campaign, influencer=one, status="shortlist") for one in people
    )
    shown = [as_coordinator.get(url(campaign, f"?page={page}")).content.decode().count("data-row") for page in (1, 2)]
    assert shown == [50, 2]


def test_the_file_is_for_those_who_work_and_holds_the_fee(
    campaign: Campaign, as_coordinator: Client, viewer: User
) -> None:
    on_shortlist(campaign, well_known(person("=Kirana")), fee=Money(2_750_000, "IDR"))
    at = reverse("campaign-shortlist-file", args=[campaign.pk, "csv"])
    text = b"".join(as_coordinator.get(at).streaming_content).decode()  # type: ignore[attr-defined]
    assert "'=Kirana" in text
    assert "2750000" in text
    looker = Client()
    looker.force_login(viewer)
    assert looker.get(at).status_code == 403


def test_high_engagement_is_worth_a_look_and_never_called_fraud(campaign: Campaign, as_coordinator: Client) -> None:
    kirana = noted_lately(person("Kirana"))
    kirana.accounts.get().snapshots.update(likes=9_000)
    on_shortlist(campaign, kirana)
    page = as_coordinator.get(url(campaign)).content.decode()
    assert "times the benchmark, worth a look" in page
    assert [word for word in ("fraud", "fake", "suspicious", "bought") if word in page.lower()] == []


def test_fame_is_told_apart_from_size(campaign: Campaign, as_coordinator: Client) -> None:
    on_shortlist(campaign, person("Kirana", is_public_figure=True, followers=4_000))
    page = as_coordinator.get(url(campaign)).content.decode()
    assert "Public figure" in page
    assert "Micro" in page


def test_other_brands_stay_behind_their_wall(campaign: Campaign, as_coordinator: Client, coordinator: User) -> None:
    Organisation.objects.update(brand_walls=True)
    assert as_coordinator.get(url(campaign)).status_code == 404
    assert Collaboration.objects.count() == 0
