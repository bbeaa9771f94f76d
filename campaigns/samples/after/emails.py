"""What is written after a parcel arrived: that a loan comes back, and the few warm words about a gift.

A gift is never an obligation: nothing here asks for a post. The duty to say that it was a gift is hers by law once she
does post, so each of them says it (domain 4.1, 5.4, 5.5).
"""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from crm.outbox.kinds import EmailKind, declare
from crm.outbox.topics import Topic
from crm.reminders.letters import NAMES, SAMPLE

BACK: Mapping[str, Any] = {
    **{name: NAMES[name] for name in ("greeting", "brand", "due_day", "due_short")},
    "things": _("what was sent"),
    "where_to": _("where it comes back to"),
}
BACK_TOLD: Mapping[str, Any] = {
    **{name: SAMPLE[name] for name in ("greeting", "brand", "due_day", "due_short")},
    "things": "Lumi Glow Lamp",
    "where_to": "Lumi, Jl. Kemang Raya 8, Jakarta Selatan 12730",
}
GIFT: Mapping[str, Any] = {
    **{name: NAMES[name] for name in ("greeting", "brand")},
    "things": _("what was sent"),
}
GIFT_TOLD: Mapping[str, Any] = {
    **{name: SAMPLE[name] for name in ("greeting", "brand")},
    "things": "Lumi Glow Serum",
}


def to_her(
    name: str, label: Any, button: Any, names: Mapping[str, Any], sample: Mapping[str, Any], *, aside: Any = "", line: Any = ""
) -> EmailKind:  # fmt: skip
    return declare(
        EmailKind(
            name=name,
            label=label,
            names=names,
            sample=sample,
            late={"page": "page"},
            button=button,
            button_to="page",
            aside=aside,
            for_reminders=True,
            topic=Topic.PARCELS,
            line=line,
        )
    )


RETURN = to_her(
    "sample_return",
    _("Loan: it comes back soon"),
    _("I have sent it back"),
    BACK,
    BACK_TOLD,
    aside=_("Is the day too soon? Tell us here."),
    line=_("Send %(things)s back by %(due_day)s."),
)
RETURN_LATE = to_her(
    "sample_return_late",
    _("Loan: its day has passed"),
    _("I have sent it back"),
    BACK,
    BACK_TOLD,
    aside=_("Is something in the way? Tell us here."),
    line=_("Send %(things)s back. It was planned for %(due_day)s."),
)
THERE = to_her("gift_there", _("Gift: did it arrive well"), _("Open your page"), GIFT, GIFT_TOLD)
NUDGE = to_her("gift_nudge", _("Gift: if you like to show it"), _("Open your page"), GIFT, GIFT_TOLD)
CLOSING = to_her("gift_closing", _("Gift: thanks, and the last word"), _("Open your page"), GIFT, GIFT_TOLD)
