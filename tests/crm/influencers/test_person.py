"""A person's page: what it shows, to whom, at what price."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from crm.influencers.actions import refresh_main_account
from crm.influencers.models import (
    Address,
    DayOff,
    Influencer,
    MetricSnapshot,
    Niche,
    Note,
    Platform,
    RateCard,
    Representation,
    Tag,
)
from crm.influencers.queries.person import PersonPage
from crm.outbox.models import Contact
from crm.reminders.models import Todo
from crm.team.models import User
from crm.timeline.record import Actor, record
from tests.conftest import today_here
from tests.factories import ContactFactory, InfluencerFactory, RepresentationFactory, SocialAccountFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def kirana(db: None) -> Influencer:
    person = InfluencerFactory(stage_name="Kirana Maheswari", city="Bandung")
    SocialAccountFactory(
        influencer=person, platform=Platform.objects.get(code="instagram"), handle="kirana", followers=34_000
    )
    contact = ContactFactory(name="Kirana Maheswari", email="kirana@contoh.example", phone="+6281290001234")
    RepresentationFactory(influencer=person, contact=contact)
    refresh_main_account(person)
    return person


def shown(client: Client, person: Influencer) -> PersonPage:
    response = client.get(reverse("person", args=[person.pk]))
    assert response.status_code == 200
    page: PersonPage = response.context["page"]
    return page


def html(client: Client, name: str, person: Influencer) -> str:
    return client.get(reverse(name, args=[person.pk])).content.decode()


def test_engagement_is_computed_from_its_parts_and_shown_beside_what_was_given(
    as_coordinator: Client, kirana: Influencer, now: dt.datetime
) -> None:
    account = kirana.accounts.get()
    MetricSnapshot.objects.create(
        account=account, taken_at=now, followers=34_000, likes=1_200, comments=160, engagement_rate=Decimal("5.1")
    )
    counted, rate = shown(as_coordinator, kirana).engagement or (None, None)
    assert counted is not None
    assert (rate, counted.given_share) == (Decimal("0.04"), Decimal("0.051"))


def test_an_unknown_part_makes_the_rate_unknown_and_never_zero(
    as_coordinator: Client, kirana: Influencer, now: dt.datetime
) -> None:
    MetricSnapshot.objects.create(account=kirana.accounts.get(), taken_at=now, followers=34_000, likes=1_200)
    assert (shown(as_coordinator, kirana).engagement or ())[1] is None


def test_sponsored_and_organic_numbers_stay_apart_and_withdrawn_ones_away(
    as_coordinator: Client, kirana: Influencer, now: dt.datetime
) -> None:
    account = kirana.accounts.get()
    day = dt.timedelta(days=1)
    for nature, age, likes in (("organic", 1, 900), ("sponsored", 1, 400), ("sponsored", 9, 800), ("overall", 2, 700)):
        MetricSnapshot.objects.create(
            account=account, taken_at=now - age * day, nature=nature, followers=30_000, likes=likes
        )
    MetricSnapshot.objects.create(account=account, taken_at=now, likes=1, nature="organic", withdrawn_at=now)
    newest = shown(as_coordinator, kirana).accounts[0].newest
    assert [(counted.nature, counted.likes) for counted, _rate in newest] == [
        ("overall", 700),
        ("organic", 900),
        ("sponsored", 400),
    ]


def test_the_same_account_has_its_tier_in_every_scheme(as_coordinator: Client, kirana: Influencer) -> None:
    card = shown(as_coordinator, kirana).accounts[0]
    assert card.tier == "Micro"
    assert "Mediakix: Micro" in card.other_tiers
    assert "Marketeers" not in card.other_tiers


def test_the_head_says_what_one_must_know_first(as_coordinator: Client, kirana: Influencer) -> None:
    today = today_here()
    Influencer.objects.filter(pk=kirana.pk).update(
        do_not_contact_at=timezone.now(), do_not_contact_why="Wrote to us", birth_on=today - dt.timedelta(days=365 * 16)
    )
    DayOff.objects.create(influencer=kirana, start_on=today, end_on=today + dt.timedelta(days=3))
    page = shown(as_coordinator, kirana)
    assert (page.is_barred, page.needs_guardian, page.age) == (True, True, 15)
    assert page.ahead.away_until == today + dt.timedelta(days=3)
    text = html(as_coordinator, "person", kirana)
    for words in ("Do not contact", "Minor, no guardian", "Away until", "Wrote to us"):
        assert words in text


@pytest.mark.parametrize(
    ("until", "words"),
    [
        (None, "Wrote to us. This holds until somebody allows it again."),
        (dt.date(2030, 3, 12), "Wrote to us. This holds until Tue, 12 Mar 2030, that day included."),
    ],
)
def test_do_not_contact_stands_at_the_head_with_its_reason_and_its_end(
    as_coordinator: Client, kirana: Influencer, until: dt.date | None, words: str
) -> None:
    Influencer.objects.filter(pk=kirana.pk).update(
        do_not_contact_at=timezone.now(), do_not_contact_why="Wrote to us.", do_not_contact_until=until
    )
    assert shown(as_coordinator, kirana).barred_words == words
    text = html(as_coordinator, "person", kirana)
    assert words in text[: text.index("<h1")]


@pytest.mark.parametrize(
    ("way", "words"), [("email", "Prefers E-mail"), ("whatsapp", "Prefers WhatsApp"), ("call", "Prefers Phone call")]
)
def test_the_head_says_how_she_likes_to_be_reached(
    as_coordinator: Client, kirana: Influencer, way: str, words: str
) -> None:
    Contact.objects.filter(representations__influencer=kirana).update(prefers=way)
    text = html(as_coordinator, "person", kirana)
    assert words in text[text.index("<h1") : text.index('class="facts"')]


@pytest.mark.parametrize(("starts_in", "shows"), [(0, True), (13, True), (14, False)])
def test_days_off_of_the_next_two_weeks_are_a_line_below_the_facts(
    as_coordinator: Client, kirana: Influencer, starts_in: int, *, shows: bool
) -> None:
    start = today_here() + dt.timedelta(days=starts_in)
    DayOff.objects.create(influencer=kirana, start_on=start, end_on=start)
    assert ('class="ahead"' in html(as_coordinator, "person", kirana)) is shows


def test_nobody_is_shown_twice_for_being_away_twice(as_coordinator: Client, kirana: Influencer) -> None:
    today = today_here()
    for first, last in ((0, 1), (2, 3), (8, 8), (20, 30)):
        DayOff.objects.create(
            influencer=kirana, start_on=today + dt.timedelta(days=first), end_on=today + dt.timedelta(days=last)
        )
    day = today + dt.timedelta(days=8)
    assert shown(as_coordinator, kirana).ahead.periods == ((today, today + dt.timedelta(days=3)), (day, day))


def test_a_guardian_on_file_ends_the_warning(as_coordinator: Client, kirana: Influencer) -> None:
    Influencer.objects.filter(pk=kirana.pk).update(birth_on=today_here() - dt.timedelta(days=365 * 16))
    RepresentationFactory(influencer=kirana, capacity=Representation.Capacity.GUARDIAN)
    assert not shown(as_coordinator, kirana).needs_guardian
    text = html(as_coordinator, "person", kirana)
    assert ("Minor, 15" in text, "Minor, no guardian" in text) == (True, False)


def test_what_an_import_could_not_read_is_folded(as_coordinator: Client, kirana: Influencer) -> None:
    Note.objects.create(influencer=kirana, text="Answers after 19.00")
    Note.objects.create(influencer=kirana, kind=Note.Kind.UNREAD, text="DM dulu ya")
    details = as_coordinator.get(reverse("person-details", args=[kirana.pk])).context["details"]
    assert [note.text for note in details.notes] == ["Answers after 19.00"]
    assert [note.text for note in details.unread] == ["DM dulu ya"]


def test_open_tasks_about_her_are_counted(
    as_coordinator: Client, coordinator: User, kirana: Influencer, now: dt.datetime
) -> None:
    Todo.objects.create(text="Call her", influencer_ref=kirana.pk, due_at=now)
    Todo.objects.create(text="Ask again", influencer_ref=kirana.pk)
    Todo.objects.create(text="Was done", influencer_ref=kirana.pk, done_at=now)
    Todo.objects.create(text="Somebody else", influencer_ref=kirana.pk + 1)
    page = shown(as_coordinator, kirana)
    assert (page.open_tasks, page.next_task_at) == (2, now)


SECRETS = ("kirana@contoh.example", "812-9000-1234", "6281290001234", "Jl. Rahasia 7")


def test_a_viewer_sees_no_address_and_no_number(as_viewer: Client, as_coordinator: Client, kirana: Influencer) -> None:
    Address.objects.create(
        influencer=kirana, recipient="Kirana", phone="+6281290001234", street="Jl. Rahasia 7", city="Solo", postcode="1"
    )
    both = html(as_coordinator, "person", kirana) + html(as_coordinator, "person-details", kirana)
    assert [secret in both for secret in SECRETS] == [True, True, True, True]
    seen = html(as_viewer, "person", kirana) + html(as_viewer, "person-details", kirana)
    assert [secret in seen for secret in SECRETS] == [False, False, False, False]


def test_a_viewer_is_offered_nothing_that_changes(as_viewer: Client, kirana: Influencer) -> None:
    text = html(as_viewer, "person", kirana) + html(as_viewer, "person-details", kirana)
    for part in ("/edit/", "/new/", "/archive/", "/do-not-contact/", "/told-me/", "Withdraw"):
        assert part not in text


@pytest.mark.parametrize(("name", "words"), [("person-details", "Days off"), ("person-panels", "Campaigns")])
def test_parts_come_alone_for_the_page_and_as_a_page_for_whoever_has_no_script(
    as_coordinator: Client, kirana: Influencer, name: str, words: str
) -> None:
    url = reverse(name, args=[kirana.pk])
    assert "<html" in as_coordinator.get(url).content.decode()
    part = as_coordinator.get(url, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    assert words in part
    assert url in html(as_coordinator, "person", kirana)


@pytest.mark.parametrize("name", ["person", "person-details", "person-panels", "person-edit"])
def test_nobody_is_found_under_another_number(as_coordinator: Client, name: str) -> None:
    assert as_coordinator.get(reverse(name, args=[999_999])).status_code == 404


def fill(person: Influencer, times: int, actor: User, now: dt.datetime) -> None:
    """As many of everything as asked."""
    platforms = list(Platform.objects.all())
    niches = list(Niche.objects.all())
    for number in range(times):
        account = SocialAccountFactory(influencer=person, platform=platforms[number])
        MetricSnapshot.objects.create(account=account, taken_at=now, likes=number)
        RepresentationFactory(influencer=person, capacity=Representation.Capacity.AGENT)
        Note.objects.create(influencer=person, text="Note", author=actor)
        person.niches.add(niches[number])
        person.tags.add(Tag.objects.create(name=f"Tag {person.pk} {number}"))
        RateCard.objects.create(influencer=person, price=Decimal(1), valid_from=now.date())
        DayOff.objects.create(influencer=person, start_on=now.date(), end_on=now.date() + dt.timedelta(days=900))
        Address.objects.create(
            influencer=person, recipient="A", phone="+6281290001234", street="B", city="C", postcode="1"
        )
        record("note.added", "Wrote", at=now, actor=Actor.user(actor), subject=person, influencer=person)


def queries(ask: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as caught:
        ask()
    return len(caught)


def test_the_page_costs_the_same_with_one_of_everything_and_with_three(
    as_coordinator: Client, coordinator: User, now: dt.datetime
) -> None:
    born = now.date() - dt.timedelta(days=365 * 16)
    one, three = InfluencerFactory(birth_on=born), InfluencerFactory(birth_on=born)
    fill(one, 1, coordinator, now)
    fill(three, 3, coordinator, now)
    as_coordinator.get(reverse("person", args=[one.pk]))
    costs = [queries(lambda pk=pk: as_coordinator.get(reverse("person", args=[pk]))) for pk in (one.pk, three.pk)]
    assert costs == [12, 12]
    details = [
        queries(lambda pk=pk: as_coordinator.get(reverse("person-details", args=[pk]))) for pk in (one.pk, three.pk)
    ]
    assert details == [9, 9]
