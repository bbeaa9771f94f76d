"""What becomes of a sample request: approved, declined, on its way, cancelled. Each told in the story of the person."""

import datetime as dt
from typing import Any, ClassVar, Unpack

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from campaigns.planning.models.told import Refused, Told
from crm.timeline.record import Actor, record
from crm.timeline.transitions import Moves, move

APPROVED = _("Said yes to sending %(what)s")
DECLINED = _("Said no to sending %(what)s: %(why)s")
CANCELLED = _("%(what)s is not sent after all: %(why)s")
WENT_OFF = _("%(what)s is on its way")
SAY_WHY = _("Say in a few words why.")


class RequestSteps(models.Model):
    """The steps of a request. Each raises TransitionRefused, with words that say what to do, and then changes nothing."""

    MOVES: ClassVar[Moves]
    pk: int
    status: str
    influencer_id: int
    brand_id: int

    class Meta:
        abstract = True

    @property
    def what(self) -> str:
        """What it is, in a few words: “2 × Serum, Cushion”."""
        rows: Any = getattr(self, "items")  # noqa: B009  the other way of a foreign key
        is_read = "items" in getattr(self, "_prefetched_objects_cache", {})
        lines = rows.all() if is_read else rows.select_related("product", "variant")
        return ", ".join(f"{line.quantity} × {line}" if line.quantity > 1 else str(line) for line in lines)

    def approve(self, *, at: dt.datetime, actor: Actor) -> None:
        """Somebody who decides says yes: from now on her address is asked for."""
        also = {"approved_by_id": actor.user_id, "approved_at": at, "asked_at": at}
        self.step("to_send", ("to_approve",), "sample.approved", APPROVED, at=at, actor=actor, also=also)

    def decline(self, why: str, *, at: dt.datetime, actor: Actor) -> None:
        """Somebody who decides says no; nothing waits for it any more."""
        self._check_why(why)
        self.step("declined", ("to_approve",), "sample.declined", DECLINED, at=at, actor=actor, why=why)

    def cancel(self, why: str, *, at: dt.datetime, actor: Actor, **told: Unpack[Told]) -> None:
        """It is not sent after all. What has left already comes back by a request to return it (domain 4.5.12)."""
        self._check_why(why)
        froms = self.MOVES["cancelled"]
        self.step("cancelled", froms, "sample.cancelled", CANCELLED, at=at, actor=actor, why=why, **told)

    def go_off(self, *, at: dt.datetime, actor: Actor, **told: Unpack[Told]) -> None:
        """The first of its parcels has left. Does nothing while it is on its way already."""
        self._once("sent", "sample.sent", WENT_OFF, at, actor, **told)

    def step(
        self, to: str, froms: tuple[str, ...], verb: str, sentence: Any, *, at: dt.datetime, actor: Actor,
        also: dict[str, Any] | None = None, why: str = "", **told: Unpack[Told],
    ) -> None:  # fmt: skip
        """One move, told in her story with the brand."""
        also = {**(also or {}), **({"why_not": why} if why else {})}
        move(
            self, to, moves={to: froms}, at=at, actor=actor, verb=verb, sentence=sentence, also=also,
            params={"what": self.what, "why": why}, influencer=self.influencer_id, brand=self.brand_id, **told,
        )  # fmt: skip

    def tell(self, verb: str, sentence: Any, at: dt.datetime, actor: Actor, **more: Any) -> None:
        """One line in her story that moves nothing."""
        params = {"what": self.what, **more.pop("params", {})}
        record(
            verb, sentence, at=at, actor=actor, subject=self, params=params, influencer=self.influencer_id,
            brand=self.brand_id, **more,
        )  # fmt: skip

    def _once(self, to: str, verb: str, sentence: Any, at: dt.datetime, actor: Actor, **told: Unpack[Told]) -> None:
        """The move, unless it was made already: several parcels of one request say the same."""
        with transaction.atomic():
            rows: Any = type(self)._base_manager.select_for_update().filter(pk=self.pk)
            self.status = rows.values_list("status", flat=True).get()
            if self.status != to:
                self.step(to, self.MOVES[to], verb, sentence, at=at, actor=actor, **told)

    def _check_why(self, why: str) -> None:
        if not why.strip():
            raise Refused(self, SAY_WHY)
