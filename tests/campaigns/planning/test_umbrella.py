"""Umbrella campaigns: what may be part of what, and what an umbrella and its parts come to together."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from djmoney.money import Money

from campaigns.planning.actions.campaigns import save_campaign
from campaigns.planning.models import Campaign, Collaboration, Kpi, KpiKind, Refused
from campaigns.planning.umbrella import umbrella_of
from crm.base.models import Organisation
from crm.brands.models import Brand, BrandAccess, Territory
from crm.team.models import User
from crm.timeline.models import Entry
from crm.timeline.record import SYSTEM, Actor
from tests.factories import (
    BrandFactory,
    BrandOwnerFactory,
    CampaignFactory,
    CollaborationFactory,
    DeliverableFactory,
    InfluencerFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def lumi(db: None) -> Brand:
    return BrandFactory(name="Lumi", owner=BrandOwnerFactory(name="PT Lumi Raya"))


@pytest.fixture
def ramadan(lumi: Brand, coordinator: User) -> Campaign:
    return CampaignFactory(name="Ramadan", brand=lumi, owner=coordinator, budget=Money(50_000_000, "IDR"))


def part_of(parent: Campaign, **given: Any) -> Campaign:
    return CampaignFactory(parent=parent, owner=parent.owner, **{"brand": parent.brand, **given})


def hang(campaign: Campaign, parent: Campaign, now: dt.datetime) -> None:
    campaign.parent = parent
    save_campaign(campaign, at=now, actor=SYSTEM)


def test_umbrella_report_sums_children_once(ramadan: Campaign, coordinator: User, now: dt.datetime) -> None:
    beauty = part_of(ramadan, name="Beauty", budget=Money(20_000_000, "IDR"), start_on=dt.date(2026, 11, 1))
    fashion = part_of(ramadan, name="Fashion", budget=Money(1_000, "USD"), start_on=dt.date(2026, 11, 2))
    scarves = part_of(fashion, name="Scarves", budget=Money(5_000_000, "IDR"))
    kirana, sari, former = (InfluencerFactory(stage_name=name) for name in ("Kirana", "Sari", "Kirana M."))
    former.merged_into = kirana
    former.save()
    for campaign, person, fee in (
        (ramadan, sari, None),
        (beauty, kirana, Money(4_000_000, "IDR")),
        (fashion, kirana, Money(300, "USD")),
        (scarves, sari, Money(2_000_000, "IDR")),
        (scarves, former, None),
    ):
        card = CollaborationFactory(campaign=campaign, influencer=person, status="making", fee=fee)
    CollaborationFactory(campaign=beauty, status="off")
    DeliverableFactory(collaboration=card)
    DeliverableFactory(collaboration=card).publish(at=now, actor=SYSTEM)

    found = umbrella_of(ramadan, coordinator, now)
    assert found is not None
    assert [(part.row.campaign.name, part.depth) for part in found.parts] == [
        ("Beauty", 1), ("Fashion", 1), ("Scarves", 2)
    ]  # fmt: skip
    assert [row.people for row in found.rows] == [1, 1, 1, 2]
    assert (found.people, found.in_several) == (2, 3)
    assert (found.posted, found.planned) == (1, 2)
    assert found.promised == "IDR\u00a06M + $300.00"
    assert found.budgets == "IDR\u00a025M + $1k"


def test_targets_add_up_by_unit_and_percentages_stand_side_by_side(
    ramadan: Campaign, coordinator: User, now: dt.datetime
) -> None:
    beauty, fashion = part_of(ramadan, budget=Money(1, "USD")), part_of(ramadan)
    for number, unit in enumerate(KpiKind.Unit.values):
        kind = KpiKind.objects.create(code=f"kind-{unit}", name_en=unit, name_id=unit, unit=unit, position=number)
        Kpi.objects.create(campaign=beauty, kind=kind, target=Decimal("4.5"))
        Kpi.objects.create(campaign=fashion, kind=kind, target=Decimal(600))
        Kpi.objects.create(campaign=ramadan, kind=kind, target=Decimal(1_000) if unit == "count" else None)
    found = umbrella_of(ramadan, coordinator, now)
    assert found is not None
    assert [(target.kind.code, target.own, target.parts) for target in found.targets] == [
        ("kind-count", "1,000", "604.5"),
        ("kind-percent", "", "4.5%, 600%"),
        ("kind-money", "", "IDR\u00a0600 + $4.50"),
    ]


@pytest.mark.parametrize("count", [1, 3])
def test_an_umbrella_of_any_size_costs_the_same_queries(
    count: int, ramadan: Campaign, coordinator: User, now: dt.datetime, django_assert_num_queries: Any
) -> None:
    for _each in range(count):
        DeliverableFactory(collaboration=CollaborationFactory(campaign=part_of(ramadan)))
    coordinator.brand_ids()
    with django_assert_num_queries(7):
        assert umbrella_of(ramadan, coordinator, now) is not None


def test_behind_the_wall_only_parts_one_may_see_are_counted(
    ramadan: Campaign, coordinator: User, now: dt.datetime
) -> None:
    other = BrandFactory(name="Nusa", owner=ramadan.brand.owner)
    part_of(ramadan, name="Seen")
    part_of(ramadan, name="Hidden", brand=other)
    Organisation.objects.update(brand_walls=True)
    BrandAccess.objects.create(user=coordinator, brand=ramadan.brand)
    found = umbrella_of(ramadan, User.objects.get(pk=coordinator.pk), now)
    assert found is not None
    assert [part.row.campaign.name for part in found.parts] == ["Seen"]


def test_a_campaign_becomes_part_of_one_of_the_same_house_and_the_story_tells_it(
    ramadan: Campaign, actor: Actor, now: dt.datetime
) -> None:
    sister = BrandFactory(owner=BrandOwnerFactory(parent=ramadan.brand.owner))
    campaign = CampaignFactory(brand=sister)
    campaign.parent = ramadan
    save_campaign(campaign, at=now, actor=actor)
    assert Campaign.objects.get(pk=campaign.pk).parent == ramadan
    assert Entry.objects.get(verb="campaign.changed").changes == {"parent": ["", "Ramadan"]}


def test_a_ring_another_house_and_a_fourth_level_are_refused(ramadan: Campaign, now: dt.datetime) -> None:
    part = part_of(ramadan, name="Part")
    deep = part_of(part, name="Deep")
    alone = CampaignFactory(brand=ramadan.brand, name="Alone")
    strange = CampaignFactory(name="Strange")
    over = CampaignFactory(brand=ramadan.brand, name="Over", status="wrapped")
    for campaign, parent, why in (
        (ramadan, deep, "“Deep” is part of “Ramadan” already. Choose one above it, or none."),
        (ramadan, ramadan, "A campaign cannot be part of itself."),
        (alone, strange, "“Strange” belongs to another house. An umbrella and its parts are of one house."),
        (alone, deep, "Campaigns stand at most three deep: umbrella, part, part of a part. Choose one further up."),
        (part, alone, ""),
        (ramadan, over, "“Over” is over. Choose one that is still running."),
    ):
        before = Campaign.objects.get(pk=campaign.pk).parent_id
        if why:
            with pytest.raises(Refused) as refused:
                hang(campaign, parent, now)
            assert str(refused.value) == why
            assert Campaign.objects.get(pk=campaign.pk).parent_id == before
        else:
            hang(campaign, parent, now)
            assert Campaign.objects.get(pk=campaign.pk).parent_id == parent.pk


def test_the_form_says_at_the_box_why_and_keeps_what_was_typed(ramadan: Campaign, as_coordinator: Client) -> None:
    strange = CampaignFactory(name="Strange")
    typed = {
        "brand": ramadan.brand_id, "name": "Beauty", "parent": strange.pk, "goal": "awareness", "start_on": "2026-12-01",
        "end_on": "2026-12-20", "owner": ramadan.owner_id, "budget_0": "", "budget_1": "IDR", "opens_alone": "on",
    }  # fmt: skip
    answer = as_coordinator.post("/campaigns/new/", typed)
    assert answer.status_code == 422
    assert answer.context["form"].errors["parent"] == [
        "“Strange” belongs to another house. An umbrella and its parts are of one house."
    ]
    assert b'value="Beauty"' in answer.content
    assert as_coordinator.post("/campaigns/new/", {**typed, "parent": ramadan.pk}).status_code == 302
    made = Campaign.objects.get(name="Beauty")
    assert (made.parent, made.opens_alone) == (ramadan, True)


def test_the_list_shows_parts_below_their_umbrella(ramadan: Campaign, as_coordinator: Client) -> None:
    part = part_of(ramadan, name="Beauty", start_on=dt.date(2026, 11, 20))
    part_of(part, name="Scarves", start_on=dt.date(2026, 11, 25))
    CampaignFactory(name="Later", start_on=dt.date(2026, 11, 22))
    page = as_coordinator.get("/campaigns/")
    assert [(row.campaign.name, row.depth) for row in page.context["rows"]] == [
        ("Later", 1), ("Ramadan", 1), ("Beauty", 2), ("Scarves", 3)
    ]  # fmt: skip
    assert b"Part of Ramadan" in page.content


def test_the_list_narrows_to_a_place_and_what_lies_within(ramadan: Campaign, as_coordinator: Client) -> None:
    sulawesi = Territory.objects.create(kind="province", code="sul", name="Sulawesi Selatan")
    makassar = Territory.objects.create(kind="city", code="mks", name="Makassar", parent=sulawesi)
    ramadan.territories.add(makassar)
    CampaignFactory(name="Everywhere").territories.add(sulawesi)

    def names(place: object) -> list[str]:
        return [row.campaign.name for row in as_coordinator.get(f"/campaigns/?place={place}").context["rows"]]

    assert names(makassar.pk) == ["Ramadan"]
    assert sorted(names(sulawesi.pk)) == ["Everywhere", "Ramadan"]
    assert sorted(names("nowhere")) == ["Everywhere", "Ramadan"]
    assert b"Runs in Makassar." in as_coordinator.get(f"/campaigns/{ramadan.pk}/").content


def test_the_plan_page_shows_the_parts_of_an_umbrella_and_leads_up(ramadan: Campaign, as_viewer: Client) -> None:
    part = part_of(ramadan, name="Beauty")
    Collaboration.objects.create(campaign=part, influencer=InfluencerFactory())
    assert b"Beauty" in as_viewer.get(f"/campaigns/{ramadan.pk}/plan/").content
    assert f'href="/campaigns/{ramadan.pk}/plan/"'.encode() in as_viewer.get(f"/campaigns/{part.pk}/").content
