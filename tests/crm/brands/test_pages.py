"""The pages of brands: who may see them, what they show, that typed words survive a refusal."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from crm.base.models import Organisation
from crm.brands.forms import greeting_choices
from crm.brands.models import Brand, BrandOwner, Category, Persona, Product
from crm.team.models import User
from crm.timeline.models import Entry
from tests.factories import BrandFactory, BrandOwnerFactory

pytestmark = pytest.mark.django_db

BY_BRAND = ("brand", "brand-edit", "brand-archive", "brand-restore", "product-new")
BY_PRODUCT = ("product-edit", "product-archive", "product-restore")


def typed(**said: Any) -> dict[str, Any]:
    blank = {
        "name": "Arunika", "owner": "", "house": "", "category": "", "language": "id", "zone": "Asia/Jakarta",
        "form_of_address": "kak", "colour": "b", "about": "Bright mornings.", "rivals": [],
    }  # fmt: skip
    return {**blank, **said}


def as_shown(client: Client, brand: Brand) -> dict[str, Any]:
    """What the form of a brand would send when nothing is touched."""
    form = client.get(reverse("brand-edit", args=[brand.pk])).context["form"]
    return {name: ("" if (value := form[name].value()) is None else value) for name in form.fields}


def stored(brand: Brand) -> dict[str, Any]:
    return Brand.objects.filter(pk=brand.pk).values().get()


def page_of(client: Client, name: str, *args: Any, **query: Any) -> str:
    return client.get(reverse(name, args=args), query).content.decode()


# ---- Looking ---------------------------------------------------------------------------------------------------------


def test_the_list_costs_the_same_for_one_and_for_three(
    as_viewer: Client, lumi: Brand, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    lumi.rivals.add(BrandFactory(name="Away", archived_at="2026-01-01T00:00:00Z"))
    as_viewer.get("/brands/")
    with django_assert_num_queries(6):
        assert len(as_viewer.get("/brands/").context["rows"]) == 1
    for _number in range(2):
        BrandFactory().rivals.add(lumi)
    with django_assert_num_queries(6):
        assert len(as_viewer.get("/brands/").context["rows"]) == 3


def test_a_brands_page_costs_the_same_for_one_and_for_three_products(
    as_viewer: Client, lumi: Brand, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    Product.objects.create(brand=lumi, name="Serum")
    as_viewer.get(reverse("brand", args=[lumi.pk]))
    with django_assert_num_queries(12):
        as_viewer.get(reverse("brand", args=[lumi.pk]))
    for name in ("Gel", "Cream"):
        Product.objects.create(brand=lumi, name=name)
        lumi.rivals.add(BrandFactory())
    with django_assert_num_queries(12):
        as_viewer.get(reverse("brand", args=[lumi.pk]))


def test_the_list_tells_house_competitors_and_offered_products(as_viewer: Client, lumi: Brand, senja: Brand) -> None:
    lumi.rivals.add(senja)
    Product.objects.create(brand=lumi, name="Serum")
    Product.objects.create(brand=lumi, name="Old serum", archived_at="2026-01-01T00:00:00Z")
    row = as_viewer.get("/brands/").context["rows"][0]
    assert (row.name, row.owner.name, row.offered, row.seen_rivals) == ("Lumi Skincare", "Lumi Nusantara", 1, [senja])


def test_an_empty_house_is_told_what_a_brand_is(as_owner: Client, as_viewer: Client) -> None:
    assert "There is no brand yet" in page_of(as_viewer, "brands")
    assert reverse("brand-new") not in page_of(as_viewer, "brands")
    assert reverse("brand-new") in page_of(as_owner, "brands")


def test_a_brand_is_found_by_its_house(as_viewer: Client, lumi: Brand, senja: Brand) -> None:
    assert list(as_viewer.get("/brands/", {"q": "rumah"}).context["rows"]) == [senja]


def test_archived_brands_stand_apart(as_viewer: Client, lumi: Brand, senja: Brand, now: Any) -> None:
    Brand.objects.filter(pk=senja.pk).update(archived_at=now)
    assert list(as_viewer.get("/brands/").context["rows"]) == [lumi]
    assert list(as_viewer.get("/brands/", {"tab": "archived"}).context["rows"]) == [senja]


def test_the_page_shows_how_letters_begin(as_viewer: Client, lumi: Brand) -> None:
    assert "“Halo Kak Kirana,”" in page_of(as_viewer, "brand", lumi.pk)
    Brand.objects.update(form_of_address="first")
    assert "“Halo Kirana,”" in page_of(as_viewer, "brand", lumi.pk)


def test_nobody_is_called_kak_in_english(as_viewer: Client, lumi: Brand) -> None:
    Brand.objects.update(language="en", form_of_address="kak")
    assert "“Hi Kirana,”" in page_of(as_viewer, "brand", lumi.pk)


def test_the_form_shows_each_form_of_address_where_they_differ() -> None:
    assert [str(label) for _, label in greeting_choices()] == [
        "Kak + name: “Halo Kak Kirana,”",
        "First name: “Halo Kirana,”",
    ]


# ---- Walls and roles -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", BY_BRAND)
@pytest.mark.parametrize("method", ["get", "post"])
def test_another_brands_pages_do_not_exist_behind_walls(
    as_manager: Client, walls: Organisation, senja: Brand, name: str, method: str
) -> None:
    before = stored(senja)
    answer = getattr(as_manager, method)(reverse(name, args=[senja.pk]), {"name": "Mine now"})
    assert answer.status_code == (405 if (name, method) == ("brand", "post") else 404)
    assert stored(senja) == before
    assert Product.objects.count() == 0


@pytest.mark.parametrize("name", BY_PRODUCT)
@pytest.mark.parametrize("method", ["get", "post"])
def test_another_brands_products_do_not_exist_behind_walls(
    as_manager: Client, walls: Organisation, senja: Brand, name: str, method: str
) -> None:
    mist = Product.objects.create(brand=senja, name="Mist")
    assert getattr(as_manager, method)(reverse(name, args=[mist.pk]), {"name": "Mine"}).status_code == 404
    assert Product.objects.values_list("name", "archived_at").get() == ("Mist", None)


def test_no_page_names_the_other_brand_behind_walls(
    as_manager: Client, as_owner: Client, walls: Organisation, lumi: Brand, senja: Brand
) -> None:
    as_owner.post(reverse("brand-edit", args=[lumi.pk]), {**as_shown(as_owner, lumi), "rivals": [senja.pk]})
    assert list(lumi.rivals.all()) == [senja]
    pages = [page_of(as_manager, "brands"), page_of(as_manager, "brands", q="senja"), page_of(as_manager, "brand-new")]
    pages += [page_of(as_manager, name, lumi.pk) for name in ("brand", "brand-edit")]
    assert [page for page in pages if "Senja" in page] == []
    assert as_manager.get("/audit/").status_code == 200
    assert "Senja" not in page_of(as_manager, "audit").replace('value="senja"', "")


def test_saving_keeps_competitors_the_colleague_may_not_see(
    as_manager: Client, walls: Organisation, lumi: Brand, senja: Brand
) -> None:
    lumi.rivals.add(senja)
    answer = as_manager.post(reverse("brand-edit", args=[lumi.pk]), {**as_shown(as_manager, lumi), "about": "Gentle."})
    assert answer.status_code == 302
    assert list(lumi.rivals.all()) == [senja]


def test_who_adds_a_brand_behind_walls_works_for_it(as_manager: Client, walls: Organisation) -> None:
    answer = as_manager.post(reverse("brand-new"), typed(house="Rumah Arunika"), follow=True)
    assert answer.status_code == 200
    assert "Arunika is here." in answer.content.decode()


@pytest.mark.parametrize("name", BY_BRAND[1:4])
def test_a_coordinator_changes_no_brand(as_coordinator: Client, lumi: Brand, name: str) -> None:
    before = stored(lumi)
    assert as_coordinator.post(reverse(name, args=[lumi.pk]), typed()).status_code == 403
    assert stored(lumi) == before


def test_a_viewer_changes_no_product(as_viewer: Client, lumi: Brand) -> None:
    serum = Product.objects.create(brand=lumi, name="Serum")
    answers = [as_viewer.post(reverse(name, args=[serum.pk]), {"name": "Gel"}).status_code for name in BY_PRODUCT]
    assert answers == [403, 403, 403]
    assert as_viewer.post(reverse("product-new", args=[lumi.pk]), {"name": "Gel"}).status_code == 403
    assert list(Product.objects.values_list("name", "archived_at")) == [("Serum", None)]


# ---- Writing ---------------------------------------------------------------------------------------------------------


def test_a_brand_comes_with_a_house_typed_new(as_manager: Client, manager: User) -> None:
    answer = as_manager.post(reverse("brand-new"), typed(name="  Arunika   Kids ", house=" Rumah  Arunika"))
    made = Brand.objects.get()
    assert answer.headers["Location"] == reverse("brand", args=[made.pk])
    assert (made.name, made.owner.name, made.colour, made.about) == (
        "Arunika Kids", "Rumah Arunika", "b", "Bright mornings.",
    )  # fmt: skip
    told = Entry.objects.get(subject=f"crm.brand:{made.pk}")
    assert (told.verb, told.sentence_en, told.actor_id, told.brand_id, told.changes) == (
        "brand.added", "Brand Arunika Kids was added", manager.pk, made.pk, {"owner": ["", "Rumah Arunika"]},
    )  # fmt: skip


def test_a_house_typed_that_is_there_already_is_that_house(as_manager: Client, lumi: Brand) -> None:
    as_manager.post(reverse("brand-new"), typed(house="lumi nusantara"))
    assert Brand.objects.get(name="Arunika").owner_id == lumi.owner_id
    assert BrandOwner.objects.count() == 1


def test_without_a_house_nothing_is_added_and_everything_typed_stays(as_manager: Client) -> None:
    answer = as_manager.post(reverse("brand-new"), typed())
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Choose the house, or type the name of a new one beside." in page
    assert 'value="Arunika"' in page
    assert "Bright mornings." in page
    assert (Brand.objects.count(), BrandOwner.objects.count(), Entry.objects.count()) == (0, 0, 0)


def test_a_name_in_use_is_refused_however_it_is_written(as_manager: Client, lumi: Brand) -> None:
    answer = as_manager.post(reverse("brand-new"), typed(name="LUMI skincare", owner=lumi.owner_id))
    assert answer.status_code == 422
    assert "There is a brand of this name already." in answer.content.decode()
    assert Brand.objects.count() == 1


def test_a_change_is_told_with_old_and_new(as_manager: Client, lumi: Brand) -> None:
    said = {**as_shown(as_manager, lumi), "form_of_address": "first", "about": "Gentle care."}
    assert as_manager.post(reverse("brand-edit", args=[lumi.pk]), said).status_code == 302
    told = Entry.objects.get(verb="brand.changed")
    assert told.changes == {"form_of_address": ["Kak + name", "First name"], "about": ["", "Gentle care."]}
    assert stored(lumi)["form_of_address"] == "first"


def test_saving_without_a_change_tells_nothing(as_manager: Client, lumi: Brand) -> None:
    before = stored(lumi)
    assert as_manager.post(reverse("brand-edit", args=[lumi.pk]), as_shown(as_manager, lumi)).status_code == 302
    assert stored(lumi) == before
    assert Entry.objects.count() == 0


def test_competitors_are_mutual_and_both_stories_tell_it(as_manager: Client, lumi: Brand, senja: Brand) -> None:
    as_manager.post(reverse("brand-edit", args=[lumi.pk]), {**as_shown(as_manager, lumi), "rivals": [senja.pk]})
    assert list(senja.rivals.all()) == [lumi]
    told = Entry.objects.filter(verb="brand.rivals").order_by("pk").values_list("brand_id", "changes")
    assert list(told) == [
        (lumi.pk, {"rivals": ["", "Senja Glow"]}),
        (senja.pk, {"rivals": ["", "Lumi Skincare"]}),
    ]


def test_a_form_opened_before_another_save_keeps_what_was_typed_and_changes_nothing(
    as_manager: Client, as_owner: Client, lumi: Brand
) -> None:
    old = as_shown(as_manager, lumi)
    as_owner.post(reverse("brand-edit", args=[lumi.pk]), {**as_shown(as_owner, lumi), "name": "Lumi Care"})
    before, entries = stored(lumi), Entry.objects.count()
    late = as_manager.post(reverse("brand-edit", args=[lumi.pk]), {**old, "about": "Warm and plain.", "house": "Ours"})
    page = late.content.decode()
    assert late.status_code == 409
    assert "Owner saved changes at" in page
    assert "Warm and plain." in page
    assert 'value="Lumi Skincare"' in page
    assert stored(lumi) == before
    assert (Entry.objects.count(), BrandOwner.objects.count()) == (entries, 1)
    again = {**old, "about": "Warm and plain.", "seen": late.context["form"]["seen"].value()}
    assert as_manager.post(reverse("brand-edit", args=[lumi.pk]), again).status_code == 302
    assert stored(lumi)["about"] == "Warm and plain."


def test_a_competitor_added_from_the_other_side_makes_a_form_old(as_manager: Client, lumi: Brand, senja: Brand) -> None:
    old = as_shown(as_manager, senja)
    as_manager.post(reverse("brand-edit", args=[lumi.pk]), {**as_shown(as_manager, lumi), "rivals": [senja.pk]})
    assert as_manager.post(reverse("brand-edit", args=[senja.pk]), old).status_code == 409
    assert list(senja.rivals.all()) == [lumi]


def test_a_form_without_its_moment_is_out_of_date(as_manager: Client, lumi: Brand) -> None:
    before = stored(lumi)
    said = {**as_shown(as_manager, lumi), "name": "Lumi Care", "seen": ""}
    assert as_manager.post(reverse("brand-edit", args=[lumi.pk]), said).status_code == 422
    assert stored(lumi) == before


# ---- Products --------------------------------------------------------------------------------------------------------


def product(**said: str) -> dict[str, str]:
    return {"name": "Serum 30 ml", "category": "", "value_0": "189,000", "value_1": "IDR", **said}


def test_a_product_is_added_with_its_value(as_coordinator: Client, lumi: Brand) -> None:
    answer = as_coordinator.post(reverse("product-new", args=[lumi.pk]), product())
    assert answer.headers["Location"] == reverse("brand", args=[lumi.pk])
    made = Product.objects.get()
    assert (made.brand_id, made.name, made.value.amount, str(made.value.currency)) == (
        lumi.pk, "Serum 30 ml", 189_000, "IDR",
    )  # fmt: skip
    assert Entry.objects.get().sentence_en == "Product Serum 30 ml was added"


def test_a_product_may_have_no_value(as_coordinator: Client, lumi: Brand) -> None:
    assert as_coordinator.post(reverse("product-new", args=[lumi.pk]), product(value_0="")).status_code == 302
    assert Product.objects.get().value is None


def test_a_brand_names_a_product_once(as_coordinator: Client, lumi: Brand, senja: Brand) -> None:
    Product.objects.create(brand=lumi, name="Serum 30 ml")
    answer = as_coordinator.post(reverse("product-new", args=[lumi.pk]), product(name="serum 30 ML"))
    assert answer.status_code == 422
    assert "The brand has a product of this name already." in answer.content.decode()
    assert Product.objects.count() == 1
    assert as_coordinator.post(reverse("product-new", args=[senja.pk]), product()).status_code == 302


def test_a_value_nobody_can_read_is_refused_as_typed(as_coordinator: Client, lumi: Brand) -> None:
    answer = as_coordinator.post(reverse("product-new", args=[lumi.pk]), product(value_0="about 12"))
    assert answer.status_code == 422
    assert 'value="about 12"' in answer.content.decode()
    assert Product.objects.count() == 0


def test_a_product_changes_and_tells_old_and_new(as_coordinator: Client, lumi: Brand) -> None:
    serum = Product.objects.create(brand=lumi, name="Serum", value=100_000)
    address = reverse("product-edit", args=[serum.pk])
    seen = as_coordinator.get(address).context["form"]["seen"].value()
    assert as_coordinator.post(address, product(value_1="USD", value_0="12.50", seen=seen)).status_code == 302
    told = Entry.objects.get()
    assert (told.verb, told.brand_id, sorted(told.changes)) == (
        "brand.product_changed", lumi.pk, ["name", "value", "value_currency"],
    )  # fmt: skip
    serum.refresh_from_db()
    assert (str(serum.value.amount), str(serum.value.currency)) == ("12.50", "USD")


def test_an_old_form_of_a_product_changes_nothing(as_coordinator: Client, lumi: Brand) -> None:
    serum = Product.objects.create(brand=lumi, name="Serum", value=100_000)
    address = reverse("product-edit", args=[serum.pk])
    seen = as_coordinator.get(address).context["form"]["seen"].value()
    as_coordinator.post(address, product(name="Serum 50 ml", seen=seen))
    late = as_coordinator.post(address, product(name="Serum forte", seen=seen))
    assert late.status_code == 409
    assert 'value="Serum forte"' in late.content.decode()
    assert Product.objects.get().name == "Serum 50 ml"


# ---- The archive -----------------------------------------------------------------------------------------------------


def test_archiving_a_brand_asks_first_does_it_once_and_can_be_taken_back(as_manager: Client, lumi: Brand) -> None:
    away, back = (reverse(name, args=[lumi.pk]) for name in ("brand-archive", "brand-restore"))
    assert "Archive Lumi Skincare?" in as_manager.get(away).content.decode()
    assert stored(lumi)["archived_at"] is None
    assert "Lumi Skincare is archived." in as_manager.post(away, follow=True).content.decode()
    assert stored(lumi)["archived_at"] is not None
    assert "Somebody did this already." in as_manager.post(away, follow=True).content.decode()
    assert "Lumi Skincare is back." in as_manager.post(back, follow=True).content.decode()
    assert stored(lumi)["archived_at"] is None
    assert list(Entry.objects.order_by("pk").values_list("verb", flat=True)) == ["brand.archived", "brand.restored"]


def test_an_archived_product_moves_to_the_fold(as_coordinator: Client, lumi: Brand) -> None:
    serum = Product.objects.create(brand=lumi, name="Serum")
    as_coordinator.post(reverse("product-archive", args=[serum.pk]))
    page = as_coordinator.get(reverse("brand", args=[lumi.pk])).context["page"]
    assert (page.products, page.put_away) == ([], [serum])
    as_coordinator.post(reverse("product-restore", args=[serum.pk]))
    page = as_coordinator.get(reverse("brand", args=[lumi.pk])).context["page"]
    assert (page.products, page.put_away) == ([serum], [])


def test_a_house_is_offered_only_where_its_brand_is_known(as_manager: Client, walls: Organisation, lumi: Brand) -> None:
    BrandOwnerFactory(name="Nobody's house")
    offered = as_manager.get(reverse("brand-new")).context["form"].fields["owner"].queryset
    assert list(offered) == [lumi.owner]


def test_a_brand_says_to_whom_it_speaks(as_manager: Client, lumi: Brand) -> None:
    families = Persona.objects.get(slug="families")
    as_manager.post(reverse("brand-edit", args=[lumi.pk]), {**as_shown(as_manager, lumi), "personas": [families.pk]})
    assert list(lumi.personas.all()) == [families]
    assert "Families" in as_manager.get(reverse("brand", args=[lumi.pk])).content.decode()
    assert Entry.objects.get(verb="brand.changed").changes == {"personas": ["", "Families"]}


def test_what_a_brand_also_sells_is_kept_and_told(as_owner: Client, lumi: Brand) -> None:
    skincare, drinks = (Category.objects.get(slug=slug) for slug in ("skincare", "food-drink"))
    said = as_shown(as_owner, lumi) | {"also_sells": [skincare.pk, drinks.pk]}
    assert as_owner.post(reverse("brand-edit", args=[lumi.pk]), said).status_code == 302
    assert set(lumi.also_sells.all()) == {skincare, drinks}
    assert list(Entry.objects.filter(verb="brand.changed").values_list("changes", flat=True)) == [
        {"also_sells": ["", "Food and drink, Skincare"]}
    ]
