"""Prices in depth: read from her words, dated, with what drove them; a newer one ends the older the day before."""

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from djmoney.money import Money

from crm.influencers.actions import refresh_main_account
from crm.influencers.models import Format, Influencer, MetricSnapshot, Platform, RateCard, SocialAccount
from crm.influencers.prices_said import read_said
from crm.influencers.queries.prices import prices_of
from crm.timeline.models import Entry
from tests.factories import InfluencerFactory, SocialAccountFactory

pytestmark = pytest.mark.django_db

TODAY = dt.date(2026, 11, 24)


@pytest.fixture(autouse=True)
def _clock(now: dt.datetime) -> Iterator[None]:
    with time_machine.travel(now, tick=False):
        yield


@pytest.fixture
def instagram(db: None) -> SocialAccount:
    person = InfluencerFactory(stage_name="Kirana Maheswari")
    account = SocialAccountFactory(
        influencer=person, platform=Platform.objects.get(code="instagram"), handle="kirana", followers=34_200
    )
    refresh_main_account(person)
    return account


@pytest.fixture
def kirana(instagram: SocialAccount) -> Influencer:
    return instagram.influencer


def name_price(client: Client, person: Influencer, **typed: Any) -> Any:
    data = {"currency": "IDR", "valid_from": "2026-11-24", **typed}
    return client.post(reverse("rate-new", args=[person.pk]), data)


def said(answer: Any) -> list[str]:
    """The words after the save, without those that still wait from the save before."""
    return [str(message) for message in answer.wsgi_request._messages][1:]


def shown(person: Influencer) -> list[tuple[str, str, str]]:
    prices = prices_of(person, TODAY)
    return [
        (str(line.rate.price.amount), str(line.ends_on or ""), "over" if line.is_over else "stands")
        for line in [*prices.standing, *prices.over]
    ]


@pytest.mark.parametrize(
    ("words", "price"),
    [
        ("1 reel 3 story 2,8jt nett", ("2800000.0", "2800000.0", "IDR", "", "1 reel + 3 story", "net")),
        ("2jt/reel", ("2000000", "2000000", "IDR", "reel", "", "")),
        ("reel 1,5jt - 2jt", ("1500000.0", "2000000", "IDR", "reel", "", "")),
        ("500-750rb story", ("500000", "750000", "IDR", "story", "", "")),
        ("2,8jt 1 reel + 3 story", ("2800000.0", "2800000.0", "IDR", "", "1 reel + 3 story", "")),
        ("3 story 900rb gross", ("900000", "900000", "IDR", "", "3 story", "gross")),
        ("$150 per reel", ("150", "150", "USD", "reel", "", "")),
        ("750rb", ("750000", "750000", "IDR", "", "", "")),
        ("1 reel: 2jt, 1 story 500rb", None),
        ("nego", None),
        ("", None),
    ],
)
def test_a_price_is_read_from_her_words(words: str, price: tuple[str, ...] | None) -> None:
    read = read_said(words)
    assert (tuple(str(part) for part in read) if read else None) == price


def test_her_words_are_enough(as_coordinator: Client, kirana: Influencer) -> None:
    assert name_price(as_coordinator, kirana, as_said="1 reel 3 story 2,8jt nett").status_code == 302
    rate = RateCard.objects.get()
    assert (rate.price, rate.price_to, rate.package, rate.format, rate.tax, rate.as_said) == (
        Money("2800000", "IDR"), None, "1 reel + 3 story", None, "net", "1 reel 3 story 2,8jt nett",
    )  # fmt: skip


def test_one_thing_in_her_words_is_a_format_of_her_account(as_coordinator: Client, kirana: Influencer) -> None:
    name_price(as_coordinator, kirana, as_said="500-750rb / story")
    rate = RateCard.objects.get()
    assert rate.format == Format.objects.get(platform__code="instagram", code="story")
    assert (rate.price, rate.price_to) == (Money("500000", "IDR"), Decimal(750_000))


