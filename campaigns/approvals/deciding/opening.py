"""A review begins with a version, under the policy of that day, and ends early when a newer version comes."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from campaigns.approvals.deciding.clock import due
from campaigns.approvals.deciding.policies import Policy, Stage, policy_of
from campaigns.approvals.models import ContentVersion, Review, ReviewDecision, ReviewStep
from campaigns.planning.models import Campaign, Deliverable
from crm.base.models import Holiday, Organisation
from crm.timeline.record import Actor

ENDS_EARLY = (Review.Status.IN_REVIEW, Review.Status.APPROVED)


def open_review(version: ContentVersion, *, at: dt.datetime, actor: Actor) -> Review:
    """Begin the review of a version just handed in; what waited or was approved before it is replaced.

    Call it while the card is held. The clock begins now and runs its full length, whichever round it is.
    """
    deliverable = version.deliverable
    replace_older(deliverable, version.stage, version.number, at=at, actor=actor)
    campaign = deliverable.collaboration.campaign
    policy, free = policy_of(campaign), free_days()
    review = Review.objects.create(
        version=version,
        round=rounds_before(deliverable, version.stage) + 1,
        opened_at=at,
        first_due_at=due(at, policy.first_pass_hours, policy.calendar, campaign.zone, free),
        due_at=due(at, policy.sla_hours, policy.calendar, campaign.zone, free),
    )
    for number, stage in enumerate(policy.stages, start=1):
        _lay_step(review, stage, number, at)
    return review


def _lay_step(review: Review, stage: Stage, number: int, at: dt.datetime) -> ReviewStep:
    """One stage as the policy has it today, the first one open."""
    is_first = number == 1
    step = ReviewStep.objects.create(
        review=review,
        stage_id=stage.pk,
        position=number,
        role=stage.role,
        quorum=stage.quorum,
        decider_id=stage.decider,
        state=ReviewStep.State.OPEN if is_first else ReviewStep.State.WAITING,
        opened_at=at if is_first else None,
    )
    step.people.set(stage.people)
    step.guests.set(stage.guests)
    return step


def replace_older(deliverable: Deliverable, stage: str, number: int, *, at: dt.datetime, actor: Actor) -> None:
    """Reviews of older versions that still wait, or said yes, give way to the newer one. Call it while the card is held."""
    older = Review.objects.with_card().filter(version__deliverable=deliverable, version__stage=stage)
    sentence = _("A newer version replaces %(version)s of %(what)s")
    for review in older.filter(version__number__lt=number, status__in=ENDS_EARLY):
        review.end("replaced", "review.replaced", sentence, at=at, actor=actor)
        stop_steps(review, at=at)


def stop_steps(review: Review, *, at: dt.datetime) -> None:
    """Nobody's turn any more."""
    for step in review.steps.filter(state=ReviewStep.State.OPEN):
        step.turn(ReviewStep.State.STOPPED, at=at)


def rounds_before(deliverable: Deliverable, stage: str) -> int:
    """How often changes were asked for so far, whatever became of those versions afterwards."""
    asked = ReviewDecision.objects.filter(
        version__deliverable=deliverable, version__stage=stage, verdict=ReviewDecision.Verdict.CHANGES, settles=True
    )
    return asked.order_by().values("version").distinct().count()


def policy_for(review: Review) -> Policy:
    """What counts for this review's campaign now: rounds, days and clocks, not who says yes."""
    return policy_of(campaign_of(review))


def campaign_of(review: Review) -> Campaign:
    return review.version.deliverable.collaboration.campaign


def free_days() -> frozenset[dt.date]:
    """The days nobody works where the house is, joint leave included."""
    return Holiday.objects.free_days(Organisation.load().country)
