"""People who can be written to, and a message to them."""

from collections.abc import Callable
from typing import Any

import pytest
from django.http import QueryDict

from campaigns.planning.models import Campaign, Collaboration
from crm.influencers.models import Influencer
from crm.messages import actions
from crm.messages.models import Message
from crm.outbox.models import Contact
from crm.team.models import User
from tests.conftest import NOW
from tests.factories import BrandFactory, ContactFactory, InfluencerFactory, RepresentationFactory

WORDS = {
    "subject_en": "The shoot moves",
    "text_en": "Hi {{ greeting }}, the shoot moves.",
    "subject_id": "Syuting pindah",
    "text_id": "Halo {{ greeting }}, syuting pindah.",
}


def reachable(name: str, **contact: Any) -> Influencer:
    """A person with a contact of her own."""
    person = InfluencerFactory(stage_name=name)
    RepresentationFactory(influencer=person, contact=ContactFactory(name=name, **contact))
    return person


def contact_of(person: Influencer) -> Contact:
    return Contact.objects.get(representations__influencer=person)


@pytest.fixture
def three(db: None) -> list[Influencer]:
    return [reachable("Ayu Lestari"), reachable("Bima Sakti", language="id"), reachable("Citra Dewi")]


@pytest.fixture
def written(coordinator: User) -> Callable[..., Message]:
    """A message kept and looked through, to these people."""

    def write(people: list[Influencer], **columns: Any) -> Message:
        asked = QueryDict(mutable=True)
        asked.setlist("ids", [str(person.pk) for person in people])
        number = Message.objects.count()
        message = Message(audience="people", key=f"k{number}", asked=asked.urlencode(), **{**WORDS, **columns})
        actions.write(message, asked, user=coordinator, now=NOW)
        actions.carry_on(message.pk, now=NOW)
        return Message.objects.get(pk=message.pk)

    return write


@pytest.fixture
def campaign(coordinator: User, three: list[Influencer]) -> Campaign:
    made = Campaign.objects.create(
        brand=BrandFactory(name="Lumi"), name="Glow Up", start_on=NOW.date(), end_on=NOW.date(), owner=coordinator,
        status="live",
    )  # fmt: skip
    for person in three:
        Collaboration.objects.create(campaign=made, influencer=person, status="making")
    return made
