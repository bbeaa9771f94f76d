"""Times in which nobody reminds a person."""

import datetime as dt
from collections.abc import Collection

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from crm.base.models import Stamped
from crm.base.zones import local_date
from crm.influencers.models.people import Influencer


class ReminderPauseQuerySet(models.QuerySet["ReminderPause"]):
    def standing(self) -> "ReminderPauseQuerySet":
        """Those nobody ended before their last day."""
        return self.filter(ended_at__isnull=True)

    def of_people(self, influencer_ids: Collection[int]) -> "ReminderPauseQuerySet":
        return self.filter(influencer_id__in=influencer_ids)


class ReminderPause(Stamped):
    """Nobody reminds this person through that day, and why: she moves house, she mourns, she asked for calm."""

    influencer = models.ForeignKey(
        Influencer, models.CASCADE, related_name="reminder_pauses", verbose_name=_("influencer")
    )
    since_at = models.DateTimeField(_("since"))
    until_on = models.DateField(_("last day"))
    why = models.CharField(_("because"), max_length=200)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("decided by")
    )
    ended_at = models.DateTimeField(_("ended early"), null=True, blank=True, editable=False)

    objects = ReminderPauseQuerySet.as_manager()

    class Meta:
        verbose_name = _("pause of reminders")
        verbose_name_plural = _("pauses of reminders")
        ordering = ["-since_at", "-id"]
        constraints = [
            models.CheckConstraint(condition=~Q(why=""), name="reminder_pause_says_why"),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("since_at")), name="reminder_pause_forward"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.influencer}: {self.until_on}"

    def holds_at(self, at: dt.datetime, zone: str) -> bool:
        """Whether nobody reminds her at that moment; the last day is hers, where she is."""
        return self.since_at <= at and self.ended_at is None and local_date(at, zone) <= self.until_on
