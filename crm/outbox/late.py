"""Late fields: links and codes that exist in the message alone. Rows keep a marker, filled in just before it leaves."""

import html
import re
from collections.abc import Callable
from typing import Any

from crm.base.places import Place
from crm.outbox.models import Email

MARKER = re.compile(r"\$\{late:([a-z_]+)\}")

late_field: Place[Callable[[Email, dict[str, Any]], str]] = Place("late_field")
"""`@late_field("page")`: function(email, params) -> the secret. `params` is what `enqueue` got for this name;
the function runs once for each try, shortly before the message is handed over, and its answer is never stored."""

CHOICES = "choices"
"""The late field behind "Choose what you hear from us" at the foot of what goes to partners."""


class UnknownLateField(LookupError):
    """A message asks for a late field that no feature offers."""


def marker(name: str) -> str:
    """What stands in a stored text where the secret will be."""
    return f"${{late:{name}}}"


def unmarked(text: str) -> str:
    """Text from outside that cannot pass for a marker."""
    return text.replace("${", "$ {")


def secrets_of(email: Email) -> dict[str, str]:
    """Make every secret this message needs, once for this try."""
    made: dict[str, str] = {}
    for name, params in email.late_fields.items():
        if name not in late_field:
            raise UnknownLateField(name)
        made[name] = late_field[name].call(email, params)
    return made


def fill(text: str, secrets: dict[str, str], *, as_html: bool = False) -> str:
    """The text with its secrets, in one pass: a secret that looks like a marker stays as it is."""

    def put(found: re.Match[str]) -> str:
        secret = secrets[found[1]]
        return html.escape(secret) if as_html else secret

    return MARKER.sub(put, text)


def masked(text: str) -> str:
    """The text as people may see it afterwards."""
    return MARKER.sub("•••", text)
