"""What is said to colleagues about windows of contracts that close."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from crm.outbox.kinds import EmailKind, declare
from crm.reminders.letters import ESCALATION

NAMES: Mapping[str, Any] = {
    **ESCALATION.names,
    "contract": _("the contract"),
    "to_do": _("what is to be done by then"),
    "cost": _("what going on costs, where it was agreed"),
}
WINDOW_CLOSES = declare(
    EmailKind(
        name="window_closes",
        label=_("To a colleague: a window closes"),
        names=NAMES,
        sample={
            **ESCALATION.sample,
            "what": {"en": "Right ends: Run it as an ad", "id": "Hak berakhir: dijadikan iklan"},
            "contract": "Lumi · Kirana",
            "to_do": {
                "en": "Extend it, or take the content down everywhere by then.",
                "id": "Perpanjang, atau turunkan kontennya di semua tempat sebelum itu.",
            },
            "cost": {
                "en": "Going on for 30 days costs IDR 500,000, as agreed.",
                "id": "Perpanjangan 30 hari biayanya Rp500.000, sesuai kesepakatan.",
            },
        },
        button=_("Open it"),
        button_to="url",
        from_a_person=False,
        for_reminders=True,
        line=_("%(person)s: %(what)s, %(due_day)s. %(to_do)s"),
    )
)
