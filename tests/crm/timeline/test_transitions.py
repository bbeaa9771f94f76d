"""A status changes only by compare-and-set, and is told in the timeline."""

import datetime as dt

import pytest
from django.utils.translation import gettext_lazy as _

from campaigns.planning.models import Campaign
from crm.timeline.models import Entry
from crm.timeline.record import SYSTEM
from crm.timeline.transitions import TransitionRefused, may_move, move
from tests.factories import CampaignFactory

pytestmark = pytest.mark.django_db


def pause(campaign: Campaign, now: dt.datetime) -> None:
    move(campaign, "paused", moves=Campaign.MOVES, at=now, actor=SYSTEM, verb="campaign.paused", sentence=_("Campaign"))


def test_a_move_changes_the_row_and_tells_the_timeline(now: dt.datetime) -> None:
    campaign = CampaignFactory(status="live")
    pause(campaign, now)
    campaign.refresh_from_db()
    assert campaign.status == "paused"
    entry = Entry.objects.get()
    assert (entry.verb, entry.changes, entry.subject) == (
        "campaign.paused",
        {"status": ["live", "paused"]},
        f"campaigns.campaign:{campaign.pk}",
    )
    assert entry.sentence_en == "Campaign"


def test_a_move_from_a_wrong_status_is_refused_and_changes_nothing(now: dt.datetime) -> None:
    campaign = CampaignFactory(status="draft")
    assert not may_move(campaign, "paused", Campaign.MOVES)
    with pytest.raises(TransitionRefused):
        pause(campaign, now)
    campaign.refresh_from_db()
    assert campaign.status == "draft"
    assert Entry.objects.count() == 0


def test_the_slower_of_two_people_is_refused(now: dt.datetime) -> None:
    campaign = CampaignFactory(status="live")
    same = Campaign.objects.get(pk=campaign.pk)
    pause(campaign, now)
    with pytest.raises(TransitionRefused):
        pause(same, now)
    assert Entry.objects.count() == 1
