"""Why a row came to what it came to, in the words of whoever reads it."""

from typing import Any

from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, Any] = {
    "gone": _("Is no longer here, or was merged into somebody else."),
}


def sentence(reason: list[Any]) -> str:
    """`["gone", {}]` in the active language; nothing when there is nothing to say."""
    if not reason:
        return ""
    code, params = reason
    said = str(SENTENCES[code])
    return said % params if params else said
