"""What no page of ours would ever send is refused in words, or leads to a page that exists; it never breaks one."""

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import reverse

from campaigns.planning.models import Collaboration
from crm.brands.models import Brand, BrandOwner, Category, Product
from crm.influencers.models import Influencer
from crm.reminders.models import Todo
from crm.team.models import User
from tests.factories import BrandFactory, CollaborationFactory, InfluencerFactory

pytestmark = pytest.mark.django_db

HUGE = "99999999999999999999"
NO_WAY_BACK = ["null", "nowhere:at-all", "http://[", "//example.org/", "https://example.org/", "javascript:alert(1)"]


@pytest.mark.parametrize("wanted", NO_WAY_BACK)
def test_a_way_back_that_is_no_page_of_ours_leads_to_the_usual_one(as_coordinator: Client, wanted: str) -> None:
    card = CollaborationFactory()
    answer = as_coordinator.post(reverse("collaboration-put", args=[card.pk]), {"to": "agreed", "next": wanted})
    assert (answer.status_code, answer.headers["Location"]) == (302, reverse("campaign", args=[card.campaign_id]))
    assert Collaboration.objects.get().status == "agreed"


@pytest.mark.parametrize("wanted", NO_WAY_BACK)
def test_a_task_closed_from_nowhere_leads_home(as_coordinator: Client, coordinator: User, wanted: str) -> None:
    todo = Todo.objects.create(text="Call", owner=coordinator, author=coordinator)
    answer = as_coordinator.post(reverse("todo-done", args=[todo.pk]), {"next": wanted})
    assert (answer.status_code, answer.headers["Location"]) == (302, reverse("today"))


def test_our_own_page_is_a_way_back_with_its_filter(as_coordinator: Client, coordinator: User) -> None:
    todo = Todo.objects.create(text="Call", owner=coordinator, author=coordinator)
    answer = as_coordinator.post(reverse("todo-done", args=[todo.pk]), {"next": "/?whose=mine"})
    assert answer.headers["Location"] == "/?whose=mine"


def test_an_id_no_row_can_have_is_no_choice_among_several(as_owner: Client) -> None:
    brand = BrandFactory(name="Lumi")
    data = {"name": "Other", "owner": brand.owner_id, "rivals": [HUGE], "language": "en", "colour": brand.colour}
    answer = as_owner.post(reverse("brand-edit", args=[brand.pk]), data)
    assert answer.status_code == 422
    assert f"{HUGE} is not one of the available choices" in answer.content.decode()
    assert Brand.objects.get().name == "Lumi"


# ---- the administration ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("words", ["x" * 70_000, "long " * 2_000, "x\x00y"])
@pytest.mark.parametrize("model", [Brand, Influencer])
def test_a_search_of_any_length_finds_nothing(
    as_owner: Client, model: type[Brand] | type[Influencer], words: str
) -> None:
    BrandFactory()
    url = reverse(f"admin:crm_{model._meta.model_name}_changelist")
    assert as_owner.get(url, {"q": words}).status_code == 200


def test_suggestions_survive_a_zero_byte(as_owner: Client) -> None:
    asked = {"term": "Lu\x00mi", "app_label": "crm", "model_name": "product", "field_name": "brand"}
    BrandFactory(name="Lumi")
    found = as_owner.get(reverse("admin:autocomplete"), asked).json()["results"]
    assert [row["text"] for row in found] == ["Lumi"]


@pytest.mark.parametrize("ticked", ["junk", "", "1e400", HUGE, "\x00"])
def test_what_can_be_no_row_counts_as_not_ticked(as_owner: Client, ticked: str) -> None:
    InfluencerFactory()
    data = {"action": "archive_people", "_selected_action": [ticked]}
    answer = as_owner.post(reverse("admin:crm_influencer_changelist"), data, follow=True)
    assert answer.status_code == 200
    assert Influencer.objects.archived().count() == 0


def test_junk_beside_a_ticked_row_does_not_keep_it_from_its_turn(as_owner: Client) -> None:
    person = InfluencerFactory()
    data = {"action": "archive_people", "_selected_action": ["junk", person.pk]}
    as_owner.post(reverse("admin:crm_influencer_changelist"), data)
    assert list(Influencer.objects.archived()) == [person]


@pytest.mark.parametrize("chosen", ["junk", HUGE])
def test_a_choice_that_is_no_row_is_refused_and_the_rest_stays_typed(as_owner: Client, chosen: str) -> None:
    answer = as_owner.post(reverse("admin:crm_category_add"), {"slug": "soap", "name_en": "Soap", "parent": chosen})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Select a valid choice" in page
    assert 'value="Soap"' in page
    assert not Category.objects.filter(slug="soap").exists()


@pytest.mark.parametrize("chosen", ["junk", HUGE])
def test_several_choices_that_are_no_rows_are_refused(as_owner: Client, chosen: str) -> None:
    brand = BrandFactory(name="Lumi")
    data = {"name": "Other", "owner": brand.owner_id, "rivals": [chosen]}
    answer = as_owner.post(reverse("admin:crm_brand_change", args=[brand.pk]), data)
    assert answer.status_code == 200
    assert Brand.objects.get().name == "Lumi"


def test_an_amount_without_a_currency_is_refused_in_words(as_owner: Client) -> None:
    brand = BrandFactory()
    data = {"brand": brand.pk, "name": "Serum", "value_0": "3", "value_1": ""}
    answer = as_owner.post(reverse("admin:crm_product_add"), data)
    assert "Choose the currency." in answer.content.decode()
    assert Product.objects.count() == 0


def test_every_table_of_ours_is_kept_by_the_house(organisation: object) -> None:
    """Search, ticks and choices are made safe in one place; a table elsewhere would miss it."""
    from crm.base.admin import HouseAdmin

    assert [str(model) for model, page in admin.site._registry.items() if not isinstance(page, HouseAdmin)] == []
    assert BrandOwner in admin.site._registry


# ---- zero bytes, which PostgreSQL refuses ------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["campaigns", "outbox", "outbox-planned", "outbox-why", "people", "brands", "search"])
def test_a_question_with_a_zero_byte_is_read_without_it(as_coordinator: Client, name: str) -> None:
    asked = {"q": "Lu\x00mi", "about": "x\x00:1", "tab": "\x00", "at": "\x00", "part": "\x00"}
    assert as_coordinator.get(reverse(name), asked).status_code == 200


def test_a_reason_beside_a_drag_is_kept_on_one_line_without_zero_bytes(as_coordinator: Client) -> None:
    card = CollaborationFactory()
    url, data = reverse("collaboration-put", args=[card.pk]), {"to": "off", "why": "Too\x00 dear\r\nreally"}
    assert as_coordinator.post(url, data, headers={"HX-Request": "true"}).status_code == 204
    assert Collaboration.objects.get().off_why == "Too dear really"


@pytest.mark.parametrize("name", ["account_reset_password_from_key_done", "account_login"])
@pytest.mark.parametrize("wanted", NO_WAY_BACK)
def test_signing_in_leads_nowhere_else(as_owner: Client, name: str, wanted: str) -> None:
    answer = as_owner.get(reverse(name), {"next": wanted})
    assert answer.status_code in (200, 302)
    assert "example.org" not in answer.headers.get("Location", "")
