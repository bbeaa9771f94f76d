"""The search of the whole house: every feature's own things, and nothing a colleague may not know."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from crm.base.models import Organisation
from crm.brands.models import BrandAccess
from crm.team.models import User
from tests.factories import BrandFactory, CampaignFactory, InfluencerFactory

pytestmark = pytest.mark.django_db


def found(client: Client, words: str) -> dict[str, list[str]]:
    """What stands on the page, by group in its order."""
    groups = client.get("/search/", {"q": words}).context["groups"]
    return {str(group.label): [one.label for one in group.found] for group in groups}


def test_a_stranger_signs_in_first() -> None:
    answer = Client().get("/search/?q=melati")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/accounts/login/?next=/search/%3Fq%3Dmelati")


def test_people_campaigns_and_brands_are_found_under_their_names(as_viewer: Client) -> None:
    InfluencerFactory(stage_name="Melati Sari")
    CampaignFactory(name="Melati mekar", brand=BrandFactory(name="Senja Glow"))
    BrandFactory(name="Melati Spa")
    InfluencerFactory(stage_name="Somebody Else")
    assert found(as_viewer, "melati") == {
        "People": ["Melati Sari"],
        "Campaigns": ["Melati mekar"],
        "Brands": ["Melati Spa"],
    }
    assert list(found(as_viewer, "melati")) == ["People", "Campaigns", "Brands"]


def test_blanks_around_and_between_the_words_do_not_count(as_viewer: Client) -> None:
    BrandFactory(name="Melati Spa")
    assert found(as_viewer, "  melati \x00 spa ") == {"Brands": ["Melati Spa"]}


def test_what_belongs_to_another_brand_is_not_found_behind_walls(
    as_viewer: Client, viewer: User, organisation: Organisation
) -> None:
    ours, theirs = BrandFactory(name="Melati Spa"), BrandFactory(name="Melati Rival")
    CampaignFactory(name="Melati open", brand=ours)
    CampaignFactory(name="Melati secret", brand=theirs)
    BrandAccess.objects.create(user=viewer, brand=ours)
    organisation.brand_walls = True
    organisation.save()
    assert found(as_viewer, "melati") == {"Campaigns": ["Melati open"], "Brands": ["Melati Spa"]}


def test_an_archived_brand_is_not_found(as_viewer: Client) -> None:
    BrandFactory(name="Melati Spa", archived_at="2026-01-01T00:00:00Z")
    page = as_viewer.get("/search/", {"q": "melati"}).content.decode()
    assert "Nothing found" in page
    assert "Melati Spa" not in page


def test_without_words_the_page_tells_how_to_search(as_viewer: Client) -> None:
    BrandFactory(name="Melati Spa")
    page = as_viewer.get("/search/", {"q": "   "})
    assert page.context["groups"] == []
    assert "What are you looking for?" in page.content.decode()


@pytest.mark.parametrize("words", ["m", "@m", " M ", "@"])
def test_one_letter_is_too_little_and_the_page_says_so(
    as_viewer: Client, words: str, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    BrandFactory(name="Melati Spa")
    as_viewer.get("/search/")
    with django_assert_num_queries(2):  # session and user: nothing is looked for
        page = as_viewer.get("/search/", {"q": words})
    assert page.context["groups"] == []
    assert "Type at least two letters" in page.content.decode()
    assert found(as_viewer, "me") == {"Brands": ["Melati Spa"]}


def test_more_than_eight_are_cut_and_the_page_says_so(as_viewer: Client) -> None:
    for number in range(9):
        BrandFactory(name=f"Melati {number}")
    page = as_viewer.get("/search/", {"q": "melati"})
    assert [one.label for one in page.context["groups"][0].found] == [f"Melati {number}" for number in range(8)]
    assert "Only the first ones. Type more of the name." in page.content.decode()


def test_words_that_are_no_words_find_nothing_and_break_nothing(as_viewer: Client) -> None:
    for words in ("%", "_", "' OR 1=1 --", "\\", "é" * 500, "<script>"):
        answer = as_viewer.get("/search/", {"q": words})
        assert (answer.status_code, answer.context["groups"]) == (200, [])
        assert "<script>" not in answer.content.decode().split("</head>")[1]


def test_three_of_each_cost_as_many_queries_as_one(
    as_viewer: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    def one_more(number: int) -> None:
        InfluencerFactory(stage_name=f"Melati Sari {number}")
        CampaignFactory(name=f"Melati mekar {number}", brand=BrandFactory(name=f"Melati Spa {number}"))

    one_more(1)
    as_viewer.get("/search/?q=melati")
    with django_assert_num_queries(12):
        assert len(found(as_viewer, "melati")["Brands"]) == 1
    one_more(2)
    one_more(3)
    with django_assert_num_queries(12):
        assert len(found(as_viewer, "melati")["Brands"]) == 3
