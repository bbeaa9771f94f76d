"""A campaign of November 2026 with a budget; today is Tuesday 24 November, 10.00 WIB."""

import datetime as dt
from typing import Any

import pytest
from djmoney.money import Money

from campaigns.planning.models import Campaign, Collaboration, Kpi, KpiKind
from campaigns.results.reports.building import report_of
from campaigns.results.reports.shape import Report
from crm.base.models import Organisation
from tests.factories import BrandFactory, CampaignFactory, CollaborationFactory, InfluencerFactory
from tests.factories.results import WENT_OUT

NOW = dt.datetime(2026, 11, 24, 3, 0, tzinfo=dt.UTC)


@pytest.fixture
def campaign(organisation: Organisation) -> Campaign:
    return CampaignFactory(
        name="Glow", brand=BrandFactory(name="Lumi"), goal="advocacy", budget=Money(20_000_000, "IDR"),
        start_on=dt.date(2026, 11, 1), end_on=dt.date(2026, 11, 30),
    )  # fmt: skip


def card_of(campaign: Campaign, name: str = "Kirana Maheswari", fee: int = 4_500_000, **more: Any) -> Collaboration:
    words = {"status": "posting", "promised_at": WENT_OUT, "influencer": InfluencerFactory(stage_name=name), **more}
    return CollaborationFactory(campaign=campaign, fee=Money(fee, "IDR") if fee else None, **words)


def aim(campaign: Campaign, code: str, **values: Any) -> Kpi:
    return Kpi.objects.create(campaign=campaign, kind=KpiKind.objects.get(code=code), **values)


def told(campaign: Campaign, **more: Any) -> Report:
    return report_of(Campaign.objects.get(pk=campaign.pk), now=NOW, **more)
