"""What the machine found in a version, and what somebody decided about it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from campaigns.approvals.models.seen import OfVersion
from campaigns.approvals.models.versions import ContentVersion
from crm.base.models import Stamped
from crm.influencers.models import Platform


class CheckResultQuerySet(OfVersion):
    def holding(self) -> "CheckResultQuerySet":
        """Found, holds the approval, and nobody waived it."""
        return self.filter(outcome=CheckResult.Outcome.FAIL, holds=True, waived_at__isnull=True)


class CheckResult(Stamped):
    """The outcome of one rule for one caption of a version. A later look replaces it; a waiver stays while it finds the same.

    `start` and `end` count code points in the caption; `said` is what was found in words, in both languages.
    """

    class Outcome(models.TextChoices):
        PASS = "pass", _("Clean")
        WARN = "warn", _("To know")
        FAIL = "fail", _("Wrong")
        SKIP = "skip", _("Not checked")
        HAND = "hand", _("Somebody looks")

    version = models.ForeignKey(
        ContentVersion, models.DO_NOTHING, db_constraint=False, related_name="checks", verbose_name=_("version")
    )
    platform = models.ForeignKey(
        Platform, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("platform"),
        help_text=_("Empty: the deliverable's own."),
    )  # fmt: skip
    rule = models.CharField(_("rule"), max_length=20)
    key = models.CharField(_("which finding"), max_length=80, blank=True)
    outcome = models.CharField(_("outcome"), max_length=4, choices=Outcome)
    holds = models.BooleanField(_("holds the approval"), default=False)
    start = models.PositiveIntegerField(_("from character"), null=True, blank=True)
    end = models.PositiveIntegerField(_("to character"), null=True, blank=True)
    quoted = models.CharField(_("words"), max_length=300, blank=True)
    said_en = models.CharField(_("found"), max_length=400, blank=True)
    said_id = models.CharField(_("found, in Indonesian"), max_length=400, blank=True)
    source = models.CharField(_("source"), max_length=200, blank=True)
    source_url = models.URLField(_("source address"), max_length=400, blank=True)
    waived_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("waived by")
    )
    waived_at = models.DateTimeField(_("waived"), null=True, blank=True, editable=False)
    waive_reason = models.CharField(_("because"), max_length=300, blank=True)

    objects = CheckResultQuerySet.as_manager()

    class Meta:
        verbose_name = _("check result")
        verbose_name_plural = _("check results")
        ordering = ["version", "rule", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "rule", "key"], condition=Q(platform__isnull=True), name="check_result_once"
            ),
            models.UniqueConstraint(
                fields=["version", "platform", "rule", "key"],
                condition=Q(platform__isnull=False),
                name="check_result_once_elsewhere",
            ),
            models.CheckConstraint(
                condition=Q(waived_at__isnull=True) | ~Q(waive_reason=""), name="check_result_waived_has_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rule}: {self.get_outcome_display()}"
