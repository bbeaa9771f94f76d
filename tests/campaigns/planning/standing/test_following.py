"""What is left when a period closes goes on where it is owed now; a deal that rests is silent; the tick catches up."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from campaigns.planning.models import Campaign, Collaboration, Deliverable, QuotaPost
from campaigns.planning.standing.planning import keep_posts
from campaigns.planning.standing.reminders import keep_standing
from crm.ambassadors.models import AmbassadorDeal, DealPeriod, MakeGood, Program
from crm.ambassadors.quotas.closing import close_period
from crm.ambassadors.quotas.counting import waive
from crm.ambassadors.quotas.granting import open_quota
from crm.contracts.models import Contract
from crm.influencers.models import Influencer
from crm.team.models import User
from crm.timeline.record import SYSTEM, Actor
from tests.campaigns.planning.standing.conftest import DECEMBER, Begin, on, planned
from tests.crm.ambassadors.conftest import DealOf

JANUARY = dt.datetime(2026, 12, 31, 17, 0, tzinfo=dt.UTC)
NEW_YEAR, END_OF_JANUARY = dt.date(2027, 1, 1), dt.date(2027, 1, 31)


@pytest.fixture
def deal(deal_of: DealOf, circle: Program, kirana: Influencer) -> AmbassadorDeal:
    return deal_of(
        program=circle, person=kirana, start_on=on(12, 1), end_on=dt.date(2027, 11, 30), quantity=2, retainer=None
    )


def states(deal: AmbassadorDeal) -> list[tuple[str, dt.date]]:
    return [(status, post_on) for status, _draft_on, post_on in planned(deal)]


def where(row: Deliverable) -> tuple[int, int | None, bool]:
    """The number of its period, its own number there, and whether it makes good."""
    post = QuotaPost.objects.select_related("period").get(deliverable=row)
    assert post.period is not None
    return post.period.number, post.slot, post.make_good is not None


def test_posts_carried_on_are_made_in_the_next_period(deal: AmbassadorDeal, begin: Begin) -> None:
    deal.quotas.update(rollover="carry")
    december = begin(deal, on(12, 1), on(12, 31))
    begin(deal, NEW_YEAR, END_OF_JANUARY, number=2, at=JANUARY)
    first, second = Deliverable.objects.filter(post_due_on__lt=NEW_YEAR).order_by("post_due_on")
    first.publish(at=DECEMBER + dt.timedelta(days=5), actor=SYSTEM)
    close_period(december, at=JANUARY)
    assert where(second) == (2, 3, False)
    assert [status for status, _on in states(deal)] == ["published", *["expected"] * 3]
    assert [post_on >= NEW_YEAR for _status, post_on in states(deal)] == [False, True, True, True]


def test_carried_before_the_next_period_begins_they_wait_for_it(deal: AmbassadorDeal, begin: Begin) -> None:
    deal.quotas.update(rollover="carry")
    december = begin(deal, on(12, 1), on(12, 31))
    january = DealPeriod.objects.create(
        deal=deal, number=2, first_on=NEW_YEAR, last_on=END_OF_JANUARY, active_days=31, nominal_days=31
    )
    close_period(december, at=JANUARY)
    assert [status for status, _on in states(deal)] == ["expected", "expected"]
    DealPeriod.objects.filter(pk=january.pk).update(state="open", opened_at=JANUARY)
    open_quota(january, at=JANUARY)
    keep_posts(january, at=JANUARY)
    assert [(status, post_on >= NEW_YEAR) for status, post_on in states(deal)] == [("expected", True)] * 4
    assert list(QuotaPost.objects.order_by("slot").values_list("period", "slot")) == [
        (january.pk, number) for number in (1, 2, 3, 4)
    ]


def test_posts_that_lapse_are_let_go_but_what_was_begun_is_not(deal: AmbassadorDeal, begin: Begin) -> None:
    december = begin(deal, on(12, 1), on(12, 31))
    begun = Deliverable.objects.order_by("post_due_on")[0]
    begun.submit(at=DECEMBER, actor=SYSTEM)
    close_period(december, at=JANUARY)
    assert [status for status, _on in states(deal)] == ["submitted", "dropped"]


def test_what_is_made_good_keeps_its_posts_with_days_of_their_own(deal: AmbassadorDeal, begin: Begin) -> None:
    deal.quotas.update(rollover="make_good", make_good_days=14)
    december = begin(deal, on(12, 1), on(12, 31))
    Deliverable.objects.order_by("post_due_on")[0].publish(at=DECEMBER + dt.timedelta(days=5), actor=SYSTEM)
    close_period(december, at=JANUARY)
    (late,) = Deliverable.objects.post_open()
    assert where(late) == (1, 1, True)
    assert late.post_due_on == dt.date(2027, 1, 8)
    late.publish(at=dt.datetime(2027, 1, 8, 3, 0, tzinfo=dt.UTC), actor=SYSTEM)
    assert MakeGood.objects.get().left == 0


def test_what_was_let_go_is_not_made(deal: AmbassadorDeal, begin: Begin, actor: Actor) -> None:
    december = begin(deal, on(12, 1), on(12, 31))
    waive(december, deal.quotas.get(), 1, "Our parcel came late", at=DECEMBER, actor=actor)
    assert [status for status, _on in states(deal)] == ["expected", "dropped"]


def test_posts_of_a_period_the_deal_no_longer_reaches_are_dropped(deal: AmbassadorDeal, begin: Begin) -> None:
    december = begin(deal, on(12, 1), on(12, 31))
    DealPeriod.objects.filter(pk=december.pk).update(state="void")
    keep_standing(DECEMBER)
    assert [status for status, _on in states(deal)] == ["dropped", "dropped"]


def test_the_tick_plans_a_period_that_began_while_nobody_listened(deal: AmbassadorDeal) -> None:
    december = DealPeriod.objects.create(
        deal=deal, number=1, first_on=on(12, 1), last_on=on(12, 31), active_days=31, nominal_days=31, state="open",
        opened_at=DECEMBER,
    )  # fmt: skip
    open_quota(december, at=DECEMBER)
    assert keep_standing(DECEMBER + dt.timedelta(days=20)) == {"periods": 1}
    assert states(deal) == [("expected", on(12, 8)), ("expected", on(12, 22))]
    assert keep_standing(DECEMBER + dt.timedelta(days=20)) == {}


def test_its_days_follow_the_deals(deal: AmbassadorDeal, deal_of: DealOf, begin: Begin) -> None:
    begin(deal, on(12, 1), on(12, 31))
    deal_of(program=deal.program, start_on=on(11, 1), end_on=dt.date(2028, 1, 31))
    assert keep_standing(DECEMBER) == {"days": 1}
    found = Campaign.objects.get()
    assert (found.start_on, found.end_on) == (on(11, 1), dt.date(2028, 1, 31))


def test_a_tick_with_nothing_to_do_asks_the_same_of_one_programme_and_of_three(
    deal: AmbassadorDeal, deal_of: DealOf, begin: Begin
) -> None:
    others = [deal_of(start_on=on(12, 1), end_on=on(12, 31)) for _number in range(2)]
    asked = []
    for deals in ([deal], others):
        for one in deals:
            begin(one, on(12, 1), on(12, 31))
        keep_standing(DECEMBER)
        with CaptureQueriesContext(connection) as queries:
            assert keep_standing(DECEMBER) == {}
        asked.append(len(queries))
    assert (asked, Campaign.objects.of_programs().count()) == ([6, 6], 3)


@pytest.fixture
def resting(deal: AmbassadorDeal, begin: Begin) -> Collaboration:
    begin(deal, on(12, 1), on(12, 31))
    deal.pauses.create(first_on=on(12, 10), last_on=on(12, 16), effect="freeze")
    return Collaboration.objects.get()


def is_silent(card: Collaboration) -> bool:
    return Collaboration.objects.filter(pk=card.pk, paused_at__isnull=False).exists()


def in_december(day: int) -> dt.datetime:
    return DECEMBER + dt.timedelta(days=day - 1)


def test_while_a_deal_rests_nobody_is_reminded(resting: Collaboration) -> None:
    heard = []
    for day in (9, 10, 16, 17):
        keep_standing(in_december(day))
        heard.append(is_silent(resting))
    assert heard == [False, True, True, False]


def test_whoever_let_reminders_go_on_during_the_rest_is_left_alone(resting: Collaboration, actor: Actor) -> None:
    keep_standing(in_december(10))
    Collaboration.objects.get(pk=resting.pk).resume_reminders(at=in_december(11), actor=actor)
    keep_standing(in_december(12))
    assert not is_silent(resting)


def test_what_a_colleague_paused_stays_paused_after_the_rest(resting: Collaboration, actor: Actor) -> None:
    resting.pause_reminders(at=in_december(8), actor=actor)
    keep_standing(in_december(12))
    keep_standing(in_december(20))
    assert is_silent(resting)


def test_a_card_put_off_under_a_former_contract_goes_ahead_under_the_next(
    deal: AmbassadorDeal, deal_of: DealOf, begin: Begin, coordinator: User
) -> None:
    begin(deal, on(12, 1), on(12, 31))
    Collaboration.objects.update(status="off", off_why="No time")
    Contract.objects.filter(pk=deal.contract_id).update(status="ended")
    fresh = deal_of(
        program=deal.program, person=deal.influencer, start_on=NEW_YEAR, end_on=dt.date(2027, 12, 31), quantity=1
    )
    begin(fresh, NEW_YEAR, END_OF_JANUARY, at=JANUARY)
    card = Collaboration.objects.get()
    assert (card.status, card.off_why, card.party and card.party.contract) == ("agreed", "", fresh.contract)
    assert Deliverable.objects.post_open().filter(post_due_on__gte=NEW_YEAR).count() == 1
