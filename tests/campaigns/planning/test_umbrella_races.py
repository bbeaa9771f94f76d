"""Two colleagues who hang two campaigns into each other at once: one does, the other is told that it would be a ring."""

import datetime as dt
import threading

import pytest

from campaigns.planning import umbrella
from campaigns.planning.actions.campaigns import save_campaign
from campaigns.planning.models import Campaign
from crm.brands.models import Brand
from crm.timeline.models import Entry
from crm.timeline.record import SYSTEM
from tests.factories import BrandFactory, CampaignFactory
from tests.races import together

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]


def into_each_other(now: dt.datetime) -> tuple[list[str], int]:
    """What was raised, and how many of the two are part of the other afterwards."""
    brand = BrandFactory()
    first, second = CampaignFactory(brand=brand), CampaignFactory(brand=brand)

    def hang(campaign: Campaign, parent: Campaign) -> None:
        mine = Campaign.objects.select_related("brand").get(pk=campaign.pk)
        mine.parent = parent
        save_campaign(mine, at=now, actor=SYSTEM)

    raised = together(lambda: hang(first, second), lambda: hang(second, first))
    return raised, Campaign.objects.filter(brand=brand, parent__isnull=False).count()


def test_of_two_campaigns_hung_into_each_other_at_once_one_becomes_a_part(now: dt.datetime) -> None:
    assert [into_each_other(now) for _round in range(3)] == [(["Refused"], 1)] * 3
    assert Entry.objects.filter(verb="campaign.changed").count() == 3


def test_control_without_holding_the_house_they_would_be_a_ring_or_lock_each_other_out(
    now: dt.datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Which of the two depends on who writes first; that nobody is told never does."""
    both_looked = threading.Barrier(2)

    def without_holding(brand: Brand) -> int:
        return umbrella.house_of(brand)

    look = umbrella.why_not_part

    def slowly(campaign: Campaign, parent: Campaign, house: int | None = None) -> str:
        found = look(campaign, parent, house)
        both_looked.wait(timeout=10)
        return found

    monkeypatch.setattr(umbrella, "hold_house", without_holding)
    monkeypatch.setattr(umbrella, "why_not_part", slowly)
    assert into_each_other(now) in [([], 2), (["OperationalError"], 1)]
