"""Everybody the list's filter means goes onto a shortlist: the filter travels, and each has an answer."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from campaigns.planning.models import Campaign
from crm.base.models import Organisation
from crm.influencers.bulk_runs.actions import begin, carry_on
from crm.influencers.bulk_runs.pages import lines
from crm.influencers.models import BulkRun, Influencer
from crm.team.models import User
from crm.timeline.models import Entry
from tests.factories import CollaborationFactory, InfluencerFactory

pytestmark = pytest.mark.django_db


def test_the_whole_filtered_list_of_people_goes_into_a_campaign(as_coordinator: Client, campaign: Campaign) -> None:
    two = [InfluencerFactory(stage_name=name) for name in ("Kirana Satu", "Kirana Dua")]
    InfluencerFactory(stage_name="Bagas")
    kept = {"all_matching": "1", "query": "q=kirana"}
    asked = as_coordinator.post("/campaigns/add-people/", kept)
    assert (asked.status_code, asked.context["count"].number) == (200, 2)
    assert asked.context["kept"] == [("all_matching", "1"), ("query", "q=kirana")]
    wrong = as_coordinator.post("/campaigns/add-people/", {**kept, "campaign": "999"})
    assert (wrong.status_code, wrong.context["count"].number, BulkRun.objects.count()) == (422, 2, 0)
    done = as_coordinator.post("/campaigns/add-people/", {**kept, "campaign": str(campaign.pk)})
    run = BulkRun.objects.get()
    assert done.headers["Location"] == f"/people/runs/{run.pk}/"
    assert (run.action, run.query, run.data, run.status) == ("campaign", "q=kirana", {"campaign": campaign.pk}, "done")
    assert set(campaign.collaborations.values_list("influencer", flat=True)) == {person.pk for person in two}


def into(campaign: Campaign, user: User, now: dt.datetime) -> BulkRun:
    run = begin("campaign", Influencer.objects.all(), data={"campaign": campaign.pk}, query="", user=user, now=now)
    carry_on(run.pk, now=now)
    run.refresh_from_db()
    return run


def said(run: BulkRun) -> list[tuple[str, str, str]]:
    return [(line.name, line.outcome, line.why) for line in lines(run, run.rows.order_by("place"))]


def test_of_everybody_the_filter_means_each_has_an_answer(
    campaign: Campaign, coordinator: User, now: dt.datetime
) -> None:
    InfluencerFactory(stage_name="New")
    CollaborationFactory(campaign=campaign, influencer=InfluencerFactory(stage_name="There"))
    InfluencerFactory(stage_name="Stored", archived_at=now)
    InfluencerFactory(stage_name="Quiet", do_not_contact_at=now, do_not_contact_why="hamil")
    InfluencerFactory(stage_name="Silent", do_not_contact_at=now)
    InfluencerFactory(stage_name="Twin", merged_into=Influencer.objects.get(stage_name="New"))
    run = into(campaign, coordinator, now)
    assert said(run) == [
        ("New", "Changed", ""),
        ("There", "As before", "Is in this campaign already."),
        ("Stored", "Refused", "Is archived. Bring her or him back first."),
        ("Quiet", "Refused", "Does not want to be contacted: hamil"),
        ("Silent", "Refused", "Does not want to be contacted."),
        ("Twin", "Refused", "Is no longer here, or was merged into somebody else."),
    ]
    assert set(campaign.collaborations.values_list("influencer__stage_name", flat=True)) == {"New", "There"}
    told = Entry.objects.filter(verb="collaboration.added")
    assert list(told.values_list("actor_label", "subject_label")) == [(coordinator.get_short_name(), "New · Glow")]
    again = into(campaign, coordinator, now)
    assert (again.counts["changed"], campaign.collaborations.count()) == (0, 2)


def test_a_campaign_that_ended_meanwhile_takes_nobody_and_says_so(
    campaign: Campaign, coordinator: User, now: dt.datetime
) -> None:
    InfluencerFactory(stage_name="New")
    Campaign.objects.update(status=Campaign.Status.CANCELLED)
    run = into(campaign, coordinator, now)
    assert said(run) == [("New", "Refused", "The campaign is over by now, or is no longer there.")]
    assert campaign.collaborations.count() == 0


def test_the_page_of_the_work_leads_to_the_campaign_for_those_who_may_see_it(
    as_coordinator: Client, campaign: Campaign, coordinator: User, now: dt.datetime
) -> None:
    InfluencerFactory()
    run = into(campaign, coordinator, now)
    page = as_coordinator.get(f"/people/runs/{run.pk}/")
    assert page.context["door"] == (f"/campaigns/{campaign.pk}/", campaign.name)
    Organisation.objects.update(brand_walls=True)
    page = as_coordinator.get(f"/people/runs/{run.pk}/")
    assert (page.context["door"], campaign.name in page.content.decode()) == (None, False)


def test_a_batch_for_a_campaign_takes_the_same_queries_for_one_person_and_three(
    campaign: Campaign, coordinator: User, now: dt.datetime, django_assert_num_queries: Any
) -> None:
    for number in (1, 3):
        for _n in range(number):
            InfluencerFactory()
        with django_assert_num_queries({"sqlite": 36, "postgresql": 37}[connection.vendor]):
            into(campaign, coordinator, now)
