"""A campaign's plan: its messages and who carries them, and what else runs."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from campaigns.planning.models import Campaign, Channel, Collaboration, Pillar
from crm.team.models import User
from crm.timeline.models import Entry
from tests.factories import CampaignFactory, CollaborationFactory

pytestmark = pytest.mark.django_db


def lines(*rows: dict[str, Any], known: int = 0, **more: str) -> dict[str, Any]:
    """What the form of a list sends."""
    typed = {"row-TOTAL_FORMS": str(len(rows)), "row-INITIAL_FORMS": str(known)}
    return {
        **typed,
        **more,
        **{f"row-{place}-{name}": value for place, row in enumerate(rows) for name, value in row.items()},
    }


def story(campaign: Campaign, verb: str) -> list[dict[str, Any]]:
    return [
        entry.changes
        for entry in Entry.objects.filter(verb=verb, subject=f"campaigns.campaign:{campaign.pk}").order_by("pk")
    ]


def test_channels_are_saved_as_a_list_and_told_as_it_was_and_is(campaign: Campaign, as_coordinator: Client) -> None:
    address = f"/campaigns/{campaign.pk}/plan/channels/"
    answer = as_coordinator.post(address, lines(
        {"kind": "store", "note": "Shelf talkers", "start_on": "2026-12-01", "end_on": "2026-12-24"}, {"kind": ""},
    ))  # fmt: skip
    assert (answer.status_code, answer.url) == (302, f"/campaigns/{campaign.pk}/plan/")
    (row,) = Channel.objects.all()
    assert (row.kind, row.note, row.start_on, row.end_on) == (
        "store", "Shelf talkers", dt.date(2026, 12, 1), dt.date(2026, 12, 24)
    )  # fmt: skip
    as_coordinator.post(address, lines(
        {"id": row.pk, "kind": "store", "note": "Shelf talkers", "DELETE": "on"}, {"kind": "paid"}, known=1,
    ))  # fmt: skip
    assert [channel.kind for channel in Channel.objects.all()] == ["paid"]
    assert story(campaign, "campaign.channels") == [
        {"channels": ["", "Stores Shelf talkers"]}, {"channels": ["Stores Shelf talkers", "Paid ads"]}
    ]  # fmt: skip


def test_one_more_line_keeps_what_was_typed_and_saves_nothing(campaign: Campaign, as_coordinator: Client) -> None:
    answer = as_coordinator.post(f"/campaigns/{campaign.pk}/plan/pillars/", lines({"name": "Gentle on skin"}, more="1"))
    assert (answer.status_code, len(answer.context["formset"].forms)) == (200, 2)
    assert b'value="Gentle on skin"' in answer.content
    assert not Pillar.objects.exists()


def test_what_is_wrong_is_said_and_nothing_is_lost(campaign: Campaign, as_coordinator: Client) -> None:
    same = lines({"name": "Gentle on skin"}, {"name": "Gentle on skin"})
    answer = as_coordinator.post(f"/campaigns/{campaign.pk}/plan/pillars/", same)
    assert (answer.status_code, answer.content.count(b'value="Gentle on skin"')) == (422, 2)
    backwards = lines({"kind": "event", "start_on": "2026-12-02", "end_on": "2026-12-01"})
    answer = as_coordinator.post(f"/campaigns/{campaign.pk}/plan/channels/", backwards)
    assert answer.context["formset"].forms[0].errors["end_on"] == ["The last day is before the first one."]
    for broken in ({}, {"row-TOTAL_FORMS": "x", "more": "1"}, {"row-TOTAL_FORMS": "99999", "row-INITIAL_FORMS": "-3"}):
        assert as_coordinator.post(f"/campaigns/{campaign.pk}/plan/channels/", broken).status_code in (200, 422)
    assert as_coordinator.get(f"/campaigns/{campaign.pk}/plan/nothing/").status_code == 404
    assert (Pillar.objects.count(), Channel.objects.count()) == (0, 0)


def test_a_row_of_another_campaign_cannot_be_taken_out_here(campaign: Campaign, as_coordinator: Client) -> None:
    theirs = Pillar.objects.create(campaign=CampaignFactory(), name="Theirs")
    sent = lines({"id": theirs.pk, "name": "Mine", "DELETE": "on"}, known=1)
    as_coordinator.post(f"/campaigns/{campaign.pk}/plan/pillars/", sent)
    assert (Pillar.objects.get().name, Pillar.objects.get().campaign) == ("Theirs", theirs.campaign)


def test_who_carries_which_message_is_chosen_told_and_counted(
    campaign: Campaign, collaboration: Collaboration, as_coordinator: Client
) -> None:
    gentle = Pillar.objects.create(campaign=campaign, name="Gentle on skin")
    Pillar.objects.create(campaign=campaign, name="Made in Bandung")
    CollaborationFactory(campaign=campaign, status="shortlist")
    CollaborationFactory(campaign=campaign, status="off", pillar=gentle)
    page = f"/campaigns/collaborations/{collaboration.pk}/"
    for _twice in range(2):
        assert as_coordinator.post(f"{page}message/", {"pillar": gentle.pk}).url == page
    assert Collaboration.objects.get(pk=collaboration.pk).pillar == gentle
    assert [entry.changes for entry in Entry.objects.filter(verb="collaboration.pillar")] == [
        {"pillar": ["", "Gentle on skin"]}
    ]
    plan = as_coordinator.get(f"/campaigns/{campaign.pk}/plan/").context["plan"]
    assert [(carried.pillar.name, carried.people) for carried in plan.pillars] == [
        ("Gentle on skin", 1), ("Made in Bandung", 0)
    ]  # fmt: skip
    assert (plan.without, [pillar.name for pillar in plan.nobody_carries]) == (1, ["Made in Bandung"])
    board = as_coordinator.get(f"/campaigns/{campaign.pk}/").context["board"]
    (card,) = [card for card in board.cards if card.collaboration == collaboration]
    assert "Gentle on skin" in [mark.label for mark in card.marks]


def test_a_message_of_another_campaign_is_refused(collaboration: Collaboration, as_coordinator: Client) -> None:
    theirs = Pillar.objects.create(campaign=CampaignFactory(), name="Theirs")
    page = f"/campaigns/collaborations/{collaboration.pk}/"
    for sent in (theirs.pk, "x", "9" * 30):
        as_coordinator.post(f"{page}message/", {"pillar": sent})
    assert Collaboration.objects.get(pk=collaboration.pk).pillar is None
    assert not Entry.objects.filter(verb="collaboration.pillar").exists()


@pytest.mark.parametrize("count", [1, 3])
def test_a_plan_of_any_size_costs_the_same_queries(count: int, campaign: Campaign, as_coordinator: Client) -> None:
    for number in range(count):
        CollaborationFactory(
            campaign=campaign, pillar=Pillar.objects.create(campaign=campaign, name=f"Message {number}")
        )
        Channel.objects.create(campaign=campaign, kind="paid")
    as_coordinator.get(f"/campaigns/{campaign.pk}/plan/")
    with CaptureQueriesContext(connection) as queries:
        assert as_coordinator.get(f"/campaigns/{campaign.pk}/plan/").status_code == 200
    # session, user, campaign, who carries what, messages, parts, channels
    assert len(queries) == 8


@pytest.mark.parametrize("count, is_said", [(0, True), (1, True), (2, False)])
def test_one_influencer_is_rarely_enough(count: int, is_said: bool, coordinator: User, as_coordinator: Client) -> None:
    campaign = CampaignFactory(owner=coordinator)
    for _each in range(count):
        CollaborationFactory(campaign=campaign, status="agreed")
    CollaborationFactory(campaign=campaign, status="in_talks")
    page = as_coordinator.get(f"/campaigns/{campaign.pk}/").content
    assert (b"One influencer is rarely enough" in page) is is_said