def test_what_is_filled_in_counts_more_than_the_words(as_coordinator: Client, kirana: Influencer) -> None:
    name_price(as_coordinator, kirana, as_said="2jt/reel", amount="1,7 jt", package="2 reel")
    rate = RateCard.objects.get()
    assert (rate.price, rate.package, rate.format) == (Money("1700000", "IDR"), "2 reel", None)


@pytest.mark.parametrize(
    ("typed", "field", "words"),
    [
        ({}, "amount", "Write a price here, or her words above."),
        ({"as_said": "nego"}, "amount", "No single price was found in her words. Write it here."),
        (
            {"as_said": "1 reel: 2jt, 1 story 500rb"},
            "amount",
            "No single price was found in her words. Write it here.",
        ),
    ],
)
def test_words_without_one_price_ask_for_it(
    as_coordinator: Client, kirana: Influencer, typed: dict[str, str], field: str, words: str
) -> None:
    answer = name_price(as_coordinator, kirana, **typed)
    assert answer.status_code == 422
    assert answer.context["form"].errors == {field: [words]}
    assert answer.context["form"]["as_said"].value() == typed.get("as_said")
    assert not RateCard.objects.exists()


def test_a_format_and_a_package_at_once_are_refused(as_coordinator: Client, kirana: Influencer) -> None:
    story = Format.objects.get(platform__code="instagram", code="story")
    answer = name_price(as_coordinator, kirana, amount="1jt", format=story.pk, package="2 story")
    assert answer.context["form"].errors == {
        "package": ["A price is for one format or for a package. Clear one of the two."]
    }
    assert not RateCard.objects.exists()


def test_a_newer_price_ends_the_older_the_day_before_and_says_so(as_coordinator: Client, kirana: Influencer) -> None:
    name_price(as_coordinator, kirana, amount="1jt", valid_from="2026-06-01")
    answer = name_price(as_coordinator, kirana, amount="1,5jt", valid_from="2026-11-20")
    assert said(answer) == [
        "The price before it, IDR\u00a01,000,000, ends on 19 November 2026.",
        "The price is on file.",
    ]
    assert shown(kirana) == [("1500000.00", "", "stands"), ("1000000.00", "2026-11-19", "over")]
    assert [rate.price.amount for rate in RateCard.objects.valid_on(TODAY)] == [Decimal(1_500_000)]
    assert [rate.price.amount for rate in RateCard.objects.valid_on(dt.date(2026, 11, 19))] == [Decimal(1_000_000)]


def test_a_price_taken_away_lets_the_older_hold_again(as_coordinator: Client, kirana: Influencer) -> None:
    name_price(as_coordinator, kirana, amount="1jt", valid_from="2026-06-01")
    name_price(as_coordinator, kirana, amount="9jt", valid_from="2026-11-20")
    wrong = RateCard.objects.get(price=9_000_000)
    as_coordinator.post(reverse("detail-remove", args=[kirana.pk, "prices", wrong.pk]))
    assert shown(kirana) == [("1000000.00", "", "stands")]


def test_a_price_written_down_late_ends_before_the_newer_one(as_coordinator: Client, kirana: Influencer) -> None:
    name_price(as_coordinator, kirana, amount="1,5jt", valid_from="2026-11-20")
    assert said(name_price(as_coordinator, kirana, amount="1jt", valid_from="2026-06-01")) == ["The price is on file."]
    assert shown(kirana) == [("1500000.00", "", "stands"), ("1000000.00", "2026-11-19", "over")]


def test_prices_for_other_things_and_accounts_stand_side_by_side(
    as_coordinator: Client, kirana: Influencer, instagram: SocialAccount
) -> None:
    story = Format.objects.get(platform__code="instagram", code="story")
    for more in ({}, {"format": story.pk}, {"account": instagram.pk}, {"package": "1 reel + 3 story"}):
        assert name_price(as_coordinator, kirana, amount="1jt", **more).status_code == 302
    assert len(prices_of(kirana, TODAY).standing) == 4
    assert RateCard.objects.valid_on(TODAY).count() == 4


