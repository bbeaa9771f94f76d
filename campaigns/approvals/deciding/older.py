"""Drafts that came before versions were kept get theirs, so that somebody can decide about them; their clock begins today."""

import datetime as dt
from collections.abc import Mapping

from django.db.models import Exists, OuterRef

from campaigns.approvals.handing.actions import keep_draft
from campaigns.approvals.models import ContentVersion
from campaigns.planning.models import Deliverable
from campaigns.planning.models.deliverable import DeliverableQuerySet
from campaigns.planning.places import Came
from crm.reminders.tick import upkeep
from crm.timeline.record import SYSTEM

AT_ONCE = 50


def without_version() -> DeliverableQuerySet:
    drafts = ContentVersion.objects.filter(deliverable=OuterRef("pk"), stage=ContentVersion.Stage.DRAFT)
    return Deliverable.objects.waiting_for_us().filter(~Exists(drafts), drafts__gte=1)


@upkeep("drafts from before")
def give_versions(now: dt.datetime) -> Mapping[str, int]:
    """One question when there are none, which is always once they have theirs."""
    done = sum(_give(row, now) for row in without_version().with_card().order_by("pk")[:AT_ONCE])
    return {"versions": done} if done else {}


def _give(row: Deliverable, now: dt.datetime) -> bool:
    with row.collaboration.held():
        found = without_version().with_card().filter(pk=row.pk).first()
        if found is None:
            return False
        keep_draft(found, Came(now, SYSTEM, draft_url=found.draft_url))
    return True
