"""What is written to her when something online should be put right: the ask first, and no reproach."""

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
TOLD: Mapping[str, Any] = {**{name: SAMPLE[name] for name in OWN}, "what": "Reel", "where": "Instagram"}

MEND = declare(
    EmailKind(
        name="post_mend",
        label=_("Post: something to put right"),
        names=WORDS,
        sample=TOLD,
        late={"page": "page"},
        button=_("See what it is"),
        button_to="page",
        aside=_("Something in the way? Tell us here."),
        for_reminders=True,
        line=_("Put something right in %(what)s on %(where)s by %(due_day)s. Your page shows what."),
    )
)
