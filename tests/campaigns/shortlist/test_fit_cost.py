"""What a long shortlist asks of the database: five hundred people cost no more questions than one."""

from typing import Any

import pytest

from campaigns.planning.models import Campaign, Collaboration
from campaigns.shortlist.fit_facts import facts_of
from crm.influencers.models import Audience, Influencer, MetricSnapshot, Platform, SocialAccount
from tests.conftest import NOW

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("size", [1, 500])
def test_facts_of_everybody_take_ten_questions(size: int, campaign: Campaign, django_assert_num_queries: Any) -> None:
    people = Influencer.objects.bulk_create(Influencer(stage_name=f"Kirana {number}") for number in range(size))
    instagram = Platform.objects.get(code="instagram")
    accounts = SocialAccount.objects.bulk_create(
        SocialAccount(influencer=one, platform=instagram, handle=f"kirana.{one.pk}", followers=34_000) for one in people
    )
    MetricSnapshot.objects.bulk_create(
        MetricSnapshot(account=one, taken_at=NOW, followers=34_000, likes=900, comments=60) for one in accounts
    )
    Audience.objects.bulk_create(Audience(influencer=one, counted_on=NOW.date(), source="Insights") for one in people)
    Collaboration.objects.bulk_create(Collaboration(campaign=campaign, influencer=one) for one in people)
    with django_assert_num_queries(10):
        facts = facts_of([one.pk for one in people], {instagram.pk}, NOW)
    assert {one.counts.likes for one in facts.values()} == {900}
