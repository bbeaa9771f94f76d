"""Whom a person reaches: read in one line, checked, kept with its day and source, the older beside the newest."""

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from crm.brands.models import Persona
from crm.influencers.models import Audience, AudienceShare, Influencer, Platform, ReplyCount
from crm.influencers.queries.audience import audience_of
from crm.influencers.shares import read_shares, write_shares
from crm.team.models import User
from crm.timeline.models import Entry
from tests.factories import BrandFactory, InfluencerFactory, SocialAccountFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _clock(now: dt.datetime) -> Iterator[None]:
    with time_machine.travel(now, tick=False):
        yield


@pytest.fixture
def kirana(db: None) -> Influencer:
    return InfluencerFactory(stage_name="Kirana Maheswari")


TYPED = {"numbers": "25-34 62 %, 18-24: 20%, women 81,5 %\nSurabaya 40 %; Bandung 12", "source": "Her insights"}


def count(client: Client, person: Influencer, **typed: Any) -> Any:
    data = {**TYPED, "counted_on": "2026-11-20", **typed}
    return client.post(reverse("audience-new", args=[person.pk]), data)


def parts(audience: Audience) -> list[tuple[str, str, Decimal]]:
    return list(audience.shares.order_by("pk").values_list("kind", "label", "percent"))


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("25-34 62 %", "25-34 62 %"),
        ("25 – 34: 62,5%", "25-34 62.5 %"),
        ("62% 25-34", "25-34 62 %"),
        ("40 % Surabaya", "Surabaya 40 %"),
        ("Perempuan 81, laki-laki 19", "women 81 %, men 19 %"),
        ("45+ 3,5%", "45+ 3.5 %"),
        ("Kab. Bandung Barat 7", "Kab. Bandung Barat 7 %"),
        ("18-24 20,5 %,25-34 30 %", "18-24 20.5 %, 25-34 30 %"),
        (" ; \n", ""),
    ],
)
def test_parts_are_read_in_every_habit(text: str, read: str) -> None:
    assert write_shares(read_shares(text)) == read


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("25-34", "“25-34” was not understood. Write who and how many, such as 25-34 62 % or Surabaya 40 %."),
        ("Surabaya", "“Surabaya” was not understood. Write who and how many, such as 25-34 62 % or Surabaya 40 %."),
        ("women 0 %", "“women 0 %” was not understood. Write who and how many, such as 25-34 62 % or Surabaya 40 %."),
        ("women 101", "“women 101” was not understood. Write who and how many, such as 25-34 62 % or Surabaya 40 %."),
        ("34-25 10", "“34-25 10” was not understood. Write who and how many, such as 25-34 62 % or Surabaya 40 %."),
        ("25-34 62 %, 18-24 40 %", "The ages add up to 102 %, more than everybody. Check the numbers."),
        ("women 60, men 41", "The genders add up to 101 %, more than everybody. Check the numbers."),
        ("25-34 40, 30-44 10", "The ages 25-34 and 30-44 overlap. Write bands that follow each other."),
        ("45+ 4, 55-64 1", "The ages 45+ and 55-64 overlap. Write bands that follow each other."),
        ("Solo 10, solo 20", "“solo” stands there twice. Keep one of them."),
    ],
)
def test_what_cannot_be_is_named(text: str, said: str) -> None:
    with pytest.raises(ValidationError) as refused:
        read_shares(text)
    assert refused.value.messages == [said]


