"""Files of other kinds than people on their way in: running work, monthly numbers. Each run keeps what it made."""

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from crm.influencers.models.file_runs import FileRun
from crm.timeline.record import Actor
from crm.timeline.runs import STALLED_AFTER, tally
from crm.timeline.transitions import Moves

if TYPE_CHECKING:
    from crm.team.models import User


class IntakeQuerySet(models.QuerySet["Intake"]):
    def visible_to(self, user: "User") -> "IntakeQuerySet":
        """A file with the work of brands is seen behind brand walls only by who brought it."""
        return self if user.brand_ids() is None else self.filter(Q(is_walled=False) | Q(started_by=user))

    def of_kind(self, kind: str) -> "IntakeQuerySet":
        return self.filter(kind=kind)

    def newest_first(self) -> "IntakeQuerySet":
        return self.order_by("-created_at", "-id")

    def like(self, run: "Intake") -> "IntakeQuerySet":
        """Earlier runs of the same kind and headings whose columns somebody has chosen; the newest first."""
        alike = self.filter(kind=run.kind, fingerprint=run.fingerprint, mapped_at__isnull=False)
        return alike.exclude(pk=run.pk).newest_first()

    def done_with(self, run: "Intake") -> "IntakeQuerySet":
        """Finished runs of the very same file."""
        done = self.filter(kind=run.kind, sha256=run.sha256, status=Intake.Status.DONE)
        return done.exclude(pk=run.pk).order_by("-finished_at", "-id")

    def stalled(self, now: dt.datetime) -> "IntakeQuerySet":
        """Work is under way, and nobody has moved it for a while."""
        reading = Q(status=Intake.Status.UPLOADED, mapped_at__isnull=False)
        under_way = Q(status__in=[Intake.Status.CONFIRMED, Intake.Status.TAKING_BACK])
        return self.filter(reading | under_way, updated_at__lt=now - STALLED_AFTER)


class Intake(FileRun):
    """One file. Nothing is written before it is confirmed; `cursor` is the last line finished."""

    class Status(models.TextChoices):
        UPLOADED = "uploaded", _("Uploaded")
        REHEARSED = "rehearsed", _("Rehearsed")
        CONFIRMED = "confirmed", _("Being imported")
        DONE = "done", _("Done")
        TAKING_BACK = "taking_back", _("Being taken back")
        TAKEN_BACK = "taken_back", _("Taken back")
        FAILED = "failed", _("Stopped")
        DISCARDED = "discarded", _("Discarded")

    MOVES: ClassVar[Moves] = {
        Status.UPLOADED: (Status.REHEARSED, Status.FAILED),
        Status.REHEARSED: (Status.UPLOADED,),
        Status.CONFIRMED: (Status.REHEARSED, Status.FAILED),
        Status.DONE: (Status.CONFIRMED,),
        Status.TAKING_BACK: (Status.DONE, Status.TAKEN_BACK, Status.FAILED),
        Status.TAKEN_BACK: (Status.TAKING_BACK,),
        Status.FAILED: (Status.UPLOADED, Status.CONFIRMED, Status.TAKING_BACK),
        Status.DISCARDED: (Status.UPLOADED, Status.REHEARSED),
    }
    TONES: ClassVar[Mapping[Any, str]] = {**FileRun.TONES, Status.TAKING_BACK: "info", Status.TAKEN_BACK: ""}
    GOES_BACK, WENT_BACK = Status.TAKING_BACK, Status.TAKEN_BACK
    VERB = "intake"
    SAID: ClassVar[Mapping[str, Any]] = {
        **FileRun.SAID,
        Status.DONE: _("Imported “%(file)s”"),
        Status.TAKING_BACK: _("Began to take the import “%(file)s” back"),
        Status.TAKEN_BACK: _("Took the import “%(file)s” back"),
    }

    kind = models.SlugField(_("what it brings"), max_length=30)
    is_walled = models.BooleanField(_("holds the work of brands"), default=False)
    fingerprint = models.CharField(_("headers"), max_length=64)
    choices = models.JSONField(_("what was chosen for the whole file"), default=dict, blank=True)
    status = models.CharField(_("status"), max_length=12, choices=Status, default=Status.UPLOADED)
    taken_back_at = models.DateTimeField(_("taken back"), null=True, blank=True)

    objects = IntakeQuerySet.as_manager()

    class Meta:
        verbose_name = _("import of other things")
        verbose_name_plural = _("imports of other things")
        indexes = [
            models.Index(fields=["kind", "-created_at", "-id"], name="intake_newest"),
            models.Index(fields=["sha256"], name="intake_file"),
        ]

    @property
    def may_be_confirmed(self) -> bool:
        return self.taken_back_at is None and super().may_be_confirmed

    @property
    def may_be_reopened(self) -> bool:
        return self.taken_back_at is None and super().may_be_reopened

    @property
    def may_be_taken_back(self) -> bool:
        return self.status in (self.Status.DONE, self.Status.TAKEN_BACK) and self.lines.standing().exists()

    def finish(self, counts: dict[str, int], *, at: dt.datetime, actor: Actor) -> None:
        """The last line is written. Raises TransitionRefused."""
        self._move(self.Status.DONE, at, actor, counts=counts, finished_at=at, why="")

    def take_back(self, *, at: dt.datetime, actor: Actor) -> None:
        """From now on what it made is taken away, as far as nobody has touched it since. Raises TransitionRefused."""
        self._move(self.Status.TAKING_BACK, at, actor, cursor=0, taken_back_at=at, why="")

    def taken_back(self, *, at: dt.datetime, actor: Actor) -> None:
        """Every line was tried. Raises TransitionRefused."""
        self._move(self.Status.TAKEN_BACK, at, actor, cursor=0, why="")


