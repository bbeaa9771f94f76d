"""The door as colleagues meet it: one dialog in place of what was refused, which goes on by itself."""

import pytest
from django.test import Client
from django.urls import reverse

from campaigns.planning.models import Campaign, Collaboration, KpiKind
from crm.base.models import Organisation
from crm.influencers.models import Format
from crm.team.models import User
from crm.timeline.models import Entry
from tests.campaigns.planning.test_door import bare, complete, strict
from tests.factories import CollaborationFactory, InfluencerFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def as_manager() -> Client:
    client = Client()
    client.force_login(UserFactory(role="manager"))
    return client


def put_url(card: Collaboration) -> str:
    return reverse("collaboration-put", args=[card.pk])


def carried_from(answer: object) -> dict[str, str]:
    return dict(answer.context["carried"])  # type: ignore[attr-defined]


def test_putting_a_card_forward_asks_for_what_is_missing_and_then_goes_on(as_coordinator: Client) -> None:
    card = CollaborationFactory(campaign=bare(), status="shortlist")
    asked = as_coordinator.post(put_url(card), {"to": "in_talks"})
    assert asked.status_code == 409
    assert list(asked.context["form"].fields)[:5] == [
        f"brand_{name}" for name in ("values", "tone", "does", "avoids", "audience")
    ]
    reach = KpiKind.objects.get(code="reach")
    said = {
        "door-brand_values": "Honest skin", "door-brand_tone": "Warm", "door-brand_does": "Shows skin",
        "door-brand_avoids": "Swearing", "door-brand_audience": "Women of 20 to 35", "door-kpi": reach.pk,
        "door-target": "300000", "door-formats": [Format.objects.first().pk], "door-why": "Creators show it",  # type: ignore[union-attr]
        "door-risk": "low", "door-budget_0": "50000000", "door-budget_1": "IDR",
    }  # fmt: skip
    done = as_coordinator.post(
        reverse("campaign-door", args=[card.campaign_id]), {**carried_from(asked), **said}, follow=True
    )
    card.refresh_from_db()
    campaign = Campaign.objects.select_related("brand").get()
    assert (done.status_code, card.status, campaign.offers_open_because) == (200, "in_talks", "")
    assert (campaign.brand.values, campaign.why, campaign.risk, campaign.budget.amount) == (  # type: ignore[union-attr]
        "Honest skin", "Creators show it", "low", 50_000_000,
    )  # fmt: skip
    assert list(campaign.kpis.values_list("kind__code", "target")) == [("reach", 300_000)]


def test_a_reason_alone_goes_on_and_is_asked_once(as_coordinator: Client) -> None:
    campaign = bare()
    first, second = (CollaborationFactory(campaign=campaign, status="shortlist") for _each in range(2))
    asked = as_coordinator.post(put_url(first), {"to": "in_talks"})
    door = reverse("campaign-door", args=[campaign.pk])
    as_coordinator.post(door, {**carried_from(asked), "door-because": "The client waits"}, follow=True)
    as_coordinator.post(put_url(second), {"to": "in_talks"})
    assert [Collaboration.objects.get(pk=card.pk).status for card in (first, second)] == ["in_talks", "in_talks"]
    assert Entry.objects.filter(verb="campaign.offers_open").count() == 1


def test_what_was_typed_stays_when_something_else_is_missing_still(as_coordinator: Client) -> None:
    campaign = bare()
    answer = as_coordinator.post(reverse("campaign-door", args=[campaign.pk]), {"door-why": "Creators show it"})
    assert (answer.status_code, Campaign.objects.get().why, Campaign.objects.get().offers_open_at) == (
        422, "Creators show it", None,
    )  # fmt: skip
    assert "why" not in answer.context["form"].fields


def test_a_dragged_card_is_led_to_the_door(as_coordinator: Client) -> None:
    card = CollaborationFactory(campaign=bare(), status="shortlist")
    answer = as_coordinator.post(put_url(card), {"to": "in_talks"}, headers={"HX-Request": "true"})
    page = as_coordinator.get(answer.json()["door"])
    assert (answer.status_code, page.status_code, carried_from(page)["to"]) == (409, 200, "in_talks")


def test_many_at_once_are_asked_before_their_preview(as_coordinator: Client) -> None:
    campaign = bare()
    card = CollaborationFactory(campaign=campaign, status="shortlist")
    bulk = {"action": "move", "pick": str(card.pk), "to": "in_talks", "seen": ""}
    asked = as_coordinator.post(reverse("campaign-bulk", args=[campaign.pk]), bulk)
    assert asked.status_code == 409
    door = reverse("campaign-door", args=[campaign.pk])
    shown = as_coordinator.post(door, {**carried_from(asked), "door-because": "The client waits"}, follow=True)
    assert (shown.status_code, [line.happens for line in shown.context["preview"].lines]) == (200, [True])


