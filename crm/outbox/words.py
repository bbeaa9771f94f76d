"""Turning a kind of e-mail and its facts into subject, text and HTML in one language."""

import datetime as dt
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.template.loader import render_to_string
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override
from mjml import mjml2html

from crm.base.formats import clock
from crm.base.text import LINE_BREAK, Letter
from crm.base.zones import zone_info, zone_label
from crm.outbox.kinds import EmailKind
from crm.outbox.late import CHOICES, marker, unmarked
from crm.outbox.models import Wording

SUBJECT_MAX = 300
PREVIEW_MAX = 110


@dataclass(frozen=True)
class Rendered:
    """A message in words. Late fields are still markers."""

    subject: str
    text: str
    html: str
    version: str

    @property
    def body_hash(self) -> str:
        return hashlib.sha256("\n".join([self.subject, self.text, self.html]).encode()).hexdigest()


def spoken(value: Any, language: str, zone: str) -> Any:
    """A fact as the recipient reads it: lazy texts and {"en": ..., "id": ...} in her language, dates in words."""
    if isinstance(value, dict) and set(value) == {"en", "id"}:
        value = value[language]
    if isinstance(value, list):
        return [spoken(one, language, zone) for one in value]
    with override(language):
        if isinstance(value, dt.datetime):
            return moment_in_words(value, zone)
        if isinstance(value, dt.date):
            return date_format(value, "l, j F")
        return unmarked(str(value))


def moment_in_words(at: dt.datetime, zone: str) -> str:
    """Friday, 27 November, 09:00 WIB; Jumat, 27 November, 09.00 WIB: in the active language and the given zone."""
    local = at.astimezone(zone_info(zone))
    return f"{date_format(local, 'l, j F')}, {clock(at, zone)} {zone_label(zone, at)}"


def short_day(on: dt.date, language: str) -> str:
    """Fri 27 Nov: for subjects."""
    with override(language):
        return date_format(on, "D j M")


def one_line(text: str, longest: int = SUBJECT_MAX) -> str:
    """Text that fits one header line, whatever somebody typed."""
    return " ".join(LINE_BREAK.sub(" ", text).split())[:longest]


def render(
    kind: EmailKind, facts: Mapping[str, Any], language: str, wording: Wording | None, frame: Mapping[str, Any]
) -> Rendered:
    """The message in one language. `facts` are its names already spoken; `frame` what stands around the words."""
    values = {**frame, **facts, **{name: marker(field) for name, field in kind.late.items()}}
    with override(language):
        values |= {
            "language": language,
            "button": str(kind.button),
            "button_url": values.get(kind.button_to, ""),
            "aside": str(kind.aside),
            "from_a_person": kind.from_a_person,
        }
        return _worded(kind, values, wording) if wording else _shipped(kind, values)


def _shipped(kind: EmailKind, values: dict[str, Any]) -> Rendered:
    folder = f"emails/{kind.name}"
    subject = one_line(render_to_string(f"{folder}/subject.txt", values))
    return _bodies(f"{folder}/body.txt", f"{folder}/body.html", subject, values, shipped_version(kind.name))


def _worded(kind: EmailKind, values: dict[str, Any], wording: Wording) -> Rendered:
    known = {name: running(values.get(name, "")) for name in kind.allowed}
    subject = one_line(Letter(wording.subject).safe_substitute(known))
    words = Letter(wording.text.replace("\r\n", "\n")).safe_substitute(known).strip()
    values = {**values, "words": words, "paragraphs": [part.strip() for part in words.split("\n\n") if part.strip()]}
    return _bodies("emails/worded.txt", "emails/worded.html", subject, values, f"own {wording.version}")


def running(value: Any) -> str:
    """A fact as running text; several lines each begin with a dot."""
    return "\n".join(f"• {one}" for one in value) if isinstance(value, list) else str(value)


def _bodies(text_name: str, html_name: str, subject: str, values: dict[str, Any], version: str) -> Rendered:
    text = _tidy(render_to_string(text_name, {**values, "subject": subject}))
    framed = render_to_string(html_name, {**values, "subject": subject, "preview": _preview(text)})
    # Without a list of its own MJML asks every reader's mail program to fetch fonts from elsewhere.
    return Rendered(subject, text, mjml2html(framed, fonts={}), version)


def _tidy(text: str) -> str:
    """At most one blank line in a row, none at the ends."""
    lines = [line.rstrip() for line in text.strip().splitlines()]
    kept = [line for number, line in enumerate(lines) if line or lines[number - 1]]
    return "\n".join(kept) + "\n"


def _preview(text: str) -> str:
    """What the inbox shows beside the subject: the first paragraph after the greeting."""
    paragraphs = text.split("\n\n")
    ask = paragraphs[1] if len(paragraphs) > 1 else paragraphs[0]
    return " ".join(ask.split())[:PREVIEW_MAX]


@cache
def shipped_version(name: str) -> str:
    """A short mark of the words that ship with this release."""
    from django.template.loader import get_template

    files = [f"emails/{name}/{part}" for part in ("subject.txt", "body.txt", "body.html")]
    sources = [get_template(file).template.source for file in files]  # type: ignore[attr-defined]
    return f"shipped {hashlib.sha256(''.join(sources).encode()).hexdigest()[:8]}"


def shipped_words(kind: EmailKind, language: str) -> tuple[str, str]:
    """The subject and text that ship with Mitra, with their names to fill in: where own words begin."""
    blanks = {name: f"${{{name}}}" for name in kind.allowed}
    with override(language):
        subject = one_line(render_to_string(f"emails/{kind.name}/subject.txt", blanks))
        text = render_to_string(f"emails/{kind.name}/body.txt", blanks)
    return subject, _tidy(text.rpartition("\n--\n")[0])


def sample_frame(language: str) -> dict[str, str]:
    """What stands around the words in a preview."""
    with override(language):
        return {
            "name": "Kirana Larasati",
            "first_name": "Kirana",
            "house": "Rumah Cerita",
            "sender": _("%(first_name)s, %(brand)s") % {"first_name": "Dinda", "brand": "Lumi Skincare"},
            "sender_phone": "+62 812-0000-0000",
            "choices_url": marker(CHOICES),
        }


def sample(kind: EmailKind, language: str, wording: Wording | None = None) -> Rendered:
    """The message with sample facts, for the preview in the admin and the golden files."""
    facts = {name: spoken(value, language, "Asia/Jakarta") for name, value in kind.sample.items()}
    return render(kind, facts, language, wording, sample_frame(language))
