"""Text from people on its way to a page or a mail: Markdown made safe, header lines, letters with blanks to fill.

This is the only module that marks HTML as safe.
"""

import html
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from string import Template

import nh3
from django.core.exceptions import ValidationError
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _
from markdown_it import MarkdownIt

ALLOWED_TAGS = {
    *("p", "br", "hr", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "code"),
    *("strong", "em", "s", "ul", "ol", "li", "a"),
    *("table", "thead", "tbody", "tr", "th", "td"),
}
ALLOWED_ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}}
ALLOWED_SCHEMES = {"http", "https", "mailto", "tel"}
MARKDOWN = MarkdownIt("commonmark", {"html": False, "breaks": True}).enable(["table", "strikethrough"]).disable("image")

LINE_BREAK = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029]")


def markdown_html(source: str) -> SafeString:
    """The Markdown as HTML of our own short allow-list: no scripts, no styles, no images, links without referrer."""
    return clean_html(MARKDOWN.render(source))


MARKS = re.compile(r"([\\`*_{}\[\]<>()#+\-.!|~])")
GUARDED = re.compile(r"\\([\\`*_{}\[\]<>()#+\-.!|~])")


def without_marks(text: str) -> str:
    """The text so that Markdown shows it as it is: a name like _dewi_ stays a name."""
    return MARKS.sub(r"\\\1", text)


def marks_read(text: str) -> str:
    """What `without_marks` wrote, for pages that show no Markdown: the name as it is."""
    return GUARDED.sub(r"\1", text)


def clean_html(html: str) -> SafeString:
    """The HTML reduced to the allow-list."""
    cleaned = nh3.clean(
        html,
        tags=ALLOWED_TAGS,
        attributes=ALLOWED_ATTRIBUTES,
        url_schemes=ALLOWED_SCHEMES,
        link_rel="noopener noreferrer nofollow",
        strip_comments=True,
    )
    return mark_safe(cleaned)


def one_line(text: str, longest: int = 80) -> str:
    """What came in an address or beside a button, as words on one line: no zero bytes, which databases refuse."""
    return " ".join(LINE_BREAK.sub(" ", text).split())[:longest]


def validate_header_text(text: str) -> None:
    """Refuse line breaks and control characters in what becomes one line of a mail header."""
    if LINE_BREAK.search(text):
        raise ValidationError(
            _("Write this on one line, without line breaks or control characters."), code="line_break"
        )


class Letter(Template):
    """Text with blanks like `$first_name`; a dollar sign itself is written `$$`. It has no logic to abuse."""


def validate_letter(source: str, allowed: Collection[str]) -> None:
    """Refuse a letter with a blank nobody fills in, naming it and the blanks that exist."""
    letter = Letter(source)
    if not letter.is_valid():
        raise ValidationError(
            _("A dollar sign stands alone. Write $$ for the sign itself, or one of: %(allowed)s."),
            code="dollar",
            params={"allowed": _listed(allowed)},
        )
    unknown = [name for name in letter.get_identifiers() if name not in allowed]
    if unknown:
        raise ValidationError(
            _("Unknown: %(unknown)s. You can use: %(allowed)s."),
            code="unknown_name",
            params={"unknown": _listed(unknown), "allowed": _listed(allowed)},
        )


def fill_letter(source: str, values: Mapping[str, object]) -> str:
    """The letter with its blanks filled in as plain text; ValidationError as `validate_letter` for any other name."""
    validate_letter(source, values.keys())
    return Letter(source).substitute({name: str(value) for name, value in values.items()})


def _listed(names: Collection[str]) -> str:
    return ", ".join(f"${name}" for name in names)


def rows_html(pattern: str, rows: Iterable[Sequence[object]]) -> SafeString:
    """Many rows of one pattern (with `%s` for each cell), every cell escaped unless it is HTML already.

    What `format_html_join` does, at a tenth of its price: long lists spend their time here.
    """
    return mark_safe("\n".join([pattern % tuple([_cell(cell) for cell in row]) for row in rows]))


def _cell(cell: object) -> str:
    return cell if isinstance(cell, SafeString) else html.escape(str(cell))
