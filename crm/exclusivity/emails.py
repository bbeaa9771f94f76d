"""What is said to her about exclusivity: in days and permissions, never in threats."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from crm.outbox.kinds import EmailKind, declare
from crm.reminders.letters import NAMES, SAMPLE

WORDS: Mapping[str, Any] = {
    **{name: NAMES[name] for name in ("greeting", "brand", "due_day", "due_short")},
    "days": _("from which day to which"),
    "limits": _("what is left out on these days"),
    "allowed": _("what stays allowed"),
}
TOLD: Mapping[str, Any] = {
    **{name: SAMPLE[name] for name in ("greeting", "brand", "due_day", "due_short")},
    "days": {"en": "Fri, 27 Nov 2026 to Mon, 28 Dec 2026", "id": "Jum, 27 Nov 2026 s.d. Sen, 28 Des 2026"},
    "limits": {
        "en": "No paid posts for other Skincare brands on Instagram.",
        "id": "Tidak ada posting berbayar untuk merek Perawatan kulit lain di Instagram.",
    },
    "allowed": {
        "en": "Stays allowed: everything outside of Skincare.",
        "id": "Tetap boleh: semua di luar Perawatan kulit.",
    },
}


def about_days(name: str, label: Any, line: Any) -> EmailKind:
    return declare(
        EmailKind(
            name=name,
            label=label,
            names=WORDS,
            sample=TOLD,
            late={"page": "page"},
            button=_("Open your page"),
            button_to="page",
            for_reminders=True,
            line=line,
        )
    )


STARTS = about_days("exclusivity_starts", _("Exclusivity: before it begins"), _("%(days)s: %(limits)s %(allowed)s"))
ENDS = about_days("exclusivity_ends", _("Exclusivity: before it ends"), _("Until %(due_day)s: %(limits)s"))
