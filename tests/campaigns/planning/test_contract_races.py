"""Two colleagues write the contract of one card at the same moment: there is one; a control shows what it would be else."""

import datetime as dt
import threading

import pytest
from django.db import transaction

from campaigns.planning.actions.contracts import Wish, write_contract
from campaigns.planning.models import Collaboration
from crm.contracts.actions.drafting import draft
from crm.contracts.models import Contract
from crm.timeline.record import SYSTEM
from tests.factories import CollaborationFactory, DeliverableFactory
from tests.races import together

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]


def fresh(card: Collaboration) -> Collaboration:
    return Collaboration.objects.select_related("campaign__brand", "influencer").get(pk=card.pk)


def test_one_card_gets_one_contract_whoever_presses_first(now: dt.datetime) -> None:
    for _round in range(5):
        card = CollaborationFactory(status="in_talks")
        DeliverableFactory(collaboration=card)
        both_ready = threading.Barrier(2)

        def write(card: Collaboration = card, both_ready: threading.Barrier = both_ready) -> None:
            mine = fresh(card)
            both_ready.wait()
            write_contract(mine, Wish(), at=now, actor=SYSTEM)

        assert together(write, write) == ["Refused"]
        party = fresh(card).party
        assert party is not None
        assert list(Contract.objects.filter(brand=card.campaign.brand)) == [party.contract]
        assert set(card.deliverables.values_list("promised__contract", flat=True)) == {party.contract_id}


def test_without_holding_the_card_there_would_be_two(now: dt.datetime) -> None:
    card = CollaborationFactory(status="in_talks")
    both_looked = threading.Barrier(2)

    def write() -> None:
        mine = fresh(card)
        with transaction.atomic():
            assert mine.party_id is None
            both_looked.wait()
            blank = Contract(title="Twice", brand=mine.campaign.brand, owner=mine.campaign.owner)
            contract = draft(blank, [mine.influencer], at=now, actor=SYSTEM)
            Collaboration.objects.filter(pk=mine.pk).update(party=contract.parties.talents().get())

    assert together(write, write) == []
    assert Contract.objects.filter(brand=card.campaign.brand).count() == 2