def test_two_prices_for_the_same_from_one_day_are_refused(as_coordinator: Client, kirana: Influencer) -> None:
    name_price(as_coordinator, kirana, amount="1jt")
    answer = name_price(as_coordinator, kirana, amount="2jt")
    assert answer.status_code == 422
    assert answer.context["form"].non_field_errors() == [
        "There is a price for the same from that very day. Correct that one, or choose another first day."
    ]
    assert [rate.price.amount for rate in RateCard.objects.all()] == [Decimal(1_000_000)]


def test_a_correction_may_keep_its_day_but_not_take_anothers(as_coordinator: Client, kirana: Influencer) -> None:
    name_price(as_coordinator, kirana, amount="1jt", valid_from="2026-06-01")
    name_price(as_coordinator, kirana, amount="2jt")
    newer = RateCard.objects.get(price=2_000_000)
    url = reverse("rate-edit", args=[kirana.pk, newer.pk])
    seen = as_coordinator.get(url).context["form"]["seen"].value()
    sent = {"currency": "IDR", "amount": "2,5jt", "valid_from": "2026-11-24", "seen": seen}
    assert as_coordinator.post(url, {**sent, "valid_from": "2026-06-01"}).status_code == 422
    assert as_coordinator.post(url, sent).status_code == 302
    assert [rate.price.amount for rate in RateCard.objects.order_by("valid_from")] == [
        Decimal(1_000_000), Decimal(2_500_000),
    ]  # fmt: skip


def test_the_last_day_is_shown_and_what_is_over_is_folded(as_coordinator: Client, kirana: Influencer) -> None:
    name_price(as_coordinator, kirana, amount="1jt", valid_to="2026-12-31")
    name_price(as_coordinator, kirana, amount="2jt", package="2 reel", valid_from="2026-01-01", valid_to="2026-11-23")
    page = as_coordinator.get(reverse("person-details", args=[kirana.pk])).content.decode()
    assert "valid to Thu, 31 Dec 2026" in page
    assert "One earlier price" in page
    assert shown(kirana) == [("1000000.00", "2026-12-31", "stands"), ("2000000.00", "2026-11-23", "over")]


def test_what_drove_a_price_is_kept_with_it(
    as_coordinator: Client, kirana: Influencer, instagram: SocialAccount, now: dt.datetime
) -> None:
    MetricSnapshot.objects.create(account=instagram, taken_at=now, followers=34_200, likes=1_200, comments=168)
    name_price(as_coordinator, kirana, amount="1jt")
    rate = RateCard.objects.get()
    assert (rate.followers, rate.engagement_rate) == (34_200, Decimal("4.000"))
    SocialAccount.objects.update(followers=99_000)
    page = as_coordinator.get(reverse("person-details", args=[kirana.pk])).content.decode()
    assert "at 34.2k followers, engagement 4%" in page


def test_a_price_of_somebody_without_accounts_has_no_drivers(as_coordinator: Client) -> None:
    person = InfluencerFactory()
    name_price(as_coordinator, person, amount="1jt")
    rate = RateCard.objects.get()
    assert (rate.followers, rate.engagement_rate) == (None, None)


def test_the_story_tells_the_package_and_the_tax(as_coordinator: Client, kirana: Influencer) -> None:
    name_price(as_coordinator, kirana, as_said="1 reel 3 story 2,8jt nett")
    rate = RateCard.objects.get()
    as_coordinator.post(reverse("detail-remove", args=[kirana.pk, "prices", rate.pk]))
    changes = Entry.objects.get(verb="rate.removed").changes
    assert (changes["package"], changes["tax"]) == (["1 reel + 3 story", ""], ["net: tax comes on top", ""])


def test_prices_cost_one_query_however_many(kirana: Influencer) -> None:
    costs = []
    for number in range(3):
        RateCard.objects.create(influencer=kirana, price=1, package=f"{number} reel", valid_from=TODAY)
        with CaptureQueriesContext(connection) as caught:
            prices_of(kirana, TODAY)
        costs.append(len(caught))
    assert costs == [1, 1, 1]
