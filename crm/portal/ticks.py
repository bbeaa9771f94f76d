"""Boxes she may tick beside an answer: what they look like in a form, and taking them."""

from collections.abc import Mapping, Sequence

from django import forms
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from crm.portal.registry import Asking, Tick, Told


def add_ticks(form: forms.Form, ticks: Sequence[Tick], visit: int) -> None:
    """Put the boxes at the end of a form, each with the way to what it is about. None of them has to be ticked."""
    for tick in ticks:
        way = reverse(tick.page, args=[visit, tick.page_id]) if tick.page else ""
        form.fields[tick.name] = forms.BooleanField(
            label=tick.label,
            required=False,
            help_text=format_html('<a href="{}">{}</a>', way, _("Read it first")) if way else "",
        )


def ticked(ticks: Sequence[Tick], data: Mapping[str, object]) -> list[Tick]:
    return [tick for tick in ticks if data.get(tick.name)]


def take_ticks(asking: Asking, ticks: Sequence[Tick], told: Told) -> None:
    """Settle what was ticked, in the transaction of the answer. Raises AnswerRefused."""
    for tick in ticked(ticks, told.data):
        tick.take(asking, told)
