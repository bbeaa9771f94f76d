"""Coming back from a copy: nothing leaves until the owner has looked, because what left after the copy was made is not known."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from crm.base.models import Organisation
from crm.base.outcomes import Outcome, came_out
from crm.outbox.models import Email
from crm.reminders.models import Reminder
from crm.timeline.record import SYSTEM, in_language, record

LONGEST_WHY = 200
RETURN = "return"
"""The outcome that remembers when everything last came back from a copy, and how old that copy was."""


def pause_after_return(
    why: str | Promise,
    at: dt.datetime,
    *,
    copied_at: dt.datetime | None = None,
    params: Mapping[str, Any] | None = None,
) -> None:
    """Stop outgoing mail after a restore or an import, until somebody who may starts it again.

    `why` is a gettext_lazy sentence, filled with `params` and kept in the house's language; `copied_at` is when the copy
    was made. A pause that came back with the copy is told anew: nobody may take it for the old one.
    """
    with transaction.atomic():
        house = Organisation.load()
        said = in_language(house.language, why, params or {})
        Organisation.objects.filter(pk=house.pk).update(mail_paused_at=at, mail_paused_why=said[:LONGEST_WHY])
        record("outbox.paused", _("Outgoing mail is paused: %(why)s"), params={"why": said}, actor=SYSTEM, at=at)
        came_out(RETURN, at, copied_at=copied_at.isoformat() if copied_at else "")


@dataclass(frozen=True)
class SinceReturn:
    """Mail still waits since everything came back. `messages` fell due between the copy and the return."""

    returned_at: dt.datetime
    copied_at: dt.datetime | None
    messages: int


def since_return(now: dt.datetime) -> SinceReturn | None:
    """None once somebody let mail go on, or when it waits for another reason.

    What was to leave between the copy and the return may have left then: the copy cannot know.
    """
    house, row = Organisation.load(), Outcome.objects.filter(name=RETURN).first()
    if row is None or row.ok_at is None or house.mail_paused_at is None or house.mail_paused_at != row.ok_at:
        return None
    said = str(row.said.get("copied_at") or "")
    perhaps_left = Email.objects.due(now).due(row.ok_at).count() + Reminder.objects.due(now).due(row.ok_at).count()
    return SinceReturn(row.ok_at, dt.datetime.fromisoformat(said) if said else None, perhaps_left)
