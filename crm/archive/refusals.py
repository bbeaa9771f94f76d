"""Saying no before anything is written, with what to do instead."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from crm.outbox.reasons import reason

CANNOT_WRITE = _("%(place)s cannot be written: %(why)s.")


class Refused(Exception):
    """The sentence is for the person at the keyboard, in English; `stored` is kept for readers of any language.

    Give a gettext_lazy sentence and its parameters where the reason is shown on a page.
    """

    def __init__(self, sentence: Any, **params: Any) -> None:
        self.stored = reason(sentence, **params)
        with override("en"):
            super().__init__(str(sentence) % params if params else str(sentence))
