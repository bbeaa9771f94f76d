import pytest

from crm.base.seeding import lay_all
from crm.base.zones import zone_info
from crm.brands.models import Category, Territory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def laid() -> None:
    lay_all()


def test_indonesia_has_its_thirty_eight_provinces_in_their_zones() -> None:
    provinces = Territory.objects.filter(parent__code="id", kind=Territory.Kind.PROVINCE)

    assert provinces.count() == 38
    assert {zone: provinces.filter(zone=zone).count() for zone in provinces.values_list("zone", flat=True)} == {
        "Asia/Jakarta": 16,
        "Asia/Pontianak": 2,
        "Asia/Makassar": 12,
        "Asia/Jayapura": 8,
    }


def test_every_province_has_a_city_in_its_own_zone() -> None:
    cities = Territory.objects.filter(kind=Territory.Kind.CITY).select_related("parent")

    assert {city.parent_id for city in cities} == set(
        Territory.objects.filter(kind=Territory.Kind.PROVINCE).values_list("pk", flat=True)
    )
    assert [city.code for city in cities if city.parent is None or city.zone != city.parent.zone] == []
    assert Territory.objects.get(name="Makassar").zone == "Asia/Makassar"


def test_every_zone_exists() -> None:
    assert all(zone_info(zone) for zone in Territory.objects.values_list("zone", flat=True).distinct())


def test_sunscreen_lies_within_skincare_within_beauty() -> None:
    sunscreen = Category.objects.select_related("parent__parent").get(slug="sunscreen")

    assert sunscreen.parent and sunscreen.parent.parent
    assert (sunscreen.parent.slug, sunscreen.parent.parent.slug) == ("skincare", "beauty")
