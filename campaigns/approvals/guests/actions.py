"""What may be done about guests: what they say, taking a link back, giving it again; and that she takes a version back."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from campaigns.approvals.deciding.actions import decide, withdraw
from campaigns.approvals.deciding.refusals import NotYourTurn
from campaigns.approvals.guests.waiting import waiting_for
from campaigns.approvals.models import ContentVersion, Note, Review, ReviewDecision, ReviewGuest
from campaigns.approvals.reviewing import notes
from campaigns.planning.models import Campaign, Refused
from crm.outbox.models import Contact
from crm.timeline.record import Actor, record

GONE = _("The link of %(name)s was taken back already.")
STANDS = _("The link of %(name)s opens already.")


def say(
    guest: ReviewGuest, review: Review, verdict: str, *, sha256: str, comment: str, at: dt.datetime
) -> ReviewDecision:
    """What a guest says of the version whose hash she or he saw; once for each turn.

    Raises a subclass of Refused, nothing changed: said already, decided, revoked or replaced meanwhile.
    """
    with review.version.deliverable.collaboration.held():
        _still_asked(guest, review)
        return decide(
            review, guest.contact, verdict, sha256=sha256, comment=comment, at=at, actor=Actor.contact(guest.contact)
        )


def write_note(guest: ReviewGuest, review: Review, data: Mapping[str, Any], *, at: dt.datetime) -> Note:
    """One more note; all of them leave together, with the decision that ends the review."""
    with review.version.deliverable.collaboration.held():
        _still_asked(guest, review)
        return notes.write(review.version, guest.contact, data, at=at, actor=Actor.contact(guest.contact))


def _still_asked(guest: ReviewGuest, review: Review) -> None:
    opens = ReviewGuest.objects.opening().filter(pk=guest.pk).exists()
    if not opens or not waiting_for(guest).filter(pk=review.pk).exists():
        raise NotYourTurn(review, _("You answered this already, or it was decided meanwhile. Nothing was changed."))


def seat(campaign: Campaign, contact: Contact) -> ReviewGuest:
    """The guest's place in this campaign, made when somebody first waits for her or him."""
    return ReviewGuest.objects.get_or_create(campaign=campaign, contact=contact)[0]


def came(guest: ReviewGuest, at: dt.datetime) -> None:
    """The button was pressed: she or he was here."""
    ReviewGuest.objects.filter(pk=guest.pk, opened_at__isnull=True).update(opened_at=at)
    ReviewGuest.objects.filter(pk=guest.pk).update(seen_at=at, updated_at=at)


def revoke(guest: ReviewGuest, *, at: dt.datetime, actor: Actor) -> None:
    """End every link and visit of this guest in this campaign. What was said stays."""
    with transaction.atomic():
        if not ReviewGuest.objects.standing().filter(pk=guest.pk).update(revoked_at=at, updated_at=at):
            raise Refused(guest, GONE % {"name": guest.contact})
        guest.links.all().delete()
        _tell(
            guest, "review.guest_revoked", _("The link of %(who)s to reviews of %(campaign)s was taken back"), at, actor
        )
    guest.revoked_at = at


def let_in_again(guest: ReviewGuest, *, at: dt.datetime, actor: Actor) -> None:
    """The guest is asked again, by a new link."""
    with transaction.atomic():
        if not ReviewGuest.objects.filter(pk=guest.pk, revoked_at__isnull=False).update(revoked_at=None, updated_at=at):
            raise Refused(guest, STANDS % {"name": guest.contact})
        _tell(guest, "review.guest_again", _("%(who)s may see reviews of %(campaign)s again"), at, actor)
    guest.revoked_at = None


def take_back(version: ContentVersion, why: str, *, at: dt.datetime, actor: Actor) -> None:
    """She takes back what waits with us; once it is approved she sends a better one instead. Raises Refused."""
    with version.deliverable.collaboration.held():
        review = Review.objects.get(version=version)
        if not review.is_waiting:
            raise Refused(review, _("It is decided already. Send a better one instead."))
        withdraw(review, why, at=at, actor=actor)


def _tell(guest: ReviewGuest, verb: str, sentence: Any, at: dt.datetime, actor: Actor) -> None:
    campaign = guest.campaign
    record(
        verb, sentence, at=at, actor=actor, subject=campaign, brand=campaign.brand_id,
        params={"who": guest.contact.name, "campaign": campaign.name},
    )  # fmt: skip
