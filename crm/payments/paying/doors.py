"""How pages of money are reached: the parts they have, and how a refusal is said."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from crm.timeline.transitions import TransitionRefused

REFUSALS = (TransitionRefused, ValidationError)
FORM = ["GET", "HEAD", "POST"]
MOST_IDS = 200


def parts(active: str) -> list[dict[str, Any]]:
    """The pages about money that leaves, and its papers."""
    pages = [
        ("due", _("Due"), "payments"), ("made", _("Payments"), "payments-made"),
        ("sheets", _("Bank sheets"), "bank-sheets"), ("invoices", _("Invoices"), "invoices"),
        ("papers", _("Our papers"), "documents"),
    ]  # fmt: skip
    return [{"label": label, "url": reverse(name), "active": key == active} for key, label, name in pages]


def say_refused(request: HttpRequest, refused: Exception) -> None:
    """The sentence of a refusal above the page."""
    said = " ".join(refused.messages) if isinstance(refused, ValidationError) else str(refused)
    messages.warning(request, said)


def chosen_ids(values: Sequence[str]) -> list[int]:
    """What was ticked, as far as these are ids."""
    return [int(one) for one in values if one.isascii() and one.isdecimal() and len(one) < 19][:MOST_IDS]
