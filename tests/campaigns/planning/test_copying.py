"""A campaign like another one: what was planned comes over, nothing of what happened does."""

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal

import pytest
from django.test import Client
from djmoney.money import Money

from campaigns.briefs.actions.writing import save_draft
from campaigns.briefs.content import Content
from campaigns.briefs.queries import state_of
from campaigns.planning.models import Campaign, Channel, Collaboration, Kpi, KpiKind, Pillar
from campaigns.planning.places import copied
from campaigns.shortlist.fit_weights import counting_of, save_weights
from campaigns.shortlist.models import FitWeight
from crm.brands.models import Territory
from crm.team.models import User
from crm.timeline.models import Entry
from crm.timeline.record import Actor, subject_of
from tests.factories import CollaborationFactory, InfluencerFactory

pytestmark = pytest.mark.django_db
DAYS = {"start_on": "2027-01-10", "end_on": "2027-02-10"}


@pytest.fixture
def glow(campaign: Campaign, now: dt.datetime) -> Campaign:
    campaign.why, campaign.goal, campaign.budget, campaign.live_at = "People ask them", "traffic", Money(5, "IDR"), now
    campaign.offers_open_at = now
    campaign.save()
    campaign.territories.add(Territory.objects.create(kind="city", code="mks", name="Makassar"))
    kind = KpiKind.objects.create(code="visits-test", name_en="Visits", name_id="Kunjungan")
    Kpi.objects.create(campaign=campaign, kind=kind, target=1000, baseline=5, closing=900)
    Pillar.objects.create(campaign=campaign, name="Gentle")
    Channel.objects.create(campaign=campaign, kind="store", start_on=dt.date(2026, 11, 3))
    return campaign


@pytest.fixture
def brought() -> Iterator[list[tuple[Campaign, Campaign]]]:
    """What a room above was told, while it stands in the place."""
    seen: list[tuple[Campaign, Campaign]] = []
    copied("test")(lambda old, new, at, actor: seen.append((old, new)))
    yield seen
    del copied._placed["test"]


def test_what_was_planned_comes_over_and_nothing_of_what_happened(
    glow: Campaign, brought: list[tuple[Campaign, Campaign]], as_coordinator: Client
) -> None:
    CollaborationFactory(campaign=glow)
    answer = as_coordinator.post(f"/campaigns/{glow.pk}/copy/", {"name": "Glow again", **DAYS})
    new = Campaign.objects.get(name="Glow again")
    assert answer["Location"] == f"/campaigns/{new.pk}/"
    assert (new.status, new.live_at, new.offers_open_at, new.copied_from, new.why, new.goal, new.budget) == (
        "draft", None, None, glow, "People ask them", "traffic", Money(5, "IDR")
    )  # fmt: skip
    assert [place.name for place in new.territories.all()] == ["Makassar"]
    assert [(kpi.target, kpi.baseline, kpi.closing) for kpi in new.kpis.all()] == [(Decimal(1000), None, None)]
    assert [pillar.name for pillar in new.pillars.all()] == ["Gentle"]
    assert [channel.start_on for channel in new.channels.all()] == [dt.date(2027, 1, 12)]
    assert not new.collaborations.exists()
    assert brought == [(glow, new)]
    told = Entry.objects.filter(verb__startswith="campaign.copied").order_by("pk")
    assert [(entry.subject, entry.sentence_en) for entry in told] == [
        (subject_of(glow), "Copied as Glow again"), (subject_of(new), "Copied from Glow")
    ]  # fmt: skip


def test_its_people_come_along_as_a_shortlist_each_with_an_answer(
    glow: Campaign, as_coordinator: Client, now: dt.datetime
) -> None:
    kirana = InfluencerFactory(stage_name="Kirana")
    for person, status in (
        (kirana, "done"),
        (InfluencerFactory(stage_name="Old", merged_into=kirana), "done"),
        (InfluencerFactory(stage_name="Sari", do_not_contact_at=now), "done"),
        (InfluencerFactory(stage_name="Off"), "off"),
    ):
        CollaborationFactory(campaign=glow, influencer=person, status=status, fee=Money(5, "IDR"))
    answer = as_coordinator.post(f"/campaigns/{glow.pk}/copy/", {"name": "Again", "with_people": "on", **DAYS})
    assert [(verdict.who, verdict.done) for verdict in answer.context["verdicts"]] == [
        ("Kirana", True),
        ("Sari", False),
    ]
    cards = Collaboration.objects.filter(campaign__name="Again")
    assert [(card.influencer, card.status, card.fee) for card in cards] == [(kirana, "shortlist", None)]


def test_a_taken_name_or_turned_days_are_said_and_nothing_is_made(glow: Campaign, as_coordinator: Client) -> None:
    for typed, field in (
        ({"name": "Glow", **DAYS}, "name"),
        ({"name": "Again", "start_on": "2027-02-10", "end_on": "2027-01-10"}, "end_on"),
        ({}, "name"),
    ):
        answer = as_coordinator.post(f"/campaigns/{glow.pk}/copy/", {"csrf": "", **typed})
        assert (answer.status_code, field in answer.context["form"].errors) == (422, True)
    assert Campaign.objects.count() == 1


def test_the_brief_and_the_weights_come_along_as_they_stand(
    glow: Campaign, as_coordinator: Client, now: dt.datetime, coordinator: User
) -> None:
    actor = Actor.user(coordinator)
    state = state_of(glow)
    save_draft(glow, Content({"caption": "A soft morning"}), seen=state.token, at=now, actor=actor)
    weights = {str(part): 5 for part in FitWeight.Part}
    save_weights(glow, weights, at=now, actor=actor)
    as_coordinator.post(f"/campaigns/{glow.pk}/copy/", {"name": "Glow again", **DAYS})
    new = Campaign.objects.get(name="Glow again")
    draft = state_of(new).draft
    assert draft is not None
    assert (draft.caption, draft.is_released, state_of(glow).draft == draft) == ("A soft morning", False, False)
    counting = counting_of(new, now.date())
    assert (counting.is_own, counting.weights) == (True, weights)


def test_a_copy_of_what_has_neither_brief_nor_weights_has_neither(glow: Campaign, as_coordinator: Client) -> None:
    as_coordinator.post(f"/campaigns/{glow.pk}/copy/", {"name": "Glow again", **DAYS})
    new = Campaign.objects.get(name="Glow again")
    assert (state_of(new).draft, new.fit_weights.count()) == (None, 0)
