"""Pasting a column: whose each line is, what it would do, what it did."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from crm.influencers.models import BulkRun, Influencer, Niche, Note, Platform
from crm.team.models import User
from crm.timeline.models import Entry
from tests.factories import InfluencerFactory, SocialAccountFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(db: None) -> list[Influencer]:
    found = [InfluencerFactory(stage_name=name, city="Solo") for name in ("Ayu", "Bima", "Citra")]
    for person, handle in zip(found, ("ayu.id", "bima", "citra"), strict=True):
        SocialAccountFactory(influencer=person, platform=Platform.objects.get(code="instagram"), handle=handle)
    return found


def paste(client: Client, field: str, text: str, way: str = "pairs", **more: Any) -> BulkRun:
    answer = client.post(reverse("paste-column"), {"field": field, "way": way, "text": text, **more})
    assert answer.status_code == 302, answer.context["form"].errors
    return BulkRun.objects.latest("pk")


def confirm(client: Client, run: BulkRun) -> None:
    client.post(reverse("bulk-run-continue", args=[run.pk]))


def lines(client: Client, run: BulkRun) -> list[tuple[str, str, str, str]]:
    page = client.get(reverse("bulk-run", args=[run.pk]))
    return [(line.name, line.becomes, line.outcome, line.why) for line in page.context["lines"]]


def test_two_columns_find_people_by_handle_address_and_name(
    as_coordinator: Client, coordinator: User, people: list[Influencer]
) -> None:
    InfluencerFactory(stage_name="Dewi")
    InfluencerFactory(stage_name="Dewi")
    text = "@Ayu.id\tkota malang\ninstagram.com/bima\tSolo\nCITRA\t\nDewi\tMedan\n@nobody\tMedan\nAyu\tMedan"
    run = paste(as_coordinator, "city", text)
    shown = [
        ("Ayu", "Solo → Malang", "Will change", ""),
        ("Bima", "Solo → Surakarta", "Will change", ""),
        ("Citra", "", "Left out", "Empty: stays as it is."),
        ("", "Medan", "Left out", "Several people are called so. Use the address of the profile."),
        ("", "Medan", "Left out", "Nobody has this handle or name."),
        ("Ayu", "Solo → Medan", "Left out", "Stands here twice; the first one counts."),
    ]
    assert lines(as_coordinator, run) == shown
    assert Entry.objects.filter(verb="influencer.changed").count() == 0
    confirm(as_coordinator, run)
    assert [line[2] for line in lines(as_coordinator, run)] == ["Changed", "Changed", *["Left out"] * 4]
    assert list(
        Influencer.objects.filter(pk__in=[one.pk for one in people]).order_by("pk").values_list("city", flat=True)
    ) == [
        "Malang",
        "Surakarta",
        "Solo",
    ]
    told = Entry.objects.filter(verb="influencer.changed").order_by("pk")
    assert list(told.values_list("influencer_id", "actor_id")) == [
        (people[0].pk, coordinator.pk),
        (people[1].pk, coordinator.pk),
    ]


def test_one_column_goes_onto_the_people_in_the_order_of_the_list(
    as_coordinator: Client, people: list[Influencer]
) -> None:
    InfluencerFactory(stage_name="Elsewhere", city="Medan")
    text = "aktif\n\nResting\nactive"
    run = paste(as_coordinator, "stage", text, "order", query="city=Solo&sort=name")
    InfluencerFactory(stage_name="Aa", city="Solo")
    confirm(as_coordinator, run)
    assert [(name, outcome) for name, _becomes, outcome, _why in lines(as_coordinator, run)] == [
        ("Ayu", "Left out"),
        ("Bima", "Left out"),
        ("Citra", "Changed"),
        ("", "Left out"),
    ]
    assert Influencer.objects.get(stage_name="Citra").stage == "resting"


@pytest.mark.parametrize(
    ("field", "value", "why"),
    [
        ("stage", "giant", "Not a stage. Write it as the list does."),
        ("main_niche", "astrology of cats", "Not one of the niches. Write it as the list does."),
        ("owner", "Nobody Known", "Nobody of the team has this name or e-mail address."),
        ("city", "x" * 101, "Too long for this field."),
        ("bar", "x" * 201, "Too long for this field."),
    ],
)
def test_a_value_the_field_cannot_hold_is_left_out_with_the_reason(
    as_coordinator: Client, people: list[Influencer], field: str, value: str, why: str
) -> None:
    run = paste(as_coordinator, field, f"@bima\t{value}")
    assert lines(as_coordinator, run)[0][2:] == ("Left out", why)
    confirm(as_coordinator, run)
    assert Entry.objects.filter(influencer=people[1]).count() == 0


def test_every_field_is_written_through_its_own_action(
    as_coordinator: Client, coordinator: User, people: list[Influencer], now: dt.datetime
) -> None:
    for field, value in {
        "stage": "Works with us",
        "main_niche": "sport",
        "owner": "dinda ayuningrum",
        "note": "Prefers calls",
        "bar": "Asked us on the phone",
    }.items():
        confirm(as_coordinator, paste(as_coordinator, field, f"@bima\t{value}"))
    bima = Influencer.objects.get(pk=people[1].pk)
    assert (bima.stage, bima.owner, bima.do_not_contact_why) == ("active", coordinator, "Asked us on the phone")
    assert bima.main_niche == Niche.objects.get(slug="sport")
    assert bima.do_not_contact_at is not None
    assert list(Note.objects.values_list("text", "influencer_id", "author_id")) == [
        ("Prefers calls", bima.pk, coordinator.pk)
    ]
    verbs = Entry.objects.filter(influencer=bima).order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == [*["influencer.changed"] * 3, "note.added", "influencer.do_not_contact"]


def test_what_somebody_changed_meanwhile_is_refused_row_by_row(
    as_coordinator: Client, people: list[Influencer]
) -> None:
    run = paste(as_coordinator, "city", "@ayu.id\tMalang\n@bima\tMalang\n@citra\tMalang")
    Influencer.objects.filter(pk=people[0].pk).update(city="Medan")
    people[1].accounts.all().delete()
    people[1].delete()
    confirm(as_coordinator, run)
    assert lines(as_coordinator, run) == [
        (
            "Ayu",
            "Solo → Malang",
            "Refused",
            "Somebody changed this to “Medan” meanwhile. Look at it, then paste again.",
        ),
        ("", "Solo → Malang", "Refused", "Is no longer here, or was merged into somebody else."),
        ("Citra", "Solo → Malang", "Changed", ""),
    ]
    assert list(Influencer.objects.order_by("pk").values_list("city", flat=True)) == ["Medan", "Malang"]


def test_the_page_knows_the_list_it_was_opened_from(as_coordinator: Client) -> None:
    page = as_coordinator.get(f"{reverse('paste-column')}?city=Solo&at=abc")
    assert page.context["form"].initial == {"query": "city=Solo", "at": "abc"}
    assert page.context["sentence"] == "People from Solo"


def test_a_column_costs_the_same_for_three_lines_as_for_one(
    as_coordinator: Client, people: list[Influencer], django_assert_num_queries: Any
) -> None:
    as_coordinator.get(reverse("paste-column"))
    url = reverse("paste-column")
    for text in ("@ayu.id\tMalang", "@ayu.id\tMalang\n@bima\tMalang\n@citra\tMalang"):
        with django_assert_num_queries(18):
            as_coordinator.post(url, {"field": "city", "way": "pairs", "text": text})
