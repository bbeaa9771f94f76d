"""The address under which a colleague's calendar reads what ends when."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from crm.team.models import User


class CalendarFeedQuerySet(models.QuerySet["CalendarFeed"]):
    def visible_to(self, user: "User") -> "CalendarFeedQuerySet":
        """Everybody's own."""
        return self.filter(user=user)

    def standing(self) -> "CalendarFeedQuerySet":
        """Addresses that still answer, of colleagues who are still here."""
        return self.filter(revoked_at__isnull=True, user__is_active=True)


class CalendarFeed(models.Model):
    """One address of one colleague. Only the hash of its secret stays here; a new address ends the one before.

    She has one for everything and one for each bigger thing she follows (`within`: "campaigns.campaign:5").
    """

    class Reads(models.TextChoices):
        CLOSES = "closes", _("what closes")
        DEADLINES = "deadlines", _("deadlines")
        BOTH = "both", _("deadlines and what closes")

    class Whose(models.TextChoices):
        ALL = "all", _("of everybody")
        MINE = "mine", _("I look after")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("colleague"))
    token_sha256 = models.CharField(max_length=64, unique=True, editable=False)
    reads = models.CharField(_("what stands in it"), max_length=10, choices=Reads, default=Reads.CLOSES)
    whose = models.CharField(_("whose"), max_length=10, choices=Whose, default=Whose.ALL)
    within = models.CharField(_("only of"), max_length=60, blank=True)
    within_label = models.CharField(_("only of (name)"), max_length=200, blank=True)
    created_at = models.DateTimeField(_("made"))
    revoked_at = models.DateTimeField(_("ended"), null=True, blank=True)

    objects = CalendarFeedQuerySet.as_manager()

    class Meta:
        verbose_name = _("calendar address")
        verbose_name_plural = _("calendar addresses")
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "within"], condition=Q(revoked_at__isnull=True), name="calendar_feed_one_each"
            ),
        ]

    def __str__(self) -> str:
        return str(self.user)
