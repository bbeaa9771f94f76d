import re
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.utils.safestring import SafeString
from hypothesis import given
from hypothesis import strategies as st

from crm.base.text import clean_html, fill_letter, markdown_html, rows_html, validate_header_text, validate_letter

ROOT = Path(__file__).resolve().parents[3]


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("**Halo** _Sari_", "<p><strong>Halo</strong> <em>Sari</em></p>\n"),
        ("one\ntwo", "<p>one<br>\ntwo</p>\n"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n"),
        (
            "[site](https://example.test/a?b=1&c=2)",
            '<p><a href="https://example.test/a?b=1&amp;c=2" rel="noopener noreferrer nofollow">site</a></p>\n',
        ),
        ("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>\n"),
        ("[x](javascript:alert(1))", "<p>[x](javascript:alert(1))</p>\n"),
        ("![pixel](https://evil.test/p.gif)", None),
        ("~~old~~", "<p><s>old</s></p>\n"),
    ],
)
def test_markdown_becomes_our_short_list_of_html(source: str, html: str | None) -> None:
    rendered = markdown_html(source)

    assert isinstance(rendered, SafeString)
    assert "<img" not in rendered
    if html is not None:
        assert rendered == html


@pytest.mark.parametrize(
    ("html", "cleaned"),
    [
        ('<img src="https://evil.test/p.gif" onerror="x()">', ""),
        ('<p style="color:red" class="x" onclick="y()">a</p>', "<p>a</p>"),
        ("<script>x()</script><style>*{}</style>b", "b"),
        ('<a href="javascript:x()">c</a>', '<a rel="noopener noreferrer nofollow">c</a>'),
        ('<a href="data:text/html,x">d</a>', '<a rel="noopener noreferrer nofollow">d</a>'),
        ("<svg><script>x()</script></svg>", ""),
        ("<iframe src=//evil.test></iframe>e<!-- f -->", "e"),
    ],
)
def test_foreign_html_is_reduced_to_the_list(html: str, cleaned: str) -> None:
    assert clean_html(html) == cleaned


@given(st.text(alphabet="<>\"'/=&ab#:![]()*_`~\n scriptonhref", max_size=60) | st.text())
def test_no_text_brings_a_foreign_tag_or_handler_to_the_page(source: str) -> None:
    rendered = markdown_html(source)
    tags = re.findall(r"<([^>]*)>", rendered)

    assert {re.match(r"/?([a-z0-9]*)", tag).group(1) for tag in tags} <= {  # type: ignore[union-attr]
        *("p", "br", "hr", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "code"),
        *("strong", "em", "s", "ul", "ol", "li", "a", "table", "thead", "tbody", "tr", "th", "td"),
    }
    assert not [tag for tag in tags if re.search(r"\son\w+=|javascript:", tag)]


@pytest.mark.parametrize("text", ["a\nb", "a\rb", "a\r\nBcc: x@example.test", "a\x00b", "a\u2028b", "\x7f"])
def test_a_header_line_with_a_break_is_refused(text: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        validate_header_text(text)

    assert refusal.value.messages == ["Write this on one line, without line breaks or control characters."]


@pytest.mark.parametrize("text", ["", "Kirana — Lumi Beauty", "50 % “done” ñ"])
def test_a_plain_header_line_passes(text: str) -> None:
    assert validate_header_text(text) is None  # type: ignore[func-returns-value]


def test_a_letter_fills_its_blanks_and_keeps_prices() -> None:
    text = fill_letter("Hi $first_name, ${brand}s pays $$5", {"first_name": "Sari $brand", "brand": "Lumi"})

    assert text == "Hi Sari $brand, Lumis pays $5"


def test_an_unknown_blank_is_named_with_those_that_exist() -> None:
    with pytest.raises(ValidationError) as refusal:
        validate_letter("Hi $fist_name and ${brand.owner.password}", ["first_name", "brand"])

    assert refusal.value.messages == [
        "A dollar sign stands alone. Write $$ for the sign itself, or one of: $first_name, $brand."
    ]

    with pytest.raises(ValidationError) as refusal:
        validate_letter("Hi $fist_name, $X", ["first_name", "brand"])

    assert refusal.value.messages == ["Unknown: $fist_name, $X. You can use: $first_name, $brand."]


@pytest.mark.parametrize("source", ["{{ user.password }}", "{% load x %}", "%(secret)s", "{0.__class__}"])
def test_template_languages_are_plain_text_in_a_letter(source: str) -> None:
    assert fill_letter(source, {"name": "Sari"}) == source


def test_html_is_marked_safe_where_it_was_cleaned_and_where_our_own_icons_are_drawn() -> None:
    marking = {
        str(path.relative_to(ROOT))
        for folder in ("crm", "campaigns")
        for path in (ROOT / folder).rglob("*.py")
        if re.search(r"mark_safe|SafeString\(|safe=True", path.read_text())
    }

    assert marking <= {"crm/base/text.py", "crm/templatetags/ui.py"}
    assert "crm/base/text.py" in marking


def test_our_own_icons_are_all_that_is_marked_safe_besides() -> None:
    source = (ROOT / "crm" / "templatetags" / "ui.py").read_text()
    marked = set(re.findall(r"mark_safe\((.*)\)", source))

    assert marked <= {'""', "drawings()[known(name)]", "'aria-hidden=\"true\"'"}


def test_rows_escape_every_cell_that_is_not_html_already() -> None:
    rows = [("<b>", 1, SafeString("<i>")), ("%s&\"'", None, "")]
    assert rows_html("<td>%s</td><td>%s</td>%s", rows) == (
        "<td>&lt;b&gt;</td><td>1</td><i>\n<td>%s&amp;&quot;&#x27;</td><td>None</td>"
    )
