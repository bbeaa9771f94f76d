"""What is written to her before a parcel leaves: where it goes and which one she would like, in one mail."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from crm.outbox.kinds import EmailKind, declare
from crm.outbox.topics import Topic
from crm.reminders.letters import NAMES, SAMPLE

WORDS: Mapping[str, Any] = {
    **{name: NAMES[name] for name in ("greeting", "brand")},
    "things": _("what is to be sent"),
    "question": _("what we ask, as short as a subject must be"),
    "asks": _("what we ask, as a sentence"),
}
TOLD: Mapping[str, Any] = {
    **{name: SAMPLE[name] for name in ("greeting", "brand")},
    "things": "Lumi Glow Serum, Lumi Cushion",
    "question": {"en": "where to, and which one?", "id": "kirim ke mana, dan yang mana?"},
    "asks": {
        "en": "Tell us where we may send it, and which one you would like. It takes a minute.",
        "id": "Kabari kami kirim ke mana dan mau yang mana, ya. Cukup semenit.",
    },
}  # fmt: skip
KIND = declare(
    EmailKind(
        name="sample_address",
        label=_("Sample: where to send it"),
        names=WORDS,
        sample=TOLD,
        late={"page": "page"},
        button=_("Tell us where"),
        button_to="page",
        for_reminders=True,
        topic=Topic.PARCELS,
        line=_("%(things)s: %(asks)s"),
    )
)
