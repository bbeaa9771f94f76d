"""A post of another campaign counts for her deal where somebody says so: once, of its own format, of the same house, paid once."""

import pytest
from djmoney.money import Money

from campaigns.planning.actions.campaigns import save_terms
from campaigns.planning.models import Collaboration, Deliverable, QuotaPost, Refused
from campaigns.planning.standing.both import count_also
from campaigns.planning.standing.planning import keep_posts
from crm.ambassadors.models import AmbassadorDeal, DealPeriod, PeriodQuota, Program, QuotaLine
from crm.influencers.models import Influencer
from crm.timeline.models import Entry
from crm.timeline.record import SYSTEM
from tests.campaigns.planning.standing.conftest import DECEMBER, Begin, on, planned
from tests.crm.ambassadors.conftest import DealOf, format_of, line_of
from tests.factories import BrandFactory, CampaignFactory, CollaborationFactory, DeliverableFactory

ALREADY = {"at": DECEMBER, "actor": SYSTEM}


@pytest.fixture
def deal(deal_of: DealOf, circle: Program, kirana: Influencer) -> AmbassadorDeal:
    return deal_of(program=circle, person=kirana, start_on=on(12, 1), end_on=on(12, 31), quantity=2)


@pytest.fixture
def december(deal: AmbassadorDeal, begin: Begin) -> DealPeriod:
    return begin(deal, on(12, 1), on(12, 31))


@pytest.fixture
def card(deal: AmbassadorDeal) -> Collaboration:
    """Kirana's part in Glow, of a sister brand of the same house."""
    sister = BrandFactory(name="Lumi Sun", owner=deal.program.brand.owner)
    return CollaborationFactory(
        campaign=CampaignFactory(name="Glow", brand=sister), influencer=deal.influencer, status="making"
    )


@pytest.fixture
def reel(card: Collaboration) -> Deliverable:
    made = DeliverableFactory(
        collaboration=card, format=format_of("reel"), draft_due_on=None, post_due_on=on(12, 12), zone="Asia/Jakarta"
    )
    return Deliverable.objects.with_card().get(pk=made.pk)


def counted(deal: AmbassadorDeal) -> int:
    return sum(PeriodQuota.objects.filter(period__deal=deal).values_list("delivered", flat=True))


def test_it_counts_once_it_is_out_and_one_fewer_is_planned(
    deal: AmbassadorDeal, december: DealPeriod, reel: Deliverable
) -> None:
    count_also(reel, deal.quotas.get(), **ALREADY)
    assert counted(deal) == 0
    reel.publish(**ALREADY)
    assert counted(deal) == 1
    keep_posts(december, at=DECEMBER)
    assert [row[0] for row in planned(deal)] == ["expected", "dropped"]


def test_out_already_it_counts_at_once_and_no_more_when_that_is_taken_back(
    deal: AmbassadorDeal, december: DealPeriod, reel: Deliverable
) -> None:
    reel.publish(**ALREADY)
    count_also(reel, deal.quotas.get(), **ALREADY)
    count_also(reel, deal.quotas.get(), **ALREADY)
    assert counted(deal) == 1
    count_also(reel, None, **ALREADY)
    assert counted(deal) == 0
    assert not QuotaPost.objects.filter(deliverable=reel).exists()


def refused(row: Deliverable, line: QuotaLine) -> str:
    """Why, with nothing changed."""
    told, posts = Entry.objects.count(), QuotaPost.objects.count()
    with pytest.raises(Refused) as why:
        count_also(row, line, **ALREADY)
    assert (Entry.objects.count(), QuotaPost.objects.count()) == (told, posts)
    return str(why.value)


def test_another_format_is_refused(deal: AmbassadorDeal, december: DealPeriod, reel: Deliverable) -> None:
    story = line_of(deal, 4, "story")
    assert (
        refused(reel, story) == "The deal owes Instagram Story there, and this is something else. Choose one that fits."
    )


def test_a_deal_with_another_house_is_refused(deal_of: DealOf, kirana: Influencer, reel: Deliverable) -> None:
    other = deal_of(person=kirana, start_on=on(12, 1), end_on=on(12, 31))
    assert refused(reel, other.quotas.get()).startswith("This deal is over, is somebody else's, or is with another")


def test_somebody_elses_deal_is_refused(deal_of: DealOf, circle: Program, reel: Deliverable) -> None:
    other = deal_of(program=circle, start_on=on(12, 1), end_on=on(12, 31))
    assert refused(reel, other.quotas.get()).startswith("This deal is over, is somebody else's")


def test_what_was_planned_for_the_deal_is_left_alone(deal: AmbassadorDeal, december: DealPeriod) -> None:
    row = Deliverable.objects.with_card().filter(collaboration__campaign__program=deal.program)[0]
    with pytest.raises(Refused, match="counts anyway"):
        count_also(row, None, **ALREADY)
    assert QuotaPost.objects.filter(deliverable=row).exists()


def test_the_last_post_a_fee_is_for_is_not_paid_by_the_deal(deal: AmbassadorDeal, reel: Deliverable) -> None:
    Collaboration.objects.filter(pk=reel.collaboration_id).update(fee=Money(2_000_000, "IDR"))
    assert "Take the fee off the card first" in refused(reel, deal.quotas.get())


def test_beside_another_post_the_fee_is_for_it_may_count(
    deal: AmbassadorDeal, card: Collaboration, reel: Deliverable
) -> None:
    Collaboration.objects.filter(pk=card.pk).update(fee=Money(2_000_000, "IDR"))
    DeliverableFactory(collaboration=card, format=format_of("story"), draft_due_on=None, post_due_on=on(12, 13))
    count_also(reel, deal.quotas.get(), **ALREADY)
    assert QuotaPost.objects.filter(deliverable=reel).exists()


def test_where_everything_is_paid_by_the_deal_a_fee_is_refused(
    deal: AmbassadorDeal, card: Collaboration, reel: Deliverable
) -> None:
    count_also(reel, deal.quotas.get(), **ALREADY)
    stored = Collaboration.objects.select_related("campaign").get(pk=card.pk)
    stored.fee = Money(2_000_000, "IDR")
    with pytest.raises(Refused, match="which pays for it"):
        save_terms(stored, **ALREADY)
    assert Collaboration.objects.get(pk=card.pk).fee is None
