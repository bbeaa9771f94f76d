"""A product has shades, sizes or scents; most brands write down a name and a value and nothing else."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from crm.brands.models import Brand, Product, ProductVariant
from crm.timeline.models import Entry
from tests.factories import BrandFactory


@pytest.fixture
def tint(db: None) -> Product:
    return Product.objects.create(brand=BrandFactory(name="Lumi"), name="Tint", value=90_000)


def variant(**said: str) -> dict[str, str]:
    return {"name": "02 Sand", "swatch": "", "sku": "", "value_0": "", "value_1": "IDR", "weight_g": "", **said}


def named(product: Product) -> list[str]:
    return list(ProductVariant.objects.offered().filter(product=product).values_list("name", flat=True))


def test_a_product_form_asks_for_name_and_value_and_folds_the_rest(as_coordinator: Client, tint: Product) -> None:
    page = as_coordinator.get(reverse("product-new", args=[tint.brand_id]))
    form = page.context["form"]
    assert [name for name in form.fields if name in ("cost", "bought_for")] == []
    assert '<details class="panel" ><summary>Category, page, weight, numbers</summary>' in page.content.decode()


def test_four_values_are_asked_where_the_brand_keeps_them_each_with_its_use(
    as_coordinator: Client, tint: Product
) -> None:
    Brand.objects.update(keeps_four_values=True)
    address = reverse("product-edit", args=[tint.pk])
    page = as_coordinator.get(address)
    words = page.content.decode()
    for said in (
        "disclosure and insurance go by it",
        "cost reports go by it",
        "where the brand does not make it itself",
    ):
        assert words.count(said) == 1
    typed = {
        "name": "Tint", "value_0": "90,000", "value_1": "IDR", "cost_0": "20,000", "cost_1": "IDR", "bought_for_0": "",
        "bought_for_1": "IDR", "seen": page.context["form"]["seen"].value(),
    }  # fmt: skip
    assert as_coordinator.post(address, typed).status_code == 302
    tint.refresh_from_db()
    assert (tint.cost.amount, tint.bought_for) == (20_000, None)


def test_the_switches_of_a_brand_are_told_when_they_change(as_manager: Client, tint: Product) -> None:
    address = reverse("brand-edit", args=[tint.brand_id])
    form = as_manager.get(address).context["form"]
    said = {name: form[name].value() or "" for name in form.fields if name not in ("rivals", "personas", "also_sells")}
    off = {name for name in ("counts_stock", "approves_samples", "keeps_four_values") if not said.pop(name)}
    assert off == {"counts_stock", "approves_samples", "keeps_four_values"}
    assert as_manager.post(address, said | {"counts_stock": "on"}).status_code == 302
    assert Entry.objects.get(verb="brand.changed").changes == {"counts_stock": ["False", "True"]}


def test_variants_are_added_behind_the_others_and_moved_up(as_coordinator: Client, tint: Product) -> None:
    for name in ("01 Rose", "02 Sand", "03 Clay"):
        answer = as_coordinator.post(reverse("variant-new", args=[tint.pk]), variant(name=name, swatch="C58"))
    assert answer.headers["Location"] == f"{reverse('product-edit', args=[tint.pk])}#variants"
    clay = ProductVariant.objects.get(name="03 Clay")
    assert (clay.swatch, clay.value) == ("#cc5588", None)
    for _twice in range(2):
        as_coordinator.post(reverse("variant-up", args=[clay.pk]))
    assert named(tint) == ["03 Clay", "01 Rose", "02 Sand"]
    as_coordinator.post(reverse("variant-up", args=[clay.pk]))
    assert named(tint) == ["03 Clay", "01 Rose", "02 Sand"]
    assert Entry.objects.filter(verb="brand.variant_moved").count() == 2


def test_a_product_shows_its_shades_as_drawings(as_coordinator: Client, tint: Product) -> None:
    ProductVariant.objects.create(product=tint, name="02 Sand", swatch="#c58c5e")
    for address in (reverse("product-edit", args=[tint.pk]), reverse("brand", args=[tint.brand_id])):
        assert '<circle cx="8" cy="8" r="7" fill="#c58c5e"/>' in as_coordinator.get(address).content.decode()


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"name": "01 ROSE"}, "This product has a variant of that name already."),
        ({"sku": "rose-1"}, "Another variant has this SKU already."),
        ({"swatch": "rosy"}, "Write the colour like #c58c5e, or leave it empty."),
    ],
)
def test_what_cannot_be_is_refused_as_typed(
    as_coordinator: Client, tint: Product, typed: dict[str, str], words: str
) -> None:
    ProductVariant.objects.create(product=tint, name="01 Rose", sku="ROSE-1")
    answer = as_coordinator.post(reverse("variant-new", args=[tint.pk]), variant(**typed))
    said = answer.content.decode()
    assert (answer.status_code, words in said, f'value="{next(iter(typed.values()))}"' in said) == (422, True, True)
    assert named(tint) == ["01 Rose"]


def test_an_old_form_of_a_variant_changes_nothing(as_coordinator: Client, tint: Product) -> None:
    sand = ProductVariant.objects.create(product=tint, name="Sand")
    address = reverse("variant-edit", args=[sand.pk])
    seen = as_coordinator.get(address).context["form"]["seen"].value()
    assert as_coordinator.post(address, variant(name="02 Sand", seen=seen)).status_code == 302
    late = as_coordinator.post(address, variant(name="Sandy", seen=seen))
    assert (late.status_code, named(tint)) == (409, ["02 Sand"])


def test_an_archived_variant_is_not_offered_and_comes_back(as_coordinator: Client, tint: Product) -> None:
    sand = ProductVariant.objects.create(product=tint, name="Sand")
    assert as_coordinator.post(reverse("variant-archive", args=[sand.pk])).status_code == 302
    page = as_coordinator.get(reverse("product-edit", args=[tint.pk]))
    assert (page.context["variants"], page.context["put_away"]) == ([], [sand])
    as_coordinator.post(reverse("variant-restore", args=[sand.pk]))
    assert named(tint) == ["Sand"]


def test_a_variants_pages_do_not_exist_behind_walls(
    as_coordinator: Client, walls: object, tint: Product, now: dt.datetime
) -> None:
    sand = ProductVariant.objects.create(product=tint, name="Sand")
    for name in ("variant-edit", "variant-archive", "variant-up"):
        assert as_coordinator.post(reverse(name, args=[sand.pk])).status_code == 404
