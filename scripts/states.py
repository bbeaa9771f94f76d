"""Writes the tables of docs/states.md from the tables of moves in the code, so that both say the same.

make docs
"""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "states.md"
SLOT = re.compile(r"(<!-- moves: (\w+)\.(\w+) -->\n).*?(<!-- end -->)", re.DOTALL)


def status_field(model: Any) -> Any:
    names = [field.name for field in model._meta.fields]
    return model._meta.get_field(next(name for name in ("status", "state", "standing") if name in names))


def table(model: Any) -> str:
    """One line per status: its word on the page, its name in the code, and where it may go from there."""
    labels = {str(value): str(label) for value, label in status_field(model).flatchoices}
    lines = ["| Status | In the code | May become |", "|---|---|---|"]
    for value, label in labels.items():
        onward = [word for to, word in labels.items() if value in map(str, model.MOVES.get(to, ()))]
        lines.append(f"| {label} | `{value}` | {', '.join(onward) or 'nothing: the end'} |")
    return "\n".join(lines) + "\n"


def written(page: str) -> str:
    from django.apps import apps
    from django.utils import translation

    with translation.override("en"):
        return SLOT.sub(lambda slot: slot[1] + table(apps.get_model(slot[2], slot[3])) + slot[4], page)


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "crm.config.settings")
    os.environ.setdefault("MITRA_ALLOW_PLACEHOLDER", "1")
    import django

    django.setup()
    PAGE.write_text(written(PAGE.read_text()))
