"""A vote is kept, changed and told; the last word counts, and nothing is saved where nothing counts any more."""

import datetime as dt

import pytest

from campaigns.planning.models import Refused
from campaigns.shortlist.emails import about_closed_rounds
from campaigns.shortlist.models import Ballot, BallotLink, Vote, VoteRound
from campaigns.shortlist.votes_actions import (
    Guest,
    Said,
    Voters,
    add_names,
    close,
    discard,
    invite,
    open_until,
    revoke,
    save_votes,
)
from campaigns.shortlist.votes_links import ballot_behind, mint
from campaigns.shortlist.votes_mail import remind, resend, send
from campaigns.shortlist.votes_names import cards_of_round, names_of
from campaigns.shortlist.votes_results import results_of
from crm.influencers.merging.actions import merge
from crm.outbox.late import secrets_of
from crm.outbox.models import Contact, Email
from crm.portal.links import digest
from crm.team.models import User
from crm.timeline.models import Entry
from crm.timeline.record import Actor
from tests.campaigns.shortlist.voting import Voting
from tests.factories import CollaborationFactory, InfluencerFactory, UserFactory

pytestmark = pytest.mark.django_db

DAY = dt.timedelta(days=1)


def votes() -> list[tuple[str, str, str]]:
    rows = Vote.objects.order_by("collaboration__influencer__stage_name")
    return [(row.collaboration.influencer.stage_name, row.verdict, row.note) for row in rows]


def say(asked: Voting, now: dt.datetime, **said: tuple[str, str]) -> None:
    by_first = {card.influencer.stage_name.split()[0].lower(): card.pk for card in asked.cards}
    words = {by_first[name]: Said(*one) for name, one in said.items()}
    save_votes(asked.ballot, words, at=now, actor=Actor.contact(asked.ballot.contact))


def test_the_last_word_counts_and_the_story_keeps_both(asked: Voting, now: dt.datetime) -> None:
    say(asked, now, ayu=("yes", ""), bella=("no", "Too loud"))
    say(asked, now + DAY, ayu=("maybe", "After all?"))
    assert votes() == [("Ayu Lestari", "maybe", "After all?"), ("Bella Kartika", "no", "Too loud")]
    told = Entry.objects.filter(verb="votes.said", influencer=asked.cards[0].influencer).order_by("pk")
    assert [row.sentence_en for row in told] == [
        "Rina Halim on Ayu Lestari for Glow: Yes",
        "Rina Halim on Ayu Lestari for Glow: Perhaps",
    ]
    assert told[1].changes == {"verdict": ["Yes", "Perhaps"], "note": ["", "After all?"]}


def test_saying_the_same_again_writes_nothing(asked: Voting, now: dt.datetime) -> None:
    say(asked, now, ayu=("yes", ""))
    say(asked, now + DAY, ayu=("yes", ""))
    assert Entry.objects.filter(verb="votes.said").count() == 1
    assert Vote.objects.get().said_at == now


def test_a_closed_round_takes_no_vote_until_it_is_opened_again(asked: Voting, now: dt.datetime) -> None:
    close(asked.round, at=now, actor=asked.actor)
    with pytest.raises(Refused):
        say(asked, now, ayu=("yes", ""))
    assert votes() == []
    open_until(asked.round, None, at=now, actor=asked.actor)
    say(asked, now, ayu=("yes", ""))
    assert votes() == [("Ayu Lestari", "yes", "")]


def test_the_last_day_is_included_and_counts_where_the_campaign_is(asked: Voting, now: dt.datetime) -> None:
    open_until(asked.round, dt.date(2026, 11, 24), at=now, actor=asked.actor)
    say(asked, dt.datetime(2026, 11, 24, 16, 59, tzinfo=dt.UTC), ayu=("yes", ""))
    with pytest.raises(Refused):
        say(asked, dt.datetime(2026, 11, 24, 17, 0, tzinfo=dt.UTC), ayu=("no", ""))
    assert votes() == [("Ayu Lestari", "yes", "")]


def test_a_colleague_may_note_a_day_late_what_a_voter_said(asked: Voting, coordinator: User, now: dt.datetime) -> None:
    open_until(asked.round, dt.date(2026, 11, 24), at=now, actor=asked.actor)
    save_votes(
        asked.ballot, {asked.cards[0].pk: Said("yes", "by phone")}, at=now + DAY, actor=asked.actor, channel="call",
        noted_by=coordinator,
    )  # fmt: skip
    (line, *_others) = results_of(asked.round, now).lines
    assert line.cells[0].heard == "by phone call, noted by Dinda"
    assert Entry.objects.get(verb="votes.said").channel == "call"


def test_whoever_was_taken_off_the_campaign_gets_no_more_votes(asked: Voting, now: dt.datetime) -> None:
    say(asked, now, ayu=("yes", ""))
    asked.cards[0].put("off", why="Too dear", at=now, actor=asked.actor)
    kept = save_votes(asked.ballot, {asked.cards[0].pk: Said("no")}, at=now, actor=Actor.contact(asked.ballot.contact))
    assert (kept.changed, kept.gone) == (0, ["Ayu Lestari"])
    assert votes() == [("Ayu Lestari", "yes", "")]
    results = results_of(asked.round, now)
    assert [line.card.pk for line in results.off] == [asked.cards[0].pk]


def test_only_the_hash_of_a_link_is_kept_and_each_message_brings_its_own(asked: Voting) -> None:
    first, second = (mint(asked.ballot).rsplit("/", 2)[1] for _each in range(2))
    assert {row.token_sha256 for row in BallotLink.objects.all()} == {digest(first), digest(second)}
    assert ballot_behind(first) == ballot_behind(second) == asked.ballot
    assert len(first) >= 43
    assert ballot_behind(first[:-1] + ("A" if first[-1] != "A" else "B")) is None


