"""A round of votes from its first word to its last: who is asked, what goes out, and what voters say."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from campaigns.planning.models import Campaign, Collaboration, Refused
from campaigns.shortlist.models import Ballot, BallotLink, Vote, VoteRound
from crm.base.formats import day_words
from crm.base.models import Organisation
from crm.base.zones import local_date
from crm.outbox.models import Contact
from crm.team.models import User
from crm.timeline.models import Entry
from crm.timeline.record import Actor, entry, record, record_many

CLOSED = _("This round is closed: nothing was saved. Ask for it to be opened again.")
REVOKED = _("This link does not open any more: nothing was saved.")


@dataclass(frozen=True)
class Guest:
    """Somebody outside the house who votes: how she is called and where she reads mail."""

    name: str
    email: str


@dataclass(frozen=True)
class Voters:
    """Who is asked: colleagues, and guests who read the page in one language."""

    colleagues: Sequence[User] = ()
    guests: Sequence[Guest] = ()
    language: str = "id"


@dataclass(frozen=True)
class Said:
    """What a voter says of one name."""

    verdict: str
    note: str = ""


@dataclass(frozen=True)
class Kept:
    """What became of a save: how many names changed, and who was taken off the round meanwhile."""

    changed: int
    gone: Sequence[str]


def start_round(
    found: VoteRound, people: Collection[Collaboration], voters: Voters, *, at: dt.datetime, actor: Actor
) -> None:
    """Store a new round with its people and voters. Nothing is sent before somebody has looked at it."""
    with transaction.atomic():
        found.save()
        found.people.set(people)
        _tell(found, "votes.started", _("“%(round)s”: %(n)s names to vote on"), at, actor, n=len(people))
        invite(found, voters, at=at, actor=actor)


def invite(found: VoteRound, voters: Voters, *, at: dt.datetime, actor: Actor) -> list[Ballot]:
    """Ballots for these voters; whoever has one already keeps it. Refused once the round is closed."""
    with transaction.atomic():
        hold(found)
        refuse_closed(found)
        contacts = [_contact_of(colleague) for colleague in voters.colleagues]
        contacts += [guest_contact(guest, voters.language) for guest in voters.guests]
        there = set(found.ballots.values_list("contact_id", flat=True))
        new = list({contact.pk: contact for contact in contacts if contact.pk not in there}.values())
        ballots = [Ballot.objects.create(round=found, contact=contact) for contact in new]
        if ballots:
            names = ", ".join(contact.name for contact in new)
            _tell(found, "votes.voters", _("“%(round)s”: %(names)s may vote"), at, actor, names=names)
    return ballots


def _contact_of(user: User) -> Contact:
    if user.contact is None:
        user.refresh_contact()
        user.save(update_fields=["contact"])
    assert user.contact is not None
    return user.contact


def guest_contact(guest: Guest, language: str) -> Contact:
    """The colleague or guest of that address, or a new guest. One at a time, so that nobody is there twice."""
    Organisation.objects.select_for_update().get(pk=Organisation.load().pk)
    colleague = User.objects.active().filter(email__iexact=guest.email).first()
    if colleague is not None:
        return _contact_of(colleague)
    there = Contact.objects.filter(kind=Contact.Kind.GUEST, email__iexact=guest.email).order_by("pk").first()
    if there is not None:
        return there
    return Contact.objects.create(
        kind=Contact.Kind.GUEST, name=guest.name, email=guest.email.lower(), language=language,
        zone=Organisation.load().zone,
    )  # fmt: skip


def add_names(found: VoteRound, people: Collection[Collaboration], *, at: dt.datetime, actor: Actor) -> int:
    """More people for a running round; how many are new. Links that are out show them at once."""
    with transaction.atomic():
        hold(found)
        refuse_closed(found)
        there = set(found.people.values_list("pk", flat=True))
        new = [card for card in people if card.pk not in there and card.campaign_id == found.campaign_id]
        if new:
            found.people.add(*new)
            names = ", ".join(card.influencer.stage_name for card in new)
            _tell(found, "votes.people", _("“%(round)s”: %(names)s added"), at, actor, names=names)
    return len(new)


def close(found: VoteRound, *, at: dt.datetime, actor: Actor) -> None:
    """From now on nobody votes. Refused when somebody closed it before."""
    with transaction.atomic():
        if not VoteRound.objects.open().filter(pk=found.pk).update(closed_at=at, updated_at=at):
            raise Refused(found, _("Somebody closed this round already."))
        _tell(found, "votes.closed", _("“%(round)s” was closed"), at, actor)
    found.closed_at = at


def open_until(found: VoteRound, last: dt.date | None, *, at: dt.datetime, actor: Actor) -> None:
    """Another last day, and open again if it was closed; the links that are out work again."""
    with transaction.atomic():
        hold(found)
        before, was_closed = found.close_on, found.closed_at is not None
        found.close_on, found.closed_at = last, None
        found.save(update_fields=["close_on", "closed_at", "updated_at"])
        sentence = _("“%(round)s” was opened again") if was_closed else _("“%(round)s” has another last day")
        _tell(found, "votes.opened", sentence, at, actor, changes={"close_on": (before or "", last or "")})


def discard(found: VoteRound, *, at: dt.datetime, actor: Actor) -> None:
    """Throw a round away that nobody was asked about. Refused once a link or a vote exists."""
    with transaction.atomic():
        hold(found)
        votes = Vote.objects.filter(ballot__round=found)
        if BallotLink.objects.filter(ballot__round=found).exists() or votes.exists():
            raise Refused(found, _("Somebody was asked already. Close the round instead."))
        _tell(found, "votes.discarded", _("“%(round)s” was thrown away before anybody was asked"), at, actor)
        found.delete()


def revoke(ballot: Ballot, *, at: dt.datetime, actor: Actor) -> None:
    """End every link of this voter. What she said stays, as advice that was given."""
    with transaction.atomic():
        hold(ballot.round)
        if not Ballot.objects.standing().filter(pk=ballot.pk).update(revoked_at=at, updated_at=at):
            raise Refused(ballot, _("The link of %(name)s was taken back already.") % {"name": ballot.contact})
        ballot.links.all().delete()
        who = ballot.contact.name
        _tell(ballot.round, "votes.revoked", _("“%(round)s”: the link of %(who)s was taken back"), at, actor, who=who)
    ballot.revoked_at = at


def save_votes(
    ballot: Ballot, said: Mapping[int, Said], *, at: dt.datetime, actor: Actor, channel: str = "",
    noted_by: User | None = None,
) -> Kept:  # fmt: skip
    """Keep what one voter says of some names; of the rest stays what stood there. The last word counts.

    Refused, and nothing saved, once the round is closed or the link was taken back. A colleague may still note what was
    said after the last day.
    """
    with transaction.atomic():
        hold(ballot.round)
        _refuse_late(ballot, at, by_word=noted_by is not None)
        people = {card.pk: card for card in ballot.round.people.going_ahead().select_related("influencer")}
        before = {vote.collaboration_id: vote for vote in ballot.votes.all()}
        told = []
        for pk, one in said.items():
            vote = before.get(pk) or Vote(ballot=ballot, collaboration_id=pk)
            if pk in people and (vote.pk is None or (vote.verdict, vote.note) != (one.verdict, one.note)):
                changes = _keep(vote, one, at, channel, noted_by)
                told.append(_told(ballot, people[pk], vote, changes, at, actor))
        record_many(told)
        Ballot.objects.filter(pk=ballot.pk, opened_at__isnull=True).update(opened_at=at)
    gone = Collaboration.objects.filter(pk__in=[pk for pk in said if pk not in people]).select_related("influencer")
    off = gone.filter(vote_rounds=ballot.round_id)
    return Kept(len(told), [card.influencer.stage_name for card in off])


def _refuse_late(ballot: Ballot, at: dt.datetime, *, by_word: bool) -> None:
    today = local_date(at, ballot.round.campaign.zone)
    if ballot.round.closed_at is not None or not (by_word or ballot.round.is_open(today)):
        raise Refused(ballot, CLOSED)
    if not by_word and not Ballot.objects.opening().filter(pk=ballot.pk).exists():
        raise Refused(ballot, REVOKED)


def _keep(vote: Vote, one: Said, at: dt.datetime, channel: str, noted_by: User | None) -> dict[str, tuple[Any, Any]]:
    old = (vote.get_verdict_display() if vote.pk else "", vote.note)
    vote.verdict, vote.note, vote.said_at = one.verdict, one.note, at
    vote.channel, vote.noted_by = channel, noted_by
    vote.save()
    new = (vote.get_verdict_display(), vote.note)
    pairs = {"verdict": (old[0], new[0]), "note": (old[1], new[1])}
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


def _told(
    ballot: Ballot, card: Collaboration, vote: Vote, changes: dict[str, tuple[Any, Any]], at: dt.datetime, actor: Actor
) -> Entry:
    found = ballot.round
    params = {
        "voter": ballot.contact.name, "name": card.influencer.stage_name, "campaign": found.campaign.name,
        "verdict": Vote.Verdict(vote.verdict).label,
    }  # fmt: skip
    return entry(
        "votes.said", _("%(voter)s on %(name)s for %(campaign)s: %(verdict)s"), at=at, actor=actor, subject=card,
        params=params, influencer=card.influencer_id, brand=found.campaign.brand_id, changes=changes,
        channel=vote.channel, quote=vote.note,
    )  # fmt: skip


def hold(found: VoteRound) -> None:
    """Within a transaction: nobody else votes in this round or closes it until it ends; the row at hand is read anew."""
    list(VoteRound.objects.select_for_update().filter(pk=found.pk).values_list("pk"))
    found.refresh_from_db(fields=["closed_at", "close_on"])


def refuse_closed(found: VoteRound) -> None:
    if found.closed_at is not None:
        raise Refused(found, _("This round is closed. Open it again first."))


def people_to_ask(campaign: Campaign, but: Iterable[int] = ()) -> Any:
    """Who of a campaign may be voted on: everybody going ahead."""
    rows = campaign.collaborations.going_ahead().exclude(pk__in=list(but)).select_related("influencer")
    return rows.order_by("influencer__name_key", "pk")


def last_day_words(found: VoteRound) -> str:
    return day_words(found.close_on, "long") if found.close_on else ""


def _tell(
    found: VoteRound, verb: str, sentence: Any, at: dt.datetime, actor: Actor, *,
    changes: dict[str, tuple[Any, Any]] | None = None, **params: Any,
) -> None:  # fmt: skip
    record(
        verb, sentence, at=at, actor=actor, subject=found, params={"round": found.title, **params},
        brand=found.campaign.brand_id, changes=changes,
    )  # fmt: skip
