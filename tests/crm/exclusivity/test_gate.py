"""A promise is stored when the gate returns: it is a transaction of its own, and refuses to be part of another."""

import datetime as dt

import pytest
from django.db import transaction

from campaigns.planning.models import Collaboration
from crm.exclusivity.models import Claim
from crm.influencers.models import Influencer
from crm.timeline.record import SYSTEM
from tests.crm.exclusivity.deals import agreed, deal, on, post_of, promise

pytestmark = pytest.mark.django_db


@pytest.fixture
def card(kirana: Influencer) -> Collaboration:
    made = deal(kirana, "Lumi", on(12, 10))
    promise(made)
    return made


def test_agreeing_inside_another_transaction_is_refused_and_nothing_is_promised(
    card: Collaboration, now: dt.datetime
) -> None:
    with pytest.raises(RuntimeError, match="durable atomic block cannot be nested"), transaction.atomic():
        agreed(card, now)
    card.refresh_from_db()
    assert (card.status, Claim.objects.count()) == ("in_talks", 0)


def test_what_follows_a_promise_is_part_of_the_transaction_that_changed_it(
    card: Collaboration, now: dt.datetime
) -> None:
    agreed(card, now)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        post_of(card).reschedule(draft_due_on=None, post_due_on=on(12, 20), at=now, actor=SYSTEM)
        raise ZeroDivisionError
    assert post_of(card).post_due_on == on(12, 10)
    assert Claim.objects.get(side=1).start_at == dt.datetime(2026, 12, 9, 17, tzinfo=dt.UTC)
