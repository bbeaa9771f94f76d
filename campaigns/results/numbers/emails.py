"""What is written to her when her numbers are awaited: a screenshot is enough."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from crm.outbox.kinds import EmailKind, declare
from crm.reminders.letters import NAMES, SAMPLE

OWN = ("greeting", "brand", "campaign", "due_day", "due_short")
WORDS: Mapping[str, Any] = {
    **{name: NAMES[name] for name in OWN},
    "what": _("what it is about, as short as a subject must be"),
    "where": _("on which platform it stands"),
}


def asking(name: str, label: Any, what: str, line: Any) -> EmailKind:
    return declare(
        EmailKind(
            name=name,
            label=label,
            names=WORDS,
            sample={**{one: SAMPLE[one] for one in OWN}, "what": what, "where": "Instagram"},
            late={"page": "page"},
            button=_("Send the numbers"),
            button_to="page",
            aside=_("Something in the way? Tell us here."),
            for_reminders=True,
            line=line,
        )
    )


POST = asking(
    "insights",
    _("Numbers of a post"),
    "Reel",
    _("Send us the numbers of %(what)s on %(where)s; a screenshot is enough."),
)
STORY = asking(
    "insights_story",
    _("Numbers of a story"),
    "Story",
    _("Send us the numbers of %(what)s on %(where)s while you still see them; a screenshot is enough."),
)
