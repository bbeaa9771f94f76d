"""What a kind of result file is: its columns, what a row comes to, how rows are written and taken away again."""

import datetime as dt
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from campaigns.planning.models import Campaign
from campaigns.results.models import ResultFile
from crm.base.places import Place
from crm.timeline.record import Actor


class Verdict(models.TextChoices):
    """What becomes of a row."""

    NEW = "new", _("Comes in")
    KNOWN = "known", _("Known already")
    OUT = "out", _("Left out")


TONES = {Verdict.NEW: "ok", Verdict.KNOWN: "mute", Verdict.OUT: "bad"}


@dataclass(frozen=True)
class Column:
    """What a column may mean: its name for people, and headings it usually has (small letters, no punctuation)."""

    code: str
    label: Any
    headings: Sequence[str] = ()
    is_needed: bool = False


@dataclass(frozen=True)
class Said:
    """One row of a file: its number there, and its cells by what their columns mean; blank cells are left out."""

    line: int
    cells: Mapping[str, str]

    def get(self, meaning: str) -> str:
        return self.cells.get(meaning, "")


@dataclass
class Judged:
    """What a row comes to: whom it is about, what it says, and why it is left out, if it is."""

    line: int
    verdict: Verdict = Verdict.NEW
    who: str = ""
    what: str = ""
    why: list[str] = field(default_factory=list)
    facts: Any = None

    @property
    def tone(self) -> str:
        return TONES[self.verdict]

    def out(self, why: Any) -> "Judged":
        """Left out, because of this."""
        self.verdict = Verdict.OUT
        self.why.append(str(why))
        return self

    def known(self, why: Any) -> "Judged":
        """Nothing to write: it is there already."""
        self.verdict = Verdict.KNOWN
        self.why.append(str(why))
        return self


class FileKind(ABC):
    """One kind of file. Judging asks a fixed number of queries for all rows and writes nothing."""

    code: ClassVar[str]
    title: ClassVar[Any]
    lead: ClassVar[Any]
    hint: ClassVar[Any]
    who: ClassVar[Any]
    columns: ClassVar[Sequence[Column]]
    most: ClassVar[int] = 2_000
    """How many rows come in at once; more where they are written with a few statements."""

    @abstractmethod
    def judge(self, file: ResultFile, rows: Sequence[Said], now: dt.datetime) -> list[Judged]:
        """What each row comes to, in the order of the file."""

    @abstractmethod
    def write(self, file: ResultFile, rows: Iterable[Judged], *, at: dt.datetime, actor: Actor) -> int:
        """Write the rows that come in, in the running transaction; how many were written."""

    @abstractmethod
    def undo(self, file: ResultFile, *, at: dt.datetime, actor: Actor) -> int:
        """Take away what the file brought, in the running transaction; how many rows that were."""

    @abstractmethod
    def back(self, campaign: Campaign) -> str:
        """The address of the page its files belong to."""

    def sheet(self, campaign: Campaign) -> str:
        """The address of a sheet to fill in; empty where there is none."""
        return ""

    def wrong_columns(self, targets: Sequence[str]) -> str:
        """Why a file cannot be read by these columns, with what to do; empty when it can."""
        missing = [str(column.label) for column in self.columns if column.is_needed and column.code not in targets]
        if missing:
            return _now("Say which column is: %(names)s.") % {"names": ", ".join(missing)}
        return "" if len(chosen := [one for one in targets if one]) == len(set(chosen)) else str(TWICE)

    def target_of(self, heading: str) -> str:
        """What a bare heading means; empty when it is not known."""
        return next((column.code for column in self.columns if heading in column.headings), "")


TWICE = _("Two columns mean the same. Leave one of them out.")

result_file_kind: Place[Callable[[], FileKind]] = Place("result_file_kind")
"""Kinds of files of results by their code; `bring(kind)` puts one there."""


def bring(kind: FileKind) -> None:
    """Offer a kind of file."""

    def the_kind() -> FileKind:
        return kind

    result_file_kind(kind.code)(the_kind)


def kind_of(code: str) -> FileKind:
    """The kind of that code. Raises KeyError."""
    return result_file_kind[code].call()
