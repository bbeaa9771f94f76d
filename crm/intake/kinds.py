"""What can be brought in from a file: rooms above put their kinds here, and all kinds share their steps and pages."""

import datetime as dt
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from django.http import QueryDict

from crm.base.places import Place
from crm.influencers.imports.reading import SourceRow, Table
from crm.influencers.places import import_kind
from crm.intake.models import Intake, IntakeLine
from crm.timeline.record import Actor

if TYPE_CHECKING:
    from django import forms

    from crm.team.models import User

Reason = tuple[str, str, str]
"""A code of the kind's sentences, the column it is about or "", and the words it needs."""


@dataclass(slots=True)
class Judged:
    """What the rehearsal says about one line."""

    line: int
    verdict: str
    who: str = ""
    what: str = ""
    reasons: list[Reason] = field(default_factory=list)
    facts: dict[str, Any] = field(default_factory=dict)
    cells: Sequence[str] = ()


class Outcome(NamedTuple):
    """What writing a line came to, or what taking it back came to: then reasons say why it stays."""

    line: IntakeLine
    verdict: str
    reasons: Sequence[Reason] = ()
    made: Mapping[str, Any] | None = None


class Offer(NamedTuple):
    """Something Mitra could do for lines that were left out: said in one sentence with one verb."""

    code: str
    text: str
    verb: str


class Way(NamedTuple):
    """Where to go from a finished run."""

    url: str
    label: str
    icon: str


Judge = Callable[[Sequence[SourceRow]], list[Judged]]


class IntakeKind(ABC):
    """One kind of file: how its columns are called, what a line means, how it is written and taken back."""

    code: ClassVar[str]
    permission: ClassVar[str]
    icon: ClassVar[str]
    is_walled: ClassVar[bool] = False
    title: ClassVar[Any]
    lead: ClassVar[Any]
    hint: ClassVar[Any]
    who: ClassVar[Any]
    what: ClassVar[Any]
    meanings: ClassVar[Mapping[str, Any]]
    sentences: ClassVar[Mapping[str, Any]]

    @abstractmethod
    def target_of(self, heading: str) -> str:
        """What a heading means; "" when it is not known."""

    @abstractmethod
    def wrong_columns(self, targets: Sequence[str]) -> str:
        """Why a file cannot be read by these columns, with what to do; "" when it can."""

    @abstractmethod
    def choices_form(self, run: Intake, user: "User", data: QueryDict | None) -> "forms.Form":
        """The form about the whole file; its cleaned data, made JSON by `choices_of`, is kept with the run."""

    @abstractmethod
    def choices_of(self, form: "forms.Form") -> dict[str, Any]:
        """What the form says, as the run keeps it."""

    @abstractmethod
    def judge(self, run: Intake, table: Table, now: dt.datetime) -> Judge:
        """A function that judges the lines of the table, part by part in their order."""

    @abstractmethod
    def write(self, run: Intake, lines: Sequence[IntakeLine], *, now: dt.datetime, actor: Actor) -> list[Outcome]:
        """Write lines in the running transaction. Lines of an earlier batch are written already."""

    @abstractmethod
    def take_back(self, run: Intake, lines: Sequence[IntakeLine], *, now: dt.datetime, actor: Actor) -> list[Outcome]:
        """Take away what lines made, in the running transaction; reasons say why something stays."""

    def offers(self, run: Intake) -> list[Offer]:
        """What could be done for lines that were left out."""
        return []

    def ways(self, run: Intake) -> list[Way]:
        """Where to go from a finished run."""
        return []

    def after(self, run: Intake) -> tuple[str, dict[str, Any]] | None:
        """A template and its inputs to show above the lines of a finished run."""
        return None


intake_kind: Place[Callable[[], IntakeKind]] = Place("intake_kind")
"""Kinds by their code; `bring(kind)` puts one there and onto the pages that ask what somebody brings."""


def bring(kind: IntakeKind, *, order: int) -> None:
    """Offer a kind of file on the import's pages."""

    def the_kind() -> IntakeKind:
        return kind

    def may_bring(user: "User") -> bool:
        return user.has_perm(kind.permission)

    intake_kind(kind.code, order=order)(the_kind)
    address = {"runs": ("intakes", kind.code), "start": ("intake-new", kind.code)}
    import_kind(kind.code, order=order, label=kind.title, text=kind.lead, **address)(may_bring)


def kind_of(code: str) -> IntakeKind | None:
    """The kind of that code, or None."""
    return intake_kind[code].call() if code in intake_kind else None


def of_run(run: Intake) -> IntakeKind:
    """The kind of a run. Raises KeyError when nobody brings that kind any more."""
    return intake_kind[run.kind].call()
