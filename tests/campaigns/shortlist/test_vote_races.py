"""Two presses at the same moment, and one while the round is closed: no error, nothing lost, nothing counted late."""

import datetime as dt

import pytest

from campaigns.shortlist import votes_actions
from campaigns.shortlist.models import Ballot, Vote, VoteRound
from campaigns.shortlist.votes_actions import Said, close, save_votes
from crm.team.models import User
from crm.timeline.record import Actor
from tests.campaigns.shortlist.voting import Voting, voting
from tests.races import together

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]

ROUNDS = 5


def fresh(asked: Voting) -> Ballot:
    return Ballot.objects.select_related("contact", "round__campaign").get(pk=asked.ballot.pk)


def say(asked: Voting, verdict: str, now: dt.datetime) -> None:
    ballot = fresh(asked)
    said = {card.pk: Said(verdict) for card in asked.cards}
    save_votes(ballot, said, at=now, actor=Actor.contact(ballot.contact))


def both_at_once(asked: Voting, now: dt.datetime) -> list[str]:
    Vote.objects.all().delete()
    return together(lambda: say(asked, "yes", now), lambda: say(asked, "no", now))


def test_two_saves_at_once_end_with_one_of_them_whole(coordinator: User, now: dt.datetime) -> None:
    asked = voting(coordinator, now)
    for _round in range(ROUNDS):
        assert both_at_once(asked, now) == []
        verdicts = list(Vote.objects.values_list("verdict", flat=True))
        assert len(verdicts) == 3
        assert len(set(verdicts)) == 1


def test_without_the_lock_the_second_save_breaks(
    coordinator: User, now: dt.datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: this race exists."""
    asked = voting(coordinator, now)
    monkeypatch.setattr(votes_actions, "hold", lambda found: None)
    assert "IntegrityError" in [name for _round in range(20) for name in both_at_once(asked, now)]


def test_a_vote_while_the_round_closes_is_counted_or_refused(coordinator: User, now: dt.datetime) -> None:
    asked = voting(coordinator, now)

    def shut() -> None:
        close(VoteRound.objects.select_related("campaign").get(), at=now, actor=asked.actor)

    for _round in range(ROUNDS):
        Vote.objects.all().delete()
        VoteRound.objects.update(closed_at=None)
        raised = together(lambda: say(asked, "yes", now), shut)
        assert (raised, Vote.objects.count()) in [([], 3), (["Refused"], 0)]
