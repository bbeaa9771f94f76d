"""Fields of forms as HTML, in one pass where Django fills in a template for each option, and another for its attributes.

The words are those of the templates in django/forms/widgets, ours and Django's: tests/crm/base/test_form_renderer.py
compares them. A page with a list of countries or time zones spent half of its time there. What is not drawn here comes
from its template as before.
"""

import html
from collections.abc import Callable, Mapping
from typing import Any

from django.forms.renderers import TemplatesSetting
from django.utils.formats import localize
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

Widget = Mapping[str, Any]

PLACE = "django/forms/widgets/"
OPTION = f"{PLACE}select_option.html"
NOTHING_CHOSEN = "---------"
INPUTS = ("input", "text", "hidden", "number", "email", "url", "password", "date", "datetime", "time", "checkbox")


class FormRenderer(TemplatesSetting):
    def render(self, template_name: str, context: Any, request: Any = None) -> str:
        draw = DRAWN.get(template_name)
        drawn = draw(context["widget"]) if draw else None
        return drawn if drawn is not None else super().render(template_name, context, request)


def _word(value: object) -> str:
    """As `{{ value }}`."""
    text = str(value if isinstance(value, str | Promise) else localize(value))
    return text if isinstance(text, SafeString) else html.escape(text)


def _plain(value: object) -> str:
    """As `{{ value|stringformat:'s' }}`."""
    return value if isinstance(value, SafeString) else html.escape(str(value))


def _attributes(widget: Widget) -> str:
    given = ((name, value) for name, value in widget["attrs"].items() if value is not False)
    return "".join(f" {_word(name)}" if value is True else f' {_word(name)}="{_plain(value)}"' for name, value in given)


def _input(widget: Widget) -> str:
    value = "" if widget["value"] is None else f' value="{_plain(widget["value"])}"'
    return f'<input type="{_word(widget["type"])}" name="{_word(widget["name"])}"{value}{_attributes(widget)}>'


def _textarea(widget: Widget) -> str:
    value = _word(widget["value"]) if widget["value"] else ""
    return f'<textarea name="{_word(widget["name"])}"{_attributes(widget)}>\n{value}</textarea>'


def _select(widget: Widget) -> str | None:
    groups = widget["optgroups"]
    if any(option["template_name"] != OPTION for _name, options, _index in groups for option in options):
        return None
    inside = "".join(_group(name, options) for name, options, _index in groups)
    return f'<select name="{_word(widget["name"])}"{_attributes(widget)}>{inside}\n</select>'


def _group(name: object, options: list[Widget]) -> str:
    rows = "".join(f"\n  {_option(option)}" for option in options)
    return f'\n  <optgroup label="{_word(name)}">{rows}\n  </optgroup>' if name else rows


def _option(option: Widget) -> str:
    label = option["label"]
    shown = _("Choose …") if label == NOTHING_CHOSEN else _word(label)
    return f'<option value="{_plain(option["value"])}"{_attributes(option)}>{shown}</option>'


DRAWN: dict[str, Callable[[Widget], str | None]] = {
    f"{PLACE}select.html": _select,
    f"{PLACE}textarea.html": _textarea,
    **{f"{PLACE}{name}.html": _input for name in INPUTS},
}
