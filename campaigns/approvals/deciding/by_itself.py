"""What nobody decided in time approves itself, where the policy says so and within the bounds of domain rule 5.2, rule 4.

Off unless switched on. Only a draft without a finding that holds it, with no legal stage, of no regulated category, and only when
both warnings really left: at half time and six hours before. After a standstill the warnings come first, and six hours pass.
"""

import datetime as dt
from collections.abc import Iterable, Mapping

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from campaigns.approvals.checking.actions import check
from campaigns.approvals.deciding import outcomes
from campaigns.approvals.deciding.decisions import reread
from campaigns.approvals.deciding.opening import campaign_of
from campaigns.approvals.deciding.policies import policies_of
from campaigns.approvals.models import ApprovalPolicy, CheckResult, ContentVersion, Review, ReviewDecision, ReviewStage
from campaigns.approvals.models.reviews import ReviewQuerySet, ReviewStep
from campaigns.planning.models import Campaign, Collaboration
from campaigns.planning.places import approval_held_because
from crm.brands.models import Category
from crm.brands.regulated import regulated_categories
from crm.outbox.models import Email
from crm.reminders.models import Reminder
from crm.reminders.tick import upkeep
from crm.timeline.record import SYSTEM, by_itself

SIX_HOURS = dt.timedelta(hours=6)
HALF, REVIEW = "review.half", "deliverable.review"
CARD = "version__deliverable__collaboration"


@upkeep("approved by itself")
def approve_overdue(now: dt.datetime) -> Mapping[str, int]:
    """Everything whose time is over and that may; one question where no policy has it on."""
    if not ApprovalPolicy.objects.filter(auto_approve=True).exists():
        return {}
    done = sum(_approve(review, now) for review in candidates(now))
    return {"approved": done} if done else {}


def candidates(now: dt.datetime) -> Iterable[Review]:
    """Drafts nobody decided about in time, of campaigns whose policy has it on."""
    found = list(overdue(now).with_card().order_by("due_at", "pk"))
    policies = policies_of({campaign_of(review).pk: campaign_of(review) for review in found}.values())
    return [review for review in found if policies[campaign_of(review).pk].auto_approve]


def overdue(now: dt.datetime) -> ReviewQuerySet:
    legal = ReviewStep.objects.filter(review=OuterRef("pk"), role=ReviewStage.Role.LEGAL)
    going = {f"{CARD}__campaign__status": Campaign.Status.LIVE, f"{CARD}__status__in": Collaboration.PROMISED}
    drafts = Review.objects.waiting().filter(version__stage=ContentVersion.Stage.DRAFT, due_at__lte=now)
    return drafts.filter(**going, **{f"{CARD}__paused_at__isnull": True}).exclude(Exists(legal))


def _approve(review: Review, now: dt.datetime) -> bool:
    """Under the card's lock, everything looked at anew; twice changes nothing."""
    with review.version.deliverable.collaboration.held():
        found = reread(review.pk)
        if not found.is_waiting or found.due_at is None or found.due_at > now:
            return False
        warned = warnings_of(found, now)
        if warned is None or is_regulated(campaign_of(found)) or approval_held_because(found.version.deliverable):
            return False
        check(found.version, now=now)
        if CheckResult.objects.filter(version=found.version, outcome=CheckResult.Outcome.FAIL).exists():
            return False
        _keep(found, warned, now)
    return True


def warnings_of(review: Review, now: dt.datetime) -> tuple[dt.datetime, dt.datetime] | None:
    """When both warnings about this clock left; None unless both did and six hours passed since the last one began to warn."""
    rows = Reminder.objects.filter(subject=f"campaigns.review:{review.pk}", email__state=Email.State.SENT)
    sent = rows.filter(email__sent_at__gte=review.opened_at).order_by("email__sent_at")
    half = sent.filter(kind=HALF).values_list("email__sent_at", flat=True).first()
    last = sent.filter(kind=REVIEW).values_list("email__sent_at", flat=True).first()
    return (half, last) if half is not None and last is not None and last + SIX_HOURS <= now else None


def is_regulated(campaign: Campaign) -> bool:
    """Whether what is advertised is of a regulated kind, itself, by what it stands within, or by one of its products."""
    marked = {pk for kind in Category.Regulated.values for pk in regulated_categories(kind)}
    products = campaign.products.filter(Q(category__in=marked))
    return campaign.category_id in marked or products.exists()


def _keep(review: Review, warned: tuple[dt.datetime, dt.datetime], now: dt.datetime) -> None:
    step = next((one for one in review.steps.all() if one.state == ReviewStep.State.OPEN), None)
    decision = ReviewDecision.objects.create(
        version=review.version, sha256=review.version.sha256, step=step,
        role=step.role if step else ReviewStage.Role.COORDINATOR, verdict=ReviewDecision.Verdict.BY_ITSELF, settles=True,
        by_label=by_itself(), at=now,
    )  # fmt: skip
    if step is not None:
        step.turn(ReviewStep.State.PASSED, at=now)
    Review.objects.filter(pk=review.pk).update(warned_half_at=warned[0], warned_last_at=warned[1])
    sentence = _("Nobody answered in time: %(version)s of %(what)s is approved by itself")
    outcomes.approved(review, "review.by_itself", sentence, at=now, actor=SYSTEM, by_itself=True)
    outcomes.tell_rooms(review, decision, now, SYSTEM)
