"""When two people become one, their deals go along and come back; ledgers stay as they were written and are read through."""

import datetime as dt

import pytest

from crm.ambassadors.models import AmbassadorDeal, Program
from crm.influencers.merging.actions import merge, part
from crm.influencers.models import Influencer
from crm.payments.models import LedgerLine
from crm.timeline.record import SYSTEM
from tests.crm.ambassadors.conftest import DealOf
from tests.factories import InfluencerFactory
from tests.factories.ambassadors import ledger_line

pytestmark = pytest.mark.django_db


@pytest.fixture
def twin(db: None) -> Influencer:
    return InfluencerFactory(stage_name="Kirana M.")


def test_deals_go_along_and_come_back(
    deal_of: DealOf, kirana: Influencer, twin: Influencer, circle: Program, now: dt.datetime
) -> None:
    hers, others = deal_of(person=kirana, program=circle), deal_of(person=twin, program=circle)
    done = merge(kirana.pk, twin.pk, {}, at=now, actor=SYSTEM)
    assert list(AmbassadorDeal.objects.of_person(kirana.pk).order_by("pk")) == [hers, others]
    assert AmbassadorDeal.objects.filter(influencer=twin).count() == 0
    part(done, at=now, actor=SYSTEM)
    assert AmbassadorDeal.objects.get(influencer=twin) == others
    assert AmbassadorDeal.objects.get(influencer=kirana) == hers


def test_a_ledger_line_keeps_whom_it_was_written_for_and_is_read_through(
    kirana: Influencer, twin: Influencer, now: dt.datetime
) -> None:
    line = ledger_line(1)
    written_for = line.influencer
    merge(kirana.pk, written_for.pk, {}, at=now, actor=SYSTEM)
    assert LedgerLine.objects.get().influencer == written_for
    assert LedgerLine.objects.of_person(kirana.pk).get() == line
    assert LedgerLine.objects.of_person(twin.pk).count() == 0
