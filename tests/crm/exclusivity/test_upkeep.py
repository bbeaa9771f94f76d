"""The tick closes what is over and finds anew what changed behind its back, also after days without one."""

import datetime as dt
from typing import Any

import pytest
from django.db import transaction

from campaigns.planning.models import Collaboration
from crm.base.anchors import Anchor
from crm.brands.models import Category
from crm.exclusivity.actions import cases
from crm.exclusivity.looking import look_again
from crm.exclusivity.models import BreachCase, Claim, Clause, ClauseStretch, Finding
from crm.exclusivity.upkeep import keep
from crm.influencers.models import Influencer
from crm.team.models import User
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


def test_days_that_changed_unseen_move_windows_and_claims(agreed: Collaboration, now: dt.datetime) -> None:
    keep(now)
    Anchor.objects.filter(kind="post").update(
        happened_at=dt.datetime(2026, 12, 14, 3, tzinfo=dt.UTC), first_on=on(12, 14), last_on=on(12, 14)
    )
    assert keep(now + dt.timedelta(hours=21)) == {"moved": 1}
    stretch = ClauseStretch.objects.get()
    assert (stretch.is_provisional, stretch.window.first_and_last("Asia/Jakarta")) == (False, (on(12, 7), on(12, 21)))
    claim = Claim.objects.get(side=Claim.Side.BAR)
    assert (claim.start_at, claim.end_at) == (stretch.start_at, stretch.end_at)
    assert keep(now + dt.timedelta(hours=42)) == {}


def after(days: list[int], now: dt.datetime) -> list[Any]:
    """What stands after the tick ran on these days."""
    for day in days:
        keep(now + dt.timedelta(days=day))
    return [
        sorted(Clause.objects.values_list("brand__name", "standing")),
        sorted(Finding.objects.values_list("engagement_label", "status", "direction")),
        sorted(ClauseStretch.objects.values_list("clause__brand__name", "start_at", "end_at", "is_provisional")),
        sorted(Claim.objects.values_list("side", "start_at", "end_at", "active")),
        list(BreachCase.objects.values_list("status", flat=True)),
    ]


def test_once_after_ten_days_of_silence_is_as_good_as_every_day(
    kirana: Influencer, now: dt.datetime, coordinator: User
) -> None:
    """One promise runs out meanwhile, another one's day moved unseen, a case's days begin."""
    over, moved = deal(kirana, "Lumi", on(11, 20)), deal(kirana, "Kala", on(12, 20), slug="food-drink")
    for card in (over, moved):
        promise(card)
        card.put("agreed", at=now, actor=SYSTEM)
    over.deliverables.get().publish(at=now, actor=SYSTEM)
    look_again([deal(kirana, "Serasi", on(11, 28)).influencer_id], now)
    finding = Finding.objects.get(clause__brand=over.campaign.brand)
    case = cases.open_case(finding, by=coordinator, at=now)
    for to in ("under_review", "confirmed"):
        cases.step(case, to, by=coordinator, at=now)
    cases.tell(case, "Hi", "whatsapp", now, by=coordinator, at=now)
    Anchor.objects.filter(kind="post", first_on=on(12, 20)).update(first_on=on(12, 27), last_on=on(12, 27))
    with transaction.atomic():
        once = after([10], now)
        transaction.set_rollback(True)
    assert once == after(list(range(1, 11)), now)
    assert once[0] == [("Kala", "active"), ("Lumi", "ended")]
    assert [status for _label, status, _how in once[1]] == ["resolved"]
    assert once[4] == ["cure_period"]
