"""What every reader of a cell answers, and which cells say nothing."""

import unicodedata
from typing import Any, Generic, NamedTuple, TypeVar

Value = TypeVar("Value")

NOTHING = frozenset(
    [
        "",
        "-",
        "--",
        "—",
        "–",
        ".",
        "?",
        "x",
        "n/a",
        "na",
        "n.a.",
        "#n/a",
        "#n/a!",
        "#ref!",
        "#value!",
        "nan",
        "null",
        "none",
        "nil",
        "tba",
        "not available",
        "no data",
        "tidak",
        "belum",
        "kosong",
        "(kosong)",
        "(blank)",
        "tidak ada",
        "belum ada",
        "tdk ada",
        "tak ada",
        "ga ada",
        "gak ada",
    ]
)


class Reading(NamedTuple, Generic[Value]):
    """A value, a remark about the cell, or both: a value with a remark was read with an assumption."""

    value: Value | None
    remark: str = ""
    text: str = ""


BLANK: Reading[Any] = Reading(None)


def tidy(text: str) -> str:
    """The cell without needless blanks, invisible characters and compatibility forms."""
    if text.isascii():
        return " ".join(text.split())
    shown = "".join(sign for sign in text if unicodedata.category(sign) not in {"Cc", "Cf"} or sign in "\t\n\r\u200d")
    return " ".join(shown.split())


def is_blank(text: str) -> bool:
    """Whether the cell says nothing: empty, a dash, `N/A`, `NaN`, `tidak ada`."""
    return (text.strip() if text.isascii() else tidy(text)).casefold() in NOTHING
