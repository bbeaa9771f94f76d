"""What is due once a deal is over: things nobody has seen to by their day."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from crm.ambassadors.models import TailItem
from crm.ambassadors.pay import upkeep  # noqa: F401  puts itself into its place
from crm.base.zones import end_of_day
from crm.reminders.registry import Asked, Due, due, wanted
from crm.timeline.record import subject_of

TAIL = "deal.tail"
A_DAY = dt.timedelta(days=1)
DONE = _("It is seen to")


@due(TAIL, label=_("After a deal is over"), of="crm.TailItem", order=47)
def afterwards(asked: Asked) -> Iterator[Due]:
    """The day by which something is seen to after the end: it comes down, it comes back, it is switched off."""
    for item in asked.once("tail items", lambda: list(_rows(asked))):
        yield from wanted(_due(item), asked)


def _rows(asked: Asked) -> Any:
    rows = TailItem.objects.filter(due_on__isnull=False)
    if asked.user is not None:
        rows = rows.visible_to(asked.user)
    if asked.subjects is not None:
        rows = rows.filter(pk__in=asked.subjects)
    else:
        rows = rows.open()
        if asked.from_at is not None:
            rows = rows.filter(due_on__gte=(asked.from_at - A_DAY).date())
        if asked.to_at is not None:
            rows = rows.filter(due_on__lte=(asked.to_at + A_DAY).date())
    return rows.select_related("deal__contract__brand", "deal__influencer", "deal__program")


def _due(item: TailItem) -> Due:
    deal = item.deal
    contract = deal.contract
    assert item.due_on is not None
    return Due(
        kind=TAIL, subject=subject_of(item), due_on=item.due_on, due_at=end_of_day(item.due_on, contract.zone),
        zone=contract.zone, title=TailItem.Kind(item.kind).label, influencer_id=deal.influencer_id,
        influencer_label=deal.influencer.stage_name, brand_id=contract.brand_id, brand_label=contract.brand.name,
        owner_id=contract.owner_id, url=f"{reverse('ambassador-after', args=[deal.pk])}#afterwards", verb=_("Tick it off"),
        icon="check2-square", detail=f"{contract.brand.name}, {deal.program}",
        stopped_why="" if item.is_open else DONE, born_at=item.created_at, entered_at=item.created_at,
        changed_at=item.updated_at,
    )  # fmt: skip