class IntakeLineQuerySet(models.QuerySet["IntakeLine"]):
    def with_verdict(self, verdict: str) -> "IntakeLineQuerySet":
        return self.filter(verdict=verdict)

    def with_trouble(self) -> "IntakeLineQuerySet":
        """Lines a person may want to correct in the file."""
        return self.exclude(cells=[])

    def to_write_after(self, line: int) -> "IntakeLineQuerySet":
        return self.filter(line__gt=line, verdict__in=IntakeLine.WRITES, written_at__isnull=True).order_by("line")

    def standing(self) -> "IntakeLineQuerySet":
        """What they made is still there, as far as this run knows."""
        return self.exclude(made={}).filter(taken_back_at__isnull=True)

    def kept(self) -> "IntakeLineQuerySet":
        """Their run was to be taken back, and something stood against it."""
        return self.exclude(kept_because=[])

    def counts(self) -> dict[str, int]:
        """How many lines have which verdict; verdicts nobody has are 0."""
        return tally(self, "verdict", IntakeLine.Verdict.values)


class IntakeLine(models.Model):
    """One line of the file: what was read, what came of it and why, and what it made."""

    class Verdict(models.TextChoices):
        NEW = "new", _("New")
        ADDS = "adds", _("Adds to a line above")
        UNCHANGED = "unchanged", _("Already there")
        DUPLICATE = "duplicate", _("Duplicate")
        UNKNOWN = "unknown", _("Not known yet")
        CONFLICT = "conflict", _("Needs a person")
        REJECTED = "rejected", _("Rejected")

    WRITES: ClassVar[tuple[str, ...]] = ("new", "adds")

    run = models.ForeignKey(Intake, models.CASCADE, related_name="lines", verbose_name=_("import"))
    line = models.PositiveIntegerField(_("line"))
    who = models.CharField(_("who"), max_length=160, blank=True)
    what = models.CharField(_("what"), max_length=300, blank=True)
    verdict = models.CharField(_("verdict"), max_length=10, choices=Verdict)
    reasons = models.JSONField(_("reasons"), default=list, blank=True, help_text='[["code", "column", "text"]]')
    cells = models.JSONField(_("as it stood"), default=list, blank=True)
    facts = models.JSONField(_("as it was read"), default=dict, blank=True)
    made = models.JSONField(_("what it made"), default=dict, blank=True)
    kept_because = models.JSONField(_("could not be taken back because"), default=list, blank=True)
    written_at = models.DateTimeField(_("written"), null=True, blank=True)
    taken_back_at = models.DateTimeField(_("taken back"), null=True, blank=True)

    objects = IntakeLineQuerySet.as_manager()

    class Meta:
        verbose_name = _("line of an import")
        verbose_name_plural = _("lines of imports")
        ordering = ["line"]
        constraints = [models.UniqueConstraint(fields=["run", "line"], name="intake_line_once")]
        indexes = [models.Index(fields=["run", "verdict", "line"], name="intake_line_verdict")]

    def __str__(self) -> str:
        return f"{self.line}: {self.verdict}"
