"""Asking for votes as a colleague: chosen on the board, looked at first, sent, and read by name and by voter."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from campaigns.planning.models import Campaign, Collaboration
from campaigns.shortlist.models import Ballot, Vote, VoteRound
from campaigns.shortlist.votes_actions import Said, save_votes
from crm.base.models import Organisation
from crm.brands.models import BrandAccess
from crm.outbox.models import Email
from crm.timeline.record import Actor
from tests.campaigns.shortlist.voting import Voting
from tests.conftest import today_here
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


def ask(client: Client, campaign: Campaign, people: list[Collaboration], **typed: Any) -> Any:
    said = {
        "title": "Who joins?", "words": "", "people": [card.pk for card in people], "shows_price": "on",
        "shows_numbers": "on", "guests": "Rina Halim, rina@klien.example", "language": "en", **typed,
    }  # fmt: skip
    return client.post(reverse("vote-round-new", args=[campaign.pk]), said)


def test_the_ticked_ones_of_the_board_are_chosen(as_coordinator: Client, asked: Voting) -> None:
    board = reverse("campaign-bulk", args=[asked.round.campaign_id])
    answer = as_coordinator.post(board, {"action": "votes", "pick": [asked.cards[1].pk]})
    page = as_coordinator.get(answer["Location"])
    assert page.context["form"].initial["people"] == [asked.cards[1].pk]


def test_without_ticks_the_whole_shortlist_is_chosen(as_coordinator: Client, asked: Voting) -> None:
    page = as_coordinator.get(reverse("vote-round-new", args=[asked.round.campaign_id]))
    assert page.context["form"].initial["people"] == [card.pk for card in asked.cards]


def test_nothing_is_sent_before_somebody_has_looked(as_coordinator: Client, asked: Voting) -> None:
    asked.round.delete()
    answer = ask(as_coordinator, asked.round.campaign, asked.cards[:2], guests="Rina Halim <rina@klien.example>")
    found = VoteRound.objects.get()
    assert answer["Location"] == reverse("vote-round", args=[found.pk])
    assert Email.objects.count() == 0
    page = as_coordinator.get(answer["Location"]).content.decode()
    assert "1 voter was not asked yet" in page
    assert "Lumi: your vote on 2 names" in page
    preview = as_coordinator.get(reverse("vote-preview", args=[found.pk])).content.decode()
    assert "Ayu Lestari" in preview
    assert "Save my votes" not in preview
    as_coordinator.post(reverse("vote-round-do", args=[found.pk, "send"]))
    assert [mail.to_address for mail in Email.objects.all()] == ["rina@klien.example"]


@pytest.mark.parametrize(
    ("typed", "field", "words"),
    [
        ({"guests": "rina@klien.example"}, "guests", "has not both"),
        ({"guests": "Rina, rina.klien"}, "guests", "This is no e-mail address"),
        ({"guests": ""}, "__all__", "Choose a colleague, or type a guest."),
    ],
)
def test_what_is_missing_of_voters_is_said_and_what_was_typed_stays(
    as_coordinator: Client, asked: Voting, typed: dict[str, str], field: str, words: str
) -> None:
    answer = ask(as_coordinator, asked.round.campaign, asked.cards, words="We would start with ten", **typed)
    assert answer.status_code == 422
    assert words in answer.context["voters"].errors[field][0]
    assert "We would start with ten" in answer.content.decode()
    assert VoteRound.objects.count() == 1


def test_a_last_day_that_is_over_is_refused(as_coordinator: Client, asked: Voting) -> None:
    gone = today_here() - dt.timedelta(days=1)
    answer = ask(as_coordinator, asked.round.campaign, asked.cards, close_on=gone.isoformat())
    assert answer.context["form"].errors["close_on"] == ["That day is over. Choose today or a later day."]


def test_results_stand_by_name_and_voter(as_coordinator: Client, asked: Voting, now: dt.datetime) -> None:
    said = {asked.cards[1].pk: Said("yes", "Love her"), asked.cards[0].pk: Said("no")}
    save_votes(asked.ballot, said, at=now, actor=Actor.contact(asked.ballot.contact))
    page = as_coordinator.get(reverse("vote-round", args=[asked.round.pk]))
    assert [line.card.influencer.stage_name for line in page.context["results"].lines] == [
        "Bella Kartika",
        "Citra Dewanti",
        "Ayu Lestari",
    ]
    assert "“Love her”" in page.content.decode()
    by_name = as_coordinator.get(reverse("vote-round", args=[asked.round.pk]), {"sort": "name"})
    assert by_name.context["results"].lines[0].card == asked.cards[0]


def test_taking_people_on_goes_through_the_board_and_shows_it_first(as_coordinator: Client, asked: Voting) -> None:
    board = reverse("campaign-bulk", args=[asked.round.campaign_id])
    wanted = {"action": "move", "to": "in_talks", "pick": [asked.cards[0].pk]}
    preview = as_coordinator.post(board, {**wanted, "seen": ""})
    assert Collaboration.objects.get(pk=asked.cards[0].pk).status == "shortlist"
    as_coordinator.post(board, {**wanted, "seen": preview.context["seen"]})
    assert Collaboration.objects.get(pk=asked.cards[0].pk).status == "in_talks"


def test_a_vote_said_on_the_phone_is_noted_and_marked(as_coordinator: Client, asked: Voting) -> None:
    url = reverse("ballot-told", args=[asked.ballot.pk])
    card = asked.cards[0].pk
    assert as_coordinator.post(url, {"channel": "whatsapp"}).status_code == 422
    as_coordinator.post(url, {"channel": "whatsapp", f"says-{card}": "yes", f"note-{card}": "ok gas"})
    vote = Vote.objects.get()
    assert (vote.verdict, vote.note, vote.channel) == ("yes", "ok gas", "whatsapp")
    page = as_coordinator.get(reverse("vote-round", args=[asked.round.pk])).content.decode()
    assert "by WhatsApp, noted by Dinda" in page


@pytest.mark.parametrize("code", ["close", "send", "discard"])
def test_steps_of_a_round_are_told_and_refused_calmly_the_second_time(
    as_coordinator: Client, asked: Voting, code: str
) -> None:
    url = reverse("vote-round-do", args=[asked.round.pk, code])
    assert as_coordinator.post(url).status_code == 302
    assert as_coordinator.post(url).status_code == (404 if code == "discard" else 302)


def test_a_colleague_behind_the_wall_is_not_asked(as_owner: Client, asked: Voting) -> None:
    Organisation.objects.update(brand_walls=True)
    inside, outside = UserFactory(name="Inside"), UserFactory(name="Outside")
    BrandAccess.objects.create(user=inside, brand=asked.round.campaign.brand)
    page = as_owner.get(reverse("vote-round-voters", args=[asked.round.pk]))
    offered = {user.pk for user in page.context["form"].fields["colleagues"].queryset}
    assert inside.pk in offered
    assert outside.pk not in offered


def test_the_results_cost_the_same_for_one_voter_and_for_three(
    as_coordinator: Client, asked: Voting, django_assert_num_queries: Any, now: dt.datetime
) -> None:
    url = reverse("vote-round", args=[asked.round.pk])
    Ballot.objects.update(revoked_at=now)
    as_coordinator.get(url)
    with django_assert_num_queries(8):
        as_coordinator.get(url)
    for number in range(2):
        contact = asked.ballot.contact
        contact.pk, contact.name = None, f"Guest {number}"
        contact.save()
        Ballot.objects.create(round=asked.round, contact=contact, revoked_at=now)
    with django_assert_num_queries(8):
        as_coordinator.get(url)
