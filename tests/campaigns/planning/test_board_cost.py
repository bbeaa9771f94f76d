"""What a board asks the database with everything on it: cards in every column, offers, a brief, contracts, holds, locks."""

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from djmoney.money import Money

from campaigns.briefs.models import Brief, BriefAck, BriefVersion
from campaigns.offers.models import Offer
from campaigns.planning.models import Campaign, Collaboration
from crm.brands.models import Territory
from crm.exclusivity.models import Clause, Finding
from crm.timeline.record import subject_of
from tests.campaigns.planning.test_promises import PAID
from tests.factories import BrandFactory, CollaborationFactory, DeliverableFactory, RepresentationFactory

pytestmark = pytest.mark.django_db
STATES = ("shortlist", "in_talks", "agreed", "making", "review", "posting", "done", "off")


def mixed(campaign: Campaign, times: int, now: dt.datetime) -> None:
    version = BriefVersion.objects.filter(brief__campaign=campaign).first() or BriefVersion.objects.create(
        brief=Brief.objects.create(campaign=campaign), number=1, released_at=now
    )
    for _each in range(times):
        for state in STATES:
            card = CollaborationFactory(campaign=campaign, influencer=RepresentationFactory().influencer, status=state)
            DeliverableFactory(collaboration=card)
            if state in ("shortlist", "in_talks"):
                Offer.objects.create(
                    collaboration=card,
                    sent_at=now,
                    status="countered",
                    her_fee=Money(3_000_000, "IDR"),  # type: ignore[no-untyped-call]
                )
            if state == "making":
                BriefAck.objects.create(version=version, collaboration=card, accepted_at=now)


@pytest.mark.parametrize("times", [1, 3])
def test_a_board_with_everything_on_it_costs_ten_queries(
    times: int, campaign: Campaign, as_coordinator: Client, now: dt.datetime
) -> None:
    campaign.territories.add(Territory.objects.create(kind="city", code="mks", name="Makassar"))
    mixed(campaign, times, now)
    hers = campaign.collaborations.get_queryset().filter(status="making").latest("pk")
    clause = Clause.objects.create(
        influencer=hers.influencer, brand=BrandFactory(name="Rival"), act_numbers=PAID, standing="active"
    )
    Finding.objects.create(
        clause=clause, influencer=hers.influencer, engagement_ref=subject_of(hers), severity=3, fingerprint="one"
    )
    as_coordinator.get(f"/campaigns/{campaign.pk}/")
    with CaptureQueriesContext(connection) as queries:
        page = as_coordinator.get(f"/campaigns/{campaign.pk}/")
    assert len(queries) == 10
    cards = page.context["board"].cards
    said = {card.collaboration.status: [str(mark.label) for mark in card.brought] for card in cards}
    assert said == {
        "shortlist": ["She wants IDR\u00a03M"], "in_talks": ["She wants IDR\u00a03M"],
        "agreed": ["Brief not accepted"], "making": [], "review": ["Brief not accepted"],
        "posting": ["Brief not accepted"], "done": [], "off": [],
    }  # fmt: skip
    assert [card.collaboration for card in cards if card.has_conflict] == [hers]
    assert "Runs in Makassar." in page.content.decode()
    assert Collaboration.objects.count() == len(cards) == 8 * times
