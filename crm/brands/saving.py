"""How a form that changes something ends: saved, somebody else was faster, the name is taken."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _

from crm.brands.actions import NameTaken
from crm.timeline.edits import ChangedMeanwhile

SAVED = 200


def save_with(request: HttpRequest, form: Any, do: Callable[[], Any]) -> int:
    """Do what the form says: 200 and a word when it is saved; 409 or 422 with the form saying why not."""
    if not form.is_valid():
        return 422
    try:
        do()
    except ChangedMeanwhile as changed:
        form.show_change(changed)
        return 409
    except NameTaken as taken:
        form.add_error("name", str(taken))
        return 422
    messages.success(request, _("Saved."))
    return SAVED
