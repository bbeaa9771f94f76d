"""What is written to her about a parcel that left: has it arrived, and does she have what the courier says she has."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from crm.outbox.kinds import EmailKind, declare
from crm.outbox.topics import Topic
from crm.reminders.letters import NAMES, SAMPLE

WORDS: Mapping[str, Any] = {
    **{name: NAMES[name] for name in ("greeting", "brand", "due_day")},
    "things": _("what is in the parcel"),
}
TOLD: Mapping[str, Any] = {
    **{name: SAMPLE[name] for name in ("greeting", "brand", "due_day")},
    "things": {"en": "1 × Glow Serum, 2 × Glow Mask", "id": "1 × Glow Serum, 2 × Glow Mask"},
}


def about_parcel(name: str, label: Any, button: Any, line: Any) -> EmailKind:
    return declare(
        EmailKind(
            name=name,
            label=label,
            names=WORDS,
            sample=TOLD,
            late={"page": "page"},
            button=button,
            button_to="page",
            aside=_("Something is missing or broken? Tell us there."),
            for_reminders=True,
            line=line,
            topic=Topic.PARCELS,
        )
    )


ARRIVED = about_parcel(
    "sample_arrived",
    _("Parcel: has it arrived?"),
    _("Tell us"),
    _("Tell us whether the parcel from %(brand)s has arrived: %(things)s."),
)
RECEIPT = about_parcel(
    "sample_receipt",
    _("Parcel: the courier says she has it"),
    _("Yes, it is here"),
    _("Tell us whether you have the parcel from %(brand)s: %(things)s."),
)
