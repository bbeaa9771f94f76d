"""How a parcel leaves and what is heard of it on the way: the moves of `Shipment` up to the courier's last word."""

import datetime as dt
from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from campaigns.samples.models.reference import Courier
from crm.timeline.record import Actor
from crm.timeline.transitions import Moves, may_move, move

HEARD = {
    "in_transit": _("The parcel %(parcel)s is on its way"),
    "out_for_delivery": _("The parcel %(parcel)s is out for delivery"),
    "failed_attempt": _("Nobody was there for the parcel %(parcel)s"),
    "exception": _("Something is wrong with the parcel %(parcel)s"),
}
"""What the story says when news moves a parcel to one of these."""


class Leaving(models.Model):
    """Part of `Shipment`. Callers hold its row; stock, the request and what waits follow in `shipping.actions`."""

    MOVES: ClassVar[Moves]

    status: Any
    request: Any

    class Meta:
        abstract = True

    def may(self, to: str) -> bool:
        """Whether it may go there from where it stands: what buttons ask."""
        return may_move(self, to, self.MOVES)

    def reserve(self, *, at: dt.datetime, actor: Actor) -> None:
        """Its contents are set aside."""
        self._goes("reserved", "parcel.reserved", _("A parcel is put together"), at=at, actor=actor)

    def pack(self, *, at: dt.datetime, actor: Actor) -> None:
        """It is closed and waits for the courier."""
        self._goes(
            "packed", "parcel.packed", _("The parcel is packed"), at=at, actor=actor, also={"packed_at": at}
        )  # fmt: skip

    def leave(
        self,
        courier: Courier,
        *,
        waybill: str,
        service: str = "",
        cost: Money | None = None,
        shipped_at: dt.datetime,
        at: dt.datetime,
        actor: Actor,
    ) -> None:
        """The courier has it; from now on it is heard of."""
        also: dict[str, Any] = {
            "courier": courier,
            "waybill": waybill,
            "service": service,
            "shipped_at": shipped_at,
            "heard_at": shipped_at,
            "transit_days": courier.transit_days,
        }
        if cost is not None:
            also |= {"cost": cost.amount, "cost_currency": str(cost.currency)}
        sentence = _("Sent with %(courier)s, %(waybill)s") if waybill else _("Sent with %(courier)s")
        params = {"courier": courier.name, "waybill": waybill}
        self._goes("shipped", "parcel.shipped", sentence, at=at, actor=actor, also=also, params=params)

    def call_off(self, why: str, *, at: dt.datetime, actor: Actor) -> None:
        """It does not leave after all."""
        params = {"why": why}
        self._goes(
            "cancelled", "parcel.cancelled", _("The parcel is not sent: %(why)s"), at=at, actor=actor, params=params
        )

    def hear(self, status: str, *, event_at: dt.datetime, at: dt.datetime, actor: Actor) -> None:
        """Follow news of it. Whoever calls has made sure that nothing newer is known."""
        params = {"parcel": str(self)}
        self._goes(
            status, f"parcel.{status}", HEARD[status], at=at, actor=actor, also={"heard_at": event_at}, params=params
        )  # fmt: skip

    def _goes(self, to: str, verb: str, sentence: Any, *, at: dt.datetime, actor: Actor, **more: Any) -> None:
        whose = {"influencer": self.request.influencer_id, "brand": self.request.brand_id}
        move(self, to, moves=self.MOVES, at=at, actor=actor, verb=verb, sentence=sentence, **whose, **more)
