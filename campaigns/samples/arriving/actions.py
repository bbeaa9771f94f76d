"""What happens when a parcel has come, has not, came half, broke, was lost or turned down.

Whoever says so (she, a colleague, a courier's news), it goes through here: the parcel moves, what came is counted, the request
follows its parcels, and the days that waited follow the request.
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Unpack

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from campaigns.planning.models.told import Refused, Told, ring_after_commit
from campaigns.samples.after.actions import ask_back
from campaigns.samples.arriving.following import follow, send_missing_again
from campaigns.samples.arriving.tasks import LOST, MISSING, TRACE, leave, settle
from campaigns.samples.models import ReturnRequest, SampleRequest, Shipment, ShipmentItem
from campaigns.samples.paid import follow_pay
from crm.base.formats import day_words
from crm.base.zones import local_date
from crm.exclusivity.gate import Busy, gate, joining
from crm.influencers.models import Address
from crm.reminders.models import Todo
from crm.reminders.settled import stop_asking
from crm.timeline.record import Actor, subject_of
from crm.timeline.transitions import may_move

Numbers = Mapping[int, int]
"""How many of each line of a parcel arrived whole: {ShipmentItem id: number}."""

NOT_THERE = _("%(name)s has not got the parcel %(parcel)s. Look for it: ask the courier, or tell us what you know.")
IS_MISSING = _("%(name)s: something of the parcel %(parcel)s is missing or broken. Send it again, or let it be.")
NOT_YET = _("The parcel was shipped on %(day)s. Choose that day or a later one.")
NOT_SHIPPED = _("This parcel has not left yet. Note the shipping first.")
TOO_MANY = ngettext_lazy(
    "There was %(n)s %(what)s in it, not more.", "There were %(n)s of %(what)s in it, not more.", "n"
)


@contextmanager
def held(shipment: Shipment) -> Iterator[Shipment]:
    """The parcel as it is now, with its person and request held: parcels of one request end one after the other."""
    try:
        with gate([shipment.request.influencer_id]), joining():
            list(SampleRequest._base_manager.select_for_update().filter(pk=shipment.request_id).values_list("pk"))
            yield Shipment.objects.select_for_update(of=("self",)).with_request().get(pk=shipment.pk)
    except Busy as busy:
        raise Refused(shipment, busy) from busy
    ring_after_commit()


def delivered(
    shipment: Shipment, *, on_at: dt.datetime, at: dt.datetime, actor: Actor, arrived: Numbers | None = None,
    confirmed: bool = False, **told: Unpack[Told],
) -> Shipment:  # fmt: skip
    """It is there: by a courier's news, by a colleague, or (`confirmed`) because she says so.

    Said again it changes nothing, except that her yes confirms what a courier said, with her day. Raises TransitionRefused.
    """
    with held(shipment) as mine:
        if mine.status == Shipment.Status.CONFIRMED or (mine.is_there and not confirmed and arrived is None):
            return mine
        was_on = mine.arrived_on if mine.is_there else None
        day = _when(mine, on_at, at)
        if not (mine.is_there and not confirmed):
            mine.deliver(day, at=at, actor=actor, confirmed=confirmed, **told)
        _look(mine, arrived, is_sure=confirmed)
        _settled(mine, at)
        _tell_missing(mine, at, told.get("quote", ""))
        follow(mine, at=at, actor=actor, was_on=was_on)
        follow_pay(mine.request, at=at, actor=actor)
        return mine


def correct(
    shipment: Shipment, *, on_at: dt.datetime, at: dt.datetime, actor: Actor, arrived: Numbers | None = None,
    **told: Unpack[Told],
) -> Shipment:  # fmt: skip
    """It came on another day, or more or less of it came, than was noted; what hangs on it follows anew."""
    with held(shipment) as mine:
        was_on, day = mine.arrived_on, _when(mine, on_at, at)
        if was_on != local_date(day, mine.zone):
            mine.another_day(day, at=at, actor=actor, **told)
        settle(MISSING, mine, at)
        _look(mine, arrived, is_sure=False)
        _tell_missing(mine, at, told.get("quote", ""))
        follow(mine, at=at, actor=actor, was_on=was_on)
        follow_pay(mine.request, at=at, actor=actor)
        return mine


def not_there(shipment: Shipment, *, at: dt.datetime, actor: Actor, **told: Unpack[Told]) -> Shipment:
    """She has not got it: a colleague looks for it, and she is asked nothing until there is news. Raises Refused."""
    with held(shipment) as mine:
        mine.trace(at=at, actor=actor, **told)
        leave(TRACE, mine, NOT_THERE, at, kind=Todo.Kind.QUESTION, quote=told.get("quote", ""))
        stop_asking([subject_of(mine)], at)
        return mine


def heard(shipment: Shipment, at: dt.datetime) -> None:
    """There is news of a parcel that was looked for: the task about it is done."""
    settle(TRACE, shipment, at)


def lost(shipment: Shipment, *, at: dt.datetime, actor: Actor, **told: Unpack[Told]) -> Shipment:
    """Nobody finds it. What was in it is written off (domain 4.5.7) and can be sent again; dates wait on."""
    with held(shipment) as mine:
        mine.lose(at=at, actor=actor, **told)
        _settled(mine, at)
        send_missing_again(mine.request, at=at, actor=actor)
        follow_pay(mine.request, at=at, actor=actor)
        return mine


def damaged(
    shipment: Shipment, *, at: dt.datetime, actor: Actor, arrived: Numbers | None = None, **told: Unpack[Told]
) -> Shipment:
    """It came broken. What is not counted as whole is written off (domain 4.5.7) and can be sent again."""
    with held(shipment) as mine:
        mine.break_(at=at, actor=actor, **told)
        lines = dict.fromkeys(mine.items.values_list("pk", flat=True), 0)
        _look(mine, {**lines, **(arrived or {})}, is_sure=False)
        _settled(mine, at)
        send_missing_again(mine.request, at=at, actor=actor)
        follow_pay(mine.request, at=at, actor=actor)
        return mine


def returned(shipment: Shipment, *, at: dt.datetime, actor: Actor, **told: Unpack[Told]) -> Shipment:
    """Nobody took it, or the address was wrong (domain 4.5.11): it comes back, and she is asked where it should go.

    A return is opened: what is in it counts as stock again only after somebody has looked. Said again it changes nothing.
    """
    with held(shipment) as mine:
        if mine.status == Shipment.Status.RETURNED_TO_SENDER:
            return mine
        mine.turn_back(at=at, actor=actor, **told)
        _settled(mine, at)
        Address.objects.filter(influencer=mine.request.influencer_id, confirmed_at__lte=mine.shipped_at).update(
            confirmed_at=None, updated_at=at
        )  # fmt: skip
        send_missing_again(mine.request, at=at, actor=actor)
        back_on = local_date(at, mine.zone) + dt.timedelta(days=mine.usual_days)
        ask_back(mine, ReturnRequest.Reason.REFUSED, back_on, at=at, actor=actor)
        follow_pay(mine.request, at=at, actor=actor)
        return mine


def _when(mine: Shipment, on_at: dt.datetime, at: dt.datetime) -> dt.datetime:
    """The moment it came, not in the future. Raises Refused where it would have come before it left."""
    if mine.shipped_at is None:
        raise Refused(mine, NOT_SHIPPED)
    shipped_on = local_date(mine.shipped_at, mine.zone)
    if local_date(min(on_at, at), mine.zone) < shipped_on:
        raise Refused(mine, NOT_YET % {"day": day_words(shipped_on, "long")})
    return min(on_at, at)


def _look(mine: Shipment, arrived: Numbers | None, *, is_sure: bool) -> None:
    """Keep how many of each line came whole; all of them where she is sure and says nothing else."""
    for line in mine.items.select_related("item__product", "item__variant"):
        number = (arrived or {}).get(line.pk, line.quantity if is_sure and line.arrived is None else line.arrived)
        if number is not None and not 0 <= number <= line.quantity:
            raise Refused(mine, TOO_MANY % {"n": line.quantity, "what": line.item})
        if number != line.arrived:
            ShipmentItem.objects.filter(pk=line.pk).update(arrived=number)


def _tell_missing(mine: Shipment, at: dt.datetime, quote: str) -> None:
    """Somebody has to decide what becomes of what is missing."""
    if any(line.arrived is not None and line.arrived < line.quantity for line in mine.items.all()):
        leave(MISSING, mine, IS_MISSING, at, kind=Todo.Kind.CHECK, quote=quote)


def _settled(mine: Shipment, at: dt.datetime) -> None:
    """Nobody looks for it any more, and nobody asks her."""
    for what in (TRACE, LOST):
        settle(what, mine, at)
    stop_asking([subject_of(mine)], at)


def may_end(shipment: Shipment, to: str) -> bool:
    """Whether the parcel may end so: what buttons ask."""
    return may_move(shipment, to, Shipment.MOVES)
