"""What the page of a sample request shows of the dates that wait for it."""

import datetime as dt
from typing import Any

from campaigns.planning.models import Deliverable, DeliverableHold
from campaigns.planning.waiting.shown import following
from campaigns.samples.models import SampleRequest
from crm.team.models import User
from crm.timeline.record import subject_of


def for_request(request: SampleRequest, user: User, now: dt.datetime) -> dict[str, Any]:
    """Every date that waits for it or waited: planned, now, and why. Two queries."""
    mine = DeliverableHold.objects.of_source(subject_of(request)).values("deliverable")
    rows = Deliverable.objects.visible_to(user).filter(pk__in=mine).with_card().order_by("post_due_on", "pk")
    found = following(rows, now)
    return {"rows": list(found.values())} if found else {}
