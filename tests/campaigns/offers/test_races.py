"""Two colleagues offer at once, she says yes while we take it back: exactly one wins; a control shows it would not else."""

import datetime as dt
import threading

import pytest
from django.db import transaction

from campaigns.offers.actions.answers import accept
from campaigns.offers.actions.rounds import standing_offer
from campaigns.offers.actions.sending import Ask, send_offer, withdraw
from campaigns.offers.models import Offer
from campaigns.planning.models import Collaboration
from crm.timeline.record import SYSTEM
from tests.factories import CollaborationFactory
from tests.races import together

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]
ASK = Ask(dt.date(2026, 11, 29), by_myself=True)


def fresh(card: Collaboration) -> Collaboration:
    return Collaboration.objects.select_related("campaign__brand", "campaign__owner", "influencer").get(pk=card.pk)


def test_of_two_offers_at_once_one_is_made(now: dt.datetime) -> None:
    for _round in range(3):
        card = CollaborationFactory(status="shortlist", fee=1_000_000)

        def send(card: Collaboration = card) -> None:
            send_offer(fresh(card), ASK, at=now, actor=SYSTEM)

        assert together(send, send) == ["Refused"]
        assert list(Offer.objects.filter(collaboration=card).values_list("status", flat=True)) == ["open"]


def test_without_holding_the_card_both_would_look_and_only_the_constraint_would_stop_one(now: dt.datetime) -> None:
    card = CollaborationFactory(status="in_talks", fee=1_000_000)
    both_looked = threading.Barrier(2)

    def send() -> None:
        with transaction.atomic():
            assert standing_offer(card) is None
            both_looked.wait()
            Offer.objects.create(collaboration=card, sent_at=now)

    assert together(send, send) == ["IntegrityError"]


def test_her_yes_and_our_withdrawal_never_both_happen(now: dt.datetime) -> None:
    for _round in range(3):
        card = CollaborationFactory(status="shortlist", fee=1_000_000)
        send_offer(fresh(card), ASK, at=now, actor=SYSTEM)

        def say_yes(card: Collaboration = card) -> None:
            accept(fresh(card), at=now, actor=SYSTEM)

        def take_back(card: Collaboration = card) -> None:
            withdraw(fresh(card), at=now, actor=SYSTEM)

        assert together(say_yes, take_back) == ["Refused"]
        offer = Offer.objects.get(collaboration=card)
        assert (offer.status, fresh(card).status) in [("accepted", "agreed"), ("withdrawn", "in_talks")]
