"""Fields are drawn in one pass, word for word as their templates would."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django import forms
from django.forms.renderers import TemplatesSetting
from django.utils import translation
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy
from hypothesis import given, settings
from hypothesis import strategies as st

from crm.base.form_renderer import DRAWN, FormRenderer

WORDS = st.text(alphabet="aé<>&\"' \n-0", max_size=8)
LABELS = st.one_of(
    WORDS, WORDS.map(mark_safe), st.integers(-3000, 3000), st.just("---------"), st.just(gettext_lazy("Monday")),
    st.decimals(0, 9999, places=2), st.dates(dt.date(2020, 1, 1), dt.date(2030, 1, 1)), st.none(), st.booleans(),
)  # fmt: skip
VALUES = st.one_of(
    WORDS, WORDS.map(mark_safe), st.integers(-3000, 3000), st.none(), st.booleans(), st.just(Decimal("1.50"))
)
CHOICES = st.lists(st.tuples(VALUES, LABELS), max_size=4)
GROUPS = st.lists(st.one_of(st.tuples(VALUES, LABELS), st.tuples(WORDS, CHOICES)), max_size=4)
ATTRS = st.dictionaries(
    st.sampled_from(["id", "class", "data-at", "required", "aria-describedby"]),
    st.one_of(WORDS, st.booleans(), st.integers(0, 2000), st.just(gettext_lazy("Monday"))),
    max_size=3,
)


def same(widget: forms.Widget, name: str, value: Any, attrs: dict[str, Any]) -> bool:
    ours, theirs = (widget.render(name, value, attrs, renderer) for renderer in (FormRenderer(), TemplatesSetting()))
    assert ours == theirs.replace("</option>\n\n", "</option>\n")  # the line our template ends with
    return True


@pytest.mark.parametrize("language", ["en", "id"])
@settings(max_examples=25)
@given(choices=GROUPS, value=VALUES, attrs=ATTRS, name=WORDS)
def test_a_list_to_choose_from_is_drawn_as_by_its_templates(
    language: str, choices: Any, value: Any, attrs: dict[str, Any], name: str
) -> None:
    with translation.override(language):
        assert same(forms.Select(choices=choices), name, value, attrs)
        assert same(forms.SelectMultiple(choices=choices), name, [value], attrs)
        assert same(forms.NullBooleanSelect(), name, value, attrs)


@pytest.mark.parametrize("language", ["en", "id"])
@pytest.mark.parametrize(
    "widget",
    [
        forms.TextInput, forms.HiddenInput, forms.NumberInput, forms.EmailInput, forms.URLInput, forms.PasswordInput,
        forms.DateInput, forms.DateTimeInput, forms.TimeInput, forms.CheckboxInput, forms.Textarea,
    ],
)  # fmt: skip
@settings(max_examples=25)
@given(value=VALUES, attrs=ATTRS, name=WORDS)
def test_a_field_is_drawn_as_by_its_template(
    widget: type[forms.Widget], language: str, value: Any, attrs: dict[str, Any], name: str
) -> None:
    with translation.override(language):
        assert same(widget(), name, value, attrs)


class Coloured(forms.Select):
    option_template_name = "django/forms/widgets/checkbox_option.html"


def test_options_with_a_template_of_their_own_come_from_it() -> None:
    assert same(Coloured(choices=[("a", "A")]), "colour", "a", {})


def test_everything_else_comes_from_its_template() -> None:
    assert same(forms.RadioSelect(choices=[("a", "A"), ("b", "B")]), "one", "a", {"id": "one"})
    assert same(forms.SplitDateTimeWidget(), "when", None, {})


def test_every_template_that_is_drawn_here_is_there() -> None:
    assert [name for name in DRAWN if not TemplatesSetting().get_template(name)] == []
