"""What a period owes is planned once, on days of its own; fewer owed takes away what nobody began."""

import datetime as dt

import pytest

from campaigns.planning.models import Campaign, Collaboration, Deliverable, QuotaPost
from campaigns.planning.standing.planning import keep_posts
from crm.ambassadors.models import AmbassadorDeal, Program
from crm.ambassadors.quotas.ledger import write
from crm.influencers.models import Influencer
from crm.timeline.models import Entry
from crm.timeline.record import SYSTEM
from tests.campaigns.planning.standing.conftest import DECEMBER, Begin, on, planned
from tests.crm.ambassadors.conftest import DealOf

TEN_DAYS_IN = DECEMBER + dt.timedelta(days=10)


@pytest.fixture
def deal(deal_of: DealOf, circle: Program, kirana: Influencer) -> AmbassadorDeal:
    return deal_of(program=circle, person=kirana, start_on=on(12, 1), end_on=dt.date(2027, 11, 30), quantity=4)


def test_the_posts_of_a_period_are_planned_in_the_standing_campaign(deal: AmbassadorDeal, begin: Begin) -> None:
    begin(deal, on(12, 1), on(12, 31))
    campaign = Campaign.objects.get(program=deal.program)
    assert (campaign.name, campaign.status, campaign.owner, campaign.brand) == (
        "Lumi Circle", "live", deal.program.owner, deal.program.brand,
    )  # fmt: skip
    assert (campaign.start_on, campaign.end_on) == (on(12, 1), dt.date(2027, 11, 30))
    card = Collaboration.objects.get()
    assert (card.campaign, card.influencer, card.status, card.promised_at) == (
        campaign, deal.influencer, "agreed", DECEMBER,
    )  # fmt: skip
    assert card.party is not None and card.party.contract == deal.contract
    assert planned(deal) == [
        ("expected", on(12, 2), on(12, 3)),
        ("expected", on(12, 4), on(12, 10)),
        ("expected", on(12, 9), on(12, 17)),
        ("expected", on(12, 18), on(12, 28)),
    ]
    rows = Deliverable.objects.all()
    assert {(row.format_id, row.zone, row.dates_set_at) for row in rows} == {
        (deal.quotas.get().format_id, "Asia/Jakarta", DECEMBER)
    }


def test_planning_twice_plans_nothing_twice(deal: AmbassadorDeal, begin: Begin) -> None:
    period = begin(deal, on(12, 1), on(12, 31))
    was, told = planned(deal), Entry.objects.count()
    keep_posts(period, at=TEN_DAYS_IN)
    assert planned(deal) == was
    assert Entry.objects.count() == told
    assert [post.slot for post in QuotaPost.objects.all()] == [1, 2, 3, 4]


def test_a_deal_that_plans_nothing_gets_no_campaign(deal_of: DealOf, begin: Begin) -> None:
    begin(deal_of(plans_posts=False, start_on=on(12, 1), end_on=on(12, 31)), on(12, 1), on(12, 31))
    assert not Campaign.objects.exists()
    assert not Deliverable.objects.exists()


def test_a_second_ambassador_joins_the_same_campaign(deal: AmbassadorDeal, deal_of: DealOf, begin: Begin) -> None:
    second = deal_of(program=deal.program, start_on=on(12, 1), end_on=on(12, 31), quantity=1)
    begin(deal, on(12, 1), on(12, 31))
    begin(second, on(12, 1), on(12, 31))
    assert Campaign.objects.count() == 1
    assert Collaboration.objects.count() == 2
    assert len(planned(second)) == 1


def test_a_campaign_of_that_name_is_told_apart(deal: AmbassadorDeal, begin: Begin) -> None:
    Campaign.objects.create(
        brand=deal.program.brand, name="Lumi Circle", start_on=on(1, 1), end_on=on(2, 1), owner=deal.program.owner
    )
    begin(deal, on(12, 1), on(12, 31))
    assert Campaign.objects.get(program=deal.program).name == "Lumi Circle · Ambassadors"


