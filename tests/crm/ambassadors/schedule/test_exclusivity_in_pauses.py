"""Case 44 of the domain rules, section 2.8: during a pause exclusivity goes on, unless the pause and the promise say not."""

import datetime as dt
from typing import Any

import pytest

from crm.ambassadors.models import AmbassadorDeal, DealPause
from crm.ambassadors.schedule.pausing import Wish, pause, resume
from crm.brands.models import Brand
from crm.exclusivity.models import Clause
from crm.influencers.models import Influencer
from crm.timeline.record import Actor
from tests.crm.ambassadors.conftest import DealOf
from tests.crm.ambassadors.reviewing.test_going_on import barred_until, barring, noon, on, sign_it

pytestmark = pytest.mark.django_db
BEFORE = dt.datetime(2025, 12, 20, 5, tzinfo=dt.UTC)
JUNE = Wish(on(6, 1), on(6, 10))


@pytest.fixture
def agreed(deal_of: DealOf, kirana: Influencer, lumi: Brand, actor: Actor) -> Any:
    """agreed(suspend_during_pause=True): an exclusive deal of the year 2026."""

    def made(**clause: Any) -> AmbassadorDeal:
        deal = deal_of(person=kirana, brand=lumi, category=lumi.category, signed=False)
        barring(deal.contract, actor, **clause)
        sign_it(deal.contract, BEFORE, actor)
        return AmbassadorDeal.objects.with_contract().get(pk=deal.pk)

    return made


def rests() -> list[tuple[dt.date, dt.date | None]]:
    return [(row.first_on, row.last_on) for row in Clause.objects.get().rests.order_by("first_on")]


@pytest.mark.parametrize(
    ("says_so", "chosen", "expected"),
    [(False, False, []), (True, False, []), (False, True, []), (True, True, [(on(6, 1), on(6, 10))])],
    ids=["neither", "the promise only", "the pause only", "both"],
)
def test_a_promise_rests_only_where_both_it_and_the_pause_say_so(
    agreed: Any, actor: Actor, says_so: bool, chosen: bool, expected: list[tuple[dt.date, dt.date]]
) -> None:
    deal = agreed(suspend_during_pause=says_so)
    wish = Wish(JUNE.first_on, JUNE.last_on, exclusivity_rests=chosen)
    pause(deal, wish, at=noon(5, 20), actor=actor)
    assert rests() == expected
    assert barred_until(Clause.objects.get()) == on(1, 10, 2027)


def test_a_freeze_leaves_the_last_day_of_the_promise(agreed: Any, actor: Actor) -> None:
    deal = agreed()
    pause(deal, Wish(on(6, 1), on(6, 10), DealPause.Effect.FREEZE), at=noon(5, 20), actor=actor)
    assert barred_until(Clause.objects.get()) == on(12, 31)


def test_a_promise_that_rests_bars_again_from_the_day_the_deal_goes_on(agreed: Any, actor: Actor) -> None:
    deal = agreed(suspend_during_pause=True)
    row = pause(deal, Wish(on(6, 1), None, exclusivity_rests=True), at=noon(5, 20), actor=actor)
    assert rests() == [(on(6, 1), None)]
    resume(row, on(7, 16), at=noon(7, 10), actor=actor)
    assert rests() == [(on(6, 1), on(7, 15))]
    assert barred_until(Clause.objects.get()) == on(2, 14, 2027)


@pytest.mark.parametrize(
    ("day", "expected"), [(on(6, 6), [(on(6, 1), on(6, 5))]), (on(6, 1), []), (on(6, 21), [(on(6, 1), on(6, 20))])]
)
def test_a_known_rest_that_ends_on_another_day_takes_the_promise_with_it(
    agreed: Any, actor: Actor, day: dt.date, expected: list[tuple[dt.date, dt.date]]
) -> None:
    deal = agreed(suspend_during_pause=True)
    row = pause(deal, Wish(on(6, 1), on(6, 10), exclusivity_rests=True), at=noon(5, 20), actor=actor)
    resume(row, day, at=noon(5, 25), actor=actor)
    assert rests() == expected
