"""Who is free on the campaign's days: what a promise to a rival says of somebody before anybody asks her."""

import datetime as dt

import pytest
from django.utils import timezone

from campaigns.planning.models import Campaign
from campaigns.shortlist.fit_free import Free
from campaigns.shortlist.fit_page import shortlist_of
from crm.base.models import Organisation
from crm.base.windows import day_window
from crm.brands.models import Brand, BrandAccess, Category
from crm.exclusivity.models import Clause, OutsideDeal
from crm.exclusivity.terms import ACT_NUMBERS, Act
from crm.influencers.models import Influencer
from crm.team.models import User
from tests.campaigns.shortlist.conftest import on_shortlist, person
from tests.conftest import NOW
from tests.factories import BrandFactory

pytestmark = pytest.mark.django_db
SKINCARE = "skincare"


@pytest.fixture
def skincare(campaign: Campaign) -> Campaign:
    campaign.category = Category.objects.get(slug=SKINCARE)
    campaign.save()
    return campaign


def promise(made: Influencer, first: dt.date, last: dt.date, brand: Brand | None = None) -> Clause:
    """She promised a rival not to post about other skincare."""
    clause = Clause.objects.create(
        influencer=made, brand=brand or senja(), act_numbers=frozenset({ACT_NUMBERS[Act.PAID_POST]}),
        standing="active", zone="Asia/Jakarta",
    )  # fmt: skip
    clause.categories.add(Category.objects.get(slug=SKINCARE))
    window = day_window(first, last, "Asia/Jakarta")
    clause.stretches.create(
        start_at=window.start_at, end_at=window.end_at, core_start_at=window.start_at, core_end_at=window.end_at,
        has_core=True,
    )  # fmt: skip
    return clause


def senja() -> Brand:
    return Brand.objects.filter(name="Senja").first() or BrandFactory(name="Senja")


def free(campaign: Campaign, user: User) -> Free:
    return shortlist_of(Campaign.objects.select_related("brand").get(pk=campaign.pk), user, NOW).rows[0].free


def test_nobody_stands_against_somebody_without_promises(skincare: Campaign, coordinator: User) -> None:
    on_shortlist(skincare, person("Kirana"))
    assert free(skincare, coordinator) == Free("Free", "ok")


def test_a_rivals_promise_beyond_the_campaign_bars_and_names_the_first_free_day(
    skincare: Campaign, coordinator: User
) -> None:
    made = person("Kirana")
    on_shortlist(skincare, made)
    promise(made, dt.date(2026, 11, 1), dt.date(2027, 3, 12))
    assert free(skincare, coordinator) == Free(
        "Barred until Fri, 12 Mar 2027", "bad", "For Senja. Free from Sat, 13 Mar 2027, after the campaign.",
        dt.date(2027, 3, 13),
    )  # fmt: skip


def test_a_promise_that_ends_within_the_campaign_leaves_the_rest_free(skincare: Campaign, coordinator: User) -> None:
    made = person("Kirana")
    on_shortlist(skincare, made)
    promise(made, dt.date(2026, 11, 1), dt.date(2026, 11, 30))
    assert free(skincare, coordinator) == Free(
        "Barred until Mon, 30 Nov 2026", "warn", "For Senja. Free from Tue, 1 Dec 2026.", dt.date(2026, 12, 1)
    )


def test_a_promise_that_begins_later_bars_on_some_days(skincare: Campaign, coordinator: User) -> None:
    made = person("Kirana")
    on_shortlist(skincare, made)
    promise(made, dt.date(2026, 12, 20), dt.date(2027, 1, 31))
    found = free(skincare, coordinator)
    assert (found.label, found.tone, found.free_on) == ("Barred on some days", "warn", dt.date(2026, 11, 24))


def test_two_promises_one_after_the_other_are_both_waited_for(skincare: Campaign, coordinator: User) -> None:
    made = person("Kirana")
    on_shortlist(skincare, made)
    promise(made, dt.date(2026, 11, 1), dt.date(2026, 12, 31))
    promise(made, dt.date(2027, 1, 1), dt.date(2027, 1, 31), BrandFactory(name="Fajar"))
    assert free(skincare, coordinator).free_on == dt.date(2027, 2, 1)


def test_an_exclusive_deal_elsewhere_counts_once_it_is_confirmed(skincare: Campaign, coordinator: User) -> None:
    made = person("Kirana")
    on_shortlist(skincare, made)
    deal = OutsideDeal.objects.create(
        influencer=made, brand_name="Rembulan", is_exclusive=True, category=Category.objects.get(slug=SKINCARE),
        start_on=dt.date(2026, 11, 1), end_on=dt.date(2027, 1, 31), zone="Asia/Jakarta",
    )  # fmt: skip
    told = free(skincare, coordinator)
    assert (told.label, told.tone, "nobody has confirmed it" in told.sentence) == ("Free, look first", "warn", True)
    deal.confirmed_at = timezone.now()
    deal.save()
    told = free(skincare, coordinator)
    assert told.label == "Barred until Sun, 31 Jan 2027"
    assert told.sentence == "For Rembulan. Free from Mon, 1 Feb 2027, after the campaign."


def test_behind_the_wall_the_rival_stays_unnamed(skincare: Campaign, coordinator: User) -> None:
    made = person("Kirana")
    on_shortlist(skincare, made)
    promise(made, dt.date(2026, 11, 1), dt.date(2027, 3, 12), BrandFactory(name="Zirkonia"))
    Organisation.objects.update(brand_walls=True)
    BrandAccess.objects.create(user=coordinator, brand=skincare.brand)
    walled = User.objects.get(pk=coordinator.pk)
    found = free(skincare, walled)
    assert found.sentence == "For a brand you do not work with. Free from Sat, 13 Mar 2027, after the campaign."
