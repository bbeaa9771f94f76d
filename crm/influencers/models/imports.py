"""Imports: a run keeps its file, its mapping, and how far it is, on its way in and on its way back."""

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from crm.base.models import Stamped
from crm.influencers.models.file_runs import FileRun
from crm.influencers.models.import_rows import ImportRow
from crm.influencers.models.reference import Platform
from crm.timeline.record import Actor
from crm.timeline.runs import STALLED_AFTER
from crm.timeline.transitions import Moves, may_move

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

    def on_the_way_in(self) -> "ImportRunQuerySet":
        """Whose rows are still to be read or written."""
        wait = (ImportRun.Status.UPLOADED, ImportRun.Status.REHEARSED, ImportRun.Status.FAILED)
        return self.filter(status__in=(*wait, ImportRun.Status.CONFIRMED))

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


class ImportRun(FileRun):
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
    TONES: ClassVar[Mapping[Any, str]] = {**FileRun.TONES, Status.UNDOING: "info", Status.UNDONE: ""}
    GOES_BACK, WENT_BACK = Status.UNDOING, Status.UNDONE
    VERB = "import"
    SAID: ClassVar[Mapping[str, Any]] = {
        **FileRun.SAID,
        Status.DONE: _("Imported “%(file)s”: %(new)s new, %(update)s updated, %(unchanged)s unchanged"),
        Status.UNDOING: _("Began to take back the import “%(file)s”"),
        Status.UNDONE: _(
            "Took back the import “%(file)s”: %(removed)s removed, %(back)s put back, %(partly)s in part, %(kept)s stay"
        ),
    }

    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.UPLOADED)
    platform = models.ForeignKey(
        Platform, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("platform")
    )
    counted_at = models.DateTimeField(_("numbers are from"), null=True, blank=True)
    replaces_known = models.BooleanField(_("replace what is already known"), default=False)
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

    @property
    def may_go_on(self) -> bool:
        return self.has_stopped and self.may_be_confirmed

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

    def finish(self, *, at: dt.datetime, actor: Actor) -> None:
        """The last row is written. Raises TransitionRefused."""
        self._move(self.Status.DONE, at, actor, finished_at=at, why="")

    def take_back(self, *, by: "User | None", at: dt.datetime, actor: Actor) -> None:
        """From now on what it did is undone, however often the worker dies. Raises TransitionRefused."""
        also: dict[str, Any] = {"undo_began_at": at, "taken_back_by": by, "why": ""}
        self._move(self.Status.UNDOING, at, actor, **also)

    def taken_back(self, outcomes: dict[str, int], *, at: dt.datetime, actor: Actor) -> None:
        """Nothing more can be undone; what stays says why. Raises TransitionRefused."""
        self._move(self.Status.UNDONE, at, actor, told=outcomes, outcomes=outcomes)

    def halt_taking_back(self, why: str, *, at: dt.datetime, actor: Actor) -> None:
        """It cannot go on by itself; what is taken back stays so. Raises TransitionRefused."""
        self._move(self.Status.DONE, at, actor, _("Taking back the import “%(file)s” stopped"), why=why[:300])

    def told(self) -> dict[str, Any]:
        return {**super().told(), **{verdict: self.counts.get(verdict, 0) for verdict in ImportRow.Verdict.values}}
