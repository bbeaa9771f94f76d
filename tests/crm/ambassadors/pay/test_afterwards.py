"""What is to be seen to once a deal is over, and how it is noted that it is."""

import datetime as dt
from typing import Any

import pytest

from crm.ambassadors.models import AmbassadorDeal, TailItem, Termination
from crm.ambassadors.pay.ending import End, end_deal, goes_on_after_all
from crm.ambassadors.pay.tail import tail_lines, take_tick_back, tick_off
from crm.ambassadors.pay.upkeep import look
from crm.contracts.models import Contract, UsageRight
from crm.contracts.works import tell_moved
from crm.exclusivity.gate import Door, gate
from crm.timeline.record import Actor
from tests.crm.ambassadors.conftest import DealOf
from tests.crm.ambassadors.pay.conftest import at, day, share_of

pytestmark = pytest.mark.django_db
BOTH_AGREED = End("mutual", "both", day(8, 20))


@pytest.fixture
def deal(deal_of: DealOf) -> AmbassadorDeal:
    return deal_of()


def listed(deal: AmbassadorDeal) -> list[tuple[str, dt.date | None]]:
    return [(line.item.kind, line.item.due_on) for line in tail_lines(deal, day(8, 1))]


def test_what_is_to_be_seen_to_is_listed_with_its_day(deal: AmbassadorDeal, actor: Actor) -> None:
    share_of(deal, post_term_days=14)
    rights: list[dict[str, Any]] = [
        {"kind": "organic", "end_on": day(10, 31)}, {"kind": "allow_listing", "end_on": day(12, 31)},
    ]  # fmt: skip
    for fields in rights:
        UsageRight.objects.create(contract=deal.contract, counted_from="fixed", start_on=day(1, 1), **fields)
    end_deal(deal, BOTH_AGREED, {}, at=at(8, 20), actor=actor)
    assert listed(deal) == [
        ("rights", day(10, 31)),
        ("access", day(8, 21)),
        ("codes", day(9, 4)),
        ("bio", day(8, 27)),
        ("data", day(8, 21)),
    ]


def test_a_deal_that_simply_ran_out_is_noted_by_the_calendar(deal_of: DealOf) -> None:
    over = deal_of(end_on=day(10, 31), status=Contract.Status.ENDED)
    assert look(at(10, 31)) == {}
    assert look(at(11, 1)) == {"ended": 1}
    ended = Termination.objects.get()
    assert (ended.kind, ended.by, ended.effective_on, ended.settled_at) == ("expiry", "both", day(10, 31), None)
    assert listed(over) == [("bio", day(11, 7)), ("data", day(11, 1))]
    assert look(at(11, 2)) == {}


def test_a_deal_that_goes_on_as_another_has_nothing_afterwards(deal_of: DealOf) -> None:
    former = deal_of(end_on=day(10, 31), status=Contract.Status.ENDED)
    deal_of(program=former.program, person=former.influencer, start_on=day(11, 1), end_on=None, continues=former)
    assert look(at(11, 2)) == {}


def test_a_deal_that_went_on_has_nothing_afterwards_either_once_the_next_is_over(deal_of: DealOf) -> None:
    former = deal_of(end_on=day(10, 31), status=Contract.Status.ENDED)
    more: dict[str, Any] = {"end_on": day(11, 5), "status": Contract.Status.ENDED, "continues": former}
    fresh = deal_of(program=former.program, person=former.influencer, start_on=day(11, 1), **more)
    assert look(at(11, 6)) == {"ended": 1}
    assert [one.deal for one in Termination.objects.all()] == [fresh]
    assert listed(former) == []


def test_a_deal_noted_as_over_goes_on_after_all_once_the_next_contract_is_signed(deal_of: DealOf, actor: Actor) -> None:
    former = deal_of(end_on=day(10, 31), status=Contract.Status.ENDED)
    look(at(11, 1))
    tick_off(TailItem.objects.get(kind="bio"), at=at(11, 2), actor=actor)
    fresh = deal_of(
        program=former.program, person=former.influencer, start_on=day(11, 1), end_on=None, continues=former
    )
    with gate([former.influencer_id]) as held:
        tell_moved(fresh.contract, Door(held, at(11, 3)), actor=actor)
    assert not Termination.objects.exists()
    assert [(one.kind, one.is_open) for one in former.tail.all()] == [("bio", False)]
    assert look(at(11, 4)) == {}


def test_what_is_settled_stays_settled_when_a_next_contract_is_signed(deal: AmbassadorDeal, actor: Actor) -> None:
    made = end_deal(deal, BOTH_AGREED, {}, at=at(8, 20), actor=actor)
    there = listed(deal)
    goes_on_after_all(deal, at=at(8, 25), actor=actor)
    assert (list(Termination.objects.all()), listed(deal)) == ([made], there)


def test_an_end_made_on_the_page_of_the_contract_is_early_until_somebody_says_more(deal_of: DealOf) -> None:
    deal_of(status=Contract.Status.TERMINATED, closed_on=day(10, 20), closed_why="Moved to another country.")
    assert look(at(10, 21)) == {"ended": 1}
    made = Termination.objects.get()
    assert (made.kind, made.by, made.effective_on, made.why) == (
        "early", "both", day(10, 20), "Moved to another country.",
    )  # fmt: skip


def test_a_tick_is_taken_back_and_given_once(deal_of: DealOf, actor: Actor) -> None:
    over = deal_of(end_on=day(10, 31), status=Contract.Status.ENDED)
    look(at(11, 1))
    item = TailItem.objects.get(kind="bio")
    assert [tick_off(item, at=at(11, 3), actor=actor) for _twice in range(2)] == [True, False]
    stored = TailItem.objects.get(pk=item.pk)
    assert (stored.done_at, stored.done_by) == (at(11, 3), actor.label)
    assert [take_tick_back(item, at=at(11, 4), actor=actor) for _twice in range(2)] == [True, False]
    assert [line.is_late for line in tail_lines(over, day(11, 8))] == [True, True]
