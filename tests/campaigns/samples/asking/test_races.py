"""Two colleagues ask for the same thing at once: it is asked for once; a control shows that it would not be else."""

import datetime as dt
import threading

import pytest
from django.db import transaction

from campaigns.planning.models import Collaboration
from campaigns.samples.asking.actions import Wanted, ask_for
from campaigns.samples.models import SampleItem, SampleRequest
from crm.brands.models import Product
from crm.timeline.record import SYSTEM
from tests.factories import SampleItemFactory, SampleRequestFactory
from tests.races import together

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]


def test_it_is_asked_for_once(card: Collaboration, serum: Product, now: dt.datetime) -> None:
    def act() -> None:
        ask_for(
            card.influencer, card.campaign.brand, [Wanted(serum)], card=card, purpose="contractual",
            owner=card.campaign.owner, at=now, actor=SYSTEM,
        )  # fmt: skip

    assert together(act, act) == ["Refused"]
    assert SampleRequest.objects.count() == 1


def test_without_holding_the_person_both_would_look_and_write(card: Collaboration, serum: Product) -> None:
    both_looked = threading.Barrier(2)

    def act() -> None:
        with transaction.atomic():
            assert not SampleItem.objects.filter(request__collaboration=card, product=serum).exists()
            both_looked.wait()
            SampleItemFactory(
                request=SampleRequestFactory(collaboration=card, owner=card.campaign.owner), product=serum
            )

    assert together(act, act) == []
    assert SampleRequest.objects.count() == 2
