"""Ideas that are asked for before anything is shot: where the policy says so, until one is agreed to or the draft came."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from campaigns.approvals.deciding.policies import policies_of
from campaigns.approvals.models import ApprovalPolicy, ContentVersion, Review
from campaigns.planning.models import Deliverable
from crm.base.zones import end_of_day
from crm.portal.registry import Asking


@dataclass(frozen=True)
class Idea:
    """One deliverable whose idea is asked for, the day it is due, and how the newest one stands; empty while none came."""

    row: Deliverable
    due_on: dt.date | None
    status: str = ""

    @property
    def is_with_us(self) -> bool:
        return self.status == Review.Status.IN_REVIEW

    def is_late(self, now: dt.datetime) -> bool:
        return not self.is_with_us and self.due_on is not None and end_of_day(self.due_on, self.row.zone) <= now


def is_asked_anywhere() -> bool:
    """Whether any policy asks for ideas at all: where none does, nothing else is looked up."""
    return ApprovalPolicy.objects.filter(concept_first=True).exists()


def open_ideas(asking: Asking) -> list[Idea]:
    """Hers, of one brand or of all, in the order of their days."""
    if not is_asked_anywhere():
        return []
    rows = Deliverable.objects.in_motion().draft_open().unheld()
    rows = rows.filter(collaboration__influencer_id=asking.influencer_id, drafts=0)
    if asking.brand_id is not None:
        rows = rows.filter(collaboration__campaign__brand_id=asking.brand_id)
    return asked_of(rows.with_card().order_by("draft_due_on", "pk"))


def asked_of(rows: Iterable[Deliverable]) -> list[Idea]:
    """Those of these deliverables, each waiting for its first draft, whose idea is still asked for."""
    found = list(rows)
    policies = policies_of([row.collaboration.campaign for row in found]) if found else {}
    asked = [row for row in found if policies[row.collaboration.campaign_id].concept_first]
    stands = statuses_of(row.pk for row in asked)
    return [
        Idea(
            row,
            idea_day(row.draft_due_on, policies[row.collaboration.campaign_id].concept_days),
            stands.get(row.pk, ""),
        )
        for row in asked
        if stands.get(row.pk) != Review.Status.APPROVED
    ]


def idea_day(draft_due_on: dt.date | None, days: int) -> dt.date | None:
    """So many days before the draft."""
    return draft_due_on - dt.timedelta(days=days) if draft_due_on is not None else None


def statuses_of(deliverables: Iterable[int]) -> dict[int, str]:
    """How the newest idea of each stands, in one query; nothing of those without one."""
    rows = ContentVersion.objects.concepts().filter(deliverable__in=list(deliverables), review__isnull=False)
    return dict(rows.order_by("number").values_list("deliverable", "review__status"))
