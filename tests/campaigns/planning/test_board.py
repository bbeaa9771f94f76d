"""The board, the table and the list of campaigns: what they show, and at what cost."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from djmoney.money import Money

from campaigns.planning.board import Board, Look, board_of
from campaigns.planning.cards import Card, written
from campaigns.planning.models import Campaign, Collaboration, Deliverable
from campaigns.planning.tiles import budget_of, tiles_of
from crm.reminders.models import Todo
from crm.team.models import User
from crm.timeline.record import SYSTEM, subject_of
from tests.factories import (
    BrandFactory,
    CampaignFactory,
    CollaborationFactory,
    DeliverableFactory,
    FormatFactory,
    InfluencerFactory,
    PlatformFactory,
    RepresentationFactory,
)

pytestmark = pytest.mark.django_db


def board(campaign: Campaign, user: User, now: dt.datetime, **look: object) -> Board:
    return board_of(campaign, user, now, Look(**look))  # type: ignore[arg-type]


def only_card(campaign: Campaign, user: User, now: dt.datetime) -> Card:
    (card,) = board(campaign, user, now).cards
    return card


def labels(card: Card) -> list[str]:
    return [mark.label for mark in card.marks]


def test_each_lane_counts_its_cards_and_sums_its_fees(
    campaign: Campaign, collaboration: Collaboration, coordinator: User, now: dt.datetime
) -> None:
    Collaboration.objects.update(fee=Money(4_500_000, "IDR"))
    CollaborationFactory(campaign=campaign, status="making", fee=Money(3_000_000, "IDR"))
    CollaborationFactory(campaign=campaign, status="off", off_why="Too dear")
    shown = board(campaign, coordinator, now)
    assert [(lane.stage, len(lane.cards), lane.sum) for lane in shown.lanes] == [
        ("shortlist", 0, ""),
        ("in_talks", 0, ""),
        ("agreed", 0, ""),
        ("making", 2, "IDR\u00a07.5M"),
        ("review", 0, ""),
        ("posting", 0, ""),
        ("done", 0, ""),
    ]
    assert (len(shown.off), shown.off_summary) == (1, "Too dear")


def test_currencies_are_never_added_up(
    campaign: Campaign, collaboration: Collaboration, coordinator: User, now: dt.datetime
) -> None:
    campaign.budget = Money(10_000_000, "IDR")
    Collaboration.objects.update(fee=Money(4_000_000, "IDR"))
    CollaborationFactory(campaign=campaign, status="agreed", fee=Money(500, "USD"))
    CollaborationFactory(campaign=campaign, status="in_talks", fee=Money(9_000_000, "IDR"))
    budget = budget_of(board(campaign, coordinator, now))
    assert (budget.promised, budget.of, budget.share, budget.rest, budget.tone) == (
        "IDR\u00a04M",
        "of IDR\u00a010M",
        40,
        "Free IDR\u00a06M",
        "",
    )
    assert budget.beside == "and $500.00 in other currencies"
    assert written({"IDR": Decimal(4_000_000), "USD": Decimal(500)}) == "IDR\u00a04M + $500.00"


def test_a_budget_that_is_overdrawn_says_by_how_much(
    campaign: Campaign, collaboration: Collaboration, coordinator: User, now: dt.datetime
) -> None:
    campaign.budget = Money(3_000_000, "IDR")
    Collaboration.objects.update(fee=Money(4_000_000, "IDR"))
    budget = budget_of(board(campaign, coordinator, now))
    assert (budget.share, budget.rest, budget.tone) == (100, "IDR\u00a01M over the budget", "bad")


def test_without_a_budget_only_what_is_promised_is_told(
    campaign: Campaign, collaboration: Collaboration, coordinator: User, now: dt.datetime
) -> None:
    assert budget_of(board(campaign, coordinator, now)).rest == "No budget is set."


def test_a_card_says_what_she_makes_and_when_the_next_of_it_is_due(
    reel: Deliverable, campaign: Campaign, coordinator: User, now: dt.datetime
) -> None:
    person = reel.collaboration.influencer
    person.main_platform, person.main_handle, person.followers = reel.format.platform, "kirana.m", 34_200
    person.save()
    tiktok = PlatformFactory(code="tiktok", name="TikTok")
    video = FormatFactory(platform=tiktok, code="video", name_en="Video", name_id="Video")
    DeliverableFactory(collaboration=reel.collaboration)
    DeliverableFactory(collaboration=reel.collaboration, format=video, draft_due_on=None)
    card = only_card(campaign, coordinator, now)
    assert (card.what, card.when, card.known_as) == ("2 × Reel; TikTok: Video", "Fri 27 Nov", "@kirana.m, 34.2k")


@pytest.mark.parametrize(
    "day, hour, words, tone",
    [(24, 3, "Fri 27 Nov", ""), (27, 3, "today", ""), (27, 17, "1 day late", "bad"), (29, 3, "2 days late", "bad")],
)
def test_a_card_is_late_when_its_day_is_over(
    day: int, hour: int, words: str, tone: str, reel: Deliverable, campaign: Campaign, coordinator: User
) -> None:
    card = only_card(campaign, coordinator, dt.datetime(2026, 11, day, hour, tzinfo=dt.UTC))
    assert (card.when, card.when_tone) == (words, tone)


def test_before_she_agrees_a_card_shows_the_fee_and_is_never_late(
    reel: Deliverable, campaign: Campaign, coordinator: User
) -> None:
    Collaboration.objects.update(status="in_talks", fee=Money(4_900_000, "IDR"))
    card = only_card(campaign, coordinator, dt.datetime(2027, 1, 1, tzinfo=dt.UTC))
    assert (card.when, card.is_late) == ("IDR\u00a04.9M", False)


def test_marks_tell_what_is_no_column(
    reel: Deliverable, campaign: Campaign, coordinator: User, now: dt.datetime
) -> None:
    assert labels(only_card(campaign, coordinator, now)) == []
    reel.submit(at=now, actor=SYSTEM)
    assert labels(only_card(campaign, coordinator, now)) == ["Draft 1 waiting"]
    reel.ask_changes("Code", at=now, actor=SYSTEM)
    assert labels(only_card(campaign, coordinator, now)) == ["Asked for changes"]
    reel.publish(at=now, actor=SYSTEM)
    assert labels(only_card(campaign, coordinator, now)) == ["Address missing"]
    Deliverable.objects.update(zone="Asia/Jayapura", status="expected", published_at=None, changes_note="")
    reel.collaboration.pause_reminders(at=now, actor=SYSTEM)
    assert labels(only_card(campaign, coordinator, now)) == ["WIT", "No reminders"]


def test_marks_tell_who_cannot_be_reached_and_what_she_asked(
    reel: Deliverable, campaign: Campaign, coordinator: User, now: dt.datetime
) -> None:
    person = reel.collaboration.influencer
    Todo.objects.create(kind="question", text="?", influencer_ref=person.pk, subject=subject_of(reel))
    person.representations.all().delete()
    assert labels(only_card(campaign, coordinator, now)) == ["No e-mail address", "Question"]
    person.do_not_contact_at = now
    person.save()
    assert labels(only_card(campaign, coordinator, now)) == ["Do not contact", "Question"]
    person.archived_at = now
    person.save()
    assert labels(only_card(campaign, coordinator, now)) == ["Archived", "Question"]
    assert only_card(campaign, coordinator, now).needs_us


def test_a_promise_without_work_is_told(
    collaboration: Collaboration, campaign: Campaign, coordinator: User, now: dt.datetime
) -> None:
    assert labels(only_card(campaign, coordinator, now)) == ["Nothing planned"]


def test_filters_show_mine_late_waiting_and_one_platform(
    reel: Deliverable, campaign: Campaign, coordinator: User
) -> None:
    now = dt.datetime(2026, 12, 1, tzinfo=dt.UTC)
    hers = reel.collaboration
    hers.influencer.owner = coordinator
    hers.influencer.save()
    other = DeliverableFactory(
        collaboration=CollaborationFactory(campaign=campaign, status="making"),
        format=FormatFactory(platform=PlatformFactory(code="tiktok", name="TikTok"), code="video"),
        draft_due_on=dt.date(2026, 12, 20),
        post_due_on=dt.date(2026, 12, 24),
    )
    other.submit(at=now, actor=SYSTEM)

    def shown(**look: object) -> list[int]:
        return [card.collaboration.pk for card in board(campaign, coordinator, now, **look).shown]

    assert sorted(shown()) == sorted([hers.pk, other.collaboration_id])
    assert shown(mine=True) == [hers.pk]
    assert shown(late=True) == [hers.pk]
    assert shown(waiting=True) == [other.collaboration_id]
    assert shown(platform="tiktok") == [other.collaboration_id]
    counted = board(campaign, coordinator, now, mine=True)
    assert (counted.late_count, counted.waiting_count) == (1, 1)


def test_tiles_say_what_is_true_now(reel: Deliverable, campaign: Campaign, coordinator: User, now: dt.datetime) -> None:
    DeliverableFactory(collaboration=reel.collaboration, post_due_on=dt.date(2026, 11, 28))
    CollaborationFactory(campaign=campaign, status="shortlist")
    reel.publish(at=now, actor=SYSTEM)
    tiles = {tile.label: (tile.value, tile.of, tile.sub) for tile in tiles_of(board(campaign, coordinator, now))}
    assert tiles == {
        "People": ("2", "", "1 has agreed"),
        "Posts live": ("1", "of 2", "1 due within a week"),
        "Late": ("0", "", "all in time"),
        "Needs us": ("0", "", "0 drafts to look at"),
    }


@pytest.mark.parametrize("count", [1, 3])
def test_a_board_of_any_size_costs_the_same_queries(
    count: int, campaign: Campaign, coordinator: User, as_coordinator: Client
) -> None:
    for _each in range(count):
        DeliverableFactory(
            collaboration=CollaborationFactory(campaign=campaign, influencer=RepresentationFactory().influencer)
        )
    as_coordinator.get(f"/campaigns/{campaign.pk}/")
    with CaptureQueriesContext(connection) as queries:
        answer = as_coordinator.get(f"/campaigns/{campaign.pk}/")
    assert answer.status_code == 200
    # session, user, brand walls, campaign with its places, cards with offers and briefs, work, asks with conflicts
    assert len(queries) == 7


@pytest.mark.parametrize("count", [1, 3])
def test_a_table_of_any_size_costs_the_same_queries(count: int, campaign: Campaign, as_coordinator: Client) -> None:
    for _each in range(count):
        DeliverableFactory(collaboration=CollaborationFactory(campaign=campaign))
    as_coordinator.get(f"/campaigns/{campaign.pk}/?view=table")
    with CaptureQueriesContext(connection) as queries:
        assert as_coordinator.get(f"/campaigns/{campaign.pk}/?view=table").status_code == 200
    assert len(queries) == 7


@pytest.mark.parametrize("count", [1, 3])
def test_a_list_of_any_length_costs_the_same_queries(count: int, coordinator: User, as_coordinator: Client) -> None:
    for _each in range(count):
        DeliverableFactory(collaboration=CollaborationFactory(campaign=CampaignFactory(owner=coordinator)))
    as_coordinator.get("/campaigns/")
    with CaptureQueriesContext(connection) as queries:
        assert as_coordinator.get("/campaigns/").status_code == 200
    # session, user, brand walls, places, count of pages, campaigns, tabs, money and people, work, lateness
    assert len(queries) == 10


@pytest.mark.parametrize("count", [1, 3])
def test_a_collaboration_with_any_number_of_works_costs_the_same_queries(
    count: int, collaboration: Collaboration, as_coordinator: Client
) -> None:
    for _each in range(count):
        DeliverableFactory(collaboration=collaboration)
    address = f"/campaigns/collaborations/{collaboration.pk}/"
    as_coordinator.get(address)
    with CaptureQueriesContext(connection) as queries:
        assert as_coordinator.get(address).status_code == 200
    # session, user, brand walls, card, deliverables, addresses, asks, story, mails, reminders, tasks, messages to choose
    # from, and what the rooms above ask
    assert len(queries) == 32


def test_the_list_narrows_by_standing_words_and_owner(coordinator: User, as_coordinator: Client) -> None:
    CampaignFactory(name="Glow", brand=BrandFactory(name="Lumi"), owner=coordinator, status="live")
    CampaignFactory(name="Smile", brand=BrandFactory(name="Nusa"), status="wrapped")

    def names(query: str) -> list[str]:
        return [row.campaign.name for row in as_coordinator.get(f"/campaigns/{query}").context["rows"]]

    assert names("") == ["Glow"]
    assert names("?tab=wrapped") == ["Smile"]
    assert names("?tab=wrapped&q=nusa") == ["Smile"]
    assert names("?q=nothing") == []
    assert names("?whose=mine") == ["Glow"]
    assert names("?tab=wrapped&whose=mine") == []
    assert names("?tab=%00&page=-5") == ["Glow"]
    counts = {tab["label"]: tab["count"] for tab in as_coordinator.get("/campaigns/").context["tabs"]}
    assert counts == {"In motion": 1, "Live": 1, "Drafts": 0, "Paused": 0, "Wrapped up": 1, "Cancelled": 0}


def test_the_list_counts_people_posts_lateness_and_money(
    reel: Deliverable, coordinator: User, as_coordinator: Client, now: dt.datetime
) -> None:
    Collaboration.objects.update(fee=Money(4_000_000, "IDR"))
    Deliverable.objects.update(draft_due_on=dt.date(2020, 1, 1))
    CollaborationFactory(campaign=reel.collaboration.campaign, status="off")
    DeliverableFactory(collaboration=reel.collaboration).publish(at=now, actor=SYSTEM)
    (row,) = as_coordinator.get("/campaigns/").context["rows"]
    assert (row.people, row.posted, row.planned, row.late, row.promised_words) == (1, 1, 2, 1, "IDR\u00a04M")


def test_an_empty_list_offers_the_first_campaign_to_those_who_may(as_coordinator: Client, as_viewer: Client) -> None:
    assert b"Open the first one" in as_coordinator.get("/campaigns/").content
    assert b"Open the first one" not in as_viewer.get("/campaigns/").content


def test_the_board_shows_who_may_not_act_no_verbs(
    reel: Deliverable, campaign: Campaign, as_viewer: Client, as_coordinator: Client
) -> None:
    for address in (f"/campaigns/{campaign.pk}/", f"/campaigns/collaborations/{reel.collaboration_id}/"):
        assert b'name="to"' in as_coordinator.get(address).content
        seen = as_viewer.get(address)
        assert seen.status_code == 200
        assert b'name="to"' not in seen.content


def test_names_from_people_are_escaped_on_the_board(campaign: Campaign, as_coordinator: Client) -> None:
    CollaborationFactory(
        campaign=campaign, influencer=InfluencerFactory(stage_name="<b>Bold</b>"), status="off", off_why="<i>why</i>"
    )
    page = as_coordinator.get(f"/campaigns/{campaign.pk}/").content.decode()
    assert "<b>Bold</b>" not in page
    assert "<i>why</i>" not in page
    assert "&lt;b&gt;Bold&lt;/b&gt;" in page
