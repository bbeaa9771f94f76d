"""Every e-mail in both languages, word for word: a change of words is a change somebody looked at.

After a wanted change: `make golden`, then read the difference.
"""

import os
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from crm.outbox.kinds import KINDS, kind_of
from crm.outbox.words import Rendered, sample

GOLDEN = Path(__file__).parent / "golden"
ALL = [(name, language) for name in sorted(KINDS) for language in ("en", "id")]


def same(path: Path, shown: str) -> None:
    if os.environ.get("GOLDEN_UPDATE"):
        path.write_text(shown, encoding="utf-8")
    assert path.exists(), f"{path.name} is missing: make golden"
    assert shown == path.read_text(encoding="utf-8")


@pytest.mark.parametrize(("name", "language"), ALL)
def test_the_words_are_the_golden_ones(name: str, language: str) -> None:
    shown = sample(kind_of(name), language)
    same(GOLDEN / f"{name}.{language}.txt", f"Subject: {shown.subject}\n\n{shown.text}")
    same(GOLDEN / f"{name}.{language}.html", shown.html + "\n")


def test_no_golden_file_outlives_its_message() -> None:
    expected = {f"{name}.{language}.{ending}" for name, language in ALL for ending in ("txt", "html")}
    assert {path.name for path in GOLDEN.iterdir()} == expected


class Visible(HTMLParser):
    """The text a reader sees, and where links lead."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.links: list[str] = []
        self.images = 0
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._silent += tag in ("style", "title", "head")
        self.images += tag == "img"
        if tag == "a":
            self.links.append(dict(attrs).get("href") or "")

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in ("style", "title", "head")

    def handle_data(self, data: str) -> None:
        if not self._silent and data.strip():
            self.words.append(" ".join(data.split()))


def seen(shown: Rendered) -> Visible:
    reader = Visible()
    reader.feed(re.sub(r"<!--.*?-->", "", shown.html, flags=re.DOTALL))
    return reader


@pytest.mark.parametrize(("name", "language"), ALL)
def test_html_and_text_say_the_same(name: str, language: str) -> None:
    """MJML drops what it does not know without a word: every line of the text must be in the HTML."""
    shown = sample(kind_of(name), language)
    everything = " ".join(seen(shown).words)
    lines = [" ".join(line.split()) for line in shown.text.splitlines()]
    missing = [
        line
        for line in lines
        if line and line != "--" and not line.startswith(("${late:", "https://")) and line.rstrip(":") not in everything
    ]
    assert missing == []


@pytest.mark.parametrize(("name", "language"), ALL)
def test_it_is_readable_without_images_and_has_one_button(name: str, language: str) -> None:
    kind, shown = kind_of(name), sample(kind_of(name), language)
    reader = seen(shown)
    assert reader.images == 0
    assert ("<link" in shown.html, "@import" in shown.html) == (False, False)  # nothing is fetched from elsewhere
    assert shown.html.count('class="button"') == (1 if kind.button_to else 0)
    to_her_choices = ["${late:choices}"] if kind.from_a_person else []
    assert [link for link in dict.fromkeys(reader.links) if link in to_her_choices] == to_her_choices
    assert len(set(reader.links) - set(to_her_choices)) == (1 if kind.button_to else 0)
    assert "color-scheme: light dark" in shown.html
    assert f'lang="{language}"' in shown.html


@pytest.mark.parametrize(("name", "language"), ALL)
def test_the_subject_fits_a_phone_and_the_words_are_calm(name: str, language: str) -> None:
    shown = sample(kind_of(name), language)
    assert len(shown.subject) <= 45
    said = f"{shown.subject} {shown.text}"
    forbidden = r"!|\b(REMINDER|OVERDUE|kindly|deliverable|wajib|pelanggaran|Anda)\b"
    assert re.findall(forbidden, said) == []
