"""How long what is kept, and what became of each look at it."""

import datetime as dt
from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

from crm.base.models import Reference, ReferenceQuerySet

if TYPE_CHECKING:
    from crm.team.models import User


class RetentionRuleQuerySet(ReferenceQuerySet):
    def switched_on(self) -> "RetentionRuleQuerySet":
        return self.filter(is_on=True)


class RetentionRule(Reference):
    """One kind of data goes so many days after it was last needed. What it means is said by the room that registers the key."""

    key = models.SlugField(_("what it is about"), max_length=40, unique=True)
    days = models.PositiveIntegerField(_("kept for days"))
    is_on = models.BooleanField(_("in use"), default=True)
    asks_first = models.BooleanField(
        _("asks a person first"), default=False, help_text=_("Puts a line on Today instead of taking anything away.")
    )

    objects = RetentionRuleQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        verbose_name = _("retention rule")
        verbose_name_plural = _("retention rules")
        ordering = ["key"]

    def __str__(self) -> str:
        return self.key


class RetentionRunQuerySet(models.QuerySet["RetentionRun"]):
    def visible_to(self, user: "User") -> "RetentionRunQuerySet":
        return self

    def of_day(self, on: dt.date) -> "RetentionRunQuerySet":
        return self.filter(on=on)

    def finished(self) -> "RetentionRunQuerySet":
        """Looked through to the end that day, or given up until the next."""
        return self.filter(finished_at__isnull=False)

    def broken(self) -> "RetentionRunQuerySet":
        return self.exclude(trouble="")

    def newest_first(self) -> "RetentionRunQuerySet":
        return self.order_by("-on", "key")


class RetentionRun(models.Model):
    """One rule looked through on one day: claimed by its row, so that two clocks take nothing twice."""

    key = models.SlugField(_("rule"), max_length=40)
    on = models.DateField(_("day"))
    started_at = models.DateTimeField(_("begun"))
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)
    gone = models.PositiveIntegerField(_("taken away"), default=0)
    asked = models.PositiveIntegerField(_("asked about"), default=0)
    trouble = models.TextField(_("what went wrong"), blank=True)

    objects = RetentionRunQuerySet.as_manager()

    class Meta:
        verbose_name = _("retention run")
        verbose_name_plural = _("retention runs")
        ordering = ["-on", "key"]
        constraints = [models.UniqueConstraint(fields=["key", "on"], name="retention_run_once")]

    def __str__(self) -> str:
        return f"{self.key} {self.on}"
