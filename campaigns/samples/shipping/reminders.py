"""What is due of parcels themselves: one that is packed and does not leave, and one nobody hears of any more."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.functional import lazy
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from campaigns.planning.models import Campaign
from campaigns.planning.queries import CAMPAIGN_STOPPED, manager_ids
from campaigns.samples.models import SampleTerm, Shipment, terms_on
from campaigns.samples.request_dues import parcels_of
from crm.base.zones import end_of_day, local_date
from crm.reminders.registry import Asked, Due, due, wanted
from crm.timeline.record import subject_of

STUCK = "sample.stuck"
PACKED_WAITS, NO_EVENT = SampleTerm.Code.PACKED_WAITS, SampleTerm.Code.NO_EVENT
USUALLY = {PACKED_WAITS: 2, NO_EVENT: 3}
LEFT, THERE, OVER = _("It has left"), _("It has arrived"), _("It is not on its way any more")
LOOKED_FOR, NOT_PACKED = _("It is being looked for"), _("It is not packed yet")
WAITS, QUIET = _("A packed parcel has not left"), _("Nobody has heard of the parcel")


@due(STUCK, label=_("Parcels that are stuck"), of="campaigns.Shipment", order=33, on_calendar=False)
def stuck(asked: Asked) -> Iterator[Due]:
    """From the day a parcel has stood packed, or without news, for as long as it may."""
    rows = _rows(asked)
    if not rows:
        return
    terms = USUALLY | terms_on(local_date(asked.now, rows[0].zone))
    managers = {} if asked.calendar else manager_ids({row.request.brand_id for row in rows})
    for parcel in rows:
        found = _due(parcel, terms, managers.get(parcel.request.brand_id, ()))
        if found is not None:
            yield from wanted(found, asked)


def _rows(asked: Asked) -> list[Shipment]:
    rows = parcels_of(asked)
    if asked.subjects is not None:
        return rows
    return [row for row in rows if row.status in (Shipment.Status.PACKED, *Shipment.AWAY)]


def _due(parcel: Shipment, terms: dict[str, int], managers: tuple[int, ...]) -> Due | None:
    """Nothing for a parcel that was never packed and never left."""
    is_here = parcel.shipped_at is None
    since = parcel.packed_at if is_here else parcel.heard_at or parcel.shipped_at
    if since is None:
        return None
    on = local_date(since, parcel.zone) + dt.timedelta(days=terms[PACKED_WAITS if is_here else NO_EVENT])
    request = parcel.request
    campaign = request.collaboration.campaign if request.collaboration is not None else None
    return Due(
        kind=STUCK,
        subject=subject_of(parcel),
        due_on=on,
        due_at=end_of_day(on, parcel.zone),
        zone=parcel.zone,
        title=WAITS if is_here else QUIET,
        influencer_id=request.influencer_id,
        influencer_label=request.influencer.stage_name,
        brand_id=request.brand_id,
        brand_label=request.brand.name,
        owner_id=request.owner_id,
        manager_ids=managers,
        url=f"{reverse('sample', args=[request.pk])}#parcels",
        verb=_("Look for it"),
        icon="truck",
        within=subject_of(campaign),
        within_label=campaign.name if campaign is not None else "",
        detail=_of(parcel),
        stopped_why=_why_not(parcel, campaign),
        on_hold=campaign is not None and campaign.status == Campaign.Status.PAUSED,
        born_at=since,
        never_before=True,
        facts={"person": request.influencer.stage_name, "brand": request.brand.name},
    )


def _why_not(parcel: Shipment, campaign: Campaign | None) -> Any:
    """Why nobody has to look for it; a campaign that is over says nothing of parcels that are still on their way."""
    if parcel.status == Shipment.Status.PACKED:
        is_paused = campaign is not None and campaign.status == Campaign.Status.PAUSED
        return CAMPAIGN_STOPPED[campaign.status] if is_paused and campaign is not None else ""
    if parcel.status in Shipment.THERE:
        return THERE
    if parcel.status not in Shipment.AWAY:
        return NOT_PACKED if parcel.status in Shipment.HERE else OVER
    return LOOKED_FOR if parcel.is_looked_for else ""


def _of(parcel: Shipment) -> Any:
    return lazy(_words, str)(parcel)


def _words(parcel: Shipment) -> str:
    number = f"{parcel.courier} {parcel.waybill}".strip() if parcel.courier is not None else _now("No number yet")
    return f"{parcel.request.brand}, {number}"