def test_an_audience_is_kept_with_its_day_its_source_and_the_places_on_file(
    as_coordinator: Client, kirana: Influencer
) -> None:
    personas = list(Persona.objects.filter(slug__in=["families", "young-mothers"]))
    assert count(as_coordinator, kirana, personas=[one.pk for one in personas]).status_code == 302
    audience = Audience.objects.get()
    assert (audience.influencer, audience.counted_on, audience.source) == (
        kirana, dt.date(2026, 11, 20), "Her insights",
    )  # fmt: skip
    assert parts(audience) == [
        ("age", "18-24", Decimal(20)),
        ("age", "25-34", Decimal(62)),
        ("gender", "women", Decimal("81.5")),
        ("place", "Surabaya", Decimal(40)),
        ("place", "Bandung", Decimal(12)),
    ]
    assert AudienceShare.objects.get(label="Surabaya").territory.kind == "city"  # type: ignore[union-attr]
    assert set(audience.personas.all()) == set(personas)
    told = Entry.objects.get(verb="audience.added")
    assert (told.influencer_id, told.sentence_en) == (
        kirana.pk,
        "Counted the audience: 18-24 20 %, 25-34 62 %, Women 81.5 %, Surabaya 40 %, Bandung 12 %",
    )


def test_a_country_and_its_towns_are_parts_of_two_wholes(as_coordinator: Client, kirana: Influencer) -> None:
    assert count(as_coordinator, kirana, numbers="Indonesia 95 %, Surabaya 40 %, Bandung 12 %").status_code == 302
    refused = count(as_coordinator, kirana, numbers="Surabaya 70 %, Bandung 40 %, Indonesia 95 %")
    assert refused.status_code == 422
    assert refused.context["form"].errors == {
        "numbers": ["The places add up to 110 %, more than everybody. Check the numbers."]
    }
    assert Audience.objects.count() == 1


@pytest.mark.parametrize(
    ("typed", "field", "said"),
    [
        ({"numbers": ""}, "numbers", "This field is required."),
        ({"numbers": " , "}, "numbers", "Write at least one part, such as 25-34 62 %."),
        ({"counted_on": "2026-11-25"}, "counted_on", "This day has not come yet. When was it counted?"),
        ({"source": ""}, "source", "This field is required."),
    ],
)
def test_an_audience_without_numbers_day_or_source_is_refused_and_what_was_typed_stays(
    as_coordinator: Client, kirana: Influencer, typed: dict[str, str], field: str, said: str
) -> None:
    answer = count(as_coordinator, kirana, **typed)
    assert answer.status_code == 422
    assert answer.context["form"].errors == {field: [said]}
    assert answer.context["form"]["source"].value() == {**TYPED, **typed}["source"]
    assert not Audience.objects.exists()


def test_two_personas_are_the_most(as_coordinator: Client, kirana: Influencer) -> None:
    three = list(Persona.objects.values_list("pk", flat=True)[:3])
    answer = count(as_coordinator, kirana, personas=three)
    assert answer.context["form"].errors == {"personas": ["Choose the two that say most; more would fit everybody."]}
    assert not Audience.objects.exists()


def test_another_persons_account_cannot_be_named(as_coordinator: Client, kirana: Influencer) -> None:
    other = SocialAccountFactory(platform=Platform.objects.get(code="tiktok"))
    assert count(as_coordinator, kirana, account=other.pk).status_code == 422
    assert not Audience.objects.exists()


def test_a_correction_shows_what_was_typed_and_tells_what_changed(
    as_coordinator: Client, kirana: Influencer, now: dt.datetime
) -> None:
    count(as_coordinator, kirana)
    audience = Audience.objects.get()
    url = reverse("audience-edit", args=[kirana.pk, audience.pk])
    form = as_coordinator.get(url).context["form"]
    assert form["numbers"].value() == "18-24 20 %, 25-34 62 %, women 81.5 %, Surabaya 40 %, Bandung 12 %"
    sent = {
        "numbers": "women 80 %", "counted_on": "2026-11-20", "source": "Her insights", "seen": form["seen"].value()
    }  # fmt: skip
    with time_machine.travel(now + dt.timedelta(minutes=1), tick=False):
        assert as_coordinator.post(url, sent).status_code == 302
    assert parts(audience) == [("gender", "women", Decimal(80))]
    told = Entry.objects.get(verb="audience.changed")
    assert told.changes == {
        "shares": ["18-24 20 %, 25-34 62 %, women 81.5 %, Surabaya 40 %, Bandung 12 %", "women 80 %"]
    }
    stale = as_coordinator.post(url, {**sent, "numbers": "women 70 %"})
    assert stale.status_code == 422
    assert parts(audience) == [("gender", "women", Decimal(80))]


