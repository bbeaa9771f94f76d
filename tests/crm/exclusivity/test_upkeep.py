"""The tick closes what is over and finds anew what changed behind its back, also after days without one."""

import datetime as dt
from typing import Any

import pytest

from campaigns.planning.models import Collaboration
from crm.brands.models import Category
from crm.exclusivity.models import Clause, Finding
from crm.exclusivity.upkeep import keep
from crm.influencers.models import Influencer
from crm.timeline.record import SYSTEM
from tests.campaigns.planning.test_promises import deal, on, promise

pytestmark = pytest.mark.django_db


@pytest.fixture
def agreed(kirana: Influencer, now: dt.datetime) -> Collaboration:
    card = deal(kirana, "Lumi", on(12, 10))
    promise(card)
    card.put("agreed", at=now, actor=SYSTEM)
    return card


def standing() -> Any:
    return Clause.objects.values_list("standing", flat=True).get()


def test_a_clause_ends_once_its_last_certain_day_is_over(agreed: Collaboration, now: dt.datetime) -> None:
    posted = dt.datetime(2026, 12, 10, 3, tzinfo=dt.UTC)
    agreed.deliverables.get().publish(at=posted, actor=SYSTEM)
    assert keep(dt.datetime(2026, 12, 17, 16, 59, tzinfo=dt.UTC)) == {}
    assert standing() == "active"
    late = dt.datetime(2026, 12, 25, tzinfo=dt.UTC)
    assert (keep(late), keep(late), standing()) == ({"ended": 1}, {}, "ended")


def test_what_still_waits_for_its_post_never_ends_by_itself(agreed: Collaboration) -> None:
    assert keep(dt.datetime(2027, 3, 1, tzinfo=dt.UTC)) == {}
    assert standing() == "active"


def test_what_changed_without_anybody_telling_is_found_the_next_day(
    kirana: Influencer, agreed: Collaboration, now: dt.datetime
) -> None:
    rival = deal(kirana, "Serasi", on(12, 10), slug="food-drink")
    rival.put("agreed", at=now, actor=SYSTEM)
    keep(now)
    type(rival.campaign).objects.filter(pk=rival.campaign_id).update(category=Category.objects.get(slug="skincare"))
    assert keep(now + dt.timedelta(hours=1)) == {}
    assert keep(now + dt.timedelta(hours=21)) == {"found": 1}
    assert Finding.objects.values_list("severity", "engagement_label").get()[0] == 3
    assert keep(now + dt.timedelta(hours=42)) == {}
