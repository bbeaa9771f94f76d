"""From a goal to its figures, who suits it, how much is said, and what each person carries."""

import datetime as dt
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from campaigns.planning.goals import completeness, lay_kpis, set_share, share_evenly, suggested_tiers
from campaigns.planning.models import Campaign, Kpi, KpiKind, KpiShare, Refused
from crm.brands.models import Brand
from crm.timeline.models import Entry
from crm.timeline.record import SYSTEM
from tests.campaigns.planning.test_door import bare, complete
from tests.factories import CampaignFactory, CollaborationFactory

pytestmark = pytest.mark.django_db


def codes(campaign: Campaign) -> set[str]:
    return set(campaign.kpis.values_list("kind__code", flat=True))


def kind(code: str) -> KpiKind:
    return KpiKind.objects.get(code=code)


@pytest.mark.parametrize(
    ("goal", "wanted"),
    [
        ("awareness", {"post_frequency", "mentions", "reach", "impressions"}),
        ("advocacy", {"sentiment", "mentions", "engagements"}),
        ("sales", {"link_clicks", "redemptions", "orders"}),
    ],
)
def test_choosing_a_goal_brings_exactly_its_figures(goal: str, wanted: set[str]) -> None:
    campaign = CampaignFactory(goal=goal)
    lay_kpis(campaign)
    assert codes(campaign) == wanted
    assert lay_kpis(campaign) == []


def test_another_goal_offers_its_own_figures_and_keeps_targets_typed() -> None:
    campaign = CampaignFactory(goal="awareness")
    lay_kpis(campaign)
    campaign.kpis.filter(kind__code="reach").update(target=300_000)
    campaign.goal = "advocacy"
    campaign.save()
    lay_kpis(campaign, former=["awareness"])
    assert codes(campaign) == {"reach", "sentiment", "mentions", "engagements"}
    assert campaign.kpis.get(kind__code="reach").target == 300_000


@pytest.mark.parametrize(
    ("mode", "tiers"), [("activate", "micro"), ("introduce", "macro celebrity"), ("", "macro celebrity")]
)
def test_active_runners_ask_for_micros_and_future_runners_for_large_accounts(mode: str, tiers: str) -> None:
    suits = suggested_tiers(CampaignFactory(goal="awareness", mode=mode))
    assert suits is not None
    assert suits.tiers == tiers


def test_how_much_is_said_counts_what_is_missing() -> None:
    assert (completeness(bare()).percent, completeness(complete()).percent) == (7, 79)
    assert [one.code for one in completeness(complete()).missing] == ["mode", "niches", "territories"]


def test_an_even_share_parts_the_whole_target(now: dt.datetime) -> None:
    campaign = CampaignFactory()
    for status in ("in_talks", "agreed", "shortlist", "off"):
        CollaborationFactory(campaign=campaign, status=status)
    kpi = Kpi.objects.create(campaign=campaign, kind=kind("reach"), target=100)
    assert share_evenly(kpi, at=now, actor=SYSTEM) == 3
    assert list(KpiShare.objects.order_by("collaboration").values_list("target", flat=True)) == [34, 33, 33]


def test_a_percentage_is_the_same_for_everybody(now: dt.datetime) -> None:
    campaign = CampaignFactory()
    for _each in range(2):
        CollaborationFactory(campaign=campaign)
    kpi = Kpi.objects.create(campaign=campaign, kind=kind("er_reach"), target=Decimal("3.5"))
    share_evenly(kpi, at=now, actor=SYSTEM)
    assert list(KpiShare.objects.values_list("target", flat=True)) == [Decimal("3.5"), Decimal("3.5")]


def test_what_is_only_tracked_cannot_be_shared(now: dt.datetime) -> None:
    kpi = Kpi.objects.create(campaign=CollaborationFactory().campaign, kind=kind("reach"))
    with pytest.raises(Refused):
        share_evenly(kpi, at=now, actor=SYSTEM)
    assert KpiShare.objects.count() == 0


def test_her_share_is_set_changed_and_taken_away(now: dt.datetime) -> None:
    card = CollaborationFactory()
    kpi = Kpi.objects.create(campaign=card.campaign, kind=kind("reach"), target=100_000)
    assert [set_share(card, kpi, share, at=now, actor=SYSTEM) for share in (Decimal(20_000), Decimal(20_000), None)] == [
        True, False, True,
    ]  # fmt: skip
    assert (KpiShare.objects.count(), Entry.objects.filter(verb="collaboration.share").count()) == (0, 2)


