"""What waits for a guest of reviews, and who may look at what: the step whose turn it is, of her or his own campaign."""

from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from campaigns.approvals.models import ContentVersion, Review, ReviewDecision, ReviewGuest, ReviewStep
from campaigns.approvals.models.guests import ReviewGuestQuerySet
from campaigns.approvals.models.reviews import ReviewQuerySet
from campaigns.planning.models import Collaboration, Deliverable

CAMPAIGN = "version__deliverable__collaboration__campaign"


def asked_steps(contact: Any) -> QuerySet[ReviewStep]:
    """The steps that name this guest, whatever their turn; `contact` may be an outer column."""
    named = ReviewStep.guests.through.objects.filter(reviewstep=OuterRef("pk"), contact=contact)
    return ReviewStep.objects.filter(Exists(named) | Q(decider=contact))


def _unsaid_steps(contact: Any, said_by: Any) -> QuerySet[ReviewStep]:
    """Those whose turn it is and to which this guest has not said yes: quorum may wait for somebody else."""
    said = ReviewDecision.objects.filter(step=OuterRef("pk"), by_contact=said_by)
    return asked_steps(contact).filter(~Exists(said), state=ReviewStep.State.OPEN)


def in_motion(rows: ReviewQuerySet) -> ReviewQuerySet:
    """Of work that still goes on."""
    live = rows.exclude(version__deliverable__status=Deliverable.Status.DROPPED)
    return live.exclude(version__deliverable__collaboration__status=Collaboration.Status.OFF)


def waiting_for(guest: ReviewGuest) -> ReviewQuerySet:
    """What waits for this guest now, what is due first before the rest."""
    steps = _unsaid_steps(guest.contact_id, guest.contact_id).filter(review=OuterRef("pk"))
    rows = in_motion(Review.objects.waiting()).filter(Exists(steps), **{CAMPAIGN: guest.campaign_id})
    return rows.order_by(F("due_at").asc(nulls_last=True), "pk")


def shown_to(guest: ReviewGuest) -> QuerySet[ContentVersion]:
    """The versions this guest may open: it is, or was, her or his turn. Nothing else exists for a guest."""
    turn = asked_steps(guest.contact_id).filter(review=OuterRef("review__pk"))
    turn = turn.exclude(state=ReviewStep.State.WAITING)
    return ContentVersion.objects.filter(Exists(turn), deliverable__collaboration__campaign=guest.campaign_id)


def waiting_guests() -> ReviewGuestQuerySet:
    """Guests whose links open and for whom something waits."""
    named = ReviewStep.guests.through.objects.filter(
        reviewstep=OuterRef("pk"), contact=OuterRef(OuterRef(OuterRef("contact")))
    )
    said = ReviewDecision.objects.filter(step=OuterRef("pk"), by_contact=OuterRef(OuterRef(OuterRef("contact"))))
    steps = ReviewStep.objects.filter(
        Exists(named) | Q(decider=OuterRef(OuterRef("contact"))),
        ~Exists(said),
        review=OuterRef("pk"),
        state=ReviewStep.State.OPEN,
    )
    reviews = in_motion(Review.objects.waiting()).filter(Exists(steps), **{CAMPAIGN: OuterRef("campaign")})
    return ReviewGuest.objects.opening().filter(Exists(reviews))
