"""Coming back from a copy: nothing leaves until the owner has looked, because what left after the copy was made is not known."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from crm.base.models import Organisation
from crm.base.outcomes import came_out
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
