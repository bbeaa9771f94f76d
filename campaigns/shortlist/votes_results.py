"""What came of a round: people by voters, what they come to, and who has not answered."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from campaigns.planning.models import Collaboration
from campaigns.shortlist.emails import WAITING
from campaigns.shortlist.models import Ballot, Vote, VoteRound
from campaigns.shortlist.votes_mail import mails_of
from crm.base.formats import day_words
from crm.base.zones import local_date
from crm.outbox.models import Email
from crm.timeline.models import Channel

YES, MAYBE, NO = Vote.Verdict.YES, Vote.Verdict.MAYBE, Vote.Verdict.NO


@dataclass(frozen=True)
class Cell:
    """What one voter says of one name; nothing while it is open."""

    voter: str
    vote: Vote | None

    @property
    def heard(self) -> str:
        """How a colleague heard it, and who noted it; nothing for what came by the link."""
        if self.vote is None or not self.vote.channel:
            return ""
        who = self.vote.noted_by.get_short_name() if self.vote.noted_by else ""
        return _("by %(channel)s, noted by %(who)s") % {"channel": Channel(self.vote.channel).label, "who": who}


@dataclass(frozen=True)
class Line:
    """One name with every vote on it."""

    card: Collaboration
    cells: Sequence[Cell]

    def count(self, verdict: str) -> int:
        return sum(cell.vote is not None and cell.vote.verdict == verdict for cell in self.cells)

    @property
    def url(self) -> str:
        return reverse("collaboration", args=[self.card.pk])

    @property
    def counts(self) -> tuple[int, int, int]:
        return self.count(YES), self.count(MAYBE), self.count(NO)

    @property
    def order(self) -> tuple[Any, ...]:
        """Most yes first, then fewest no, then most perhaps; names decide between equals."""
        yes, maybe, no = self.counts
        return (-yes, no, -maybe, self.card.influencer.name_key, self.card.pk)

    @property
    def outcome(self) -> tuple[Any, str]:
        """In a word, with its colour."""
        yes, maybe, no = self.counts
        if not yes + maybe + no:
            return _("No votes yet"), "mute"
        if yes == no:
            return (_("Tie"), "warn") if yes else (_("Undecided"), "warn")
        return (_("More yes"), "ok") if yes > no else (_("More no"), "bad")

    @property
    def may_be_taken(self) -> bool:
        return self.card.status == Collaboration.Status.SHORTLIST


@dataclass(frozen=True)
class Voter:
    """One column: who, how far she is, and what went out to her."""

    ballot: Ballot
    said: int
    names: int
    mails: Sequence[Email]

    @property
    def is_done(self) -> bool:
        return self.said >= self.names

    @property
    def was_reminded(self) -> bool:
        return any(email.name == WAITING.name for email in self.mails)

    @property
    def progress(self) -> str:
        return _("%(said)d of %(all)d") % {"said": self.said, "all": self.names}

    @property
    def state(self) -> tuple[str, str]:
        """How she stands, in words with a colour."""
        if self.is_done and self.names:
            return _("Has voted"), "ok"
        if self.ballot.revoked_at is not None:
            return _("Link taken back"), "mute"
        if not self.mails:
            return (_("Noted by us"), "info") if self.said else (_("Not asked yet"), "mute")
        if self.mails[-1].state in (Email.State.FAILED, Email.State.SKIPPED):
            return _("The message did not go out"), "bad"
        return (_("In part"), "info") if self.said else (_("Has not voted"), "warn")

    @property
    def told(self) -> str:
        """When she was asked and reminded."""
        if not self.mails:
            return ""
        asked = _("Asked %(day)s") % {"day": day_words(self.mails[0].created_at, "brief")}
        reminded = [email for email in self.mails if email.name == WAITING.name]
        if not reminded:
            return asked
        again = _("reminded %(day)s") % {"day": day_words(reminded[0].created_at, "brief")}
        return f"{asked}, {again}"

    @property
    def may_be_reminded(self) -> bool:
        return bool(self.mails) and not self.is_done and not self.was_reminded and self.ballot.revoked_at is None


@dataclass(frozen=True)
class Results:
    """A round as colleagues see it."""

    round: VoteRound
    lines: Sequence[Line]
    off: Sequence[Line]
    voters: Sequence[Voter]
    today: dt.date

    @property
    def is_open(self) -> bool:
        return self.round.is_open(self.today)

    @property
    def unasked(self) -> list[Voter]:
        return [one for one in self.voters if not one.mails and not one.said and one.ballot.revoked_at is None]

    @property
    def waiting(self) -> list[Voter]:
        """Who has not said something about every name."""
        return [one for one in self.voters if not one.is_done and one.ballot.revoked_at is None]

    @property
    def unpriced(self) -> str:
        """How many names stand there without a price although prices are shown."""
        count = sum(line.card.client_price is None for line in self.lines)
        if not self.round.shows_price or not count:
            return ""
        return ngettext(
            "%(n)d name has no client price yet; voters see none.",
            "%(n)d names have no client price yet; voters see none.",
            count,
        ) % {"n": count}

    @property
    def is_unsent(self) -> bool:
        return not any(one.mails or one.said for one in self.voters)

    @property
    def summary(self) -> str:
        done = len(self.voters) - len([one for one in self.voters if not one.is_done])
        names = ngettext("%(n)d name", "%(n)d names", len(self.lines)) % {"n": len(self.lines)}
        voters = ngettext("%(done)d of %(n)d voter", "%(done)d of %(n)d voters", len(self.voters)) % {
            "done": done, "n": len(self.voters)
        }  # fmt: skip
        return _("%(names)s, %(voters)s answered in full") % {"names": names, "voters": voters}


def results_of(found: VoteRound, now: dt.datetime, *, by_name: bool = False) -> Results:
    """Everything said in one round, in four queries whatever its size."""
    ballots = list(found.ballots.select_related("contact").order_by("pk"))
    votes = {
        (vote.collaboration_id, vote.ballot_id): vote
        for vote in Vote.objects.filter(ballot__round=found).select_related("noted_by")
    }
    cards = list(found.people.select_related("influencer").order_by("influencer__name_key", "pk"))
    lines = [
        Line(card, [Cell(ballot.contact.name, votes.get((card.pk, ballot.pk))) for ballot in ballots]) for card in cards
    ]
    going = [line for line in lines if not line.card.is_off]
    mails = mails_of(found)
    counted = {line.card.pk for line in going}
    voters = [
        Voter(ballot, sum((pk, ballot.pk) in votes for pk in counted), len(going), mails.get(ballot.pk, []))
        for ballot in ballots
    ]
    return Results(
        found,
        going if by_name else sorted(going, key=lambda line: line.order),
        [line for line in lines if line.card.is_off],
        voters,
        local_date(now, found.campaign.zone),
    )


@dataclass(frozen=True)
class RoundLine:
    """One round in the list."""

    round: VoteRound
    people: int
    voters: int
    answered: int
    is_open: bool

    @property
    def state(self) -> tuple[str, str]:
        return (pgettext("a state", "Open"), "ok") if self.is_open else (_("Closed"), "mute")


def rounds_of(campaign: Any, now: dt.datetime) -> list[RoundLine]:
    """A campaign's rounds, the newest first, with how many were asked and said something. One query."""
    rows: Any = VoteRound.objects.filter(campaign=campaign).annotate(
        n_people=Count("people", distinct=True),
        n_voters=Count("ballots", distinct=True),
        n_answered=Count("ballots", filter=Q(ballots__votes__isnull=False), distinct=True),
    )
    today = local_date(now, campaign.zone)
    return [
        RoundLine(row, row.n_people, row.n_voters, row.n_answered, row.is_open(today))
        for row in rows.order_by("-created_at", "-pk")
    ]
