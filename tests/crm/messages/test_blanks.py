"""Blanks in double braces: known ones are filled, unknown ones are named."""

import pytest
from django.core.exceptions import ValidationError

from crm.base.text import markdown_html, without_marks
from crm.messages.blanks import filled, used_in, validate_blanks


def test_blanks_are_filled_with_and_without_spaces() -> None:
    assert filled("Hi {{ name }}, {{name}}!", {"name": "Ayu"}) == "Hi Ayu, Ayu!"


def test_a_value_that_looks_like_a_blank_stays_as_it_is() -> None:
    assert filled("{{ name }}", {"name": "{{ day }}", "day": "Friday"}) == "{{ day }}"


def test_names_are_told_once_in_their_order() -> None:
    assert used_in("{{ day }} {{ name }}", "{{ day }} {{ brand }}") == ["day", "name", "brand"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "Hi {{ frist_name }}",
            "Nobody knows what to fill in for {{ frist_name }}. You can use: {{ name }}, {{ day }}.",
        ),
        ("Hi {{ name }", "Two braces are not closed, or hold more than a name. Write for example {{ first_name }}."),
        ("{{ 2 + 2 }}", "Two braces are not closed, or hold more than a name. Write for example {{ first_name }}."),
        (
            "{{ name.secret }}",
            "Two braces are not closed, or hold more than a name. Write for example {{ first_name }}.",
        ),
    ],
)
def test_what_nobody_can_fill_is_refused_by_name(text: str, said: str) -> None:
    with pytest.raises(ValidationError) as error:
        validate_blanks(text, ["name", "day"])
    assert error.value.messages == [said]


def test_single_braces_and_dollars_are_text() -> None:
    validate_blanks("{ok} $5 {", ["name"])


def test_a_name_with_marks_in_it_is_shown_as_it_is() -> None:
    assert markdown_html(without_marks("_dewi_ *a* [x](http://y.example)")) == (
        "<p>_dewi_ *a* [x](http://y.example)</p>\n"
    )
