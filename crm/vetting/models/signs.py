"""What is counted by hand on a profile, and signs that somebody looked into."""

import datetime as dt
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from crm.base.models import Stamped, StoredFile
from crm.influencers.models import SocialAccount
from crm.vetting.models.reference import Threshold

if TYPE_CHECKING:
    from crm.team.models import User


class ProfileSampleQuerySet(models.QuerySet["ProfileSample"]):
    def visible_to(self, user: "User") -> "ProfileSampleQuerySet":
        return self

    def newest_first(self) -> "ProfileSampleQuerySet":
        return self.order_by("-taken_on", "-id")


class ProfileSample(Stamped):
    """What a colleague read off a profile on one day. Of comments only the counts are kept, never whose or which."""

    account = models.ForeignKey(
        SocialAccount, models.CASCADE, related_name="profile_samples", verbose_name=_("account")
    )
    taken_on = models.DateField(_("counted"))
    following = models.PositiveBigIntegerField(_("accounts followed"), null=True, blank=True)
    posts = models.PositiveIntegerField(_("posts in the profile"), null=True, blank=True)
    like_counts = models.JSONField(_("likes of the newest posts"), default=list, blank=True)
    comments_sampled = models.PositiveIntegerField(_("comments looked at"), null=True, blank=True)
    comments_alike = models.PositiveIntegerField(_("of these alike or only emoji"), null=True, blank=True)
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("counted by")
    )

    objects = ProfileSampleQuerySet.as_manager()

    class Meta:
        verbose_name = _("profile sample")
        verbose_name_plural = _("profile samples")
        ordering = ["-taken_on", "-id"]
        indexes = [models.Index(fields=["account", "-taken_on", "-id"], name="profile_sample_newest")]
        constraints = [
            models.CheckConstraint(
                condition=Q(comments_sampled__isnull=True, comments_alike__isnull=True)
                | Q(comments_sampled__gte=1, comments_alike__lte=F("comments_sampled")),
                name="profile_sample_alike_within",
            )
        ]

    def __str__(self) -> str:
        return f"{self.account} {self.taken_on:%Y-%m-%d}"


class ClearanceQuerySet(models.QuerySet["Clearance"]):
    def visible_to(self, user: "User") -> "ClearanceQuerySet":
        return self

    def standing(self, on: dt.date) -> "ClearanceQuerySet":
        """Not taken back, and not over on that day."""
        return self.filter(withdrawn_at__isnull=True, expires_on__gte=on)


class Clearance(Stamped):
    """Somebody looked into a sign and says, with evidence, why it means nothing here. It ends by itself."""

    account = models.ForeignKey(SocialAccount, models.CASCADE, related_name="clearances", verbose_name=_("account"))
    code = models.CharField(_("sign"), max_length=20, choices=Threshold.Code)
    seen = models.CharField(_("what the sign said"), max_length=400, blank=True)
    evidence = models.TextField(_("why it means nothing here"), max_length=2000)
    link = models.URLField(_("link"), max_length=400, blank=True)
    file = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("file")
    )
    cleared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("cleared by")
    )
    cleared_on = models.DateField(_("cleared"))
    expires_on = models.DateField(_("until"))
    withdrawn_at = models.DateTimeField(_("taken back"), null=True, blank=True, editable=False)

    objects = ClearanceQuerySet.as_manager()

    class Meta:
        verbose_name = _("cleared sign")
        verbose_name_plural = _("cleared signs")
        ordering = ["-cleared_on", "-id"]
        indexes = [models.Index(fields=["account", "code", "-expires_on"], name="clearance_of_account")]
        constraints = [
            models.CheckConstraint(condition=~Q(evidence=""), name="clearance_has_evidence"),
            models.CheckConstraint(condition=Q(expires_on__gte=F("cleared_on")), name="clearance_ends_later"),
        ]

    def __str__(self) -> str:
        return f"{self.get_code_display()}: {self.account}"