def test_a_count_can_be_taken_away_and_the_story_keeps_it(as_coordinator: Client, kirana: Influencer) -> None:
    count(as_coordinator, kirana, numbers="women 80 %")
    as_coordinator.post(reverse("audience-remove", args=[kirana.pk, Audience.objects.get().pk]))
    assert not Audience.objects.exists()
    assert Entry.objects.get(verb="audience.removed").changes == {"shares": ["women 80 %", ""]}


def test_each_account_shows_its_newest_count_and_the_older_stay(
    as_coordinator: Client, coordinator: User, kirana: Influencer
) -> None:
    account = SocialAccountFactory(influencer=kirana, platform=Platform.objects.get(code="instagram"))
    for day, of in (("2026-03-01", account.pk), ("2026-11-01", account.pk), ("2026-06-01", "")):
        count(as_coordinator, kirana, counted_on=day, account=of)
    reached = audience_of(kirana, coordinator)
    assert [str(one.audience.counted_on) for one in reached.newest] == ["2026-11-01", "2026-06-01"]
    assert [str(one.audience.counted_on) for one in reached.older] == ["2026-03-01"]
    page = as_coordinator.get(reverse("person-panels", args=[kirana.pk])).content.decode()
    assert "One earlier count" in page


def test_brands_that_speak_to_the_same_people_are_named(
    as_coordinator: Client, coordinator: User, kirana: Influencer
) -> None:
    families, teens = Persona.objects.get(slug="families"), Persona.objects.get(slug="teens")
    BrandFactory(name="Nusa Oral").personas.add(families)
    BrandFactory(name="Lumi").personas.add(teens)
    count(as_coordinator, kirana, personas=[families.pk])
    assert [one.sought_by for one in audience_of(kirana, coordinator).newest] == [["Nusa Oral"]]


def test_audiences_cost_the_same_however_many(as_coordinator: Client, coordinator: User) -> None:
    costs = []
    coordinator.brand_ids()
    for times in (1, 3):
        person = InfluencerFactory()
        for number in range(times):
            platform = list(Platform.objects.all())[number]
            account = SocialAccountFactory(influencer=person, platform=platform)
            families = Persona.objects.get(slug="families")
            count(as_coordinator, person, account=account.pk, personas=[families.pk])
        with CaptureQueriesContext(connection) as caught:
            audience_of(person, coordinator)
        costs.append(len(caught))
    assert costs == [4, 4]


def test_answered_comments_are_counted_by_whoever_looked(as_coordinator: Client, kirana: Influencer) -> None:
    url = reverse("reply-count-new", args=[kirana.pk])
    sent = {"posts": "12", "percent": "80", "counted_on": "2026-11-20", "note": "Within a day"}
    assert as_coordinator.post(url, sent).status_code == 302
    kept = ReplyCount.objects.get()
    assert (kept.posts, kept.share, kept.note) == (12, Decimal("0.8"), "Within a day")
    assert Entry.objects.get().sentence_en == "Answers 80 % of the comments, by the last 12 posts"
    for wrong in ({"posts": "0"}, {"percent": "101"}, {"percent": "-1"}, {"counted_on": "2026-12-01"}, {"posts": ""}):
        assert as_coordinator.post(url, {**sent, **wrong}).status_code == 422
    assert ReplyCount.objects.count() == 1
    as_coordinator.post(reverse("reply-count-remove", args=[kirana.pk, kept.pk]))
    assert not ReplyCount.objects.exists()


def test_a_viewer_sees_the_audience_and_changes_nothing(
    as_viewer: Client, as_coordinator: Client, kirana: Influencer
) -> None:
    count(as_coordinator, kirana)
    page = as_viewer.get(reverse("person-panels", args=[kirana.pk])).content.decode()
    assert "Surabaya" in page
    assert "/audience/" not in page
    assert count(as_viewer, kirana).status_code == 403
    assert Audience.objects.count() == 1
