"""Who is free for a category from one day to another on a platform: the list's filter says what the guard would."""

import datetime as dt
from typing import Any
from urllib.parse import urlencode

import pytest
from django.http import QueryDict
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from crm.brands.models import Territory
from crm.exclusivity.models import Claim, OutsideDeal
from crm.influencers.filters import PeopleFilter
from crm.influencers.models import Influencer, Platform, SavedView
from crm.influencers.queries.listing import matching
from crm.influencers.vocabulary import vocabulary
from crm.team.models import User
from crm.timeline.record import Actor
from tests.campaigns.planning.test_promises import deal, on, promise
from tests.crm.exclusivity.conftest import category
from tests.factories import InfluencerFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def oka(db: None) -> Influencer:
    return InfluencerFactory(stage_name="Oka")


@pytest.fixture
def barred(kirana: Influencer, oka: Influencer, now: dt.datetime, actor: Actor) -> Influencer:
    """From 3 to 17 December, from other skincare; her post is planned for one day, so all of it is certain."""
    card = deal(kirana, "Lumi", on(12, 10))
    promise(card)
    card.put("agreed", at=now, actor=actor)
    return kirana


def asked(user: User, **said: Any) -> PeopleFilter:
    return PeopleFilter.read(
        QueryDict(urlencode({f"free_{name}": value for name, value in said.items()})), vocabulary(user)
    )


def names(user: User, now: dt.datetime, **said: Any) -> list[str]:
    return sorted(matching(asked(user, **said), user=user, now=now).values_list("stage_name", flat=True))


@pytest.mark.parametrize(
    ("slug", "first", "last", "free"),
    [
        ("skincare", "2026-12-17", "2026-12-31", ["Oka"]),
        ("skincare", "2026-12-01", "2026-12-03", ["Oka"]),
        ("skincare", "2026-12-10", "2026-12-10", ["Oka"]),
        ("serum", "2026-12-10", "2026-12-10", ["Oka"]),
        ("skincare", "2026-12-18", "2026-12-31", ["Kirana Maheswari", "Oka"]),
        ("skincare", "2026-12-01", "2026-12-02", ["Kirana Maheswari", "Oka"]),
        ("beauty", "2026-12-10", "2026-12-10", ["Oka"]),
        ("beauty", "2026-12-18", "2026-12-31", ["Kirana Maheswari", "Oka"]),
        ("make-up", "2026-12-10", "2026-12-10", ["Kirana Maheswari", "Oka"]),
        ("food-drink", "2026-12-10", "2026-12-10", ["Kirana Maheswari", "Oka"]),
        ("skincare", "", "2026-12-05", ["Oka"]),
        ("skincare", "2026-12-05", "", ["Oka"]),
        ("skincare", "2026-12-18", "", ["Kirana Maheswari", "Oka"]),
        ("skincare", "", "", ["Oka"]),
    ],
)
def test_free_is_whom_nothing_in_force_would_refuse(
    barred: Influencer, coordinator: User, now: dt.datetime, slug: str, first: str, last: str, free: list[str]
) -> None:
    found = names(coordinator, now, **{"for": category(slug).pk, "from": first, "to": last})
    assert found == free


def test_a_promise_limited_to_a_platform_leaves_her_free_on_others(
    kirana: Influencer, coordinator: User, now: dt.datetime, actor: Actor
) -> None:
    card = deal(kirana, "Lumi", on(12, 10))
    promise(card).platforms.add(Platform.objects.get(code="instagram"))
    card.put("agreed", at=now, actor=actor)
    said = {"for": category("skincare").pk, "from": "2026-12-10"}
    assert names(coordinator, now, **said, on="instagram") == []
    assert names(coordinator, now, **said, on="tiktok") == ["Kirana Maheswari"]


@pytest.mark.parametrize(
    ("place", "free"), [("id", []), ("my", ["Kirana Maheswari"]), ("", []), ("sg", ["Kirana Maheswari"])]
)
def test_a_promise_limited_to_a_place_leaves_her_free_elsewhere(
    kirana: Influencer, coordinator: User, now: dt.datetime, actor: Actor, place: str, free: list[str]
) -> None:
    """A promise for Jakarta bars from work for all of Indonesia, too."""
    card = deal(kirana, "Lumi", on(12, 10))
    promise(card).territories.add(Territory.objects.get(code="id-jk"))
    card.campaign.run_in(Territory.objects.filter(code="id"))
    card.put("agreed", at=now, actor=actor)
    assert names(coordinator, now, **{"for": category("skincare").pk, "from": "2026-12-10", "in": place}) == free