def grow(deal: AmbassadorDeal, period: object, quantity: int, kind: str = "amend") -> None:
    line = deal.quotas.get()
    key = f"test:{kind}:{quantity}:{QuotaPost.objects.count()}"
    write(period, line, kind, quantity, key=key, on=on(12, 11), at=TEN_DAYS_IN, by="Mitra")  # type: ignore[arg-type]


def test_more_owed_in_the_middle_gets_days_from_then_on(deal: AmbassadorDeal, begin: Begin) -> None:
    period = begin(deal, on(12, 1), on(12, 31))
    was = planned(deal)
    grow(deal, period, 1)
    keep_posts(period, at=TEN_DAYS_IN)
    (fresh,) = [row for row in planned(deal) if row not in was]
    assert fresh == ("expected", on(12, 17), on(12, 22))
    assert len(planned(deal)) == 5


def test_fewer_owed_drops_the_last_that_nobody_began(deal: AmbassadorDeal, begin: Begin) -> None:
    period = begin(deal, on(12, 1), on(12, 31))
    last = Deliverable.objects.order_by("-post_due_on")[0]
    last.submit(at=TEN_DAYS_IN, actor=SYSTEM)
    grow(deal, period, -2)
    keep_posts(period, at=TEN_DAYS_IN)
    assert [row[0] for row in planned(deal)] == ["expected", "dropped", "dropped", "submitted"]
    assert [post.slot for post in QuotaPost.objects.all()] == [1, 4]
    told = Entry.objects.filter(verb="deliverable.dropped").values_list("sentence_en", flat=True)
    assert set(told) == {"Dropped Instagram Reel for Lumi Circle: Fewer are owed in this period now."}


def test_owed_again_after_it_was_dropped_it_is_planned_anew(deal: AmbassadorDeal, begin: Begin) -> None:
    period = begin(deal, on(12, 1), on(12, 31))
    grow(deal, period, -1)
    keep_posts(period, at=TEN_DAYS_IN)
    grow(deal, period, 1)
    keep_posts(period, at=TEN_DAYS_IN)
    assert [row[0] for row in planned(deal)].count("expected") == 4
    assert [post.slot for post in QuotaPost.objects.all()] == [1, 2, 3, 4]


def test_what_a_colleague_dropped_is_not_planned_again(deal: AmbassadorDeal, begin: Begin) -> None:
    period = begin(deal, on(12, 1), on(12, 31))
    Deliverable.objects.order_by("post_due_on")[1].drop(at=TEN_DAYS_IN, actor=SYSTEM)
    keep_posts(period, at=TEN_DAYS_IN)
    assert [row[0] for row in planned(deal)] == ["expected", "dropped", "expected", "expected"]


def test_a_card_that_was_put_off_gets_nothing_more(deal: AmbassadorDeal, begin: Begin) -> None:
    period = begin(deal, on(12, 1), on(12, 31))
    Collaboration.objects.update(status="off")
    grow(deal, period, 1)
    keep_posts(period, at=TEN_DAYS_IN)
    assert len(planned(deal)) == 4


def test_a_period_that_moves_takes_its_unstarted_posts_along(deal: AmbassadorDeal, begin: Begin) -> None:
    period = begin(deal, on(12, 1), on(12, 31))
    begun, by_hand, *_rest = Deliverable.objects.order_by("post_due_on")
    begun.submit(at=DECEMBER, actor=SYSTEM)
    by_hand.reschedule(draft_due_on=on(12, 8), post_due_on=on(12, 14), at=DECEMBER, actor=SYSTEM)
    deal.pauses.create(first_on=on(12, 1), last_on=on(12, 14), effect="shift")
    type(period).objects.filter(pk=period.pk).update(first_on=on(12, 15), last_on=dt.date(2027, 1, 14))
    keep_posts(period, at=DECEMBER)
    assert [row[1:] for row in planned(deal)] == [
        (on(12, 2), on(12, 3)),
        (on(12, 21), on(12, 27)),
        (on(12, 23), dt.date(2027, 1, 4)),
        (on(12, 31), dt.date(2027, 1, 11)),
    ]
