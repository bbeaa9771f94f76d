"""What versions, reviews and posts say of working with her: told as facts where they happen, corrected when they change.

Days count against the day that was due then: one that moved because of us, of a late parcel or of changes without a new
day is never held against her.
"""

import datetime as dt

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from campaigns.approvals.deciding.clock import passed
from campaigns.approvals.deciding.opening import campaign_of, free_days, policy_for
from campaigns.approvals.models import ContentVersion, Deviation, LivePost, Review, ReviewDecision
from campaigns.approvals.places import post_looked_at, post_taken_back, review_settled, version_handed_in
from campaigns.approvals.publishing.staying import LAST_LOOK_BEFORE
from campaigns.planning.facts_told import HOUR, tell_answer, tell_fact
from campaigns.planning.models import Deliverable
from crm.base.zones import end_of_day, local_date
from crm.timeline.models import Entry
from crm.timeline.record import Actor, subject_of
from crm.vetting.facts import Kind, Number, withdraw_fact
from crm.vetting.places import fact_page

SENT_BACK = (ReviewDecision.Verdict.CHANGES, ReviewDecision.Verdict.REJECT)


@fact_page("campaigns.contentversion", label=_("Version"))
def page_of_version(pk: int) -> str:
    """Where a version is looked at, long after it was decided."""
    return reverse("review", args=[pk])


@fact_page("campaigns.livepost", label=_("Live post"))
def page_of_post(pk: int) -> str:
    """Where it is compared, with its cases."""
    return reverse("live-post", args=[pk])


@version_handed_in("figures")
def tell_of_version(version: ContentVersion, at: dt.datetime, actor: Actor) -> None:
    """How early the draft came, and how long she took after changes. What was approved before no longer is."""
    work, asked = version.deliverable, changes_before(version)
    if asked is not None:
        tell_answer(work.collaboration, subject_of(version), asked.at, version.submitted_at, what=str(work))
    if version.stage != ContentVersion.Stage.DRAFT:
        return
    forget_approval(work)
    due_on = work.draft_due_on
    if due_on is None or (asked is not None and local_date(asked.at, work.zone) > due_on):
        return
    tell_days(work, Kind.DRAFT_DAYS, due_on, version.submitted_at, subject_of(version))


@review_settled("figures")
def tell_of_review(review: Review, decision: ReviewDecision, at: dt.datetime, actor: Actor) -> None:
    """How long we took, and at an approval how many rounds it took her."""
    version = review.version
    work = version.deliverable
    if review.status not in (Review.Status.WITHDRAWN, Review.Status.REPLACED):
        ended_at = review.decided_at or at
        tell(work, Kind.OUR_HOURS, our_time(review, ended_at) / HOUR, subject_of(version), ended_at)
    if version.stage != ContentVersion.Stage.DRAFT:
        return
    if review.status != Review.Status.APPROVED:
        forget_approval(work)
        return
    rounds = rounds_of(work)
    tell(work, Kind.ROUNDS, rounds, subject_of(work), at)
    tell(work, Kind.FIRST_PASS, int(not rounds), subject_of(work), at)


@post_looked_at("figures")
def tell_of_post(post: LivePost, at: dt.datetime, actor: Actor) -> None:
    """Whether it came on its day, is as approved, stayed online, and she answered comments."""
    work = post.deliverable
    if work.published_at is not None and was_told(work):
        tell_days(work, Kind.POST_DAYS, work.post_due_on, work.published_at, subject_of(work))
    for deviation in post.deviations.order_by("pk"):
        tell_of_deviation(work, deviation)
    stayed = stayed_online(post)
    if stayed is None:
        withdraw_fact(Kind.LIVE, subject_of(post))
    else:
        tell(work, Kind.LIVE, int(stayed), subject_of(post), post.removed_at or at)
    tell_of_replies(work)


@post_taken_back("figures")
def forget_post(post: LivePost, at: dt.datetime, actor: Actor) -> None:
    """It never went out: nothing about it happened."""
    withdraw_fact(Kind.POST_DAYS, subject_of(post.deliverable))
    withdraw_fact(Kind.LIVE, subject_of(post))
    for deviation in post.deviations.order_by("pk"):
        withdraw_fact(Kind.DEVIATION, case_of(deviation))
    promise = getattr(post.deliverable, "reply_promise", None)
    if promise is not None:
        withdraw_fact(Kind.REPLIES, subject_of(promise))


