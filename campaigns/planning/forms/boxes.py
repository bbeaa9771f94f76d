"""How boxes are grouped on this feature's forms."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Column, Div, Layout, Row
from django import forms
from django.utils.translation import gettext_lazy as _

from crm.base.zones import zone_choices


def helper(*parts: Any) -> FormHelper:
    """A layout without the form's own tags: the page brings those, with its buttons."""
    made = FormHelper()
    made.form_tag = False
    made.layout = Layout(*parts)
    return made


def side_by_side(*names: Any) -> Row:
    return Row(*(Column(name, css_class="col-sm") for name in names))


def searchable(name: str, url: str = "") -> Div:
    """A select with a search box in it."""
    opening = f'<auto-select data-url="{url}">' if url else "<auto-select>"
    return Div(HTML(opening), name, HTML("</auto-select>"))


def zone_field(**kwargs: Any) -> forms.ChoiceField:
    """A time zone; empty means the one that stands in `empty`."""
    empty = kwargs.pop("empty", None)
    choices = [("", empty), *zone_choices()] if empty else list(zone_choices())
    return forms.ChoiceField(label=_("Time zone"), choices=choices, required=empty is None, **kwargs)