def test_a_revoked_link_opens_nothing_and_a_new_one_does(asked: Voting, now: dt.datetime) -> None:
    old = mint(asked.ballot).rsplit("/", 2)[1]
    revoke(asked.ballot, at=now, actor=asked.actor)
    assert ballot_behind(old) is None
    resend(asked.ballot, at=now, actor=asked.actor)
    new = secrets_of(Email.objects.get())["ballot"].rsplit("/", 2)[1]
    assert ballot_behind(new) == asked.ballot
    assert ballot_behind(old) is None


def test_everybody_is_asked_once_and_reminded_once(asked: Voting, now: dt.datetime) -> None:
    assert [verdict.done for verdict in send(asked.round, at=now, actor=asked.actor)] == [True]
    with pytest.raises(Refused):
        send(asked.round, at=now, actor=asked.actor)
    remind(asked.ballot, at=now + DAY, actor=asked.actor)
    with pytest.raises(Refused):
        remind(asked.ballot, at=now + 2 * DAY, actor=asked.actor)
    mails = Email.objects.order_by("pk")
    assert [(mail.name, mail.to_address, mail.mail_class) for mail in mails] == [
        ("votes_asked", "rina@klien.example", "service"),
        ("votes_waiting", "rina@klien.example", "service"),
    ]
    assert list(Entry.objects.filter(verb__in=["votes.asked", "votes.reminded"]).order_by("pk").values_list("verb", flat=True)) == [
        "votes.asked",
        "votes.reminded",
    ]  # fmt: skip


def test_who_has_said_everything_is_not_reminded(asked: Voting, now: dt.datetime) -> None:
    send(asked.round, at=now, actor=asked.actor)
    say(asked, now, ayu=("yes", ""), bella=("no", ""), citra=("maybe", ""))
    with pytest.raises(Refused):
        remind(asked.ballot, at=now, actor=asked.actor)
    assert Email.objects.count() == 1


def test_a_message_about_a_closed_round_does_not_leave(asked: Voting, now: dt.datetime) -> None:
    send(asked.round, at=now, actor=asked.actor)
    mail = Email.objects.get()
    assert about_closed_rounds([mail], now) == {}
    close(asked.round, at=now, actor=asked.actor)
    assert list(about_closed_rounds([mail], now)) == [mail.pk]


def test_a_guest_is_found_again_by_the_address_and_a_colleague_stays_one(asked: Voting, now: dt.datetime) -> None:
    sari: User = UserFactory(email="sari@mitra.example", name="Sari")
    again = [Guest("R. Halim", "Rina@Klien.example"), Guest("Sari", "SARI@mitra.example")]
    new = invite(asked.round, Voters(guests=again), at=now, actor=asked.actor)
    assert [ballot.contact_id for ballot in new] == [sari.contact_id]
    assert Contact.objects.filter(kind=Contact.Kind.GUEST).count() == 1


def test_people_of_another_campaign_are_not_voted_on(asked: Voting, now: dt.datetime) -> None:
    stranger = CollaborationFactory()
    own = CollaborationFactory(campaign=asked.round.campaign)
    assert add_names(asked.round, [stranger, own], at=now, actor=asked.actor) == 1
    assert asked.round.people.count() == 4


def test_a_round_is_thrown_away_only_before_anybody_was_asked(asked: Voting, now: dt.datetime) -> None:
    mint(asked.ballot)
    with pytest.raises(Refused):
        discard(asked.round, at=now, actor=asked.actor)
    BallotLink.objects.all().delete()
    discard(asked.round, at=now, actor=asked.actor)
    assert (VoteRound.objects.count(), Ballot.objects.count()) == (0, 0)


def test_results_stand_by_votes_and_say_ties_and_no_plainly(asked: Voting, now: dt.datetime) -> None:
    invite(asked.round, Voters(guests=[Guest("Budi Santosa", "budi@klien.example")]), at=now, actor=asked.actor)
    second = asked.round.ballots.exclude(pk=asked.ballot.pk).get()
    say(asked, now, ayu=("no", ""), bella=("yes", ""))
    asked.ballot = second
    say(asked, now, ayu=("yes", ""), bella=("yes", ""))
    results = results_of(asked.round, now)
    assert [(line.card.influencer.stage_name, line.counts, str(line.outcome[0])) for line in results.lines] == [
        ("Bella Kartika", (2, 0, 0), "More yes"),
        ("Ayu Lestari", (1, 0, 1), "Tie"),
        ("Citra Dewanti", (0, 0, 0), "No votes yet"),
    ]
    assert [card.status for card in asked.round.people.all()] == ["shortlist"] * 3


def test_votes_follow_the_person_who_stays_after_a_merge(asked: Voting, now: dt.datetime) -> None:
    say(asked, now, ayu=("yes", ""))
    stays = InfluencerFactory(stage_name="Ayu L. Kusuma")
    merge(stays.pk, asked.cards[0].influencer_id, {}, at=now, actor=asked.actor)
    names = names_of(asked.round, cards_of_round(asked.round), now.date())
    assert [name.name for name in names] == ["Ayu L. Kusuma", "Bella Kartika", "Citra Dewanti"]
    assert Vote.objects.get().collaboration.influencer == stays


def test_an_address_that_does_not_work_is_said_and_asked_of_nobody(asked: Voting, now: dt.datetime) -> None:
    Contact.objects.filter(pk=asked.ballot.contact_id).update(email_state=Contact.EmailState.BOUNCED)
    (verdict,) = send(asked.round, at=now, actor=asked.actor)
    told = "This address does not work. Add the voter again with one that does."
    assert (verdict.done, verdict.text) == (False, told)
    assert Email.objects.count() == 0