def was_told(work: Deliverable) -> bool:
    """Whether somebody said here that it went out. What a file brought names its planned day, and says nothing about keeping it."""
    return Entry.objects.filter(subject=subject_of(work), verb="deliverable.published").exists()


def tell_of_deviation(work: Deliverable, deviation: Deviation) -> None:
    """A case counts unless somebody closed it as none."""
    if deviation.outcome == Deviation.Outcome.MISTAKE:
        withdraw_fact(Kind.DEVIATION, case_of(deviation))
    else:
        tell(work, Kind.DEVIATION, 1, case_of(deviation), deviation.found_at)


def case_of(deviation: Deviation) -> str:
    """A case of a post: it is looked at on the post's page."""
    return f"campaigns.livepost:{deviation.post_id}/{deviation.pk}"


def tell_of_replies(work: Deliverable) -> None:
    """Once somebody has looked; nothing before."""
    promise = getattr(work, "reply_promise", None)
    if promise is None:
        return
    if promise.kept is None or promise.checked_at is None:
        withdraw_fact(Kind.REPLIES, subject_of(promise))
    else:
        tell(work, Kind.REPLIES, int(promise.kept), subject_of(promise), promise.checked_at)


def stayed_online(post: LivePost) -> bool | None:
    """Whether it stood for as long as agreed; None while that is open, or nothing was agreed."""
    if post.live_until is None:
        return None
    if post.status == LivePost.Status.REMOVED and post.removed_at is not None:
        return local_date(post.removed_at, post.deliverable.zone) > post.live_until
    last_look = post.live_until - LAST_LOOK_BEFORE
    seen = post.live_checks.filter(due_on__gte=last_look, is_live=True, done_at__isnull=False)
    return True if seen.exists() else None


def our_time(review: Review, ended_at: dt.datetime) -> dt.timedelta:
    """What passed by the clock of its campaign: all hours, or those of working days."""
    campaign, policy = campaign_of(review), policy_for(review)
    return passed(review.opened_at, ended_at, policy.calendar, campaign.zone, free_days())


def changes_before(version: ContentVersion) -> ReviewDecision | None:
    """What sent the version before this one back to her; None when nothing did."""
    before = ReviewDecision.objects.filter(
        version__deliverable=version.deliverable_id, version__stage=version.stage, version__number=version.number - 1,
        verdict__in=SENT_BACK, settles=True,
    )  # fmt: skip
    return before.order_by("-at", "-pk").first()


def rounds_of(work: Deliverable) -> int:
    """How many versions of the draft were sent back."""
    back = Q(verdict__in=SENT_BACK, settles=True, version__stage=ContentVersion.Stage.DRAFT)
    return (
        ReviewDecision.objects.filter(back, version__deliverable=work).order_by().values("version").distinct().count()
    )


def forget_approval(work: Deliverable) -> None:
    """Rounds are counted when it is approved; what is not is not counted yet."""
    for kind in (Kind.ROUNDS, Kind.FIRST_PASS):
        withdraw_fact(kind, subject_of(work))


def tell_days(work: Deliverable, kind: str, due_on: dt.date, at: dt.datetime, ref: str) -> None:
    """Days after its day, early ones below nothing; not told while what she waited for had not come by then."""
    days = (local_date(at, work.zone) - due_on).days
    if days > 0 and was_waiting(work, due_on):
        withdraw_fact(kind, ref)
    else:
        tell(work, kind, days, ref, at)


def was_waiting(work: Deliverable, due_on: dt.date) -> bool:
    """Whether something that holds it had not come by the end of that day."""
    day_over_at = end_of_day(due_on, work.zone)
    return work.holds.filter(
        Q(lifted_at__isnull=True) | Q(lifted_at__gt=day_over_at), since_at__lt=day_over_at
    ).exists()


def tell(work: Deliverable, kind: str, amount: Number, ref: str, at: dt.datetime) -> None:
    """A fact about something she makes."""
    tell_fact(work.collaboration, kind, amount, ref, at, what=str(work))
