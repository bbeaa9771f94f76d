"""Copies that were made of everything: backups for this house, exports for any other."""

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from crm.base.models import Stamped
from crm.outbox.reasons import in_words

if TYPE_CHECKING:
    from crm.team.models import User

LEASE = dt.timedelta(minutes=5)
"""For how long an export belongs to its worker without a sign of life. One large file may take minutes."""

KEPT = dt.timedelta(hours=48)
"""For how long a finished export can be fetched."""


class BackupRunQuerySet(models.QuerySet["BackupRun"]):
    def visible_to(self, user: "User") -> "BackupRunQuerySet":
        return self

    def good(self) -> "BackupRunQuerySet":
        """Written to the end, and still there as far as anybody said."""
        return self.filter(finished_at__isnull=False, trouble="", gone_at__isnull=True)

    def verified(self) -> "BackupRunQuerySet":
        """Good, and brought back once to see that it can be."""
        return self.good().filter(verified_at__isnull=False, verify_trouble="")

    def failed(self) -> "BackupRunQuerySet":
        return self.exclude(trouble="")

    def nightly(self) -> "BackupRunQuerySet":
        return self.filter(kind=BackupRun.Kind.NIGHT)

    def of_night(self, night: dt.date) -> "BackupRunQuerySet":
        return self.nightly().filter(night_on=night)

    def dead(self, since: dt.datetime) -> "BackupRunQuerySet":
        """Begun so long ago that whoever wrote it has ended under it."""
        return self.filter(finished_at__isnull=True, trouble="", started_at__lt=since)

    def newest_first(self) -> "BackupRunQuerySet":
        return self.order_by("-started_at", "-pk")


