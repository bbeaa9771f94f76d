"""What campaigns tell the rooms of deals: earlier agreements, unpaid work, our lateness, whose code it is, what was lent."""

import datetime as dt

import pytest
from djmoney.money import Money

from campaigns.approvals.models import ContentVersion, Review
from campaigns.approvals.publishing.counted import late_answers
from campaigns.planning.models import Collaboration, Deliverable, DeliverableHold
from campaigns.planning.standing.queries import ahead
from campaigns.planning.standing.telling import agreed_before, approved_work, late_parcels
from campaigns.samples.after.deal_loans import lent_to_her
from campaigns.samples.models import ReturnRequest, SampleItem
from campaigns.tracking.deal_codes import deals_of_codes
from campaigns.tracking.models import VoucherCode
from crm.ambassadors.models import AmbassadorDeal, DealPeriod, Program
from crm.ambassadors.places import DealHint, Owed, Planned
from crm.contracts.models import Party
from crm.influencers.models import Influencer
from crm.timeline.record import SYSTEM
from tests.campaigns.planning.standing.conftest import DECEMBER, Begin, on
from tests.crm.ambassadors.conftest import DealOf, format_of
from tests.factories import (
    CampaignFactory,
    CollaborationFactory,
    DeliverableFactory,
    ProductFactory,
    SampleRequestFactory,
    ShipmentFactory,
)


@pytest.fixture
def deal(deal_of: DealOf, circle: Program, kirana: Influencer) -> AmbassadorDeal:
    return deal_of(program=circle, person=kirana, start_on=on(12, 1), end_on=on(12, 31), quantity=2)


@pytest.fixture
def december(deal: AmbassadorDeal, begin: Begin) -> DealPeriod:
    return begin(deal, on(12, 1), on(12, 31))


@pytest.fixture
def glow(deal: AmbassadorDeal) -> Collaboration:
    campaign = CampaignFactory(name="Glow", brand=deal.program.brand)
    return CollaborationFactory(
        campaign=campaign, influencer=deal.influencer, status="making", fee=Money(3_000_000, "IDR")
    )


def make(card: Collaboration, code: str) -> Deliverable:
    return DeliverableFactory(collaboration=card, format=format_of(code), draft_due_on=None, post_due_on=on(12, 3))


def test_what_was_agreed_before_begins_a_deal(deal: AmbassadorDeal, december: DealPeriod, glow: Collaboration) -> None:
    reel, story = format_of("reel"), format_of("story")
    for code in ("reel", "story", "story"):
        make(glow, code)
    assert agreed_before(deal.influencer_id, deal.program.brand_id) == [
        DealHint(f"campaigns.collaboration:{glow.pk}", "Glow", ((reel.pk, 1), (story.pk, 2)), Money(3_000_000, "IDR"))
    ]


def test_work_under_the_contract_is_owed_as_far_as_it_is_approved(deal: AmbassadorDeal, glow: Collaboration) -> None:
    glow.party = Party.objects.get(contract=deal.contract, role="talent")
    glow.save()
    made = [make(glow, "reel") for _number in range(3)]
    for row in Deliverable.objects.with_card().filter(pk__in=[row.pk for row in made[:2]]):
        row.publish(at=DECEMBER, actor=SYSTEM)
    assert list(approved_work(deal, on(12, 31))) == [
        Owed(f"campaigns.collaboration:{glow.pk}", "Glow", Money(2_000_000, "IDR"), "2 of 3 approved")
    ]
    assert list(approved_work(deal, on(11, 30))) == []


def test_parcels_that_came_late_because_of_us_are_told(december: DealPeriod) -> None:
    row = Deliverable.objects.order_by("post_due_on")[0]
    late = {"deliverable": row, "since_at": DECEMBER, "lifted_at": DECEMBER, "settled_at": DECEMBER, "outcome": "moved"}
    DeliverableHold.objects.create(
        source="campaigns.samplerequest:1", arrived_on=on(12, 5), moved_days=4, is_our_fault=True, **late
    )
    DeliverableHold.objects.create(source="campaigns.samplerequest:2", arrived_on=on(12, 5), moved_days=4, **late)
    assert late_parcels(december) == [
        "Instagram Reel: what she needed for it arrived on 5 December 2026, its days moved by 4 days"
    ]


def test_answers_of_ours_after_their_day_are_told(december: DealPeriod) -> None:
    row = Deliverable.objects.order_by("post_due_on")[0]
    for number, hours in ((1, 30), (2, 0)):
        version = ContentVersion.objects.create(
            deliverable=row, number=number, caption="", sha256="0" * 64, submitted_at=DECEMBER
        )
        Review.objects.create(
            version=version, opened_at=DECEMBER, late_hours=hours, status="changes", decided_at=DECEMBER
        )
    assert late_answers(december) == ["Instagram Reel, draft 1: answered 30 hours after its day"]


def test_a_code_of_a_card_under_the_deal_is_of_the_deal(
    deal: AmbassadorDeal, december: DealPeriod, glow: Collaboration
) -> None:
    circle = Collaboration.objects.get(campaign__program=deal.program)
    for card, code in ((circle, "KIRANA10"), (glow, "GLOW10")):
        VoucherCode.objects.create(
            campaign=card.campaign, collaboration=card, code=code, valid_from_on=on(12, 1), valid_to_on=on(12, 31)
        )
    asked = ["kirana10", "glow10", "nobody10"]
    assert deals_of_codes(deal.program.brand_id, asked) == {"kirana10": deal.pk}
    assert deals_of_codes(deal.program.brand_id + 1, asked) == {}


def test_a_loan_of_the_brand_that_is_not_back_is_told(deal: AmbassadorDeal) -> None:
    request = SampleRequestFactory(
        influencer=deal.influencer, brand=deal.program.brand, purpose="loan", given_as="loan", return_due_on=on(12, 20)
    )
    item = SampleItem.objects.create(
        request=request, product=ProductFactory(brand=request.brand, name="Lamp"), quantity=1,
        value=Money(2_000_000, "IDR"),
    )  # fmt: skip
    parcel = ShipmentFactory(request=request, status="delivered", shipped_at=DECEMBER, delivered_at=DECEMBER)
    parcel.items.create(item=item, quantity=1)
    back = ReturnRequest.objects.create(shipment=parcel, reason="loan", due_on=on(12, 20))
    (found,) = lent_to_her(deal)
    assert (found.ref, found.label, found.how) == (
        f"campaigns.returnrequest:{back.pk}", "1 × Lamp", "Due back on 20 December 2026",
    )  # fmt: skip
    assert found.amount == Money(1_900_000, "IDR")
    ReturnRequest.objects.filter(pk=back.pk).update(status="checked")
    assert list(lent_to_her(deal)) == []


def test_posts_with_a_day_ahead_are_known(deal: AmbassadorDeal, december: DealPeriod) -> None:
    line = deal.quotas.get()
    assert ahead([december.pk], [], DECEMBER) == Planned({(december.pk, line.pk): 2}, {})
    in_the_middle = DECEMBER + dt.timedelta(days=15)
    assert ahead([december.pk], [], in_the_middle) == Planned({(december.pk, line.pk): 1}, {})
