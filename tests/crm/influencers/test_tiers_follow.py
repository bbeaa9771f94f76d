"""Lists and filters speak the house's tiers, also after the house has chosen another scheme."""

import datetime as dt

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from crm.base.models import Organisation
from crm.base.seeding import lay_all
from crm.influencers.actions.accounts import refresh_main_account
from crm.influencers.actions.tiers import keep_tiers
from crm.influencers.models import Influencer, Tier, TierScheme
from tests.factories import InfluencerFactory, SocialAccountFactory

pytestmark = pytest.mark.django_db

EDGES = (None, 999, 1_000, 5_000, 9_999, 10_000, 50_000, 100_000, 300_000, 1_000_000, 1_000_001)


@pytest.fixture(autouse=True)
def people(organisation: Organisation, now: dt.datetime) -> None:
    lay_all()
    for followers in EDGES:
        account = SocialAccountFactory(influencer=InfluencerFactory(), followers=followers, followers_at=now)
        refresh_main_account(account.influencer)
    keep_tiers(now)


def tiers() -> list[str]:
    return list(Influencer.objects.order_by("pk").values_list("tier_code", flat=True))


def choose(scheme: str) -> None:
    Organisation.objects.update(tier_scheme=scheme)


MARKETEERS = ["", "", *["micro"] * 5, *["macro"] * 3, "celebrity"]
MEDIAKIX = ["", "", "nano", "nano", "nano", "micro", "mid", "mid", "mid", "mega", "mega"]


def test_another_scheme_sorts_everybody_anew_once(now: dt.datetime) -> None:
    assert tiers() == MARKETEERS
    assert keep_tiers(now) == {}
    choose("mediakix")
    assert keep_tiers(now) == {"sorted_anew": 8}
    assert tiers() == MEDIAKIX
    assert keep_tiers(now) == {}
    choose("marketeers")
    keep_tiers(now)
    assert tiers() == MARKETEERS


def test_what_sorts_all_at_once_agrees_with_what_sorts_one(now: dt.datetime) -> None:
    for scheme in TierScheme.objects.values_list("code", flat=True):
        choose(scheme)
        keep_tiers(now)
        together = tiers()
        for person in Influencer.objects.order_by("pk"):
            refresh_main_account(person)
        assert tiers() == together, scheme


def test_a_tier_set_by_hand_stays(now: dt.datetime) -> None:
    person = Influencer.objects.order_by("pk")[2]
    person.accounts.update(tier_override="celebrity")
    refresh_main_account(person)
    choose("mediakix")
    keep_tiers(now)
    assert tiers() == [*MEDIAKIX[:2], "celebrity", *MEDIAKIX[3:]]


def test_edited_bands_and_the_end_of_a_scheme_are_followed(now: dt.datetime) -> None:
    Tier.objects.filter(scheme__code="marketeers", code="micro").update(low=5_000)
    assert keep_tiers(now) == {"sorted_anew": 1}
    TierScheme.objects.filter(code="marketeers").update(valid_to=now.date())
    assert keep_tiers(now) == {}
    assert keep_tiers(now + dt.timedelta(days=1)) == {"sorted_anew": 8}
    assert set(tiers()) == {""}


def test_the_tick_does_it_and_the_filter_follows(as_coordinator: Client) -> None:
    choose("mediakix")
    call_command("tick")
    page = as_coordinator.get(reverse("people"), {"tier": "nano"})
    assert sorted(line.followers for line in page.context["found"].page.rows) == [1_000, 5_000, 9_999]
    assert page.context["chips"][0].label == "Nano"


def test_a_look_that_finds_nothing_new_is_cheap(now: dt.datetime, django_assert_num_queries: object) -> None:
    with django_assert_num_queries(3):  # type: ignore[operator]
        keep_tiers(now)