def campaign_words(brand: Brand, **more: object) -> dict[str, object]:
    return {
        "brand": brand.pk, "name": "Glow", "goal": "awareness", "start_on": "2026-11-01", "end_on": "2026-12-31",
        "budget_1": "IDR", "owner": more.pop("owner"), **more,
    }  # fmt: skip


def test_a_new_campaign_has_the_figures_of_its_goal_without_a_script(
    as_coordinator: Client, campaign: Campaign
) -> None:
    words = campaign_words(campaign.brand, owner=campaign.owner_id, name="Second")
    answer = as_coordinator.post(reverse("campaign-new"), words)
    made = Campaign.objects.get(name="Second")
    assert (answer.status_code, codes(made)) == (302, {"post_frequency", "mentions", "reach", "impressions"})


def test_a_row_needs_a_number_or_the_tick(as_coordinator: Client, campaign: Campaign) -> None:
    lay_kpis(campaign)
    reach = kind("reach").pk
    words = campaign_words(campaign.brand, owner=campaign.owner_id, **{"kpi-row": [reach], f"kpi-{reach}-target": ""})
    answer = as_coordinator.post(reverse("campaign-edit", args=[campaign.pk]), words)
    assert answer.status_code == 422
    assert "tick “track only”" in answer.content.decode()


def test_rows_are_typed_removed_and_added(as_coordinator: Client, campaign: Campaign) -> None:
    lay_kpis(campaign)
    reach, mentions = kind("reach").pk, kind("mentions").pk
    rows = {
        "kpi-row": [reach, mentions], f"kpi-{reach}-target": "300000", f"kpi-{mentions}-remove": "on",
        "kpi-add": kind("saves").pk,
    }  # fmt: skip
    url = reverse("campaign-edit", args=[campaign.pk])
    answer = as_coordinator.post(url, campaign_words(campaign.brand, owner=campaign.owner_id, **rows))
    assert (answer.status_code, codes(campaign)) == (302, {"post_frequency", "reach", "impressions", "saves"})
    assert campaign.kpis.get(kind__code="reach").target == 300_000


def test_rows_of_another_goal_come_at_once_and_keep_what_was_typed(as_coordinator: Client, campaign: Campaign) -> None:
    reach = kind("reach").pk
    asked = {"goal": "advocacy", "campaign": campaign.pk, "kpi-row": [reach], f"kpi-{reach}-target": "300000"}
    page = as_coordinator.get(reverse("campaign-kpis"), asked, headers={"HX-Request": "true"})
    rows = page.context["rows"].rows
    assert [row.kind.code for row in rows] == ["sentiment", "mentions", "engagements", "reach"]
    assert 'value="300000"' in page.content.decode()


def test_the_page_of_the_goal_leads_to_what_is_missing(as_coordinator: Client, campaign: Campaign) -> None:
    lay_kpis(campaign)
    page = as_coordinator.get(reverse("campaign-goal", args=[campaign.pk])).content.decode()
    assert f"{reverse('brand-edit', args=[campaign.brand_id])}#id_values" in page
    assert f"{reverse('campaign-edit', args=[campaign.pk])}#id_why" in page


def test_who_suits_the_goal_is_named_in_words(as_coordinator: Client, campaign: Campaign) -> None:
    page = as_coordinator.get(reverse("campaign-goal", args=[campaign.pk]))
    assert page.context["suits_named"] == {"tiers": "Macro, Celebrity", "formats": "Reel, Video, Story"}


def test_her_share_is_typed_on_her_page(as_coordinator: Client, campaign: Campaign) -> None:
    card = CollaborationFactory(campaign=campaign)
    kpi = Kpi.objects.create(campaign=campaign, kind=kind("reach"), target=100_000)
    as_coordinator.post(reverse("collaboration-shares", args=[card.pk]), {f"share-{kpi.pk}": "20000"})
    page = as_coordinator.get(reverse("collaboration", args=[card.pk])).content.decode()
    assert "20,000" in page


def test_the_brand_says_its_profile_on_its_page(as_owner: Client, campaign: Campaign) -> None:
    Brand.objects.update(values="Honest skin")
    page = as_owner.get(reverse("brand", args=[campaign.brand_id])).content.decode()
    assert "Honest skin" in page
    assert "how it speaks" in page


def test_what_was_typed_for_a_figure_stays_when_something_else_is_wrong(
    as_coordinator: Client, campaign: Campaign
) -> None:
    kind = KpiKind.objects.get(code="mentions")
    page = as_coordinator.post(f"/campaigns/{campaign.pk}/edit/", {"name": "", f"kpi-{kind.pk}-baseline": "Kirana"})
    assert page.status_code == 422
    assert f'name="kpi-{kind.pk}-baseline" value="Kirana"' in page.content.decode()
