"""The brief is accepted in passing: with the tick beside her signature, in the same press."""

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal

import pytest
import time_machine

from campaigns.briefs.acceptance import standing_of
from campaigns.briefs.models import BriefAck
from campaigns.planning.actions.contracts import Wish, write_contract
from campaigns.planning.models import Campaign, Collaboration
from crm.base.models import Organisation
from crm.contracts.actions.sending import send
from crm.contracts.models import Contract, Signature
from crm.timeline.record import Actor
from tests.campaigns.briefs.conftest import released, said
from tests.crm.contracts.visiting import Visitor, open_page
from tests.factories import CollaborationFactory, ContactFactory, InfluencerFactory, RepresentationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock(now: dt.datetime) -> Iterator[None]:
    with time_machine.travel(now, tick=False):
        yield


@pytest.fixture
def card(campaign: Campaign) -> Collaboration:
    kirana = InfluencerFactory(stage_name="Kirana Maheswari")
    contact = ContactFactory(name="Kirana Maheswari", zone="Asia/Jakarta", language="en")
    RepresentationFactory(influencer=kirana, contact=contact)
    return CollaborationFactory(campaign=campaign, influencer=kirana, status="in_talks", fee=2_000_000)


@pytest.fixture
def contract(card: Collaboration, actor: Actor, now: dt.datetime) -> Contract:
    """Sent, in a house where a name and a tick are enough."""
    Organisation.load()
    Organisation.objects.update(contracts_by_code_above=Decimal(10_000_000))
    contract = write_contract(card, Wish(), at=now, actor=actor)
    send(contract, at=now, actor=actor)
    contract.refresh_from_db()
    return contract


@pytest.fixture
def visitor(card: Collaboration, contract: Contract, campaign: Campaign, actor: Actor, now: dt.datetime) -> Visitor:
    released(campaign, said(pose="Standing", disclosure="#ad"), now, actor)
    return open_page(card.influencer.representations.get().contact, card.influencer, campaign.brand)


def sign(visitor: Visitor, contract: Contract, **ticked: str) -> None:
    form = {"name": "Kirana Maheswari", "yes": "on", "document": contract.document_sha256, **ticked}
    answer = visitor.client.post(visitor.at("sign", contract.pk), form)
    assert (answer.status_code, Signature.objects.count()) == (302, 1)


def test_one_press_signs_and_accepts(card: Collaboration, contract: Contract, visitor: Visitor) -> None:
    name = f"brief-{standing_of(stored(card)).token}"
    page = visitor.client.get(visitor.at("sign", contract.pk)).content.decode()
    assert f'name="{name}"' in page
    assert "I have read the brief (version 1)" in page
    sign(visitor, contract, **{name: "on"})
    ack = BriefAck.objects.get()
    assert (ack.collaboration_id, ack.version.number, ack.contact) == (
        card.pk, 1, card.influencer.representations.get().contact,
    )  # fmt: skip


def test_a_signature_without_the_tick_accepts_nothing(
    card: Collaboration, contract: Contract, visitor: Visitor
) -> None:
    sign(visitor, contract)
    assert BriefAck.objects.count() == 0
    assert standing_of(stored(card)).state == "waits"


def stored(card: Collaboration) -> Collaboration:
    return Collaboration.objects.select_related("campaign").get(pk=card.pk)