@pytest.mark.parametrize(
    ("known", "free"),
    [
        ({"is_exclusive": True, "confirmed": True}, []),
        ({"is_exclusive": True}, ["Kirana Maheswari"]),
        ({"confirmed": True}, ["Kirana Maheswari"]),
        ({"is_exclusive": True, "confirmed": True, "end_on": on(12, 9)}, ["Kirana Maheswari"]),
        ({"is_exclusive": True, "confirmed": True, "start_on": on(12, 11)}, []),
        ({"is_exclusive": True, "confirmed": True, "start_on": on(12, 13)}, ["Kirana Maheswari"]),
        ({"is_exclusive": True, "confirmed": True, "slug": "food-drink"}, ["Kirana Maheswari"]),
        ({"is_exclusive": True, "confirmed": True, "slug": "beauty"}, []),
        ({"is_exclusive": True, "confirmed": True, "slug": "serum"}, []),
        ({"is_exclusive": True, "confirmed": True, "slug": ""}, []),
    ],
)
def test_whoever_is_exclusive_elsewhere_is_not_free_once_it_is_confirmed(
    kirana: Influencer, coordinator: User, now: dt.datetime, known: dict[str, Any], free: list[str]
) -> None:
    slug, sure = known.pop("slug", "skincare"), known.pop("confirmed", False)
    OutsideDeal.objects.create(
        influencer=kirana, brand_name="Senja Glow", category=category(slug) if slug else None, zone=kirana.zone,
        source="declared", confirmed_at=now if sure else None, **known,
    )  # fmt: skip
    assert names(coordinator, now, **{"for": category("skincare").pk, "from": "2026-12-10", "to": "2026-12-12"}) == free


def test_a_category_with_parts_says_that_it_means_all_of_them(coordinator: User) -> None:
    said = asked(coordinator, **{"for": category("beauty").pk, "in": "id"})
    assert said.sentence(coordinator) == "People, free for Beauty and all in it in Indonesia"


def test_what_only_warns_and_what_is_not_guarded_leaves_her_free(
    barred: Influencer, coordinator: User, now: dt.datetime
) -> None:
    Claim.objects.filter(side=0).update(active=False, why="fact")
    found = names(coordinator, now, **{"for": category("skincare").pk, "from": "2026-12-10"})
    assert found == ["Kirana Maheswari", "Oka"]


def test_it_reads_as_one_chip_and_one_part_of_the_sentence(coordinator: User) -> None:
    said = asked(coordinator, **{
        "for": category("skincare").pk, "on": "instagram", "from": "2027-03-01", "to": "2027-03-31",
    })  # fmt: skip
    (chip,) = said.chips(coordinator)
    words = "free for Skincare and all in it from Mon, 1 Mar 2027 until Wed, 31 Mar 2027 on Instagram"
    assert (chip.label, chip.remove_url, said.sentence(coordinator)) == (words, "?", f"People, {words}")
    assert said.query == f"free_for={category('skincare').pk}&free_on=instagram&free_from=2027-03-01&free_to=2027-03-31"


@pytest.mark.parametrize(
    ("wrong", "refused"),
    [
        ({"for": "x"}, ("Free for",)),
        ({"for": "9" * 40}, ("Free for",)),
        ({"from": "2027-03-01"}, ("Free from",)),
        ({"on": "instagram"}, ("Free on",)),
        ({"for": "SKINCARE", "from": "2027-03-31", "to": "2027-03-01"}, ("Free until",)),
        ({"for": "SKINCARE", "from": "31/31/2027"}, ("Free from",)),
        ({"for": "SKINCARE", "from": "0001-01-01"}, ("Free from",)),
        ({"for": "SKINCARE", "on": "a\x00b"}, ("Free on",)),
    ],
)
def test_what_is_not_understood_is_named_and_left_out(
    as_coordinator: Client, kirana: Influencer, wrong: dict[str, str], refused: tuple[str, ...]
) -> None:
    said = {
        f"free_{name}": str(category("skincare").pk) if text == "SKINCARE" else text for name, text in wrong.items()
    }
    answer = as_coordinator.get("/people/", said)
    assert (answer.status_code, answer.context["asked"].refused) == (200, refused)
    assert [line.name for line in answer.context["found"].page.rows] == ["Kirana Maheswari"]


def test_the_list_costs_the_same_whatever_is_promised(
    barred: Influencer, oka: Influencer, as_coordinator: Client, now: dt.datetime, actor: Actor,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:  # fmt: skip
    said = {"free_for": category("skincare").pk, "free_from": "2026-12-10"}
    as_coordinator.get("/people/", said)
    with django_assert_num_queries(11):
        as_coordinator.get("/people/", said)
    for _number in range(2):
        person = InfluencerFactory()
        card = deal(person, f"Brand {person.pk}", on(12, 10))
        promise(card)
        card.put("agreed", at=now, actor=actor)
    with django_assert_num_queries(11):
        assert [line.name for line in as_coordinator.get("/people/", said).context["found"].page.rows] == ["Oka"]


def test_everybody_it_means_can_be_given_something(
    barred: Influencer, oka: Influencer, as_coordinator: Client, coordinator: User
) -> None:
    query = urlencode({"free_for": category("skincare").pk, "free_from": "2026-12-10"})
    answer = as_coordinator.post("/people/bulk/", {"action": "csv", "all_matching": "1", "query": query})
    text = b"".join(answer.streaming_content) if answer.streaming else answer.content
    assert (b"Oka" in text, b"Kirana" in text) == (True, False)


def test_a_saved_view_keeps_it(as_coordinator: Client, kirana: Influencer) -> None:
    query = urlencode({"free_for": category("skincare").pk, "free_from": "2026-12-10"})
    as_coordinator.post("/people/views/new/", {"name": "Free", "query": query})
    assert SavedView.objects.get().query == query
    assert len(as_coordinator.get("/people/", QueryDict(query).dict()).context["chips"]) == 1
