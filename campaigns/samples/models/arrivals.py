"""How parcels end, and what that makes of the request they belong to: the last moves of both tables."""

import datetime as dt
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, ClassVar, Unpack

from django.utils.translation import gettext_lazy as _

from campaigns.planning.models.told import Refused, Told
from crm.base.formats import day_in_words
from crm.base.models import Stamped
from crm.base.zones import local_date
from crm.timeline.record import Actor, record
from crm.timeline.transitions import Moves, move

USUAL_DAYS = 3
NOTHING: Mapping[str, Any] = MappingProxyType({})

DELIVERED, CONFIRMED = _("Parcel %(parcel)s arrived on %(day)s"), _("Has the parcel %(parcel)s, arrived on %(day)s")
ANOTHER_DAY = _("Parcel %(parcel)s arrived on %(day)s, not on %(before)s")
TRACED = _("Parcel %(parcel)s has not arrived: it is being looked for")
LOST, DAMAGED = _("Parcel %(parcel)s is lost"), _("Parcel %(parcel)s arrived broken")
COMES_BACK = _("Parcel %(parcel)s was not taken and comes back")
ALL_ARRIVED, ENOUGH = _("Everything sent for %(brand)s has arrived"), _("What arrived for %(brand)s is enough to begin")
SEND_AGAIN = _("Something for %(brand)s is to be sent again")
IS_TRACED = _("It is being looked for already. Note what you hear of it as news of the parcel.")
SAME_DAY = _("This is the day that is noted already.")


