"""Compile every `django.po` to the `django.mo` that Django reads. Needs only Babel, no gettext tools."""

from __future__ import annotations

from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parent.parent


def compile_messages(root: Path = ROOT) -> list[Path]:
    """The .mo files that were out of date and are now written."""
    written = []
    for source in sorted(root.glob("c*/locale/*/LC_MESSAGES/django.po")):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        with source.open("rb") as lines:
            catalog = read_po(lines, locale=source.parts[-3])
        fresh = target.with_suffix(".mo.new")
        with fresh.open("wb") as out:
            write_mo(out, catalog)
        fresh.replace(target)
        written.append(target)
    return written


if __name__ == "__main__":
    for path in compile_messages():
        print(f"· Compiled {path.relative_to(ROOT)}")
