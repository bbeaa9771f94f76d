"""Blanks in what colleagues write: `{{ first_name }}` is filled in for each recipient. No logic, so nothing to abuse."""

from collections.abc import Collection, Mapping
from string import Template

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _


class Blanks(Template):
    """Text with blanks in double braces; what looks like one and is none is invalid."""

    delimiter = "{{"
    pattern = r"""
        \{\{(?:
            \s*(?P<named>[a-z][a-z0-9_]*)\s*\}\} |
            (?P<escaped>(?!)) | (?P<braced>(?!)) |
            (?P<invalid>)
        )
    """  # type: ignore[assignment]  # the base class compiles it


def used_in(*texts: str) -> list[str]:
    """The names of the blanks in these texts, each once, in the order in which they come."""
    return list(dict.fromkeys(name for text in texts for name in Blanks(text).get_identifiers()))


def validate_blanks(text: str, allowed: Collection[str]) -> None:
    """Refuse a blank nobody fills in, naming it and those that exist."""
    if not Blanks(text).is_valid():
        raise ValidationError(
            _("Two braces are not closed, or hold more than a name. Write for example {{ first_name }}."),
            code="braces",
        )
    unknown = [name for name in used_in(text) if name not in allowed]
    if unknown:
        raise ValidationError(
            _("Nobody knows what to fill in for %(unknown)s. You can use: %(allowed)s."),
            code="unknown_field",
            params={"unknown": listed(unknown), "allowed": listed(allowed)},
        )


def listed(names: Collection[str]) -> str:
    return ", ".join(f"{{{{ {name} }}}}" for name in names)


def filled(text: str, values: Mapping[str, str]) -> str:
    """The text with its blanks filled in; a value that looks like a blank stays as it is."""
    return Blanks(text).safe_substitute(values)
