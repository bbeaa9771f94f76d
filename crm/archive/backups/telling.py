"""Who keeps the house hears when a backup did not come out, by mail at once."""

import datetime as dt

from django.utils.translation import override

from crm.archive.letters import BACKUP_FAILED
from crm.archive.models import BackupRun
from crm.base.zones import local_date
from crm.outbox.compose import enqueue
from crm.outbox.reasons import in_words
from crm.team.models import User
from crm.team.permissions import KEEPERS

LONGEST = 1000


def tell_keepers(run: BackupRun, why: str, at: dt.datetime) -> int:
    """A letter to each owner and admin, once for a backup; returns how many it went to. `why` is a stored reason."""
    last = BackupRun.objects.good().newest_first().exclude(pk=run.pk).first()
    keepers = [
        user for user in User.objects.active().filter(role__in=KEEPERS).select_related("contact") if user.contact
    ]
    sent = [
        enqueue(
            BACKUP_FAILED.name,
            to=user.contact,
            key=f"backup_failed/{run.pk}/{user.pk}",
            at=at,
            context={"why": _read_by(user, why), "last_good": local_date(last.started_at, user.zone) if last else ""},
            late_fields={"page": {}},
            ignores_quiet_hours=True,
        )
        for user in keepers
    ]
    return len([one for one in sent if one])


def _read_by(user: User, why: str) -> str:
    with override(user.contact.language if user.contact else None):
        return in_words(why)[:LONGEST]
