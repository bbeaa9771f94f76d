"""Why a row came to what it came to, in the words of whoever reads it."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, Any] = {
    "gone": _("Is no longer here, or was merged into somebody else."),
    "changed": _("Somebody changed this to “%(now)s” meanwhile. Look at it, then paste again."),
    # Lines that name nobody, or nobody new.
    "known": _("Is on file already."),
    "twice": _("Stands here twice; the first one counts."),
    "no-handle": _("No handle and no address of a profile in this line."),
    "post-address": _("Leads to a post. Paste the address of the profile."),
    "short-address": _("A short address hides where it leads. Open it and paste the profile's own."),
    "unknown-address": _("Not the address of a profile on a platform Mitra knows."),
    "nobody-found": _("Nobody has this handle or name."),
    "several-found": _("Several people are called so. Use the address of the profile."),
    "nobody-left": _("The list has nobody left for this line."),
    # Cells that say nothing usable.
    "empty": _("Empty: stays as it is."),
    "never-empty": _("Empty, and this field never is: stays as it is."),
    "no-why": _("A day without a reason. Write why first, then until when."),
    "no-day": _("Not a day. Write until when as 31/12/2026, or leave it out."),
    "past-day": _("This day is over. Write a later one, or leave it out."),
    "too-long": _("Too long for this field."),
    "no-stage": _("Not a stage. Write it as the list does."),
    "no-niche": _("Not one of the niches. Write it as the list does."),
    "no-colleague": _("Nobody of the team has this name or e-mail address."),
}


def sentence(reason: list[Any], also: Mapping[str, Any]) -> str:
    """`["gone", {}]` in the active language; nothing when there is nothing to say. `also`: what a feature adds."""
    if not reason:
        return ""
    code, params = reason
    said = str(also[code] if code in also else SENTENCES[code])
    return said % params if params else said
