"""A campaign's days take the promises counted from them along, all of them or none."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from campaigns.planning.actions.campaigns import save_campaign
from campaigns.planning.models import Campaign, Collaboration
from campaigns.planning.models.promises import PromiseHeld
from crm.exclusivity.models import Claim, Clause
from crm.influencers.models import Influencer
from crm.timeline.models import Entry
from crm.timeline.record import Actor
from tests.campaigns.planning.test_promises import category, deal, on, promise, spoken, windows
from tests.factories import CollaborationFactory, InfluencerFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def kirana() -> Influencer:
    return InfluencerFactory(stage_name="Kirana Maheswari")


@pytest.fixture
def ours(kirana: Influencer, now: dt.datetime, actor: Actor) -> Collaboration:
    """Barred for the whole campaign, 1 November to 31 December."""
    card = deal(kirana, "Lumi", on(12, 10))
    promise(card, anchor="term", start_offset=0, end_offset=0)
    card.put("agreed", at=now, actor=actor)
    return card


def moved(card: Collaboration, now: dt.datetime, actor: Actor, **changes: Any) -> None:
    campaign = Campaign.objects.get(pk=card.campaign_id)
    for name, value in changes.items():
        setattr(campaign, name, value)
    save_campaign(campaign, at=now, actor=actor)


def test_windows_and_claims_of_everybody_follow(ours: Collaboration, now: dt.datetime, actor: Actor) -> None:
    other = CollaborationFactory(campaign=ours.campaign, influencer=InfluencerFactory(), status="in_talks")
    promise(other, anchor="term", start_offset=0, end_offset=0)
    other.put("agreed", at=now, actor=actor)
    moved(ours, now, actor, end_on=dt.date(2027, 1, 31))
    for clause in Clause.objects.all():
        assert windows(clause) == [spoken(on(11, 1), dt.date(2027, 1, 31))]
    ends = set(Claim.objects.filter(side=0).values_list("end_at", flat=True))
    assert ends == {dt.datetime(2027, 1, 31, 17, tzinfo=dt.UTC)}


def test_days_that_would_reach_over_agreed_work_for_a_rival_are_refused_and_nothing_moves(
    kirana: Influencer, ours: Collaboration, now: dt.datetime, actor: Actor
) -> None:
    deal(kirana, "Serasi", dt.date(2027, 1, 10)).put("agreed", at=now, actor=actor)
    with pytest.raises(PromiseHeld) as refused:
        moved(ours, now, actor, end_on=dt.date(2027, 1, 31))
    assert [one.bar.clause for one in refused.value.conflicts] == [Clause.objects.get().pk]
    assert Campaign.objects.get(pk=ours.campaign_id).end_on == on(12, 31)
    assert windows(Clause.objects.get()) == [spoken(on(11, 1), on(12, 31))]
    assert not Entry.objects.filter(verb="campaign.changed").exists()


def test_the_form_says_whose_promise_would_break(
    as_coordinator: Client, kirana: Influencer, ours: Collaboration, now: dt.datetime, actor: Actor
) -> None:
    deal(kirana, "Serasi", dt.date(2027, 1, 10)).put("agreed", at=now, actor=actor)
    url = reverse("campaign-edit", args=[ours.campaign_id])
    form = as_coordinator.get(url).context["form"]
    said = {name: form.get_initial_for_field(field, name) for name, field in form.fields.items()}
    typed = {name: value for name, value in said.items() if value not in (None, [], "")} | {"end_on": "2027-01-31"}
    typed.pop("budget", None)
    answer = as_coordinator.post(url, typed)
    assert answer.status_code == 422
    (why,) = answer.context["form"].non_field_errors()
    assert "Nothing was changed. Kirana Maheswari promised exclusivity to Lumi: Sun, 10 Jan 2027." in why


def test_what_stood_against_it_before_does_not_keep_the_days_from_moving(
    kirana: Influencer, ours: Collaboration, now: dt.datetime, actor: Actor
) -> None:
    rival = deal(kirana, "Serasi", dt.date(2027, 1, 10))
    rival.put("agreed", at=now, actor=actor)
    early = dt.datetime(2026, 12, 12, 3, tzinfo=dt.UTC)
    rival.deliverables.get().publish(at=early, actor=actor)
    moved(ours, now, actor, end_on=dt.date(2027, 1, 31))
    assert windows(Clause.objects.get()) == [spoken(on(11, 1), dt.date(2027, 1, 31))]


def test_another_category_claims_the_work_anew_and_may_be_refused(
    kirana: Influencer, ours: Collaboration, now: dt.datetime, actor: Actor
) -> None:
    coffee = deal(kirana, "Kopi Senja", on(12, 10), slug="food-drink")
    coffee.put("agreed", at=now, actor=actor)
    with pytest.raises(PromiseHeld):
        moved(coffee, now, actor, category=category("skincare"))
    assert Campaign.objects.get(pk=coffee.campaign_id).category == category("food-drink")


@pytest.mark.parametrize("agreed_people", [1, 3])
def test_a_name_that_changes_looks_at_nobodys_promises(
    ours: Collaboration, now: dt.datetime, actor: Actor, agreed_people: int, django_assert_num_queries: Any
) -> None:
    for _other in range(agreed_people - 1):
        CollaborationFactory(campaign=ours.campaign, influencer=InfluencerFactory(), status="agreed")
    campaign = Campaign.objects.get(pk=ours.campaign_id)
    campaign.name = "Lumi Lebaran"
    with django_assert_num_queries(9):
        save_campaign(campaign, at=now, actor=actor)
