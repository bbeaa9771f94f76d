"""The words of a mail that came as HTML only, with what it quotes marked line by line as in plain mail."""

from html.parser import HTMLParser

import nh3

LONGEST = 500_000
MOST_TAGS = 10_000
"""Cleaning takes quadratic time over what is nested; a reply has hundreds, and what it quotes stands last."""

TAGS = {
    "p",
    "div",
    "br",
    "li",
    "ul",
    "ol",
    "tr",
    "td",
    "table",
    "tbody",
    "h1",
    "h2",
    "h3",
    "h4",
    "blockquote",
    "hr",
    "a",
}
BREAKS = {"p", "div", "li", "tr", "h1", "h2", "h3", "h4", "blockquote", "table", "hr"}
QUOTING = ("gmail_quote", "yahoo_quoted", "protonmail_quote", "moz-cite-prefix")
BELOW_IS_QUOTED = ("appendonsend", "divrplyfwdmsg", "stopspelling")


def text_of(html: str) -> str:
    """The words, a line for each paragraph. Cleaned first, so that what is walked is small and well formed."""
    tidy = nh3.clean(
        "<".join(html[:LONGEST].split("<", MOST_TAGS)[:MOST_TAGS]),
        tags=TAGS,
        clean_content_tags={"script", "style", "head", "title"},
        attributes={"div": {"class", "id"}, "hr": {"id"}},
        link_rel=None,
    )
    walk = Words()
    walk.feed(tidy)
    walk.close()
    return walk.text()


class Words(HTMLParser):
    """Gathers lines; inside a quoting element each begins with ">"."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[str] = [""]
        self.open: list[tuple[str, bool]] = []
        self.quoting = 0
        self.rest_is_quoted = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = " ".join(value or "" for _name, value in attrs).lower()
        if any(mark in named for mark in BELOW_IS_QUOTED):
            self.rest_is_quoted = True
        if tag in BREAKS or tag == "br":
            self._break()
        if tag not in ("br", "hr"):
            quotes = tag == "blockquote" or any(mark in named for mark in QUOTING)
            self.open.append((tag, quotes))
            self.quoting += quotes

    def handle_endtag(self, tag: str) -> None:
        while self.open:
            closed, quotes = self.open.pop()
            self.quoting -= quotes
            if closed == tag:
                break
        if tag in BREAKS:
            self._break()

    def handle_data(self, data: str) -> None:
        words = " ".join(data.replace("\xa0", " ").split())
        if words:
            gap = " " if self.lines[-1] and data[:1].isspace() else ""
            self.lines[-1] += ("" if self.lines[-1] else self._mark()) + gap + words
            if data[-1:].isspace():
                self.lines[-1] += " "

    def _mark(self) -> str:
        return "> " if self.rest_is_quoted or self.quoting else ""

    def _break(self) -> None:
        if self.lines[-1]:
            self.lines.append("")

    def text(self) -> str:
        return "\n".join(" ".join(line.split()) for line in self.lines).strip()
