"""What comes back and what came of a gift, on her own page. A colleague settles the same as “told me”."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from campaigns.planning.portal import HER_PAGE, in_words
from campaigns.samples.after.forms import GiftPostedForm, HerWaybillForm, WaybillForm
from campaigns.samples.after.gifts import POSTED, QUIET, RATHER_NOT, arrived_gifts, close_gift, zone_of
from campaigns.samples.after.reminders import LOOK_BACK, label_of
from campaigns.samples.models import Purpose, ReturnRequest, SampleRequest
from crm.base.zones import local_date
from crm.portal.registry import Answer, AnswerRefused, Asking, PortalFeature, PortalTask, Told, portal_task
from crm.reminders.settled import stop_asking
from crm.timeline.record import subject_of
from crm.timeline.transitions import TransitionRefused

BACK, GIFT = "return", "gift"
ON_ITS_WAY = _("Thank you. We look out for it.")
SEEN = _("Thank you, how lovely. We have a look at it.")
FINE = _("Thank you for telling us. Enjoy it; we do not ask again.")
NOT_ASKED = _("This is no longer asked for. Nothing was changed.")
NOTHING_OWED = _("It is a gift: nothing is expected of you.")
MARK = _("If you show it, please write at the very start that it was a gift, for example “Gift from {brand}”.")

SENT = Answer("sent", _("I have sent it back"), _("Has sent it back"), ON_ITS_WAY, HerWaybillForm, True, "truck")
POST = Answer("posted", _("I posted it"), _("Has posted about it"), SEEN, GiftPostedForm, False, "send")
RATHER = Answer("rather_not", _("I would rather not"), _("Would rather not"), FINE, None, False, "x-circle")


class Returns:
    """What she is to send back, with where to."""

    THANKS = {"sent": ON_ITS_WAY}

    def open(self, asking: Asking) -> Sequence[PortalTask]:
        return [_return_task(row, asking) for row in _returns(asking)]

    def settle(self, asking: Asking, task: PortalTask, told: Told) -> None:
        row = next((row for row in _returns(asking) if row.pk == task.subject_id), None)
        if row is None:
            raise AnswerRefused(NOT_ASKED)
        try:
            row.sent_back(
                at=told.at, actor=told.actor, courier=told.data.get("courier"), waybill=told.data.get("waybill") or "",
                file=told.file, **in_words(told),
            )  # fmt: skip
        except TransitionRefused as refused:
            raise AnswerRefused(str(refused)) from refused
        stop_asking([subject_of(row)], told.at)


@portal_task(BACK, order=14)
def returns() -> PortalFeature:
    return Returns()


def _returns(asking: Asking) -> list[ReturnRequest]:
    """What waits for her, of the brand whose page it is. What a courier brings back is nothing of hers."""
    rows = ReturnRequest.objects.filter(
        status=ReturnRequest.Status.ASKED, shipment__request__influencer=asking.influencer_id
    ).exclude(reason=ReturnRequest.Reason.REFUSED)
    if asking.brand_id is not None:
        rows = rows.filter(shipment__request__brand=asking.brand_id)
    return list(rows.with_request().order_by("due_on", "pk"))


def _return_task(row: ReturnRequest, asking: Asking) -> PortalTask:
    request = row.shipment.request
    label = label_of(row.shipment.location)
    is_hers = asking.contact is not None
    zone = zone_of(request)
    is_late = row.due_on < local_date(asking.now, zone)
    return PortalTask(
        BACK,
        row.pk,
        format_lazy(_("Send back {what}"), what=row.what),
        [SENT if is_hers else replace(SENT, form=WaybillForm)],
        brand_id=request.brand_id,
        due_on=row.due_on,
        zone=zone,
        is_late=is_late,
        is_next=not is_late,
        lines=[_("Please send it to:"), *label] if label else [_("Ask us where it goes; we answer at once.")],
        **_where(request),
    )


class Gifts:
    """What arrived as a gift with a hope: she may say that she posted, or that she would rather not."""

    THANKS = {"posted": SEEN, "rather_not": FINE}

    def open(self, asking: Asking) -> Sequence[PortalTask]:
        return [_gift_task(row) for row in _gifts(asking)]

    def settle(self, asking: Asking, task: PortalTask, told: Told) -> None:
        row = next((row for row in _gifts(asking) if row.pk == task.subject_id), None)
        if row is None:
            raise AnswerRefused(NOT_ASKED)
        outcome = POSTED if told.code == "posted" else RATHER_NOT
        url = str(told.data.get("url") or "")
        try:
            close_gift(row, outcome, at=told.at, actor=told.actor, post_url=url, file=told.file, **in_words(told))
        except TransitionRefused as refused:
            raise AnswerRefused(str(refused)) from refused
        stop_asking([subject_of(row)], told.at)


@portal_task(GIFT, order=60)
def gifts() -> PortalFeature:
    return Gifts()


def _gifts(asking: Asking) -> list[SampleRequest]:
    rows = SampleRequest.objects.with_person().filter(
        influencer=asking.influencer_id, purpose=Purpose.GIFT_SOFT_ASK, outcome__in=["", QUIET]
    )
    if asking.brand_id is not None:
        rows = rows.filter(brand=asking.brand_id)
    return list(arrived_gifts(rows).filter(there_at__gte=asking.now - LOOK_BACK).order_by("pk"))


def _gift_task(row: SampleRequest) -> PortalTask:
    """No day and no urgency: it stands below everything that is due."""
    return PortalTask(
        GIFT,
        row.pk,
        format_lazy(_("A gift from {brand}: {what}"), brand=row.brand.name, what=row.what),
        [POST, RATHER],
        brand_id=row.brand_id,
        zone=row.influencer.zone,
        lines=[NOTHING_OWED, format_lazy(MARK, brand=row.brand.name)],
        **_where(row),
    )


def _where(request: SampleRequest) -> dict[str, Any]:
    """The campaign it belongs to, where it belongs to one."""
    card = request.collaboration
    if card is None:
        return {}
    return {"campaign": card.campaign.name, "whole_page": HER_PAGE, "whole_id": card.pk}
