"""Who is away and who stands in meanwhile; what somebody handed to somebody else for good."""

import datetime as dt

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from crm.base.models import Stamped
from crm.team.models.users import User


class LeaveQuerySet(models.QuerySet["Leave"]):
    def visible_to(self, user: User) -> "LeaveQuerySet":
        """Colleagues know when each other is away."""
        return self

    def standing(self) -> "LeaveQuerySet":
        return self.filter(withdrawn_at__isnull=True)

    def ahead(self, on: dt.date) -> "LeaveQuerySet":
        """Those that run on that day or begin later."""
        return self.standing().filter(last_on__gte=on).order_by("first_on", "pk")

    def touching(self, first_on: dt.date, last_on: dt.date) -> "LeaveQuerySet":
        return self.standing().filter(first_on__lte=last_on, last_on__gte=first_on)


class Leave(Stamped):
    """A colleague is away, first and last day included, and a deputy stands in. Nothing changes hands."""

    user = models.ForeignKey(User, models.PROTECT, related_name="leaves", verbose_name=_("colleague"))
    deputy = models.ForeignKey(User, models.PROTECT, related_name="stands_in", verbose_name=_("deputy"))
    first_on = models.DateField(_("first day"))
    last_on = models.DateField(_("last day"))
    note = models.CharField(_("note"), max_length=160, blank=True)
    withdrawn_at = models.DateTimeField(_("called off"), null=True, blank=True, editable=False)

    objects = LeaveQuerySet.as_manager()

    class Meta:
        verbose_name = _("leave")
        verbose_name_plural = _("leaves")
        ordering = ["-first_on", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(last_on__gte=F("first_on")), name="leave_forward"),
            models.CheckConstraint(condition=~Q(deputy=F("user")), name="leave_deputy_is_another"),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.first_on} - {self.last_on}"

    def covers(self, on: dt.date) -> bool:
        return self.withdrawn_at is None and self.first_on <= on <= self.last_on


class HandOverQuerySet(models.QuerySet["HandOver"]):
    def visible_to(self, user: User) -> "HandOverQuerySet":
        return self if user.has_perm("crm.hand_over") else self.filter(Q(giver=user) | Q(taker=user))


class HandOver(Stamped):
    """What one colleague gave another for good: the rows by kind, so that it can be taken back."""

    giver = models.ForeignKey(User, models.PROTECT, related_name="given", verbose_name=_("from"))
    taker = models.ForeignKey(User, models.PROTECT, related_name="taken", verbose_name=_("to"))
    decided_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("decided by"))
    moved = models.JSONField(_("what changed hands"), default=dict, help_text='{"tasks": [1, 2]}')
    undone_at = models.DateTimeField(_("taken back"), null=True, blank=True, editable=False)

    objects = HandOverQuerySet.as_manager()

    class Meta:
        verbose_name = _("hand-over")
        verbose_name_plural = _("hand-overs")
        ordering = ["-created_at", "-id"]
        constraints = [
            models.CheckConstraint(condition=~Q(giver=F("taker")), name="hand_over_to_another"),
        ]

    def __str__(self) -> str:
        return f"{self.giver} → {self.taker}"
