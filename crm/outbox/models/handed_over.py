"""A message's moves when a colleague passes it on by WhatsApp or phone, and takes that back."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from crm.outbox import reasons
from crm.timeline.record import Actor
from crm.timeline.transitions import move

TOLD: Mapping[str, Any] = {
    "whatsapp": _("“%(subject)s” was handed over to %(name)s by WhatsApp"),
    "call": _("“%(subject)s” was said to %(name)s on the phone"),
}


class HandedOver:
    """What `Email` can do beside leaving by mail."""

    @property
    def is_handed_over(self: Any) -> bool:
        """A colleague passes it on by WhatsApp or phone; Mitra never sends it."""
        return bool(self.channel != self.Channel.EMAIL)

    @property
    def may_take_back(self: Any) -> bool:
        return bool(self.is_handed_over and self.state == self.State.SENT)

    def make_way(self: Any, *, by: Actor, at: dt.datetime) -> None:
        """Somebody says it by WhatsApp or phone, so this waiting mail does not leave. Refused once it is on its way."""
        self._move(
            {self.State.SKIPPED: (self.State.QUEUED,)},
            "email.made_way",
            _("“%(subject)s” is not mailed to %(name)s: a colleague passes it on"),
            by,
            at,
            why=reasons.reason(reasons.HANDED_OVER, who=by.label),
        )

    def wait_again(self: Any, *, by: Actor, at: dt.datetime) -> None:
        """Nobody passed it on after all, so this mail waits for its moment again."""
        self._move(
            {self.State.QUEUED: (self.State.SKIPPED,)},
            "email.waits_again",
            _("“%(subject)s” is mailed to %(name)s after all"),
            by,
            at,
            send_at=max(self.send_at, at),
            why="",
        )

    def hand_over_again(self: Any, *, by: Actor, at: dt.datetime, **words: str) -> None:
        """Passed on after all: what somebody had taken back. `words`: its channel and text. Refused otherwise."""
        move(
            self,
            self.State.SENT,
            moves={self.State.SENT: (self.State.SKIPPED,)},
            field="state",
            at=at,
            actor=by,
            verb="email.handed_over",
            sentence=TOLD[words["channel"]],
            params={"subject": self.subject, "name": self.contact.name},
            influencer=self.influencer_ref,
            brand=self.brand_ref,
            channel=words["channel"],
            also={"sent_at": at, "sender_ref": by.user_id, "from_name": by.label, "why": "", **words},
        )

    def take_back(self: Any, *, by: Actor, at: dt.datetime) -> None:
        """It was not passed on after all. Refused when somebody took it back already, and for what left by mail."""
        self._move(
            {self.State.SKIPPED: (self.State.SENT,)} if self.is_handed_over else {self.State.SKIPPED: ()},
            "email.taken_back",
            _("“%(subject)s” was not passed on to %(name)s after all"),
            by,
            at,
            why=reasons.reason(reasons.NOT_PASSED_ON, who=by.label),
        )