class ParcelArrivals(Stamped):
    """The ways in which a parcel's journey ends. Its tables of moves, and its columns, stand on the parcel."""

    MOVES: ClassVar[Moves]
    AWAY: ClassVar[tuple[str, ...]]
    THERE: ClassVar[tuple[str, ...]]
    TRACEABLE: ClassVar[tuple[str, ...]]

    status: Any
    request: Any
    request_id: int
    shipped_at: Any
    delivered_at: Any
    confirmed_at: Any
    traced_at: Any
    heard_at: Any
    transit_days: Any
    courier: Any

    class Meta:
        abstract = True

    @property
    def zone(self) -> str:
        """Where its days count: the campaign's zone; of a gift without one, its owner's."""
        card = self.request.collaboration
        return str(card.campaign.zone if card is not None else self.request.owner.zone)

    @property
    def arrived_on(self) -> dt.date | None:
        """The day it came, where the campaign is."""
        return local_date(self.delivered_at, self.zone) if self.delivered_at is not None else None

    @property
    def asks_on(self) -> dt.date | None:
        """The day on which she is asked whether it is there: so many days after it left, or after news of what was missing."""
        left_at = self.shipped_at
        if left_at is None:
            return None
        if self.traced_at is not None and self.heard_at is not None and self.heard_at > self.traced_at:
            left_at = self.heard_at
        return self._local(left_at) + dt.timedelta(days=self.usual_days)

    @property
    def usual_days(self) -> int:
        """Days on the way, usually: of this parcel, else of its courier."""
        if self.transit_days is not None:
            return int(self.transit_days)
        return int(self.courier.transit_days) if self.courier is not None else USUAL_DAYS

    @property
    def is_away(self) -> bool:
        return self.status in self.AWAY

    @property
    def is_there(self) -> bool:
        return self.status in self.THERE

    @property
    def is_looked_for(self) -> bool:
        """She says it is not there, and nobody has heard of it since."""
        return (
            self.is_away and self.traced_at is not None and (self.heard_at is None or self.heard_at <= self.traced_at)
        )

    def deliver(
        self, on_at: dt.datetime, *, at: dt.datetime, actor: Actor, confirmed: bool = False, **told: Unpack[Told]
    ) -> None:
        """It is there, since `on_at`; `confirmed` when she says so herself or to a colleague. Raises TransitionRefused."""
        also: dict[str, Any] = {"delivered_at": on_at, "heard_at": at}
        also |= {"confirmed_at": at} if confirmed else {}
        to, sentence = ("confirmed", CONFIRMED) if confirmed else ("delivered", DELIVERED)
        self._end(to, sentence, at, actor, also=also, params={"day": self._day(on_at)}, **told)

    def another_day(self, on_at: dt.datetime, *, at: dt.datetime, actor: Actor, **told: Unpack[Told]) -> None:
        """It came on another day than was noted. Raises Refused when it is not there, or it is the same day."""
        before = self.delivered_at
        rows: Any = type(self)._base_manager
        there = rows.filter(pk=self.pk, status__in=self.THERE, delivered_at=before)
        if before is None or self._local(before) == self._local(on_at) or not there.update(
            delivered_at=on_at, updated_at=at
        ):  # fmt: skip
            raise Refused(self, SAME_DAY)
        self.delivered_at = on_at
        record(
            "parcel.another_day", ANOTHER_DAY, at=at, actor=actor, subject=self,
            params={"parcel": self, "day": self._day(on_at), "before": self._day(before)},
            changes={"delivered_at": (before.isoformat(), on_at.isoformat())}, **self._whose(), **told,
        )  # fmt: skip

    def trace(self, *, at: dt.datetime, actor: Actor, **told: Unpack[Told]) -> None:
        """She says it is not there: somebody looks for it, and nobody asks her until there is news. Raises Refused."""
        rows: Any = type(self)._base_manager
        here = rows.filter(pk=self.pk, status__in=self.TRACEABLE)
        if self.is_looked_for or not here.update(traced_at=at, updated_at=at):
            raise Refused(self, IS_TRACED)
        self.traced_at = at
        params = {"parcel": self}
        record("parcel.traced", TRACED, at=at, actor=actor, subject=self, params=params, **self._whose(), **told)

    def lose(self, *, at: dt.datetime, actor: Actor, **told: Unpack[Told]) -> None:
        """Nobody finds it: what was in it is written off, and counts for nobody as pay (domain 4.5.7)."""
        self._end("lost", LOST, at, actor, also={"written_off_at": at}, **told)

    def break_(self, *, at: dt.datetime, actor: Actor, **told: Unpack[Told]) -> None:
        """It came, and not whole: what broke is written off."""
        self._end("damaged", DAMAGED, at, actor, also={"written_off_at": at}, **told)

    def turn_back(self, *, at: dt.datetime, actor: Actor, **told: Unpack[Told]) -> None:
        """Nobody took it, or the address was wrong: it comes back to whoever sent it (domain 4.5.11)."""
        self._end("returned_to_sender", COMES_BACK, at, actor, also={"heard_at": at}, **told)

    def _end(
        self, to: str, sentence: Any, at: dt.datetime, actor: Actor, *, also: Mapping[str, Any] = NOTHING,
        params: Mapping[str, Any] = NOTHING, **told: Unpack[Told],
    ) -> None:  # fmt: skip
        move(
            self, to, moves=self.MOVES, at=at, actor=actor, verb=f"parcel.{to}", sentence=sentence, also=also,
            params={"parcel": self, **params}, **self._whose(), **told,
        )  # fmt: skip

    def _whose(self) -> dict[str, Any]:
        return {"influencer": self.request.influencer_id, "brand": self.request.brand_id}

    def _local(self, at: dt.datetime) -> dt.date:
        return local_date(at, self.zone)

    def _day(self, at: dt.datetime) -> Any:
        return day_in_words(self._local(at))


class RequestArrivals(Stamped):
    """Where a request stands once its parcels have come, or have not."""

    MOVES: ClassVar[Moves]

    status: Any
    influencer_id: int
    brand_id: int
    brand: Any

    class Meta:
        abstract = True

    def arrive(self, *, at: dt.datetime, actor: Actor, is_enough: bool = False, **told: Unpack[Told]) -> None:
        """All of it is there; or somebody says that what is there is enough to begin. Raises TransitionRefused."""
        self._follow("arrived", ENOUGH if is_enough else ALL_ARRIVED, at, actor, **told)

    def send_again(self, *, at: dt.datetime, actor: Actor, **told: Unpack[Told]) -> None:
        """Something was lost, broke or came back: there is something to send again. Raises TransitionRefused."""
        self._follow("to_send", SEND_AGAIN, at, actor, **told)

    def _follow(self, to: str, sentence: Any, at: dt.datetime, actor: Actor, **told: Unpack[Told]) -> None:
        move(
            self, to, moves=self.MOVES, at=at, actor=actor, verb=f"sample.{to}", sentence=sentence,
            params={"brand": self.brand}, influencer=self.influencer_id, brand=self.brand_id, **told,
        )  # fmt: skip
