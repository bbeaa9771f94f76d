"""Imports: a run keeps its file, its mapping, its verdict per row, and what it changed."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from crm.base.models import Stamped
from crm.influencers.models.reference import Platform

if TYPE_CHECKING:
    from crm.team.models import User


class ImportMapping(Stamped):
    """Which column means what, remembered per set of headers."""

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
        return self

    def newest_first(self) -> "ImportRunQuerySet":
        return self.order_by("-created_at", "-id")


class ImportRun(Stamped):
    """One file on its way in. Nothing is written before it is confirmed; `cursor` is how far it got."""

    class Status(models.TextChoices):
        UPLOADED = "uploaded", _("Uploaded")
        REHEARSED = "rehearsed", _("Rehearsed")
        CONFIRMED = "confirmed", _("Waiting to start")
        RUNNING = "running", _("Running")
        DONE = "done", _("Done")
        FAILED = "failed", _("Stopped")
        DISCARDED = "discarded", _("Discarded")

    file = models.FileField(_("file"), upload_to="imports/%Y/%m/")
    file_name = models.CharField(_("file name"), max_length=160)
    sha256 = models.CharField("SHA-256", max_length=64)
    columns = models.JSONField(_("columns"), default=dict, blank=True)
    platform = models.ForeignKey(
        Platform, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("platform")
    )
    counted_at = models.DateTimeField(_("numbers are from"), null=True, blank=True)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.UPLOADED)
    total = models.PositiveIntegerField(_("rows"), default=0)
    cursor = models.PositiveIntegerField(_("rows finished"), default=0)
    counts = models.JSONField(_("counts"), default=dict, blank=True)
    why = models.CharField(_("reason"), max_length=300, blank=True)
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("started by")
    )
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)

    objects = ImportRunQuerySet.as_manager()

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")

    def __str__(self) -> str:
        return self.file_name


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
    reasons = models.JSONField(_("reasons"), default=list, blank=True)
    cells = models.JSONField(_("as it stood"), default=list, blank=True)
    facts = models.JSONField(_("as it was read"), default=dict, blank=True)
    changed = models.JSONField(_("what it changed"), default=dict, blank=True)
    influencer_ref = models.BigIntegerField(_("person"), null=True, blank=True)
    written_at = models.DateTimeField(_("written"), null=True, blank=True)

    class Meta:
        verbose_name = _("import row")
        verbose_name_plural = _("import rows")
        ordering = ["line"]
        constraints = [models.UniqueConstraint(fields=["run", "line"], name="import_row_once")]
        indexes = [models.Index(fields=["run", "verdict", "line"], name="import_row_verdict")]

    def __str__(self) -> str:
        return f"{self.line}: {self.verdict}"
