"""A deal with Kirana of two Reels and four Stories a month, whose eleventh month is under way, and how she is reached."""

import datetime as dt

import pytest

from crm.ambassadors.models import AmbassadorDeal, DealPeriod, MakeGood, Program
from crm.influencers.models import Influencer
from crm.outbox.models import Contact
from tests.crm.ambassadors.conftest import DealOf, line_of
from tests.crm.ambassadors.showing.laid import State, period_of
from tests.crm.contracts.test_sending import stands


@pytest.fixture
def her(kirana: Influencer) -> Contact:
    return stands(kirana, "Kirana Maheswari", zone="Asia/Jakarta")


@pytest.fixture
def deal(deal_of: DealOf, kirana: Influencer, circle: Program) -> AmbassadorDeal:
    made = deal_of(person=kirana, program=circle)
    line_of(made, 4, "story")
    return made


@pytest.fixture
def november(deal: AmbassadorDeal) -> DealPeriod:
    """One of two Reels and all four Stories are posted; it ends on the 30th."""
    made = period_of(deal, 11, State.OPEN, (2, 1), (4, 4))
    DealPeriod.objects.filter(pk=made.pk).update(opened_at=dt.datetime(2026, 10, 31, 17, tzinfo=dt.UTC))
    made.refresh_from_db()
    return made


@pytest.fixture
def from_october(deal: AmbassadorDeal) -> MakeGood:
    """One Reel of October, to be made good by 9 December."""
    closed = period_of(deal, 10, State.CLOSED, (2, 1))
    line = deal.quotas.order_by("pk")[0]
    return MakeGood.objects.create(period=closed, line=line, quantity=1, due_on=dt.date(2026, 12, 9))
