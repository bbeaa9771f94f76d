"""The house's switches for outgoing mail: stop everything, start again, send everything to one address."""

import datetime as dt
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from crm.base.models import Organisation
from crm.outbox.tasks import ring_on_commit
from crm.timeline.record import Actor, record

if TYPE_CHECKING:
    from crm.team.models import User


def pause_mail(why: str, *, by: "User", at: dt.datetime) -> bool:
    """Stop every message, also those of a batch under way. False when mail is paused already."""
    with transaction.atomic():
        if not Organisation.objects.filter(mail_paused_at=None).update(mail_paused_at=at, mail_paused_why=why):
            return False
        sentence = _("Outgoing mail is paused: %(why)s")
        record("outbox.paused", sentence, params={"why": why}, actor=Actor.user(by), at=at)
    return True


def resume_mail(*, by: "User", at: dt.datetime) -> bool:
    """Let mail leave again. False when it was not paused."""
    with transaction.atomic():
        stopped = Organisation.objects.filter(mail_paused_at__isnull=False)
        if not stopped.update(mail_paused_at=None, mail_paused_why=""):
            return False
        record("outbox.resumed", _("Outgoing mail goes on"), actor=Actor.user(by), at=at)
        ring_on_commit()
    return True


def redirect_mail(address: str, *, by: "User", at: dt.datetime) -> bool:
    """Send every message to one address, or, with an empty one, to its recipient again. False when it is so already."""
    with transaction.atomic():
        if not Organisation.objects.exclude(mail_redirect_to=address).update(mail_redirect_to=address):
            return False
        on, off = _("Every message goes to %(address)s now"), _("Messages go to their recipients again")
        sentence = on if address else off
        record("outbox.redirected", sentence, params={"address": address}, actor=Actor.user(by), at=at)
    return True
