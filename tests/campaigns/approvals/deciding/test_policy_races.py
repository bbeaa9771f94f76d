"""Two who settle how content is approved, and a version that comes meanwhile."""

import datetime as dt

import pytest

from campaigns.approvals.deciding.policies import Stage
from campaigns.approvals.deciding.policy_actions import Place, drop_policy, save_policy
from campaigns.approvals.handing.actions import hand_in
from campaigns.approvals.handing.said import Said
from campaigns.approvals.models import ApprovalPolicy, Review, ReviewStage
from campaigns.planning.models import Campaign, Deliverable
from crm.timeline.models import Entry
from crm.timeline.record import SYSTEM
from tests.factories import CampaignFactory, CollaborationFactory, DeliverableFactory
from tests.races import together

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]
US = Stage(position=1, role="coordinator")


def keep(campaign: Campaign, now: dt.datetime) -> None:
    save_policy(Place(campaign=campaign), {"max_rounds": 3}, [US], at=now, actor=SYSTEM)


def test_two_who_save_at_once_leave_one_way_with_one_stage(now: dt.datetime) -> None:
    campaign = CampaignFactory()
    assert together(*[lambda: keep(campaign, now)] * 4) == []
    assert (ApprovalPolicy.objects.count(), ReviewStage.objects.count()) == (1, 1)


def test_a_way_dropped_twice_and_saved_at_once_is_whole_or_gone(now: dt.datetime) -> None:
    campaign = CampaignFactory()
    place = Place(campaign=campaign)
    dropped: list[bool] = []
    for _round in range(4):
        keep(campaign, now)
        drop = lambda: dropped.append(drop_policy(place, at=now, actor=SYSTEM))  # noqa: E731
        assert together(drop, drop, lambda: keep(campaign, now)) == []
        assert ReviewStage.objects.count() == ApprovalPolicy.objects.count()
    assert Entry.objects.filter(verb="policy.dropped").count() == sum(dropped)


def test_a_version_that_comes_while_stages_change_has_its_review(now: dt.datetime) -> None:
    for _round in range(4):
        card = CollaborationFactory(status="making", campaign__status="live")
        keep(card.campaign, now)
        row = DeliverableFactory(collaboration=card)
        row = Deliverable.objects.with_card().get(pk=row.pk)
        raised = together(
            lambda r=row: hand_in(r, Said(caption="Halo"), at=now, actor=SYSTEM),  # type: ignore[misc]
            lambda c=card: keep(c.campaign, now),  # type: ignore[misc]
            lambda c=card: keep(c.campaign, now),  # type: ignore[misc]
        )
        steps = Review.objects.get(version__deliverable=row).steps.values_list("role", "state")
        assert (raised, list(steps)) == ([], [("coordinator", "open")])
