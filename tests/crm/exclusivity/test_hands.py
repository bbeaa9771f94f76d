"""A brand changes hands: what it means for promises is shown first, then kept, with everything in line."""

import datetime as dt

import pytest
from django.test import Client

from campaigns.planning.models import Collaboration
from crm.brands.hands import change_hands, hands_of
from crm.brands.models import Brand, BrandOwner, BrandOwnership
from crm.exclusivity.models import Claim, Finding
from crm.influencers.models import Influencer
from crm.team.models import Role, User
from crm.timeline.models import Entry
from crm.timeline.record import Actor
from tests.campaigns.planning.test_promises import deal, on, promise
from tests.crm.exclusivity.conftest import category
from tests.factories import BrandFactory, BrandOwnerFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager(coordinator: User) -> User:
    return UserFactory(role=Role.MANAGER)


@pytest.fixture
def group(db: None) -> BrandOwner:
    return BrandOwnerFactory(name="Kartika Group")


@pytest.fixture
def ours(kirana: Influencer, group: BrandOwner, now: dt.datetime, actor: Actor) -> Collaboration:
    """Lumi of the Kartika Group has a week either side of 10 December."""
    lumi = BrandFactory(name="Lumi", owner=group, category=category("skincare"))
    card = deal(kirana, "Lumi", on(12, 10), brand=lumi)
    promise(card)
    card.put("agreed", at=now, actor=actor)
    return card


@pytest.fixture
def sister(kirana: Influencer, group: BrandOwner, ours: Collaboration, now: dt.datetime, actor: Actor) -> Brand:
    """Sekar, of the same house, works with her two days later: no conflict among sisters."""
    sekar = BrandFactory(name="Sekar", owner=group, category=category("skincare"))
    deal(kirana, "Sekar", on(12, 12), brand=sekar).put("agreed", at=now, actor=actor)
    return sekar


def typed(on: str = "2026-11-01", **changes: str) -> dict[str, str]:
    return {"house": "Rimba Raya", "on": on, **changes}


def test_what_follows_is_shown_before_anything_is_kept(client: Client, manager: User, sister: Brand) -> None:
    client.force_login(manager)
    response = client.post(f"/brands/{sister.pk}/hands/", typed())
    assert (response.status_code, len(response.context["follows"].new), response.context["follows"].gone) == (
        200,
        1,
        [],
    )
    assert "Kirana Maheswari promised exclusivity to Lumi" in response.content.decode()
    sister.refresh_from_db()
    assert (sister.owner.name, BrandOwnership.objects.count(), Finding.objects.filter(severity=3).count()) == (
        "Kartika Group", 0, 0,
    )  # fmt: skip
    assert not BrandOwner.objects.filter(name="Rimba Raya").exists()


def test_kept_it_is_found_and_told_and_claims_name_the_new_house(
    client: Client, manager: User, sister: Brand, now: dt.datetime
) -> None:
    client.force_login(manager)
    assert client.post(f"/brands/{sister.pk}/hands/", typed(sure="1")).status_code == 302
    sister.refresh_from_db()
    assert sister.owner.name == "Rimba Raya"
    assert [(hand.owner.name, hand.start_on, hand.end_on, hand.is_now) for hand in hands_of(sister, now.date())] == [
        ("Kartika Group", None, dt.date(2026, 10, 31), False),
        ("Rimba Raya", dt.date(2026, 11, 1), None, True),
    ]
    assert Finding.objects.filter(severity=3).count() == 1
    claim = Claim.objects.get(brand=sister, side=1)
    assert (claim.house.name, claim.active, claim.why) == ("Rimba Raya", False, "fact")
    assert Entry.objects.get(verb="brand.hands").changes == {"owner": ["Kartika Group", "Rimba Raya"]}


def test_a_day_ahead_leaves_the_house_of_today(sister: Brand, manager: User, now: dt.datetime) -> None:
    change_hands(sister, None, "Rimba Raya", dt.date(2027, 1, 1), by=manager, at=now)
    sister.refresh_from_db()
    assert sister.owner.name == "Kartika Group"
    assert [(hand.owner.name, hand.start_on, hand.end_on, hand.is_now) for hand in hands_of(sister, now.date())] == [
        ("Kartika Group", None, dt.date(2026, 12, 31), True),
        ("Rimba Raya", dt.date(2027, 1, 1), None, False),
    ]
    assert Finding.objects.filter(severity=3).count() == 0


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"house": "", "on": "2026-11-01"}, "owner"),
        ({"house": "Kartika Group", "on": "2026-11-01"}, "house"),
        ({"house": "Rimba Raya", "on": "soon"}, "on"),
        ({"house": "Rimba Raya", "on": ""}, "on"),
    ],
)
def test_what_cannot_be_kept_is_asked_again(
    client: Client, manager: User, sister: Brand, sent: dict[str, str], field: str
) -> None:
    client.force_login(manager)
    response = client.post(f"/brands/{sister.pk}/hands/", sent | {"sure": "1"})
    assert (response.status_code, list(response.context["form"].errors)) == (422, [field])
    assert BrandOwnership.objects.count() == 0


def test_a_second_change_before_the_first_has_come_is_refused(
    client: Client, manager: User, sister: Brand, now: dt.datetime
) -> None:
    change_hands(sister, None, "Rimba Raya", dt.date(2027, 1, 1), by=manager, at=now)
    client.force_login(manager)
    response = client.post(f"/brands/{sister.pk}/hands/", typed(house="Bumi Asri", sure="1"))
    assert (response.status_code, BrandOwnership.objects.count()) == (422, 1)


def test_the_page_of_the_brand_tells_its_houses(
    as_coordinator: Client, sister: Brand, manager: User, now: dt.datetime
) -> None:
    change_hands(sister, None, "Rimba Raya", dt.date(2026, 11, 1), by=manager, at=now)
    page = as_coordinator.get(f"/brands/{sister.pk}/").content.decode()
    assert "until Sat, 31 Oct 2026" in page and "since Sun, 1 Nov 2026" in page
    assert f"/brands/{sister.pk}/hands/" not in page
