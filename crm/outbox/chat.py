"""What a message says on WhatsApp: short, spoken, no footer, the link at the end.

An admin's own text comes first, then own words of the e-mail, then the text that ships with Mitra; a message without
one says what its e-mail says.
"""

import hashlib
import re
from collections.abc import Mapping
from typing import Any

from django.template.exceptions import TemplateDoesNotExist
from django.template.loader import get_template, render_to_string
from django.utils.translation import override

from crm.base.models import Organisation
from crm.base.text import Letter
from crm.outbox.kinds import KINDS, EmailKind
from crm.outbox.late import marker
from crm.outbox.models import ChatWording, Email, Wording
from crm.outbox.words import running, sample_frame, spoken

FOOT = "\n--\n"
STRONG, LEANING = re.compile(r"\*\*(\S.*?)\*\*"), re.compile(r"(?<![*\w])\*([^\s*][^*\n]*)\*(?![*\w])")


def chat_text(email: Email) -> str:
    """The message as WhatsApp says it, in its language; late fields are still markers."""
    kind = KINDS.get(email.name)
    if kind is None:
        return without_foot(email.text)
    frame = {
        "name": email.contact.name,
        "first_name": email.contact.name.split(" ")[0],
        "house": Organisation.load().name,
        "sender": email.from_name,
    }
    own = own_words(email)
    linkless = {name: "" for name, field in kind.late.items() if field not in email.late_fields}
    facts = {**email.context, **linkless}
    return chat_words(kind, facts, email.language, frame, own.text if own else "")


def own_words(email: Email) -> ChatWording | Wording | None:
    """What an admin wrote for this message: for WhatsApp, or else for its e-mail."""
    theirs = {"name": email.name, "language": email.language}
    return ChatWording.objects.filter(**theirs).first() or Wording.objects.filter(**theirs).first()


def chat_version(email: Email) -> str:
    """Which words these are: an admin's own with their version, or those that ship with this release."""
    own = own_words(email)
    if own is not None:
        return f"own {own.version}"
    kind = KINDS.get(email.name)
    if kind is None:
        return email.wording_version
    return f"shipped {hashlib.sha256(shipped_chat(kind, email.language).encode()).hexdigest()[:8]}"


def chat_words(
    kind: EmailKind, facts: Mapping[str, Any], language: str, frame: Mapping[str, Any], own: str = ""
) -> str:
    """The whole text in one language, from facts already spoken and what stands around the words."""
    values = {**frame, **{name: marker(field) for name, field in kind.late.items()}, **facts}
    with override(language):
        said = _own(kind, values, own) if own else spoken_marks(_shipped(kind, values))
        link = str(values.get(kind.button_to, ""))
        lead = str(kind.aside) or f"{kind.button}:"
    return f"{said}\n\n{lead}\n{link}" if link and link not in said else said


def _own(kind: EmailKind, values: Mapping[str, Any], text: str) -> str:
    known = {name: running(values.get(name, "")) for name in kind.allowed}
    return Letter(text.replace("\r\n", "\n")).safe_substitute(known).strip()


def _shipped(kind: EmailKind, values: Mapping[str, Any]) -> str:
    """The words alone: those for WhatsApp, or else the e-mail's without button and footer."""
    try:
        text = get_template(f"emails/{kind.name}/chat.txt").render(dict(values))
    except TemplateDoesNotExist:
        text = without_foot(render_to_string(f"emails/{kind.name}/body.txt", {**values, "button_url": ""}))
    return "\n".join(line.rstrip() for line in text.strip().splitlines())


def spoken_marks(text: str) -> str:
    """**bold** and *leaning* as WhatsApp writes them: *bold* and _leaning_."""
    return STRONG.sub(r"*\1*", LEANING.sub(r"_\1_", text))


def without_foot(text: str) -> str:
    """An e-mail's text without what only belongs under an e-mail."""
    return text.rpartition(FOOT)[0].strip() or text.strip()


def chat_sample(kind: EmailKind, language: str, own: ChatWording | None = None) -> str:
    """The text with sample facts, for the preview in the admin and the golden files."""
    facts = {name: spoken(value, language, "Asia/Jakarta") for name, value in kind.sample.items()}
    return chat_words(kind, facts, language, sample_frame(language), own.text if own else "")


def shipped_chat(kind: EmailKind, language: str) -> str:
    """The words that ship with Mitra, with their names to fill in and without the link: where own words begin."""
    with override(language):
        return _shipped(kind, {name: f"${{{name}}}" for name in kind.allowed})
