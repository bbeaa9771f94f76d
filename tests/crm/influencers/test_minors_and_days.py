"""Two things that depend on a day: whether somebody is a minor, and whether she is away."""

import datetime as dt

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from crm.influencers.actions.people import change_person
from crm.influencers.models import DayOff, Influencer, Representation
from crm.team.models import User
from crm.timeline.models import Entry
from crm.timeline.record import Actor
from tests.factories import InfluencerFactory, RepresentationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def kirana(organisation: object) -> Influencer:
    return InfluencerFactory(stage_name="Kirana Sari", zone="Asia/Jakarta")


def learn_birth_date(person: Influencer, birth_on: dt.date, by: User, at: dt.datetime) -> None:
    person.birth_on = birth_on
    assert change_person(person, [], seen=person.updated_at, at=at, actor=Actor.user(by))


def test_a_guardian_gets_the_mail_once_she_is_known_to_be_a_minor(
    kirana: Influencer, coordinator: User, now: dt.datetime
) -> None:
    guardian = RepresentationFactory(
        influencer=kirana, capacity=Representation.Capacity.GUARDIAN, receives_mail=False, contact__name="Ibu Sari"
    )
    agent = RepresentationFactory(influencer=kirana, capacity=Representation.Capacity.AGENT, receives_mail=False)
    learn_birth_date(kirana, dt.date(2010, 5, 1), coordinator, now)
    assert Representation.objects.get(pk=guardian.pk).receives_mail is True
    assert Representation.objects.get(pk=agent.pk).receives_mail is False
    assert list(Entry.objects.order_by("pk").values_list("verb", "sentence_en")) == [
        ("influencer.changed", "Changed the profile"),
        ("contact.stands", "Ibu Sari now: Guardian"),
    ]


def test_a_grown_persons_guardian_stays_without_mail(kirana: Influencer, coordinator: User, now: dt.datetime) -> None:
    guardian = RepresentationFactory(influencer=kirana, capacity=Representation.Capacity.GUARDIAN, receives_mail=False)
    learn_birth_date(kirana, dt.date(2000, 5, 1), coordinator, now)
    assert Representation.objects.get(pk=guardian.pk).receives_mail is False
    assert list(Entry.objects.values_list("verb", flat=True)) == ["influencer.changed"]


@pytest.mark.parametrize(
    ("moment", "away"),
    [
        ("2026-11-23T16:59:00+00:00", None),  # 23 November, 23.59 in Jakarta
        ("2026-11-23T17:00:00+00:00", dt.date(2026, 11, 24)),  # 24 November, 00.00 in Jakarta
        ("2026-11-24T16:59:00+00:00", dt.date(2026, 11, 24)),
        ("2026-11-24T17:00:00+00:00", None),
    ],
)
def test_she_is_away_on_her_days_as_the_reader_counts_them(
    as_coordinator: Client, kirana: Influencer, moment: str, away: dt.date | None
) -> None:
    day = dt.date(2026, 11, 24)
    DayOff.objects.create(influencer=kirana, start_on=day, end_on=day)
    with time_machine.travel(dt.datetime.fromisoformat(moment), tick=False):
        assert as_coordinator.get(reverse("person", args=[kirana.pk])).context["page"].ahead.away_until == away
        details = as_coordinator.get(reverse("person-details", args=[kirana.pk])).context["details"]
    assert [one.end_on for one in details.days_off] == ([] if moment == "2026-11-24T17:00:00+00:00" else [day])
