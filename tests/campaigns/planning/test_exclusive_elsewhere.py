"""Exclusive with a brand that is none of ours: a word while it is only told, a refusal once somebody made sure."""

import datetime as dt
from collections.abc import Iterator

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from campaigns.planning.models import Collaboration
from crm.exclusivity.models import OutsideDeal
from tests.campaigns.planning.test_promises import category, deal, on
from tests.factories import InfluencerFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _clock(now: dt.datetime) -> Iterator[None]:
    with time_machine.travel(now, tick=False):
        yield


@pytest.fixture
def card() -> Collaboration:
    return deal(InfluencerFactory(stage_name="Kirana Maheswari"), "Lumi", on(12, 10))


@pytest.fixture
def elsewhere(card: Collaboration) -> OutsideDeal:
    return OutsideDeal.objects.create(
        influencer=card.influencer, brand_name="Senja Glow", category=category("skincare"), end_on=on(12, 20),
        zone="Asia/Jakarta", is_exclusive=True, source="declared", as_said="Sampai 20 Desember ya Kak.",
    )  # fmt: skip


def agree(client: Client, card: Collaboration) -> tuple[int, str]:
    response = client.post(reverse("collaboration-put", args=[card.pk]), {"to": "agreed"})
    card.refresh_from_db()
    return response.status_code, card.status


def test_only_told_it_warns(as_coordinator: Client, card: Collaboration, elsewhere: OutsideDeal) -> None:
    page = as_coordinator.get(reverse("collaboration", args=[card.pk])).content.decode()
    assert "Exclusive elsewhere, with Senja Glow" in page
    assert agree(as_coordinator, card) == (302, "agreed")


def test_confirmed_it_refuses_and_names_the_first_free_day(
    as_coordinator: Client, card: Collaboration, elsewhere: OutsideDeal
) -> None:
    as_coordinator.post(reverse("deal-confirm", args=[card.influencer_id, elsewhere.pk]))
    assert agree(as_coordinator, card) == (409, "in_talks")
    response = as_coordinator.post(reverse("collaboration-put", args=[card.pk]), {"to": "agreed"})
    page = response.context["page"]
    assert (page.first.told.title, page.way.on) == ("Exclusive elsewhere, with Senja Glow", on(12, 21))
    assert "Post on Mon 21 Dec instead" in response.content.decode()


def test_not_sure_after_all_it_warns_again(as_coordinator: Client, card: Collaboration, elsewhere: OutsideDeal) -> None:
    for step in ("deal-confirm", "deal-doubt"):
        as_coordinator.post(reverse(step, args=[card.influencer_id, elsewhere.pk]))
    assert agree(as_coordinator, card) == (302, "agreed")
