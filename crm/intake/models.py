"""Files of other kinds than people on their way in: running work, monthly numbers. Each run keeps what it made."""

import datetime as dt
from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from crm.timeline.record import Actor
from crm.timeline.runs import STALLED_AFTER, Run
from crm.timeline.transitions import Moves, may_move, move

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


class Intake(Run):
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
    TONES: ClassVar[dict[Any, str]] = {
        Status.UPLOADED: "warn",
        Status.REHEARSED: "warn",
        Status.CONFIRMED: "info",
        Status.DONE: "ok",
        Status.TAKING_BACK: "info",
        Status.TAKEN_BACK: "",
        Status.FAILED: "bad",
        Status.DISCARDED: "",
    }

    kind = models.SlugField(_("what it brings"), max_length=30)
    is_walled = models.BooleanField(_("holds the work of brands"), default=False)
    file = models.FileField(_("file"), upload_to="imports/%Y/%m/")
    file_name = models.CharField(_("file name"), max_length=160)
    sha256 = models.CharField("SHA-256", max_length=64)
    sheet = models.CharField(_("sheet"), max_length=80, blank=True)
    fingerprint = models.CharField(_("headers"), max_length=64)
    columns = models.JSONField(_("columns"), default=dict, blank=True)
    choices = models.JSONField(_("what was chosen for the whole file"), default=dict, blank=True)
    mapped_at = models.DateTimeField(_("columns chosen"), null=True, blank=True)
    status = models.CharField(_("status"), max_length=12, choices=Status, default=Status.UPLOADED)
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
    taken_back_at = models.DateTimeField(_("taken back"), null=True, blank=True)

    objects = IntakeQuerySet.as_manager()

    class Meta:
        verbose_name = _("import of other things")
        verbose_name_plural = _("imports of other things")
        indexes = [
            models.Index(fields=["kind", "-created_at", "-id"], name="intake_newest"),
            models.Index(fields=["sha256"], name="intake_file"),
        ]

    def __str__(self) -> str:
        return self.file_name

    @property
    def may_be_confirmed(self) -> bool:
        is_next = may_move(self, self.Status.CONFIRMED, self.MOVES)
        return bool(self.counts) and is_next and self.taken_back_at is None

    @property
    def may_be_reopened(self) -> bool:
        """Whether its columns may be chosen again: not once lines are written."""
        is_next = self.status == self.Status.UPLOADED or may_move(self, self.Status.UPLOADED, self.MOVES)
        return is_next and self.cursor == 0 and self.taken_back_at is None

    @property
    def may_be_taken_back(self) -> bool:
        return self.status in (self.Status.DONE, self.Status.TAKEN_BACK) and self.lines.standing().exists()

    @property
    def is_being_read(self) -> bool:
        return self.status == self.Status.UPLOADED and self.mapped_at is not None

    @property
    def is_being_written(self) -> bool:
        return self.status == self.Status.CONFIRMED

    @property
    def is_being_taken_back(self) -> bool:
        return self.status == self.Status.TAKING_BACK

    @property
    def is_under_way(self) -> bool:
        """Whether its page is worth asking again in a moment."""
        return self.is_being_read or self.is_being_written or self.is_being_taken_back

    @property
    def is_rehearsed(self) -> bool:
        return self.status == self.Status.REHEARSED

    @property
    def is_taken_back(self) -> bool:
        return self.status == self.Status.TAKEN_BACK

    def reopen(self, *, at: dt.datetime, actor: Actor) -> None:
        """Back to choosing columns. Raises TransitionRefused."""
        self._move(self.Status.UPLOADED, at, actor, _("Opened the columns of the import “%(file)s” again"), cursor=0)

    def rehearsed(self, counts: dict[str, int], *, at: dt.datetime, actor: Actor) -> None:
        """Every line has its verdict; nothing is written. Raises TransitionRefused."""
        said = _("Rehearsed the import “%(file)s”")
        self._move(self.Status.REHEARSED, at, actor, said, counts=counts, cursor=0, why="")

    def confirm(self, *, at: dt.datetime, actor: Actor) -> None:
        """From now on it is written, however often the writer dies. Raises TransitionRefused."""
        self._move(self.Status.CONFIRMED, at, actor, _("Confirmed the import “%(file)s”"), why="")

    def finish(self, counts: dict[str, int], *, at: dt.datetime, actor: Actor) -> None:
        """The last line is written. Raises TransitionRefused."""
        self._move(self.Status.DONE, at, actor, _("Imported “%(file)s”"), counts=counts, finished_at=at, why="")

    def take_back(self, *, at: dt.datetime, actor: Actor) -> None:
        """From now on what it made is taken away, as far as nobody has touched it since. Raises TransitionRefused."""
        said = _("Began to take the import “%(file)s” back")
        self._move(self.Status.TAKING_BACK, at, actor, said, cursor=0, taken_back_at=at, why="")

    def taken_back(self, *, at: dt.datetime, actor: Actor) -> None:
        """Every line was tried. Raises TransitionRefused."""
        self._move(self.Status.TAKEN_BACK, at, actor, _("Took the import “%(file)s” back"), cursor=0, why="")

    def stop(self, why: str, *, at: dt.datetime, actor: Actor) -> None:
        """It cannot go on by itself; the reason is for a person. Raises TransitionRefused."""
        self._move(self.Status.FAILED, at, actor, _("The import “%(file)s” stopped"), why=why[:300])

    def discard(self, *, at: dt.datetime, actor: Actor) -> None:
        """Nobody wants it any more. Raises TransitionRefused."""
        self._move(self.Status.DISCARDED, at, actor, _("Discarded the import “%(file)s”"))

    def _move(self, to: str, at: dt.datetime, actor: Actor, sentence: Any, **also: Any) -> None:
        move(
            self,
            to,
            moves=self.MOVES,
            at=at,
            actor=actor,
            verb=f"intake.{to}",
            sentence=sentence,
            also=also,
            params={"file": self.file_name},
        )


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
        found = dict(self.order_by().values_list("verdict").annotate(Count("pk")))
        return {verdict: found.get(verdict, 0) for verdict in IntakeLine.Verdict.values}


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
