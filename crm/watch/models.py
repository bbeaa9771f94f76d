"""What came out of the work of each part, the last good one and the last bad one."""

from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from crm.team.models import User


class OutcomeQuerySet(models.QuerySet["Outcome"]):
    def visible_to(self, user: "User") -> "OutcomeQuerySet":
        return self

    def bad(self) -> "OutcomeQuerySet":
        """Those whose last word was a failure."""
        return self.exclude(why="")


class Outcome(models.Model):
    """One part of Mitra (clock, planner, sender, mailbox, backup): when its work last came out well, and when it last did not."""

    name = models.SlugField(_("part"), max_length=40, unique=True)
    ok_at = models.DateTimeField(_("last came out well"), null=True, blank=True)
    failed_at = models.DateTimeField(_("last failed"), null=True, blank=True)
    why = models.TextField(_("what went wrong"), blank=True, help_text=_("Empty once it came out well again."))
    said = models.JSONField(_("figures"), default=dict, blank=True)
    heartbeat_at = models.DateTimeField(_("told outside"), null=True, blank=True)
    heartbeat_trouble = models.TextField(_("why nobody outside was told"), blank=True)

    objects = OutcomeQuerySet.as_manager()

    class Meta:
        verbose_name = _("outcome")
        verbose_name_plural = _("outcomes")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
