"""Campaigns that open by themselves on their first day, and those that are over and wait to be wrapped up."""

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from campaigns.planning.models import Campaign, CampaignQuerySet, Deliverable
from crm.base.zones import end_of_day, local_date
from crm.reminders.registry import Asked, Due, due
from crm.reminders.tick import upkeep
from crm.timeline.record import SYSTEM, subject_of
from crm.timeline.transitions import TransitionRefused

KIND = "campaign.wrap_up"
RESTS = dt.timedelta(days=7)
"""How long after its last day a campaign with nothing open is left alone."""
AHEAD = dt.timedelta(hours=14)
"""Where the day begins first it is 14 hours later than in UTC."""
WRAPPED, STILL_OPEN = _("It is wrapped up, or not running any more"), _("Something is still open")


@upkeep("campaigns")
def open_by_date(now: dt.datetime) -> Mapping[str, int]:
    """Drafts whose offers may be made and that were told to go live by themselves, from their first day on."""
    waiting = Campaign.objects.standing(Campaign.Status.DRAFT).filter(
        opens_alone=True, offers_open_at__isnull=False, start_on__lte=(now + AHEAD).date()
    )
    opened = sum(_open(campaign, now) for campaign in waiting.order_by("pk"))
    return {"opened": opened} if opened else {}


def _open(campaign: Campaign, now: dt.datetime) -> bool:
    """Let it go live if its day has come where it runs and is not over; False when somebody was faster."""
    if not campaign.start_on <= local_date(now, campaign.zone) <= campaign.end_on:
        return False
    try:
        campaign.go_live(at=now, actor=SYSTEM)
    except TransitionRefused:
        return False
    return True


@due(KIND, label=_("To wrap up"), of="campaigns.Campaign", order=15)
def to_wrap_up(asked: Asked) -> Iterator[Due]:
    """A live campaign a week after its last day, when nothing is open any more. One query."""
    for campaign in _campaigns(asked).select_related("brand", "owner"):
        found = _due(campaign)
        wanted = (asked.from_at or found.due_at) <= found.due_at <= (asked.to_at or found.due_at)
        if asked.subjects is not None or wanted:
            yield found


def _campaigns(asked: Asked) -> CampaignQuerySet:
    open_work = Deliverable.objects.post_open().filter(
        collaboration__campaign=OuterRef("pk"), collaboration__status__in=["agreed", "making", "review", "posting"]
    )
    rows: CampaignQuerySet = Campaign.objects.all() if asked.user is None else Campaign.objects.visible_to(asked.user)
    rows = rows.annotate(has_open=Exists(open_work)).order_by("pk")
    if asked.subjects is not None:
        return rows.filter(pk__among=asked.subjects)
    over = rows.with_an_end().live().filter(~Exists(open_work), end_on__lt=(asked.now + AHEAD).date())
    if asked.from_at is not None:
        over = over.filter(end_on__gte=(asked.from_at - RESTS - AHEAD).date())
    return over.filter(end_on__lte=(asked.to_at - RESTS + AHEAD).date()) if asked.to_at is not None else over


def _due(campaign: Campaign) -> Due:
    on = campaign.end_on + RESTS
    is_open = campaign.has_open  # type: ignore[attr-defined]
    stopped_why: Any = "" if campaign.is_live else WRAPPED
    return Due(
        kind=KIND,
        subject=subject_of(campaign),
        due_on=on,
        due_at=end_of_day(on, campaign.zone),
        zone=campaign.zone,
        title=_("Over: wrap it up"),
        brand_id=campaign.brand_id,
        brand_label=campaign.brand.name,
        owner_id=campaign.owner_id,
        within=subject_of(campaign),
        within_label=campaign.name,
        url=reverse("campaign-wrap-up", args=[campaign.pk]),
        verb=_("Wrap up"),
        icon="archive",
        detail=f"{campaign.name}, {campaign.brand}",
        changed_at=campaign.updated_at,
        facts={"owner": campaign.owner.name},
        stopped_why=stopped_why or (STILL_OPEN if is_open else ""),
    )
