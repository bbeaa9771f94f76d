"""Imports: a run keeps its file, its mapping, and how far it is, on its way in and on its way back."""

import datetime as dt
from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from crm.base.models import Stamped
from crm.influencers.models.import_rows import ImportRow
from crm.influencers.models.reference import Platform
from crm.timeline.record import Actor
from crm.timeline.runs import STALLED_AFTER, Run
from crm.timeline.transitions import Moves, may_move, move

if TYPE_CHECKING:
    from crm.team.models import User


class ImportMapping(Stamped):
    """Which column means what, remembered per set of headings."""

    fingerprint = models.CharField(_("headers"), max_length=64, unique=True)
    columns = models.JSONField(_("columns"), default=dict)
    platform = models.ForeignKey(
        Platform, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("platform")
    )

    class Meta:
        verbose_name = _("import mapping")
        verbose_name_plural = _("import mappings")

    def __str__(self) -> str:
        return self.fingerprint[:12]


class ImportRunQuerySet(models.QuerySet["ImportRun"]):
    def visible_to(self, user: "User") -> "ImportRunQuerySet":
        """People belong to the whole organisation, and so do the files they came from."""
        return self

    def newest_first(self) -> "ImportRunQuerySet":
        return self.order_by("-created_at", "-id")

    def unfinished(self) -> "ImportRunQuerySet":
        """Confirmed, and not yet written to the end."""
        return self.filter(status=ImportRun.Status.CONFIRMED)

    def to_be_read(self) -> "ImportRunQuerySet":
        """The columns are chosen, the rehearsal has not ended."""
        return self.filter(status=ImportRun.Status.UPLOADED, mapped_at__isnull=False)

    def stalled(self, now: dt.datetime) -> "ImportRunQuerySet":
        """Nobody has moved them for a while: a worker died, or none was there."""
        under_way = self.unfinished() | self.to_be_read() | self.being_taken_back()
        return under_way.filter(updated_at__lt=now - STALLED_AFTER)

    def being_taken_back(self) -> "ImportRunQuerySet":
        return self.filter(status=ImportRun.Status.UNDOING)

    def done_with(self, sha256: str) -> "ImportRunQuerySet":
        """Earlier imports of the very same file, the newest first."""
        return self.filter(sha256=sha256, status=ImportRun.Status.DONE).order_by("-finished_at", "-id")

    def brought(self, sha256: str) -> "ImportRunQuerySet":
        """Runs that wrote the very same file once, whether or not that was taken back; the newest first."""
        return self.filter(sha256=sha256, finished_at__isnull=False).order_by("-finished_at", "-id")


