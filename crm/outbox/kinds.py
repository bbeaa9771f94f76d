"""Every e-mail Mitra can send is declared once: preview, allow-list, golden files and sending all read it here."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

from crm.outbox.models import Email
from crm.outbox.topics import Purpose, Topic


@dataclass(frozen=True)
class EmailKind:
    """One message: its names (what a wording may use), sample values, late fields, and the one button.

    `names` maps each name to what it means; `sample` has a value for each of them. `late` maps a name to the late field
    behind it. The button leads to the name in `button_to`; `aside` is the one text link under it, to the same place.
    `for_reminders` offers the message to the steps of rules. `topic` decides who gets it about a person; `purpose` what
    somebody must have agreed to when it is sent as MARKETING. `line` is the same ask as one line of a digest, with its
    names as %(name)s; without it the message is never shared. One she `asked_for` herself counts for no cap.
    """

    name: str
    label: Any
    names: Mapping[str, Any]
    sample: Mapping[str, Any]
    mail_class: str = Email.MailClass.SERVICE
    late: Mapping[str, str] = field(default_factory=dict)
    button: Any = ""
    button_to: str = ""
    aside: Any = ""
    from_a_person: bool = True
    for_reminders: bool = False
    topic: str = Topic.WORK
    line: Any = ""
    asked_for: bool = False
    purpose: str = Purpose.NEWS

    @property
    def allowed(self) -> tuple[str, ...]:
        """What a wording may use: its own names, its late names, and those every message has."""
        return (*COMMON, *self.names, *self.late)


COMMON: Mapping[str, Any] = {
    "name": _("the recipient's name"),
    "first_name": _("the recipient's first name"),
    "house": _("the organisation's name"),
    "sender": _("who it comes from"),
}

KINDS: dict[str, EmailKind] = {}


def declare(kind: EmailKind) -> EmailKind:
    """Make a kind of e-mail known. A second one of the same name is a mistake."""
    if kind.name in KINDS and KINDS[kind.name] != kind:
        raise ValueError(f"There is already an e-mail called {kind.name!r}.")
    missing = set(kind.names) - set(kind.sample)
    if missing:
        raise ValueError(f"{kind.name} has no sample for: {', '.join(sorted(missing))}.")
    KINDS[kind.name] = kind
    return kind


def kind_of(name: str) -> EmailKind:
    """The kind of that name; LookupError names it when nobody declared it."""
    try:
        return KINDS[name]
    except KeyError:
        raise LookupError(f"No e-mail is called {name!r}. Declare it with crm.outbox.kinds.declare.") from None


def on_request() -> set[str]:
    """The messages people get because they asked for them."""
    return {kind.name for kind in KINDS.values() if kind.asked_for}