def test_a_way_on_that_we_did_not_sign_leads_nowhere(as_coordinator: Client) -> None:
    campaign = bare()
    door = reverse("campaign-door", args=[campaign.pk])
    answer = as_coordinator.post(door, {"door-because": "The client waits", "then": "/brands/"})
    assert (answer.status_code, answer["Location"]) == (302, reverse("campaign", args=[campaign.pk]))


def test_a_second_colleague_is_told_that_it_is_open(as_coordinator: Client) -> None:
    card = CollaborationFactory(campaign=bare(), status="shortlist")
    asked = as_coordinator.post(put_url(card), {"to": "in_talks"})
    Campaign.objects.update(offers_open_at="2026-11-20T00:00Z", offers_open_because="Mine")
    done = as_coordinator.post(
        reverse("campaign-door", args=[card.campaign_id]),
        {**carried_from(asked), "door-because": "Later"}, follow=True,
    )  # fmt: skip
    card.refresh_from_db()
    assert (card.status, Campaign.objects.get().offers_open_because) == ("in_talks", "Mine")
    assert "opened them a moment ago" in done.content.decode()


def test_where_campaigns_start_strictly_a_coordinator_cannot_go_on_with_a_reason(as_coordinator: Client) -> None:
    strict()
    campaign, person = bare(), InfluencerFactory()
    adding = reverse("campaign-people-add", args=[campaign.pk])
    asked = as_coordinator.post(adding, {"pick": [person.pk]})
    assert (asked.status_code, "because" in asked.context["form"].fields) == (409, False)
    tried = as_coordinator.post(
        reverse("campaign-door", args=[campaign.pk]), {**carried_from(asked), "door-because": "The client waits"}
    )
    assert (tried.status_code, campaign.collaborations.count(), Campaign.objects.get().offers_open_at) == (422, 0, None)


def test_a_manager_goes_on_and_the_people_are_added(as_manager: Client) -> None:
    strict()
    campaign, person = bare(), InfluencerFactory()
    asked = as_manager.post(reverse("campaign-people-add", args=[campaign.pk]), {"pick": [person.pk]})
    said = {**carried_from(asked), "door-because": "The client waits"}
    as_manager.post(reverse("campaign-door", args=[campaign.pk]), said, follow=True)
    assert [card.influencer for card in campaign.collaborations.all()] == [person]
    assert Entry.objects.filter(verb="campaign.offers_open").count() == 1


def test_over_the_budget_says_the_sums_and_goes_on_with_a_reason(as_coordinator: Client) -> None:
    campaign = complete()
    CollaborationFactory(campaign=campaign, status="agreed", fee=800_000)
    card = CollaborationFactory(campaign=campaign, status="in_talks", fee=300_000)
    refused = as_coordinator.post(put_url(card), {"to": "agreed"})
    assert (refused.status_code, refused.context["sums"]["over"]) == (409, "IDR\xa0100,000")
    over = reverse("collaboration-over", args=[card.pk])
    as_coordinator.post(over, {**carried_from(refused), "door-because": "The client pays the rest"}, follow=True)
    card.refresh_from_db()
    assert (card.status, card.over_budget_because) == ("agreed", "The client pays the rest")
    assert Entry.objects.filter(verb="collaboration.over_budget").count() == 1


def test_over_the_budget_where_campaigns_start_strictly_is_a_managers_word(
    as_coordinator: Client, as_manager: Client
) -> None:
    strict()
    card = CollaborationFactory(campaign=complete(), status="in_talks", fee=1_100_000)
    over = reverse("collaboration-over", args=[card.pk])
    said = {"door-because": "The client pays the rest"}
    assert as_coordinator.post(over, said).status_code == 403
    assert as_manager.post(over, said).status_code == 302
    card.refresh_from_db()
    assert card.over_budget_because == "The client pays the rest"


def test_a_larger_fee_for_somebody_agreed_has_to_fit_too(as_coordinator: Client) -> None:
    card = CollaborationFactory(campaign=complete(), status="agreed", fee=900_000)
    terms = {"fee_0": "1100000", "fee_1": "IDR", "client_price_1": "IDR"}
    refused = as_coordinator.post(reverse("collaboration-terms", args=[card.pk]), terms)
    card.refresh_from_db()
    assert (refused.status_code, card.fee.amount) == (409, 900_000)  # type: ignore[union-attr]


def test_the_setting_for_a_strict_start_stands_with_the_others(as_owner: Client, owner: User) -> None:
    Organisation.load()
    page = as_owner.get(reverse("settings"))
    assert 'name="strict_start"' in page.content.decode()
