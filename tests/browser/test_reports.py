"""Reports in a real browser: nothing for axe to find, nothing wider than a phone, by day and by night."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.urls import reverse
from django.utils import timezone
from djmoney.money import Money
from playwright.sync_api import Page

from campaigns.planning.models import Campaign, Kpi, KpiKind
from crm.influencers.models import MetricSnapshot
from crm.team.models import User
from tests.factories import BrandFactory, CampaignFactory, CollaborationFactory, InfluencerFactory
from tests.factories.results import a_live_post, a_snapshot

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def campaign() -> Campaign:
    now = timezone.now()
    glow = CampaignFactory(
        name="Glow", brand=BrandFactory(name="Lumi Skincare"), budget=Money(185_000_000, "IDR"),
        start_on=(now - dt.timedelta(days=30)).date(), end_on=(now + dt.timedelta(days=10)).date(),
    )  # fmt: skip
    Kpi.objects.create(campaign=glow, kind=KpiKind.objects.get(code="reach"), target=20_000)
    Kpi.objects.create(campaign=glow, kind=KpiKind.objects.get(code="mentions"), baseline=10, closing=19)
    for number, followers in enumerate((48_000, 260_000)):
        card = CollaborationFactory(
            campaign=glow, influencer=InfluencerFactory(stage_name=f"Kirana {number}"), status="posting",
            fee=Money(4_500_000, "IDR"), promised_at=now - dt.timedelta(days=20 - number),
        )  # fmt: skip
        post = a_live_post(card, at=now - dt.timedelta(days=12 - number))
        MetricSnapshot.objects.create(account=post.deliverable.account, taken_at=now, followers=followers, reach=9_000)
        a_snapshot(post, followers=followers)
    return glow


@pytest.mark.parametrize("width", [1440, 390])
def test_everybody_can_read_a_report(
    open_page: Callable[..., Page], violations: Callable[[Page], list[str]], owner: User, width: int, campaign: Campaign
) -> None:
    for name in ("campaign-report", "campaign-tiers", "report-settings"):
        page = open_page(reverse(name, args=[campaign.pk]), user=owner, width=width)
        assert (name, page.complaints) == (name, [])  # type: ignore[attr-defined]
        assert (name, violations(page)) == (name, [])
        assert (name, page.evaluate("document.documentElement.scrollWidth")) == (name, width)
