"""EMV: off unless both want it, at printed rates, and never part of another figure."""

import datetime as dt
from decimal import Decimal

import pytest

from campaigns.planning.models import Campaign
from campaigns.results.emv import Emv, emv_of
from campaigns.results.formulas import Counts
from campaigns.results.models import EmvRate, ReportSettings
from campaigns.results.papers.book import sheets_of
from campaigns.results.reports.building import report_of
from campaigns.results.reports.chosen import chosen_for
from crm.base.models import Organisation
from tests.campaigns.results.papers.telling import KIRANA, post
from tests.factories import CampaignFactory, CollaborationFactory, PlatformFactory
from tests.factories.results import a_live_post, a_snapshot

pytestmark = pytest.mark.django_db
ON = dt.date(2026, 11, 24)


@pytest.fixture
def campaign(organisation: Organisation) -> Campaign:
    return CampaignFactory(name="Glow")


@pytest.fixture
def wanted(campaign: Campaign, organisation: Organisation) -> None:
    Organisation.objects.update(shows_emv=True)
    ReportSettings.objects.create(campaign=campaign, shows_emv=True)


@pytest.fixture
def rates(db: None) -> None:
    EmvRate.objects.all().delete()
    EmvRate.objects.create(metric="likes", value=Decimal(500), currency="IDR", source="own")
    EmvRate.objects.create(metric="reach", value=Decimal("0.5"), currency="USD", source="own")


def asked(campaign: Campaign, *more: object) -> Emv | None:
    wanted = chosen_for(campaign).shows_emv
    return emv_of([post(1, "Kirana", KIRANA), *more], wanted=wanted, currency="IDR", on=ON)  # type: ignore[list-item]


@pytest.mark.parametrize(("house", "report"), [(False, False), (True, False), (False, True)])
def test_it_is_off_until_the_house_and_the_report_want_it(
    campaign: Campaign, rates: None, house: bool, report: bool
) -> None:
    Organisation.objects.update(shows_emv=house)
    ReportSettings.objects.create(campaign=campaign, shows_emv=report)
    assert asked(campaign) is None


def test_it_is_the_counts_at_the_rates_of_one_currency(campaign: Campaign, wanted: None, rates: None) -> None:
    told = asked(campaign)
    assert told is not None
    assert (told.total, told.currency, str(told.name)) == (Decimal(570_000), "IDR", "EMV (own rates)")
    assert [(one.platform, one.label, one.rate, one.count) for one in told.lines] == [
        ("Instagram", "Likes", Decimal(500), 1_140)
    ]


def test_the_rate_of_a_platform_goes_before_the_one_of_all(campaign: Campaign, wanted: None, rates: None) -> None:
    EmvRate.objects.create(metric="likes", value=Decimal(300), platform=PlatformFactory(code="tiktok"), source="own")
    told = asked(campaign, post(2, "Sekar", KIRANA, platform="tiktok", platform_name="TikTok"))
    assert told is not None
    assert [(one.platform, one.rate) for one in told.lines] == [("Instagram", 500), ("TikTok", 300)]
    assert told.total == 1_140 * 500 + 1_140 * 300


def test_what_nobody_counted_is_worth_nothing_and_a_rate_that_is_over_holds_no_more(
    campaign: Campaign, wanted: None, rates: None
) -> None:
    assert emv_of([post(1, "Kirana", Counts())], wanted=True, currency="IDR", on=ON) is None
    EmvRate.objects.update(valid_to=ON - dt.timedelta(days=1))
    assert asked(campaign) is None


def test_no_other_figure_of_the_report_knows_of_it(
    campaign: Campaign, organisation: Organisation, rates: None, now: dt.datetime
) -> None:
    a_snapshot(a_live_post(CollaborationFactory(campaign=campaign, status="making")))
    before = report_of(campaign, now=now)
    Organisation.objects.update(shows_emv=True)
    ReportSettings.objects.create(campaign=campaign, shows_emv=True)
    after = report_of(campaign, now=now)
    assert (before.emv, after.emv is not None) == (None, True)
    assert after.counts == before.counts
    assert [tile.value for tile in after.tiles] == [tile.value for tile in before.tiles]


def test_its_rates_are_printed_in_the_workbook(campaign: Campaign, wanted: None, rates: None, now: dt.datetime) -> None:
    a_snapshot(a_live_post(CollaborationFactory(campaign=campaign, status="making")))
    _title, _heads, rows = sheets_of(report_of(campaign, now=now))[0]
    told = [row for row in rows if row[0] == "EMV (own rates)"]
    assert [(row[1], row[2]) for row in told] == [("Together", Decimal(570_000)), ("Likes, Instagram", Decimal(500))]
