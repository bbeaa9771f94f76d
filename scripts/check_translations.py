"""Fails on a string without an Indonesian translation: missing, empty, fuzzy, or with other placeholders.

Reads the code itself, with Babel and Django's own template reader, so no gettext tools are needed.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parent.parent
LANGUAGE = "id"
PLACES = ("crm", "campaigns", "templates")
KEYWORDS = {
    "_": None, "_now": None, "gettext": None, "gettext_lazy": None, "gettext_noop": None,
    "ngettext": (1, 2), "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2), "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3), "npgettext_lazy": ((1, "c"), 2, 3),
}  # fmt: skip
Key = tuple[str, str]
"""(context, English singular)"""


def python_like(template: str, origin: str) -> str:
    """A template's strings as Python calls, one statement a line, so that Python's tokenizer can read them."""
    from django.utils.translation.template import templatize

    return "\n".join(line.strip() for line in templatize(template, origin=origin).split("\n"))


def strings_in(path: Path) -> Iterator[tuple[Key, int]]:
    source = path.read_text()
    if path.suffix != ".py":
        source = python_like(source, str(path))
    for line, message, _comments, context in extract("python", io.BytesIO(source.encode()), keywords=KEYWORDS):
        singular = message[0] if isinstance(message, tuple) else message
        if singular:
            yield (context or "", singular), line


def strings_in_code(root: Path = ROOT) -> dict[Key, str]:
    """Every translatable string and one place where it stands."""
    found: dict[Key, str] = {}
    for place in PLACES:
        for path in sorted((root / place).rglob("*")):
            if path.suffix in (".py", ".html", ".txt", ".mjml") and "migrations" not in path.parts:
                for key, line in strings_in(path):
                    found.setdefault(key, f"{path.relative_to(root)}:{line}")
    return found


def catalogues(root: Path = ROOT) -> Iterator[tuple[Path, Catalog]]:
    for path in sorted(root.glob(f"c*/locale/{LANGUAGE}/LC_MESSAGES/django.po")):
        with path.open("rb") as lines:
            yield path, read_po(lines, locale=LANGUAGE)


def fault_of(message: Message) -> str | None:
    said = message.string if isinstance(message.string, tuple | list) else (message.string,)
    if message.fuzzy:
        return "fuzzy"
    if not all(said):
        return "not translated"
    return next((str(error) for error in message.check(None)), None)


def faults(root: Path = ROOT) -> list[str]:
    known: set[Key] = set()
    wrong: list[str] = []
    for path, catalog in catalogues(root):
        for message in catalog:
            if not message.id:
                continue
            singular = message.id[0] if isinstance(message.id, tuple | list) else message.id
            known.add((message.context or "", singular))
            fault = fault_of(message)
            if fault:
                wrong.append(f"{path.relative_to(root)}:{message.lineno}: {fault}: {singular!r}")
    for key, where in strings_in_code(root).items():
        if key not in known:
            wrong.append(f"{where}: not in any catalogue: {key[1]!r}")
    return wrong


if __name__ == "__main__":
    found = faults()
    print("\n".join(found) or "Every string has its Indonesian translation.")
    if found:
        print(
            f"{len(found)} strings to look at. `make messages` gathers new ones into the catalogues.", file=sys.stderr
        )
    raise SystemExit(bool(found))
