"""What the page of a sample request shows of what comes back and what came of a gift."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from campaigns.samples.after.gifts import GIFT, KINDS, THANKS, arrived_gifts, paces, zone_of
from campaigns.samples.after.reminders import label_of
from campaigns.samples.after.steps import Step, steps_for
from campaigns.samples.models import ReturnItem, ReturnRequest, SampleRequest
from crm.base.zones import local_date
from crm.reminders.models import Reminder
from crm.team.models import User
from crm.timeline.record import subject_of


@dataclass(frozen=True)
class Back:
    """One return with its days, what was found of it, and what can be done."""

    row: ReturnRequest
    found: list[ReturnItem]
    label: list[str]
    steps: list[Step]
    is_late: bool


@dataclass(frozen=True)
class Gift:
    """How a gift stands: the days it is spoken of, how often it was, and until when."""

    days: tuple[dt.date, ...]
    ends_on: dt.date | None
    touches: int
    is_hoped: bool


def for_request(request: SampleRequest, user: User, now: dt.datetime) -> dict[str, Any]:
    """Returns of its parcels, and how the gift stands; neither, nothing."""
    backs = backs_of(request, user, now)
    gift = gift_of(request, now) if request.is_gift else None
    return {"backs": backs, "gift": gift} if backs or gift else {}


def backs_of(request: SampleRequest, user: User, now: dt.datetime) -> list[Back]:
    rows = (
        ReturnRequest.objects.with_request()
        .filter(shipment__request=request)
        .prefetch_related("items__contents__item__product", "items__contents__item__variant__product")
    )
    may, today = user.has_perm("campaigns.change_sample"), local_date(now, zone_of(request))
    return [
        Back(
            row, list(row.items.all()), label_of(row.shipment.location), steps_for(row) if may else [],
            row.status == ReturnRequest.Status.ASKED and row.due_on < today,
        )
        for row in rows.order_by("pk")
    ]  # fmt: skip


def gift_of(request: SampleRequest, now: dt.datetime) -> Gift | None:
    """Empty until it has arrived."""
    row = arrived_gifts(SampleRequest.objects.with_person()).filter(pk=request.pk).first()
    if row is None:
        return None
    pace = paces([row], now)[row.pk]
    mails = Reminder.objects.mailed().filter(subject=subject_of(row), kind__in=[GIFT, THANKS])
    said = mails.values("due_key").distinct().count() + len(pace.touched_on)
    return Gift(pace.days, pace.ends_on, said, KINDS[row.purpose] == GIFT)
