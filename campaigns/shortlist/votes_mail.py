"""Asking voters by mail: everybody who was not asked yet, one of them again, and once as a reminder."""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from campaigns.planning.models import Refused
from campaigns.planning.verdicts import Verdict
from campaigns.shortlist.emails import ASKED, WAITING
from campaigns.shortlist.models import Ballot, VoteRound
from campaigns.shortlist.votes_actions import hold, refuse_closed
from crm.base.zones import local_date
from crm.outbox.compose import compose, enqueue
from crm.outbox.models import Email
from crm.outbox.tasks import ring_on_commit
from crm.timeline.record import Actor, record, subject_of


def mails_of(found: VoteRound) -> dict[int, list[Email]]:
    """What went out in this round, or will, by ballot, oldest first. One query."""
    mails: dict[int, list[Email]] = defaultdict(list)
    to_voters = Email.objects.filter(contact__in=found.ballots.values("contact"))
    for email in to_voters.filter(key__startswith=f"votes/{found.pk}/").order_by("pk"):
        mails[int(email.key.split("/")[2])].append(email)
    return mails


def to_be_asked(found: VoteRound) -> list[Ballot]:
    """Voters nobody has written to, who have not voted by word either."""
    mails = mails_of(found)
    rows = found.ballots.standing().filter(votes__isnull=True).select_related("contact").distinct()
    return [ballot for ballot in rows.order_by("pk") if ballot.pk not in mails]


def send(found: VoteRound, *, at: dt.datetime, actor: Actor) -> list[Verdict]:
    """One message with a link of its own to each voter who was not asked yet."""
    with transaction.atomic():
        hold(found)
        _refuse_unready(found, at)
        waiting = to_be_asked(found)
        if not waiting:
            raise Refused(found, _("Everybody was asked already."))
        return [_verdict(ballot, _ask(found, ballot, "asked", at, actor)) for ballot in waiting]


def resend(ballot: Ballot, *, at: dt.datetime, actor: Actor) -> Verdict:
    """One more message with a link; whoever was taken back may vote again. Those sent before go on working."""
    found = ballot.round
    with transaction.atomic():
        hold(found)
        _refuse_unready(found, at)
        Ballot.objects.filter(pk=ballot.pk).update(revoked_at=None, updated_at=at)
        return _verdict(ballot, _ask(found, ballot, f"again/{at:%Y%m%d%H%M}", at, actor))


def remind(ballot: Ballot, *, at: dt.datetime, actor: Actor) -> Verdict:
    """One more message, once. Refused when it left already, or when nothing is missing."""
    found = ballot.round
    with transaction.atomic():
        hold(found)
        _refuse_unready(found, at)
        if ballot.revoked_at is not None:
            raise Refused(ballot, _("The link was taken back. Send a new one first."))
        if not missing_of(ballot):
            raise Refused(ballot, _("%(name)s has voted on every name.") % {"name": ballot.contact})
        if Email.objects.filter(key=_key(ballot, "reminded")).exists():
            raise Refused(
                ballot, _("%(name)s was reminded already. Call, or ask another way.") % {"name": ballot.contact}
            )
        return _verdict(ballot, _ask(found, ballot, "reminded", at, actor, kind=WAITING.name))


def missing_of(ballot: Ballot) -> int:
    """How many names this voter has said nothing of."""
    return int(ballot.round.people.going_ahead().exclude(votes__ballot=ballot).count())


def sample_mail(found: VoteRound, ballot: Ballot, at: dt.datetime) -> Email:
    """The message as it would leave now, unsaved."""
    return compose(ASKED.name, to=ballot.contact, key="", at=at, **_details(found, ballot))


def _refuse_unready(found: VoteRound, at: dt.datetime) -> None:
    refuse_closed(found)
    if not found.is_open(local_date(at, found.campaign.zone)):
        raise Refused(found, _("Its last day is over. Choose a later one first."))
    if not found.people.going_ahead().exists():
        raise Refused(found, _("There is nobody to vote on. Add people first."))


def _key(ballot: Ballot, what: str) -> str:
    return f"votes/{ballot.round_id}/{ballot.pk}/{what}"


def _ask(
    found: VoteRound, ballot: Ballot, what: str, at: dt.datetime, actor: Actor, *, kind: str = ASKED.name
) -> Email | None:
    email = enqueue(kind, to=ballot.contact, key=_key(ballot, what), at=at, **_details(found, ballot))
    if email is not None:
        reminded = kind == WAITING.name
        sentence = _("“%(round)s”: %(who)s is reminded") if reminded else _("“%(round)s”: %(who)s is asked to vote")
        record(
            "votes.reminded" if reminded else "votes.asked", sentence, at=at, actor=actor, subject=found,
            params={"round": found.title, "who": ballot.contact.name}, brand=found.campaign.brand_id,
        )  # fmt: skip
        ring_on_commit()
    return email


def _details(found: VoteRound, ballot: Ballot) -> dict[str, Any]:
    campaign, asks = found.campaign, found.started_by or found.campaign.owner
    return {
        "context": {
            "brand": campaign.brand.name, "campaign": campaign.name, "title": found.title,
            "count": found.people.going_ahead().count(), "words": found.words, "until": found.close_on or "",
        },
        "late_fields": {"ballot": {"ballot": ballot.pk}},
        "from_name": f"{asks.get_short_name()}, {campaign.brand}",
        "reply_to": asks.email,
        "sender_ref": asks.pk,
        "brand_ref": campaign.brand_id,
        "subject_refs": [subject_of(found)],
    }  # fmt: skip


def _verdict(ballot: Ballot, email: Email | None) -> Verdict:
    who = ballot.contact.name
    if email is None:
        return Verdict(who, _now("This address does not work. Add the voter again with one that does."), done=False)
    if email.state == Email.State.SKIPPED:
        return Verdict(who, email.why, done=False)
    return Verdict(who, _now("The link goes to %(address)s.") % {"address": email.to_address}, done=True)


def told_of(verdicts: Sequence[Verdict]) -> str:
    """One line for several results."""
    return " ".join(f"{verdict.who}: {verdict.text}" for verdict in verdicts)
