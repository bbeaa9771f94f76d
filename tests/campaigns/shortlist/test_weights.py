"""What counts in a campaign: the house's numbers, or its own, told in its story."""

import pytest
from django.test import Client
from django.urls import reverse

from campaigns.planning.models import Campaign
from campaigns.shortlist.fit_weights import count_as_the_house, counting_of, save_weights
from campaigns.shortlist.models import FitWeight
from crm.team.models import User
from crm.timeline.models import Entry
from crm.timeline.record import Actor
from tests.conftest import NOW

pytestmark = pytest.mark.django_db
ALL_ON_NICHE = {part: 100 if part == "niche" else 0 for part in FitWeight.Part.values}


@pytest.fixture
def actor(coordinator: User) -> Actor:
    return Actor.user(coordinator)


def test_the_house_counts_to_a_hundred_and_followers_for_nothing(campaign: Campaign) -> None:
    counting = counting_of(campaign, NOW.date())
    assert (sum(counting.weights.values()), counting.weights["followers"], counting.is_own) == (100, 0, False)


def test_a_campaign_counts_in_its_own_way_and_others_do_not(campaign: Campaign, actor: Actor) -> None:
    assert save_weights(campaign, ALL_ON_NICHE, at=NOW, actor=actor)
    own = counting_of(campaign, NOW.date())
    other = counting_of(Campaign(pk=campaign.pk + 1), NOW.date())
    assert (own.weights, own.is_own, other.is_own) == (ALL_ON_NICHE, True, False)
    told = Entry.objects.get(verb="campaign.weights")
    assert (told.changes["niche"], told.changes["audience"]) == (["20", "100"], ["15", "0"])


def test_saying_the_same_again_tells_nothing(campaign: Campaign, actor: Actor) -> None:
    same = dict(counting_of(campaign, NOW.date()).weights)
    assert save_weights(campaign, same, at=NOW, actor=actor) is False
    assert (
        FitWeight.objects.filter(campaign=campaign).count(),
        Entry.objects.filter(verb="campaign.weights").count(),
    ) == (0, 0)


def test_back_to_the_house(campaign: Campaign, actor: Actor) -> None:
    save_weights(campaign, ALL_ON_NICHE, at=NOW, actor=actor)
    assert count_as_the_house(campaign, at=NOW, actor=actor) is True
    assert count_as_the_house(campaign, at=NOW, actor=actor) is False
    assert (counting_of(campaign, NOW.date()).is_own, Entry.objects.filter(verb="campaign.weights").count()) == (
        False,
        2,
    )


def post(client: Client, campaign: Campaign, **changed: object) -> object:
    data = dict.fromkeys(FitWeight.Part.values, "10") | changed
    return client.post(reverse("campaign-fit-weights", args=[campaign.pk]), data)


def test_the_page_saves_and_leads_back_to_the_list(campaign: Campaign, as_coordinator: Client) -> None:
    answer = post(as_coordinator, campaign, followers="5")
    assert answer.status_code == 302  # type: ignore[attr-defined]
    assert counting_of(campaign, NOW.date()).weights["followers"] == 5
    page = as_coordinator.get(reverse("campaign-shortlist", args=[campaign.pk])).content.decode()
    assert "Nobody to choose from yet" in page


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (dict.fromkeys(FitWeight.Part.values, "0"), "Give at least one part a number above 0"),
        ({"niche": "101"}, "less than or equal to 100"),
        ({"niche": "many"}, "Enter a whole number"),
    ],
)
def test_bad_numbers_are_explained_and_kept(
    typed: dict[str, str], said: str, campaign: Campaign, as_coordinator: Client
) -> None:
    answer = post(as_coordinator, campaign, **typed)
    assert answer.status_code == 422  # type: ignore[attr-defined]
    page = answer.content.decode()  # type: ignore[attr-defined]
    assert said in page
    assert f'value="{typed["niche"]}"' in page
    assert counting_of(campaign, NOW.date()).is_own is False
