"""What is true of a house whose rows have just come back: nobody is written to before its owner says so."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from crm.base.models import Organisation
from crm.timeline.record import SYSTEM, record


def pause_after_return(why: str, *, at: dt.datetime) -> bool:
    """Stop outgoing mail, in the transaction that brought the rows: they may be of days ago, and what was due since
    would leave at once, perhaps a second time. False when it was stopped already; then that reason stays."""
    with transaction.atomic():
        running = Organisation.objects.filter(mail_paused_at=None)
        if not running.update(mail_paused_at=at, mail_paused_why=why[:200]):
            return False
        record("outbox.paused", _("Outgoing mail is paused: %(why)s"), params={"why": why}, actor=SYSTEM, at=at)
    return True