class BackupRun(Stamped):
    """One backup, also one that failed. The row of a night is claimed first, so that two clocks make one."""

    class Kind(models.TextChoices):
        NIGHT = "night", _("Every night")
        HAND = "hand", _("By hand")
        BEFORE = "before", _("Before a restore")

    kind = models.CharField(_("kind"), max_length=6, choices=Kind)
    night_on = models.DateField(_("night of"), null=True, blank=True)
    started_at = models.DateTimeField(_("begun"))
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)
    place = models.CharField(_("where it is"), max_length=500, blank=True)
    size = models.PositiveBigIntegerField(_("bytes"), default=0)
    sha256 = models.CharField(_("checksum"), max_length=64, blank=True)
    counted = models.JSONField(_("what is in it"), default=dict, blank=True)
    trouble = models.TextField(_("what went wrong"), blank=True)
    verified_at = models.DateTimeField(_("brought back for a look"), null=True, blank=True)
    verify_trouble = models.TextField(_("what the look found"), blank=True)
    gone_at = models.DateTimeField(_("removed"), null=True, blank=True)

    objects = BackupRunQuerySet.as_manager()

    class Meta:
        verbose_name = _("backup")
        verbose_name_plural = _("backups")
        ordering = ["-started_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["night_on"], condition=models.Q(kind="night"), name="backup_one_a_night"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.started_at:%Y-%m-%d %H:%M}"

    def is_in(self, folder: Path) -> bool:
        return Path(self.place).parent == folder

    def finish(self, place: str, size: int, sha256: str, *, at: dt.datetime, **counted: int) -> None:
        """It is written, whole, and on the disk."""
        self.place, self.size, self.sha256, self.counted, self.finished_at = place, size, sha256, counted, at
        self.save(update_fields=["place", "size", "sha256", "counted", "finished_at", "updated_at"])

    def fail(self, why: str) -> None:
        self.trouble = why
        self.save(update_fields=["trouble", "updated_at"])

    def note_look(self, at: dt.datetime, trouble: str = "") -> None:
        """It was brought back for a look; `trouble` says what was found wrong, and takes an earlier good word back."""
        self.verified_at, self.verify_trouble = (None if trouble else at), trouble
        self.save(update_fields=["verified_at", "verify_trouble", "updated_at"])

    def take_away(self, at: dt.datetime) -> None:
        self.gone_at = at
        self.save(update_fields=["gone_at", "updated_at"])


class ExportRunQuerySet(models.QuerySet["ExportRun"]):
    def visible_to(self, user: "User") -> "ExportRunQuerySet":
        return self

    def running(self) -> "ExportRunQuerySet":
        return self.filter(finished_at__isnull=True, trouble="")

    def stalled(self, now: dt.datetime) -> "ExportRunQuerySet":
        """Running, and nobody has been at it for as long as its lease."""
        return self.running().filter(models.Q(lease_until__isnull=True) | models.Q(lease_until__lt=now))

    def over(self, now: dt.datetime) -> "ExportRunQuerySet":
        """Still kept, although nobody may fetch it any more."""
        return self.exclude(place="").filter(expires_at__lte=now)

    def fetchable(self, now: dt.datetime) -> "ExportRunQuerySet":
        """Finished, without trouble, and not expired."""
        return self.filter(finished_at__isnull=False, trouble="", expires_at__gt=now).exclude(place="")

    def newest_first(self) -> "ExportRunQuerySet":
        return self.order_by("-started_at", "-pk")


class ExportRun(Stamped):
    """Everything in open formats, asked for by the owner: how far it is, where it lies, until when it can be fetched."""

    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("asked by")
    )
    started_at = models.DateTimeField(_("begun"))
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)
    rows_done = models.PositiveBigIntegerField(_("rows written"), default=0)
    rows_expected = models.PositiveBigIntegerField(_("rows expected"), default=0)
    place = models.CharField(_("where it is"), max_length=500, blank=True)
    size = models.PositiveBigIntegerField(_("bytes"), default=0)
    sha256 = models.CharField(_("checksum"), max_length=64, blank=True)
    trouble = models.TextField(_("what went wrong"), blank=True)
    expires_at = models.DateTimeField(_("to be fetched by"), null=True, blank=True)
    fetched_at = models.DateTimeField(_("fetched"), null=True, blank=True)
    lease_until = models.DateTimeField(_("being written until"), null=True, blank=True)

    objects = ExportRunQuerySet.as_manager()

    class Meta:
        verbose_name = _("export of everything")
        verbose_name_plural = _("exports of everything")
        ordering = ["-started_at", "-id"]

    def __str__(self) -> str:
        return f"{self.started_at:%Y-%m-%d %H:%M}"

    @property
    def why(self) -> str:
        """What went wrong, in the language of whoever reads it now."""
        return in_words(self.trouble)

    @property
    def is_under_way(self) -> bool:
        return self.finished_at is None and not self.trouble

    @property
    def standing(self) -> dict[str, Any]:
        """What became of it: a word and a tone."""
        if self.trouble:
            return {"label": _("did not end"), "tone": "bad"}
        if self.is_under_way:
            return {"label": _("being written"), "tone": "info"}
        return {"label": _("ready"), "tone": "ok"} if self.place else {"label": _("deleted"), "tone": ""}

    def may_be_fetched(self, now: dt.datetime) -> bool:
        return bool(self.place and not self.trouble and self.expires_at and self.expires_at > now)

    def claim(self, now: dt.datetime) -> bool:
        """Take it up for as long as a lease; False when somebody is at it, or it is over."""
        mine = ExportRun.objects.stalled(now).filter(pk=self.pk)
        return bool(mine.update(lease_until=now + LEASE, rows_done=0))

    def reach(self, done: int, of: int, *, at: dt.datetime) -> None:
        """Keep how far it is, with a sign of life."""
        ExportRun.objects.running().filter(pk=self.pk).update(rows_done=done, rows_expected=of, lease_until=at + LEASE)

    def finish(self, place: str, *, size: int, sha256: str, at: dt.datetime) -> bool:
        """It lies there, to be fetched for some days; False when it was over already."""
        return bool(
            ExportRun.objects.running()
            .filter(pk=self.pk)
            .update(place=place, size=size, sha256=sha256, finished_at=at, expires_at=at + KEPT, lease_until=None)
        )

    def fail(self, trouble: str, *, at: dt.datetime) -> None:
        ExportRun.objects.running().filter(pk=self.pk).update(trouble=trouble, finished_at=at, lease_until=None)
