"""The day of a return as calendars move it: her reminders follow, and so does the day on which a charge is proposed."""

import datetime as dt
from collections.abc import Collection
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from campaigns.planning.calendar.deliverables import undone
from campaigns.planning.models import Refused
from campaigns.samples.after.charges import zone_of
from campaigns.samples.models import ReturnRequest
from crm.base.formats import day_words
from crm.base.zones import local_date
from crm.reminders.preview import following
from crm.reminders.registry import Movable, Outlook, Shift, movable
from crm.timeline.record import Actor, subject_of
from crm.timeline.transitions import TransitionRefused

if TYPE_CHECKING:
    from crm.team.models import User

RETURN = "sample.return"
MAY = "campaigns.change_sample"


def returns_page(request_id: int) -> str:
    """Where returns of a request are settled."""
    return f"{reverse('sample', args=[request_id])}#returns"


class ReturnDays:
    """Movable for the day by which a loan is to be back."""

    def preview(self, pks: Collection[int], shift: Shift, user: "User", now: dt.datetime) -> list[Outlook]:
        """Tried and taken back, to count the reminders that would move with it."""
        seen = ReturnRequest.objects.visible_to(user).with_request().prefetch_related("shipment__items__item__product")
        rows = seen.in_bulk(list(pks)) if user.has_perm(MAY) else {}
        with undone():
            tried = [_tried(rows[pk], shift, user, now) for pk in dict.fromkeys(pks) if pk in rows]
            told = following([RETURN], [one.pk for one in tried if not one.refused], now)
        follows = {one.pk: told.get(subject_of(rows[one.pk])) for one in tried}
        return [
            replace(one, cancelled=known.cancelled, planned=known.planned)
            if not one.refused and (known := follows[one.pk]) is not None
            else one
            for one in tried
        ]

    def move(self, pk: int, shift: Shift, user: "User", at: dt.datetime) -> Any:
        with transaction.atomic():
            rows = ReturnRequest.objects.visible_to(user).with_request().select_for_update(of=("self",))
            row = (rows if user.has_perm(MAY) else rows.none()).get(pk=pk)
            if shift.from_on not in (None, row.due_on):
                raise Refused(row, _("It has moved on since. Look at its page."))
            to_on = _extend(row, shift, user, at)
        return _("To be back by %(day)s") % {"day": day_words(to_on, "short")}


def _tried(row: ReturnRequest, shift: Shift, user: "User", now: dt.datetime) -> Outlook:
    from_on = row.due_on
    proposed = row.charge_proposed_at is not None and row.charge_decided_at is None
    outlook = Outlook(
        pk=row.pk,
        who=row.shipment.request.influencer.stage_name,
        what=_("To come back: %(what)s") % {"what": row.what},
        from_on=from_on,
        to_on=shift.day(from_on),
        warnings=(_("A charge is proposed for it already. Decide that on its page."),) if proposed else (),
        url=returns_page(row.shipment.request_id),
    )
    try:
        with transaction.atomic():
            _extend(row, shift, user, now)
    except TransitionRefused as refused:
        return replace(outlook, refused=str(refused), warnings=())
    return outlook


def _extend(row: ReturnRequest, shift: Shift, user: "User", at: dt.datetime) -> dt.date:
    to_on = shift.day(row.due_on)
    if to_on == row.due_on:
        raise Refused(row, _("It stands on that day already."))
    if to_on < local_date(at, zone_of(row)):
        raise Refused(row, _("That day has passed. Choose today or a later day."))
    row.extend(to_on, at=at, actor=Actor.user(user))
    return to_on


@movable(RETURN)
def return_days() -> Movable:
    return ReturnDays()
