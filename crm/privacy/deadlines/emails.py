"""The mail about what runs out, once with a day left and once when it has."""

import datetime as dt
from collections.abc import Iterable

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from crm.outbox.compose import enqueue
from crm.outbox.kinds import EmailKind, declare
from crm.privacy.deadlines.running_out import Clock
from crm.team.models import User

DEADLINE = declare(
    EmailKind(
        name="privacy_deadline",
        label=_("Privacy: 72 hours are running out"),
        names={"what": _("what is to be done"), "until": _("until when"), "page": _("where it is settled")},
        sample={
            "what": {
                "en": "Kirana Larasati took back: Keeping a profile. Stop using that data within 3 x 24 hours.",
                "id": "Kirana Larasati menarik: Menyimpan profil. Berhentilah memakai data itu dalam 3 x 24 jam.",
            },
            "until": dt.datetime(2026, 11, 27, 3, 0, tzinfo=dt.UTC),
            "page": "https://mitra.example/today/",
        },
        button=_("Settle it"),
        button_to="page",
        from_a_person=False,
    )
)


def write(clock: Clock, keepers: Iterable[User], now: dt.datetime) -> int:
    """Once for each stage and colleague, however often it is asked; how many were new."""
    stage = "over" if clock.due_at <= now else "soon"
    written = 0
    for user in keepers:
        if user.contact is None:
            continue
        key = f"privacy_deadline/{clock.key}/{stage}/{user.pk}"
        written += _is_new(enqueue(
            DEADLINE.name, to=user.contact, key=key, at=now, urgent=True,
            context={"what": clock.what, "until": clock.due_at, "page": f"{settings.BASE_URL}{clock.path}"},
        ), now)  # fmt: skip
    return written


def _is_new(email: object, now: dt.datetime) -> bool:
    return email is not None and getattr(email, "send_at", None) == now
