"""What is written to her about posts of a period that are still to come."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from crm.outbox.kinds import EmailKind, declare
from crm.reminders.letters import MORE_TIME, NAMES, SAMPLE

TOLD: Mapping[str, Any] = {
    **{name: NAMES[name] for name in ("greeting", "brand", "thing", "due_day", "due_short")},
    "things": _("what is still to come, and how many"),
    "count": _("how many"),
}
EXAMPLE: Mapping[str, Any] = {
    **{name: SAMPLE[name] for name in ("greeting", "brand", "due_day", "due_short")},
    "thing": {"en": "your posts", "id": "postingan kamu"},
    "things": "1 × Instagram Reel, 2 × Instagram Story",
    "count": 3,
}


def to_her(name: str, label: Any, line: Any) -> EmailKind:
    return declare(
        EmailKind(
            name=name,
            label=label,
            names=TOLD,
            sample=EXAMPLE,
            late={"page": "page"},
            button=_("Open your page"),
            button_to="page",
            aside=MORE_TIME,
            for_reminders=True,
            line=line,
        )
    )


QUOTA = to_her("deal_posts", _("Ambassador: posts still to come"), _("Still to come by %(due_day)s: %(things)s."))
MAKE_GOOD = to_her(
    "deal_make_good",
    _("Ambassador: posts to be made good"),
    _("Still open from before, by %(due_day)s: %(things)s."),
)
