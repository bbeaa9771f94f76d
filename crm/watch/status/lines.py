"""What the status page is made of: groups of lines, each a part of Mitra with its state in words."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Text = str | Promise

OK, LOOK, BAD, OFF = "ok", "warn", "bad", ""
WORDS = {OK: _("Well"), LOOK: _("Look at it"), BAD: _("Not well"), OFF: _("Off")}


@dataclass(frozen=True)
class Line:
    """One part. `since` says since when it is so, or when it was last well; `todo` is there when there is something to do.

    `detail` are words of a program, as it said them: always in English.
    """

    key: str
    label: Text
    state: str
    said: Text
    since: Text = ""
    todo: Text = ""
    url: str = ""
    url_label: Text = ""
    detail: str = ""

    @property
    def word(self) -> Text:
        return WORDS[self.state]

    def as_json(self) -> dict[str, Any]:
        told = {"part": self.key, "state": self.state or "off", "said": str(self.said)}
        return told | {name: str(value) for name in ("detail", "since", "todo") if (value := getattr(self, name))}


@dataclass(frozen=True)
class Group:
    """Lines that belong together."""

    key: str
    label: Text
    icon: str
    lines: list[Line] = field(default_factory=list)


Ask = Callable[[], Iterable[Line]]
