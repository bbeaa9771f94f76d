"""A parcel on her own page: what is in it, where it is, whether it has arrived. A colleague settles the same as "told me"."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any

from django.utils.functional import lazy
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from campaigns.planning.models import Collaboration
from campaigns.planning.places import Part, her_part
from campaigns.planning.portal import HER_PAGE, Said, in_words
from campaigns.samples.arriving.actions import IS_MISSING, delivered, not_there
from campaigns.samples.arriving.forms import (
    HereForm,
    NotYetForm,
    ToldWrongForm,
    WrongForm,
    lines_of,
    noon_of,
    numbers_in,
    with_lines,
)
from campaigns.samples.arriving.tasks import MISSING, leave
from campaigns.samples.models import Shipment, ShipmentItem
from crm.base.formats import day_in_words
from crm.base.zones import local_date
from crm.portal.registry import Answer, AnswerRefused, Asking, PortalFeature, PortalTask, Told, offered, portal_task
from crm.reminders.models import Todo
from crm.timeline.transitions import TransitionRefused

FEATURE = "parcel"

HERE = _("Thank you! We are glad that it is with you.")
NOT_YET = _("Thank you for telling us. We look for it, and until it is there no date counts.")
WRONG = _("Thank you for telling us, and sorry. We see to it and come back to you.")
IS_HERE, NOT_HERE, IS_WRONG = _("Yes, it is here"), _("Not yet"), _("Something is missing or broken")


class Parcels:
    """Parcels on their way to her, and those that a courier says she has."""

    THANKS = {"arrived": HERE, "not_yet": NOT_YET, "wrong": WRONG}

    def open(self, asking: Asking) -> Sequence[PortalTask]:
        return [task_of(parcel, asking) for parcel in her_parcels(asking)]

    def settle(self, asking: Asking, task: PortalTask, told: Told) -> None:
        found = next((one for one in her_parcels(asking) if one.pk == task.subject_id), None)
        if found is None:
            raise AnswerRefused(_("This is no longer asked for. Nothing was changed."))
        try:
            SETTLE[told.code](found, told, in_words(told))
        except TransitionRefused as refused:
            raise AnswerRefused(str(refused)) from refused


@portal_task(FEATURE, order=8)
def parcels() -> PortalFeature:
    return Parcels()


def her_parcels(asking: Asking) -> list[Shipment]:
    """What has left for her and she has not said she has; of this brand alone."""
    rows = Shipment.objects.with_request().filter(
        request__influencer=asking.influencer_id, status__in=Shipment.TRACEABLE
    )
    if asking.brand_id is not None:
        rows = rows.filter(request__brand=asking.brand_id)
    return list(rows.prefetch_related("items__item__product", "items__item__variant").order_by("pk"))


def task_of(parcel: Shipment, asking: Asking) -> PortalTask:
    request, is_hers = parcel.request, asking.contact is not None
    card, today = request.collaboration, local_date(asking.now, parcel.zone)
    is_asked = parcel.is_there or (parcel.asks_on is not None and parcel.asks_on <= today)
    return PortalTask(
        FEATURE,
        parcel.pk,
        format_lazy(ASKED if is_asked else UNDER_WAY, brand=request.brand.name),
        answers_for(parcel, is_hers=is_hers),
        brand_id=request.brand_id,
        due_on=parcel.arrived_on or parcel.asks_on,
        zone=parcel.zone,
        is_next=is_asked and not parcel.is_looked_for,
        lines=[things_in(parcel.items.all()), where_it_is(parcel)],
        campaign=card.campaign.name if card is not None else "",
        initial={"on": parcel.arrived_on or today},
        whole_page=HER_PAGE if card is not None and is_hers else "",
        whole_id=card.pk if card is not None else 0,
    )


ASKED, UNDER_WAY = _("Has the parcel from {brand} arrived?"), _("A parcel from {brand} is on its way to you")


def answers_for(parcel: Shipment, *, is_hers: bool) -> list[Answer]:
    wrong = with_lines(WrongForm if is_hers else ToldWrongForm, lines_of(parcel))
    found = [
        Answer("arrived", IS_HERE, _("Has the parcel"), HERE, HereForm, True, "box-seam"),
        Answer("not_yet", NOT_HERE, _("Does not have it yet"), NOT_YET, NotYetForm if is_hers else None, icon="hourglass-split"),
        Answer("wrong", IS_WRONG, _("Something is missing or broken"), WRONG, wrong, icon="exclamation-triangle"),
    ]  # fmt: skip
    if not is_hers:
        found[0] = replace(found[0], form=DayOnly)
    return [one for one in found if one.code != "not_yet" or not parcel.is_looked_for]


class DayOnly(ToldWrongForm):
    """The day; her words and the channel are asked for beside it."""


def _things(lines: Iterable[ShipmentItem]) -> str:
    return ", ".join(f"{line.quantity} × {line.item}" for line in lines)


things_in = lazy(_things, str)


def where_it_is(parcel: Shipment) -> Any:
    """Where it is, as one says it to her."""
    if parcel.arrived_on is not None:
        return format_lazy(_("As far as we know it arrived on {day}."), day=day_in_words(parcel.arrived_on, "long"))
    if parcel.is_looked_for:
        return _("We are looking for it. You need not do anything; tell us when it is there after all.")
    if parcel.status == Shipment.Status.FAILED_ATTEMPT:
        return _("The courier was there and found nobody. Usually there is another try.")
    if parcel.asks_on is None:
        return ""
    courier = parcel.courier.name if parcel.courier is not None else _("the courier")
    return format_lazy(
        _("With {courier}. It should be with you around {day}."),
        courier=courier, day=day_in_words(parcel.asks_on, "long"),
    )  # fmt: skip


def tracking_page(parcel: Shipment) -> str:
    """Where the courier shows it; empty where there is no number or no such page."""
    pattern = parcel.courier.tracking_url if parcel.courier is not None and parcel.waybill else ""
    return pattern.replace("{waybill}", parcel.waybill)


@her_part("parcel", order=45)
def arrival_part(card: Collaboration, asking: Asking) -> Part | None:
    """The parcels of this campaign that are on their way to her, each with its question."""
    mine = [parcel for parcel in her_parcels(asking) if parcel.request.collaboration_id == card.pk]
    rows = [
        {"task": offered(task_of(parcel, asking), asking), "parcel": parcel, "tracking": tracking_page(parcel)}
        for parcel in mine
    ]
    return Part("campaigns/her/parcel.html", {"rows": rows}) if rows else None


def settle_arrived(parcel: Shipment, told: Told, said: Said) -> None:
    delivered(
        parcel, on_at=noon_of(told.data["on"], parcel, told.at), at=told.at, actor=told.actor, confirmed=True, file=told.file, **said
    )  # fmt: skip


def settle_wrong(parcel: Shipment, told: Told, said: Said) -> None:
    delivered(
        parcel, on_at=noon_of(told.data["on"], parcel, told.at), at=told.at, actor=told.actor, confirmed=True,
        arrived=numbers_in(told.data), file=told.file, **said,
    )  # fmt: skip
    leave(MISSING, parcel, IS_MISSING, told.at, kind=Todo.Kind.CHECK, quote=said["quote"])


def settle_not_yet(parcel: Shipment, told: Told, said: Said) -> None:
    not_there(parcel, at=told.at, actor=told.actor, file=told.file, **said)


SETTLE: dict[str, Callable[[Shipment, Told, Said], None]] = {
    "arrived": settle_arrived,
    "wrong": settle_wrong,
    "not_yet": settle_not_yet,
}
