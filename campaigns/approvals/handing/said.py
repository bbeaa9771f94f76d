"""What comes with a version, before it is one."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from crm.base.models import StoredFile
from crm.outbox.models import Contact


@dataclass(frozen=True)
class Said:
    """What somebody says of a draft or an idea. `captions` are {platform id: words} for further platforms, `alts` one for each file."""

    caption: str = ""
    alt_text: str = ""
    link: str = ""
    planned_at: dt.datetime | None = None
    words: str = ""
    label_on: bool = False
    captions: Mapping[int, str] = field(default_factory=dict)
    alts: Sequence[str] = ()

    @property
    def is_empty(self) -> bool:
        """Nothing to look at."""
        return not (self.caption.strip() or self.link or self.words.strip() or any(self.captions.values()))


@dataclass(frozen=True)
class Package:
    """Everything one version is made of: what was said, its files, and whose link or which channel it came by."""

    said: Said
    files: Sequence[StoredFile] = ()
    contact: Contact | None = None
    channel: str = ""

    def alt_of(self, position: int) -> str:
        """The alternative text of the file at this place, counted from nought."""
        return self.said.alts[position] if position < len(self.said.alts) else ""
