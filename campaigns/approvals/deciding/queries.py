"""Which reviews wait for whom."""

import datetime as dt

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from campaigns.approvals.deciding.seats import is_asked, made_it, step_for
from campaigns.approvals.models import Review, ReviewStage, ReviewStep
from campaigns.approvals.models.reviews import ReviewQuerySet
from campaigns.planning.models import Campaign, Collaboration
from crm.team.models import User

STILL = (Campaign.Status.DRAFT, Campaign.Status.LIVE, Campaign.Status.PAUSED)


def may_decide(review: Review, user: User) -> bool:
    """Whether it is this colleague's turn to say something about it; a yes to her own work is refused all the same."""
    if not review.is_waiting or not user.has_perm("campaigns.review"):
        return False
    step = step_for(review)
    return step is not None and is_asked(step, user)


def speaks_for_guest(review: Review, user: User) -> bool:
    """Whether this colleague may note what a guest said elsewhere: where guests are asked now."""
    step = step_for(review) if review.is_waiting and user.has_perm("campaigns.review") else None
    return step is not None and (bool(step.guests.all()) or step.decider_id is not None)


def may_approve(review: Review, user: User) -> bool:
    """Whether a yes of this colleague would count."""
    return may_decide(review, user) and not made_it(review, user)


def waiting_for(user: User, now: dt.datetime) -> ReviewQuerySet:
    """Reviews this colleague may see and whose open step waits for her, what is due first before the rest."""
    if not user.has_perm("campaigns.review"):
        return Review.objects.none()
    return in_motion(user).filter(Exists(_asked(user))).order_by(F("due_at").asc(nulls_last=True), "pk")


def in_motion(user: User) -> ReviewQuerySet:
    """Everything that waits for anybody, of work that still goes on."""
    card = "version__deliverable__collaboration"
    seen = Review.objects.waiting().visible_to(user).filter(**{f"{card}__campaign__status__in": STILL})
    dropped = {"version__deliverable__status": "dropped"}
    return seen.exclude(**{f"{card}__status": Collaboration.Status.OFF}).exclude(**dropped)


def _asked(user: User) -> QuerySet[ReviewStep]:
    """The open step of a review, where it waits for this colleague: the same as `rules.may_speak` says of one."""
    steps = ReviewStep.objects.filter(review=OuterRef("pk"), state=ReviewStep.State.OPEN)
    people, guests = ReviewStep.people.through.objects, ReviewStep.guests.through.objects
    of_step = {"reviewstep": OuterRef("pk")}
    is_named = Exists(people.filter(**of_step, user=user.pk))
    nobody = ~Exists(people.filter(**of_step, user__is_active=True)) & ~Exists(guests.filter(**of_step))
    nobody &= Q(decider__isnull=True)
    asked = is_named | nobody & Q(role=ReviewStage.Role.COORDINATOR)
    if user.has_perm("campaigns.change_policy"):
        asked |= nobody
    return steps.filter(asked | Q(decider=user.contact_id, decider__isnull=False))