class ImportRun(Run):
    """One file on its way in. Nothing is written before it is confirmed; `cursor` is the last line finished."""

    class Status(models.TextChoices):
        UPLOADED = "uploaded", _("Uploaded")
        REHEARSED = "rehearsed", _("Rehearsed")
        CONFIRMED = "confirmed", _("Being imported")
        DONE = "done", _("Done")
        FAILED = "failed", _("Stopped")
        DISCARDED = "discarded", _("Discarded")
        UNDOING = "undoing", _("Being taken back")
        UNDONE = "undone", _("Taken back")

    MOVES: ClassVar[Moves] = {
        Status.UPLOADED: (Status.REHEARSED, Status.FAILED),
        Status.REHEARSED: (Status.UPLOADED,),
        Status.CONFIRMED: (Status.REHEARSED, Status.FAILED),
        Status.DONE: (Status.CONFIRMED, Status.UNDOING),
        Status.FAILED: (Status.CONFIRMED, Status.UPLOADED),
        Status.DISCARDED: (Status.UPLOADED, Status.REHEARSED),
        Status.UNDOING: (Status.DONE, Status.UNDONE),
        Status.UNDONE: (Status.UNDOING,),
    }

    file = models.FileField(_("file"), upload_to="imports/%Y/%m/")
    file_name = models.CharField(_("file name"), max_length=160)
    sha256 = models.CharField("SHA-256", max_length=64)
    sheet = models.CharField(_("sheet"), max_length=80, blank=True)
    columns = models.JSONField(_("columns"), default=dict, blank=True)
    platform = models.ForeignKey(
        Platform, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("platform")
    )
    counted_at = models.DateTimeField(_("numbers are from"), null=True, blank=True)
    replaces_known = models.BooleanField(_("replace what is already known"), default=False)
    mapped_at = models.DateTimeField(_("columns chosen"), null=True, blank=True)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.UPLOADED)
    total = models.PositiveIntegerField(_("rows"), default=0)
    cursor = models.PositiveIntegerField(_("last line finished"), default=0)
    counts = models.JSONField(_("counts"), default=dict, blank=True)
    why = models.CharField(_("reason"), max_length=300, blank=True)
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("started by"),
    )
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)
    undo_began_at = models.DateTimeField(_("taken back since"), null=True, blank=True)
    taken_back_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("taken back by"),
    )
    outcomes = models.JSONField(_("what was taken back"), default=dict, blank=True)

    objects = ImportRunQuerySet.as_manager()

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        indexes = [
            models.Index(fields=["-created_at", "-id"], name="import_run_newest"),
            models.Index(fields=["sha256"], name="import_run_file"),
        ]

    def __str__(self) -> str:
        return self.file_name

    TONES: ClassVar[dict[Any, str]] = {
        Status.UPLOADED: "warn",
        Status.REHEARSED: "warn",
        Status.CONFIRMED: "info",
        Status.DONE: "ok",
        Status.FAILED: "bad",
        Status.DISCARDED: "",
        Status.UNDOING: "info",
        Status.UNDONE: "",
    }

    @property
    def may_be_confirmed(self) -> bool:
        return bool(self.counts) and may_move(self, self.Status.CONFIRMED, self.MOVES)

    @property
    def may_be_reopened(self) -> bool:
        """Whether its columns may be chosen again: not once rows are written."""
        return self.cursor == 0 and (
            self.status == self.Status.UPLOADED or may_move(self, self.Status.UPLOADED, self.MOVES)
        )

    @property
    def is_being_read(self) -> bool:
        return self.status == self.Status.UPLOADED and self.mapped_at is not None

    @property
    def is_confirmed(self) -> bool:
        return self.status == self.Status.CONFIRMED

    @property
    def is_rehearsed(self) -> bool:
        return self.status == self.Status.REHEARSED

    @property
    def is_under_way(self) -> bool:
        """Whether its page is worth asking again in a moment."""
        return self.is_being_read or self.is_confirmed or self.is_being_taken_back

    @property
    def is_being_taken_back(self) -> bool:
        return self.status == self.Status.UNDOING

    @property
    def is_taken_back(self) -> bool:
        return self.status == self.Status.UNDONE

    @property
    def may_be_taken_back(self) -> bool:
        """Whether anything it wrote still stands."""
        if self.status == self.Status.UNDONE:
            return any(self.outcomes.get(outcome) for outcome in ImportRow.STANDING)
        return may_move(self, self.Status.UNDOING, self.MOVES) and self.to_write > 0

    @property
    def to_write(self) -> int:
        """How many rows would change something."""
        return sum(self.counts.get(verdict, 0) for verdict in (ImportRow.Verdict.NEW, ImportRow.Verdict.UPDATE))

    def reopen(self, *, at: dt.datetime, actor: Actor) -> None:
        """Back to choosing columns. Raises TransitionRefused."""
        self._move(self.Status.UPLOADED, at, actor, _("Opened the columns of the import “%(file)s” again"), cursor=0)

    def rehearsed(self, *, counts: dict[str, int], at: dt.datetime, actor: Actor) -> None:
        """Every row has its verdict; nothing is written. Raises TransitionRefused."""
        self._move(
            self.Status.REHEARSED, at, actor, _("Rehearsed the import “%(file)s”"), counts=counts, cursor=0, why=""
        )

    def confirm(self, *, at: dt.datetime, actor: Actor) -> None:
        """From now on it is written, however often the writer dies. Raises TransitionRefused."""
        self._move(self.Status.CONFIRMED, at, actor, _("Confirmed the import “%(file)s”"), why="")

    def finish(self, *, at: dt.datetime, actor: Actor) -> None:
        """The last row is written. Raises TransitionRefused."""
        said = _("Imported “%(file)s”: %(new)s new, %(update)s updated, %(unchanged)s unchanged")
        self._move(self.Status.DONE, at, actor, said, finished_at=at, why="")

    def stop(self, why: str, *, at: dt.datetime, actor: Actor) -> None:
        """It cannot go on by itself; the reason is for a person. Raises TransitionRefused."""
        self._move(self.Status.FAILED, at, actor, _("The import “%(file)s” stopped"), why=why[:300])

    def take_back(self, *, by: "User | None", at: dt.datetime, actor: Actor) -> None:
        """From now on what it did is undone, however often the worker dies. Raises TransitionRefused."""
        also: dict[str, Any] = {"undo_began_at": at, "taken_back_by": by, "why": ""}
        self._move(self.Status.UNDOING, at, actor, _("Began to take back the import “%(file)s”"), **also)

    def taken_back(self, outcomes: dict[str, int], *, at: dt.datetime, actor: Actor) -> None:
        """Nothing more can be undone; what stays says why. Raises TransitionRefused."""
        said = _(
            "Took back the import “%(file)s”: %(removed)s removed, %(back)s put back, %(partly)s in part, %(kept)s stay"
        )
        self._move(self.Status.UNDONE, at, actor, said, outcomes=outcomes, told=outcomes)

    def halt_taking_back(self, why: str, *, at: dt.datetime, actor: Actor) -> None:
        """It cannot go on by itself; what is taken back stays so. Raises TransitionRefused."""
        self._move(self.Status.DONE, at, actor, _("Taking back the import “%(file)s” stopped"), why=why[:300])

    def discard(self, *, at: dt.datetime, actor: Actor) -> None:
        """Nobody wants it any more. Raises TransitionRefused."""
        self._move(self.Status.DISCARDED, at, actor, _("Discarded the import “%(file)s”"))

    def _move(
        self,
        to: str,
        at: dt.datetime,
        actor: Actor,
        sentence: Any,
        told: Mapping[str, int] = MappingProxyType({}),
        **also: Any,
    ) -> None:
        counts = {verdict: self.counts.get(verdict, 0) for verdict in ImportRow.Verdict.values}
        move(
            self,
            to,
            moves=self.MOVES,
            at=at,
            actor=actor,
            verb=f"import.{to}",
            sentence=sentence,
            also=also,
            params={"file": self.file_name, **counts, **told},
        )
