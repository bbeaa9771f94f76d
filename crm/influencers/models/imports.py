"""Imports: a run keeps its file, its mapping, its verdict per row, and what it changed."""

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from crm.base.models import Stamped
from crm.influencers.models.reference import Platform
from crm.timeline.record import Actor
from crm.timeline.transitions import Moves, may_move, move

if TYPE_CHECKING:
    from crm.team.models import User

# A run that wrote nothing for this long has lost its worker and is taken up at the next minute. A batch takes a second
# or two; should a slow worker be alive after all, the two take turns and no row is written twice.
STALLED_AFTER = dt.timedelta(seconds=30)


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
        return (self.unfinished() | self.to_be_read()).filter(updated_at__lt=now - STALLED_AFTER)

    def done_with(self, sha256: str) -> "ImportRunQuerySet":
        """Earlier imports of the very same file, the newest first."""
        return self.filter(sha256=sha256, status=ImportRun.Status.DONE).order_by("-finished_at", "-id")


class ImportRun(Stamped):
    """One file on its way in. Nothing is written before it is confirmed; `cursor` is the last line finished."""

    class Status(models.TextChoices):
        UPLOADED = "uploaded", _("Uploaded")
        REHEARSED = "rehearsed", _("Rehearsed")
        CONFIRMED = "confirmed", _("Being imported")
        DONE = "done", _("Done")
        FAILED = "failed", _("Stopped")
        DISCARDED = "discarded", _("Discarded")

    MOVES: Moves = {
        Status.UPLOADED: (Status.REHEARSED, Status.FAILED),
        Status.REHEARSED: (Status.UPLOADED,),
        Status.CONFIRMED: (Status.REHEARSED, Status.FAILED),
        Status.DONE: (Status.CONFIRMED,),
        Status.FAILED: (Status.CONFIRMED, Status.UPLOADED),
        Status.DISCARDED: (Status.UPLOADED, Status.REHEARSED),
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

    TONES = {
        Status.UPLOADED: "warn",
        Status.REHEARSED: "warn",
        Status.CONFIRMED: "info",
        Status.DONE: "ok",
        Status.FAILED: "bad",
        Status.DISCARDED: "",
    }

    @property
    def tone(self) -> str:
        """The colour of the status."""
        return self.TONES[self.Status(self.status)]

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
    def may_be_discarded(self) -> bool:
        return may_move(self, self.Status.DISCARDED, self.MOVES)

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
        return self.is_being_read or self.is_confirmed

    @property
    def is_done(self) -> bool:
        return self.status == self.Status.DONE

    @property
    def has_stopped(self) -> bool:
        return self.status == self.Status.FAILED

    @property
    def to_write(self) -> int:
        """How many rows would change something."""
        return sum(self.counts.get(verdict, 0) for verdict in (ImportRow.Verdict.NEW, ImportRow.Verdict.UPDATE))

    def claim(self, now: dt.datetime) -> bool:
        """Take up a run nobody is at; False when somebody else was quicker."""
        return bool(ImportRun.objects.stalled(now).filter(pk=self.pk).update(updated_at=now))

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

    def discard(self, *, at: dt.datetime, actor: Actor) -> None:
        """Nobody wants it any more. Raises TransitionRefused."""
        self._move(self.Status.DISCARDED, at, actor, _("Discarded the import “%(file)s”"))

    def _move(self, to: str, at: dt.datetime, actor: Actor, sentence: Any, **also: Any) -> None:
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
            params={"file": self.file_name, **counts},
        )


class ImportRowQuerySet(models.QuerySet["ImportRow"]):
    def with_verdict(self, verdict: str) -> "ImportRowQuerySet":
        return self.filter(verdict=verdict)

    def with_trouble(self) -> "ImportRowQuerySet":
        """Rows a person may want to correct: left out, or with something that could not be read."""
        return self.exclude(cells=[])

    def to_write_after(self, line: int) -> "ImportRowQuerySet":
        """Rows still to be written: those with facts, in the order of the file."""
        left_out = (ImportRow.Verdict.DUPLICATE, ImportRow.Verdict.REJECTED)
        return self.filter(line__gt=line).exclude(verdict__in=left_out).order_by("line")

    def counts(self) -> dict[str, int]:
        """How many rows have which verdict; verdicts nobody has are 0."""
        found = dict(self.order_by().values_list("verdict").annotate(Count("pk")))
        return {verdict: found.get(verdict, 0) for verdict in ImportRow.Verdict.values}


class ImportRow(models.Model):
    """One line of the file: what was read, what came of it and why, and what it changed."""

    class Verdict(models.TextChoices):
        NEW = "new", _("New")
        UPDATE = "update", _("Update")
        UNCHANGED = "unchanged", _("Unchanged")
        DUPLICATE = "duplicate", _("Duplicate")
        CONFLICT = "conflict", _("Needs a person")
        REJECTED = "rejected", _("Rejected")

    run = models.ForeignKey(ImportRun, models.CASCADE, related_name="rows", verbose_name=_("import"))
    line = models.PositiveIntegerField(_("line"))
    verdict = models.CharField(_("verdict"), max_length=10, choices=Verdict)
    reasons = models.JSONField(_("reasons"), default=list, blank=True, help_text='[["code", "column", "text"]]')
    cells = models.JSONField(
        _("as it stood"), default=list, blank=True, help_text=_("Kept for rows with trouble only.")
    )
    facts = models.JSONField(_("as it was read"), default=dict, blank=True)
    changed = models.JSONField(_("what it changed"), default=dict, blank=True)
    influencer_ref = models.BigIntegerField(_("person"), null=True, blank=True)
    chosen_ref = models.BigIntegerField(
        _("person chosen"),
        null=True,
        blank=True,
        help_text=_("Whose row it is, where it names accounts of two people."),
    )
    written_at = models.DateTimeField(_("written"), null=True, blank=True)

    objects = ImportRowQuerySet.as_manager()

    class Meta:
        verbose_name = _("import row")
        verbose_name_plural = _("import rows")
        ordering = ["line"]
        constraints = [models.UniqueConstraint(fields=["run", "line"], name="import_row_once")]
        indexes = [models.Index(fields=["run", "verdict", "line"], name="import_row_verdict")]

    def __str__(self) -> str:
        return f"{self.line}: {self.verdict}"
