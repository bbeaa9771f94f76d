"""What ambassador deals hear of a post that is online no more, and how long before a post its draft has to be here."""

import datetime as dt
from collections.abc import Collection, Mapping

from django.db.models import F
from django.utils.translation import gettext as _

from campaigns.approvals.deciding.policies import policy_of
from campaigns.approvals.models import ApprovalPolicy, Deviation, LivePost, Review
from campaigns.approvals.places import post_looked_at
from campaigns.planning.models import Campaign, Deliverable, QuotaPost
from campaigns.planning.places import draft_lead, taken_down, tell_of_work
from crm.ambassadors.models import DealPeriod
from crm.ambassadors.places import our_lateness
from crm.payments.milestones.places import Happened, work_done
from crm.timeline.record import Actor
from crm.vetting.facts_shown import hours_words

A_DAY, A_WEEK, OF_IT_WORKING = 24, 7, 5


@taken_down("live")
def is_gone(deliverable: Deliverable) -> bool:
    """Where it was planned for, somebody saw that it was gone; until it is back, or was none, or is taken as it is."""
    rows = Deviation.objects.filter(post__deliverable=deliverable.pk, kind=Deviation.Kind.REMOVED)
    own = rows.filter(post__platform=deliverable.format.platform_id).order_by("-found_at", "-pk")
    last = own.values_list("outcome", flat=True).first()
    return last in ("", Deviation.Outcome.BREACH)


@work_done("gone")
def gone_works(parties: Collection[int]) -> Mapping[int, Happened]:
    """The same of everything under these people's contracts, for money that waits for it. One query."""
    rows = Deviation.objects.filter(post__deliverable__collaboration__party_id__among=set(parties))
    own = rows.filter(kind=Deviation.Kind.REMOVED, post__platform=F("post__deliverable__format__platform"))
    newest = own.order_by("post__deliverable", "found_at", "pk")
    told = newest.values_list("post__deliverable", "outcome", "post__deliverable__collaboration__party")
    last = {deliverable: (outcome, party) for deliverable, outcome, party in told}
    found: dict[int, frozenset[str]] = {}
    for deliverable, (outcome, party) in last.items():
        if outcome in ("", Deviation.Outcome.BREACH):
            found[party] = found.get(party, frozenset()) | {f"{Deliverable._meta.label_lower}:{deliverable}"}
    return {party: Happened(gone=gone) for party, gone in found.items()}


@post_looked_at("quota", order=90)
def follow_look(post: LivePost, at: dt.datetime, actor: Actor) -> None:
    """Gone it counts no more; back again it does."""
    if post.is_first and post.deliverable.status == Deliverable.Status.PUBLISHED:
        tell_of_work(post.deliverable, at, actor)


@our_lateness("answers")
def late_answers(period: DealPeriod) -> list[str]:
    """Drafts of what was planned for that period that we answered after the day we had. One query."""
    works = QuotaPost.objects.filter(period=period).values("deliverable")
    rows = Review.objects.filter(version__deliverable__in=works, late_hours__gt=0).order_by("pk")
    return [
        _("%(what)s, draft %(number)s: answered %(hours)s after its day")
        % {"what": row.version.deliverable, "number": row.version.number, "hours": hours_words(row.late_hours)}
        for row in rows.select_related("version__deliverable__format__platform")
    ]


@draft_lead("policy")
def days_before(campaign: Campaign) -> int:
    """Time for a first decision, for changes, and for a second decision."""
    policy = policy_of(campaign)
    days = 2 * -(-policy.sla_hours // A_DAY) + policy.creator_turnaround_days
    is_slow = policy.calendar == ApprovalPolicy.Calendar.WORKING_DAYS
    return -(-days * A_WEEK // OF_IT_WORKING) if is_slow else days
