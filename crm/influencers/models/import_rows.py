"""The lines of an import: what was read, what came of it and why, what it changed, what was taken back."""

import datetime as dt

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from crm.timeline.runs import tally


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

    def to_take_back(self, since: dt.datetime, below: int | None = None) -> "ImportRowQuerySet":
        """Rows whose work stands, wholly or in part, and was not tried since; the last line first."""
        tried = Q(taken_back_at__gte=since) | Q(outcome__in=ImportRow.GONE)
        found = self.wrote_something().exclude(tried).order_by("-line")
        return found if below is None else found.filter(line__lt=below)

    def wrote_something(self) -> "ImportRowQuerySet":
        verdicts = (ImportRow.Verdict.NEW, ImportRow.Verdict.UPDATE)
        return self.filter(written_at__isnull=False, verdict__in=verdicts)

    def kept(self) -> "ImportRowQuerySet":
        """Rows of which something could not be taken back."""
        return self.filter(outcome__in=ImportRow.STANDING)

    def outcomes(self) -> dict[str, int]:
        """How many rows came to what when they were taken back."""
        return tally(self.exclude(outcome=""), "outcome", ImportRow.Outcome.values)

    def keep_nothing(self) -> int:
        """Forget what these lines said; that they were there, and what came of them, stays."""
        return self.update(cells=[], facts={})

    def counts(self) -> dict[str, int]:
        """How many rows have which verdict; verdicts nobody has are 0."""
        return tally(self, "verdict", ImportRow.Verdict.values)


class ImportRow(models.Model):
    """One line of the file: what was read, what came of it and why, and what it changed."""

    class Verdict(models.TextChoices):
        NEW = "new", _("New")
        UPDATE = "update", _("Update")
        UNCHANGED = "unchanged", _("Unchanged")
        DUPLICATE = "duplicate", _("Duplicate")
        CONFLICT = "conflict", _("Needs a person")
        REJECTED = "rejected", _("Rejected")

    class Outcome(models.TextChoices):
        REMOVED = "removed", _("Removed")
        BACK = "back", _("Put back")
        PARTLY = "partly", _("Put back in part")
        KEPT = "kept", _("Stays")

    GONE = (Outcome.REMOVED, Outcome.BACK)
    STANDING = (Outcome.PARTLY, Outcome.KEPT)

    run = models.ForeignKey("crm.ImportRun", models.CASCADE, related_name="rows", verbose_name=_("import"))
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
    outcome = models.CharField(_("when taken back"), max_length=8, choices=Outcome, blank=True)
    kept = models.JSONField(_("what stays"), default=list, blank=True, help_text='[["code", "what", "text"]]')
    taken_back_at = models.DateTimeField(_("taken back"), null=True, blank=True)

    objects = ImportRowQuerySet.as_manager()

    class Meta:
        verbose_name = _("import row")
        verbose_name_plural = _("import rows")
        ordering = ["line"]
        constraints = [models.UniqueConstraint(fields=["run", "line"], name="import_row_once")]
        indexes = [
            models.Index(fields=["run", "verdict", "line"], name="import_row_verdict"),
            models.Index(fields=["influencer_ref"], condition=Q(verdict="update"), name="import_row_updated"),
        ]

    def __str__(self) -> str:
        return f"{self.line}: {self.verdict}"
