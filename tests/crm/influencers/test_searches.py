"""People in the search of the whole house."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from crm.base.places import Found
from crm.influencers.models import Influencer
from crm.influencers.queries import search
from crm.influencers.searches import find_people
from crm.team.models import User
from tests.factories import InfluencerFactory, SocialAccountFactory

pytestmark = pytest.mark.django_db


def test_people_are_found_by_name_and_by_any_handle(viewer: User) -> None:
    kirana = InfluencerFactory(stage_name="Kirana Maheswari", city="Solo")
    SocialAccountFactory(influencer=kirana, handle="rumah.kirana")
    expected = [Found("Kirana Maheswari", "Solo", reverse("person", args=[kirana.pk]), "person")]
    for words in ("mahes", "@rumah", "MAH.KIR", "ki"):
        assert find_people(viewer, words, 5) == expected, words


def test_the_archive_stays_out(viewer: User, now: dt.datetime) -> None:
    InfluencerFactory(stage_name="Kirana Lama", archived_at=now)
    assert find_people(viewer, "kirana", 5) == []


def test_those_with_most_followers_come_first(viewer: User) -> None:
    Influencer.objects.bulk_create(Influencer(stage_name=f"Kirana {n}", followers=n) for n in range(4))
    assert [one.label for one in find_people(viewer, "kirana", 3)] == ["Kirana 3", "Kirana 2", "Kirana 1"]


def test_more_than_a_search_may_hand_over_are_found_all_the_same(
    as_coordinator: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "FEW", 2)
    Influencer.objects.bulk_create(Influencer(stage_name=f"Kirana {n}") for n in range(5))
    page = as_coordinator.get(reverse("people"), {"q": "kirana"})
    assert [line.name for line in page.context["found"].page.rows] == [f"Kirana {n}" for n in range(4, -1, -1)]
