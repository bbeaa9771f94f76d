"""What an ambassador gets beside her retainer is told by the rules that hold for her, not by those before her time."""

import datetime as dt

import pytest

from crm.ambassadors.models import CommissionRule, Program, ProgramTier
from crm.ambassadors.showing.gets import gets_of
from crm.base.zones import local_date
from tests.crm.ambassadors.conftest import DealOf

pytestmark = pytest.mark.django_db


def test_a_deal_that_has_not_begun_tells_the_commission_it_begins_with(
    deal_of: DealOf, circle: Program, now: dt.datetime
) -> None:
    today = local_date(now, "Asia/Jakarta")
    begins_on = today + dt.timedelta(days=20)
    Program.objects.filter(pk=circle.pk).update(has_tiers=True)
    circle.refresh_from_db()
    bronze = ProgramTier.objects.create(program=circle, rank=1, name="Bronze")
    CommissionRule.objects.create(tier=bronze, rate_bp=500, from_on=today - dt.timedelta(days=300))
    deal = deal_of(
        program=circle, tier=bronze, start_on=begins_on, end_on=begins_on + dt.timedelta(days=364), signed=False
    )
    own = CommissionRule.objects.create(deal=deal, rate_bp=800, from_on=begins_on)
    assert gets_of(deal, [], today).rule == own
