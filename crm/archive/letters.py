"""The messages of this room."""

from django.utils.translation import gettext_lazy as _

from crm.outbox.kinds import EmailKind, declare

BACKUP_FAILED = declare(
    EmailKind(
        name="backup_failed",
        label=_("A backup failed"),
        names={"why": _("what went wrong"), "last_good": _("the day of the last good backup")},
        sample={
            "why": "/srv/backup/mitra-20261123-190000 cannot be written: No space left on device.",
            "last_good": {"en": "23 November 2026", "id": "23 November 2026"},
        },
        late={"page": "status_page"},
        button=_("Look at the status"),
        button_to="page",
        from_a_person=False,
    )
)
