"""What is written to guests: the invitation, that it waits, a seat that became free, another time, and that it is off."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from crm.outbox.kinds import EmailKind, declare
from crm.outbox.topics import Purpose, Topic
from crm.reminders.letters import NAMES, SAMPLE

WORDS: Mapping[str, Any] = {
    **{name: NAMES[name] for name in ("greeting", "brand")},
    "event": _("the event"),
    "when": _("when it begins, with the zone"),
    "day": _("the day, short"),
    "place": _("where it is; empty while nobody knows"),
    "seats": _("how many seats she has, as a sentence; empty for one"),
    "until": _("by when she answers, as a sentence; empty without a day"),
    "words": _("what we add in our words; empty"),
}
TOLD: Mapping[str, Any] = {
    **{name: SAMPLE[name] for name in ("greeting", "brand")},
    "event": "Lumi Night",
    "when": {"en": "Fri, 11 Dec 2026 19:00 WIB", "id": "Jum, 11 Des 2026 19.00 WIB"},
    "day": {"en": "Fri 11 Dec", "id": "Jum 11 Des"},
    "place": "Senopati, Jakarta",
    "seats": {"en": "You may bring somebody: 2 seats are yours.", "id": "Boleh ajak teman: ada 2 kursi untuk Kakak."},
    "until": {"en": "Tell us by Sunday, 29 November 2026.", "id": "Kabari kami sampai Minggu, 29 November 2026, ya."},
    "words": "",
}


def about_event(name: str, label: Any, *, line: Any = "", button: Any = "") -> EmailKind:
    return declare(
        EmailKind(
            name=name,
            label=label,
            names=WORDS,
            sample=TOLD,
            late={"page": "page"},
            button=button or _("Answer on your page"),
            button_to="page",
            for_reminders=bool(line),
            line=line,
            topic=Topic.WORK,
            purpose=Purpose.OFFERS,
        )
    )


INVITATION = about_event("event_invitation", _("Event: the invitation")).name
SEAT = about_event("event_seat", _("Event: a seat became free"), button=_("Open your page")).name
MOVED = about_event("event_moved", _("Event: another time")).name
CANCELLED = about_event("event_cancelled", _("Event: it is off"), button=_("Open your page")).name
WAITS = about_event("event_waits", _("Event: the answer waits"), line=_("Your answer to “%(event)s”. %(until)s")).name
SOON = about_event(
    "event_soon", _("Event: it is near"), line=_("“%(event)s”: %(when)s"), button=_("Open your page")
).name
