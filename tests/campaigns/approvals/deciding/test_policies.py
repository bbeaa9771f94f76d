"""Whose policy counts, and how it is said and taken back."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from campaigns.approvals.deciding.policies import Policy, Stage, policies_of, policy_of
from campaigns.approvals.models import ApprovalPolicy, ReviewStage
from campaigns.planning.models import Campaign
from crm.outbox.models import Contact
from crm.team.models import User
from tests.campaigns.approvals.deciding.conftest import stages
from tests.factories import CampaignFactory

pytestmark = pytest.mark.django_db

TYPED = {
    "roles": ["coordinator"], "max_rounds": "2", "extra_round_fee_0": "", "extra_round_fee_1": "IDR", "first_pass_hours": "24",
    "sla_hours": "48", "calendar": "working_days", "creator_turnaround_days": "2", "concept_days": "5", "musts_cite": "on",
}  # fmt: skip


def test_without_rows_one_stage_of_ours_counts(campaign: Campaign) -> None:
    assert policy_of(campaign) == Policy()
    assert policy_of(campaign).stages == (Stage(),)


def test_the_campaigns_own_counts_before_the_brands_and_the_houses(campaign: Campaign) -> None:
    ApprovalPolicy.objects.create(max_rounds=1)
    assert (policy_of(campaign).max_rounds, policy_of(campaign).source) == (1, "house")
    ApprovalPolicy.objects.create(brand=campaign.brand, max_rounds=3)
    assert (policy_of(campaign).max_rounds, policy_of(campaign).source) == (3, "brand")
    ApprovalPolicy.objects.create(campaign=campaign, max_rounds=4)
    assert (policy_of(campaign).max_rounds, policy_of(campaign).source) == (4, "campaign")


def test_many_campaigns_cost_the_same_questions(
    campaign: Campaign, bagas: User, ratna: Contact, django_assert_num_queries: Any
) -> None:
    stages(campaign, {"people": [bagas]}, {"role": "client", "guests": [ratna]})
    for wanted in ([campaign], [campaign, CampaignFactory(), CampaignFactory()]):
        with django_assert_num_queries(4):
            found = policies_of(wanted)
    assert [stage.role for stage in found[campaign.pk].stages] == ["coordinator", "client"]


def test_a_campaign_gets_a_stage_with_somebody_new_from_outside(as_owner: Client, campaign: Campaign) -> None:
    url = reverse("campaign-approvals", args=[campaign.pk])
    assert "Who says yes?" in as_owner.get(url).content.decode()
    somebody = {"new_name": "Ratna", "new_email": "ratna@lumi.example", "new_role": "client"}
    answer = as_owner.post(url, {**TYPED, "roles": ["coordinator", "client"], **somebody})
    assert (answer.status_code, answer["Location"]) == (302, reverse("campaign", args=[campaign.pk]))
    client = ReviewStage.objects.get(role="client")
    assert [guest.email for guest in client.guests.all()] == ["ratna@lumi.example"]
    assert [stage.role for stage in policy_of(campaign).stages] == ["coordinator", "client"]


def test_a_stage_without_anybody_is_refused_and_nothing_is_kept(as_owner: Client, campaign: Campaign) -> None:
    url = reverse("campaign-approvals", args=[campaign.pk])
    answer = as_owner.post(url, {**TYPED, "roles": ["coordinator", "legal"]})
    assert (answer.status_code, ApprovalPolicy.objects.count()) == (422, 0)
    assert "Say who says yes here." in answer.content.decode()
    short = as_owner.post(url, {**TYPED, "first_pass_hours": "72"})
    assert (short.status_code, ApprovalPolicy.objects.count()) == (422, 0)


def test_somebody_new_has_a_place_or_is_not_taken(as_owner: Client, campaign: Campaign) -> None:
    typed = {**TYPED, "new_name": "Ratna Halim", "new_email": "ratna@klien.example"}
    answer = as_owner.post(reverse("campaign-approvals", args=[campaign.pk]), typed)
    assert (answer.status_code, ApprovalPolicy.objects.count()) == (422, 0)
    assert "Say as who she or he says yes." in answer.content.decode()


def test_a_brand_says_in_how_many_things_it_differs_and_goes_back(as_owner: Client, campaign: Campaign) -> None:
    url = reverse("brand-approvals", args=[campaign.brand_id])
    as_owner.post(url, {**TYPED, "max_rounds": "3", "sla_hours": "72"})
    assert "Differs in 2 things" in as_owner.get(reverse("approval-policies")).content.decode()
    assert policy_of(campaign).max_rounds == 3
    assert as_owner.post(url, {"above": "1"}).status_code == 302
    assert policy_of(campaign) == Policy()
    assert (
        "Every brand and campaign does it as the house." in as_owner.get(reverse("approval-policies")).content.decode()
    )
