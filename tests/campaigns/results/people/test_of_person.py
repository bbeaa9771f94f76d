"""What a person brought across campaigns: like beside like, only what the reader may see, never 0 for unknown."""

import datetime as dt
from decimal import Decimal

import pytest
from djmoney.money import Money

from campaigns.results.people.of_person import brief_of, person_report, sample_words
from crm.base.models import Organisation
from crm.influencers.models import Influencer
from crm.payments.actions import settle
from crm.team.models import Role, User
from tests.factories import BrandFactory, CampaignFactory, CollaborationFactory, InfluencerFactory, UserFactory
from tests.factories.payments import due_line
from tests.factories.results import WENT_OUT, a_live_post, a_snapshot

pytestmark = pytest.mark.django_db


@pytest.fixture
def kirana(organisation: Organisation) -> Influencer:
    return InfluencerFactory(stage_name="Kirana Maheswari")


def a_part(kirana: Influencer, name: str, *, fee: int = 4_500_000, at: dt.datetime = WENT_OUT, **counts: int) -> object:
    campaign = CampaignFactory(name=name, brand=BrandFactory(name=f"Brand of {name}"))
    card = CollaborationFactory(campaign=campaign, influencer=kirana, status="making", fee=Money(fee, "IDR"))
    a_snapshot(a_live_post(card, at=at), **counts)
    return card


def test_campaigns_stand_beside_each_other_with_what_an_engagement_cost(kirana: Influencer, owner: User) -> None:
    a_part(kirana, "Glow")
    a_part(kirana, "Dew", fee=2_614_000, at=WENT_OUT + dt.timedelta(days=30))
    report = person_report(kirana, owner)
    assert {row.card.campaign.name: row.each.replace("\xa0", " ") for row in report.cards} == {
        "Glow": "IDR 3.4k", "Dew": "IDR 2k",
    }  # fmt: skip
    assert report.counts.cost == Decimal(7_114_000)
    assert sample_words(report) == "2 of 2 posts have numbers, in 2 campaigns"
    assert [value.quantize(Decimal("0.001")) for _on, value in report.rates_over_time] == [Decimal("2.723")] * 2


def test_what_nobody_counted_is_not_available(kirana: Influencer, owner: User) -> None:
    card = CollaborationFactory(influencer=kirana, status="making")
    a_live_post(card)
    report = person_report(kirana, owner)
    assert (report.brief.posts, report.brief.counted, report.brief.median_rate, report.each) == (1, 0, "n/a", "n/a")


def test_work_of_brands_behind_the_wall_is_not_there(kirana: Influencer, coordinator: User) -> None:
    a_part(kirana, "Glow")
    hidden = a_part(kirana, "Hidden")
    Organisation.objects.update(brand_walls=True)
    assert brief_of(kirana, coordinator) is None
    coordinator.brand_access.create(brand=hidden.campaign.brand)  # type: ignore[attr-defined]
    coordinator.forget_brands()
    assert [row.card.campaign.name for row in person_report(kirana, coordinator).cards] == ["Hidden"]


def test_money_paid_is_for_those_who_read_money(kirana: Influencer, owner: User, now: dt.datetime) -> None:
    line = due_line(influencer=kirana)
    settle(line, line.amount, key="paid-one", on=now.date(), at=now, by="Dinda")
    assert [words.replace("\xa0", " ") for words in person_report(kirana, owner).paid] == ["IDR 1,500,000"]
    assert person_report(kirana, UserFactory(role=Role.VIEWER)).paid == []
