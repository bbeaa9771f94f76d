"""Two colleagues say at the same moment what counts: the story tells one after the other."""

import threading
from typing import Any

import pytest

from campaigns.planning.models import Campaign
from campaigns.shortlist import fit_weights
from campaigns.shortlist.models import FitWeight
from crm.timeline.models import Entry
from crm.timeline.record import SYSTEM
from tests.conftest import NOW
from tests.factories import CampaignFactory
from tests.races import together

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]


def both_save(campaign: Campaign) -> list[list[str]]:
    """What the story says of one part, in the order it was told."""

    def save(weight: int) -> None:
        fit_weights.save_weights(campaign, dict.fromkeys(FitWeight.Part.values, weight), at=NOW, actor=SYSTEM)

    assert together(lambda: save(7), lambda: save(9)) == []
    return [told.changes["niche"] for told in Entry.objects.filter(verb="campaign.weights").order_by("pk")]


def test_each_tells_what_the_one_before_left() -> None:
    campaign = CampaignFactory()
    first, second = both_save(campaign)
    assert (first[0], second[0]) == ("20", first[1])
    weights = set(FitWeight.objects.filter(campaign=campaign).values_list("weight", flat=True))
    assert weights == {int(second[1])}


def test_control_without_holding_the_campaign_both_tell_of_the_house(monkeypatch: pytest.MonkeyPatch) -> None:
    both_read = threading.Barrier(2)
    counting = fit_weights.counting_of

    def slowly(*given: Any) -> Any:
        found = counting(*given)
        both_read.wait(timeout=10)
        return found

    monkeypatch.setattr(fit_weights, "_hold", lambda campaign: None)
    monkeypatch.setattr(fit_weights, "counting_of", slowly)
    assert [old for old, _new in both_save(CampaignFactory())] == ["20", "20"]
