"""What somebody found out about a person, item by item; nothing found is ever written over."""

import datetime as dt
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from crm.base.models import Stamped, StoredFile
from crm.influencers.models import Influencer
from crm.vetting.models.reference import CheckItem

if TYPE_CHECKING:
    from crm.team.models import User


class CheckQuerySet(models.QuerySet["Check"]):
    def visible_to(self, user: "User") -> "CheckQuerySet":
        """People belong to the whole organisation, and so does what was found out about them."""
        return self

    def standing(self) -> "CheckQuerySet":
        """The newest of each item; what it replaced is history."""
        return self.filter(superseded_at__isnull=True)

    def ending(self, first: dt.date, last: dt.date) -> "CheckQuerySet":
        """Standing checks of people in our lists whose last good day lies between these days, both included."""
        people = Q(influencer__archived_at__isnull=True, influencer__merged_into__isnull=True)
        return self.standing().filter(people, expires_on__gte=first, expires_on__lte=last)

    def holding(self) -> "CheckQuerySet":
        """Failed hard items that nobody has overridden. An old fail holds until somebody looks again."""
        return self.standing().filter(verdict=Check.Verdict.FAIL, item__is_hard=True, override__isnull=True)

    def newest_first(self) -> "CheckQuerySet":
        return self.order_by("-checked_on", "-id")


class Check(Stamped):
    """One item, looked at by one colleague on one day. Never changed: looking again makes a new row."""

    class Verdict(models.TextChoices):
        PASS = "pass", _("Pass")
        CONCERN = "concern", _("Concern")
        FAIL = "fail", _("Fail")
        NOT_APPLICABLE = "na", _("N.A.")

    influencer = models.ForeignKey(Influencer, models.CASCADE, related_name="checks", verbose_name=_("influencer"))
    item = models.ForeignKey(CheckItem, models.PROTECT, related_name="checks", verbose_name=_("item"))
    verdict = models.CharField(_("verdict"), max_length=8, choices=Verdict)
    evidence = models.TextField(_("what was seen"), blank=True, max_length=2000)
    link = models.URLField(_("link"), max_length=400, blank=True)
    file = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("file")
    )
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("checked by")
    )
    checked_on = models.DateField(_("checked"))
    expires_on = models.DateField(_("good until"))
    superseded_at = models.DateTimeField(_("replaced"), null=True, blank=True, editable=False)

    objects = CheckQuerySet.as_manager()

    class Meta:
        verbose_name = _("check")
        verbose_name_plural = _("checks")
        ordering = ["-checked_on", "-id"]
        indexes = [
            models.Index(
                fields=["expires_on", "influencer"], condition=Q(superseded_at__isnull=True), name="check_expiry"
            ),
            models.Index(fields=["influencer", "-checked_on", "-id"], name="check_history"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["influencer", "item"], condition=Q(superseded_at__isnull=True), name="check_one_standing"
            ),
            models.CheckConstraint(
                condition=Q(verdict="pass") | ~Q(evidence="") | ~Q(link="") | Q(file__isnull=False),
                name="check_says_what_was_seen",
            ),
            models.CheckConstraint(condition=Q(expires_on__gt=F("checked_on")), name="check_ends_later"),
        ]

    def __str__(self) -> str:
        return f"{self.item}: {self.get_verdict_display()}"

    def is_over(self, on: dt.date) -> bool:
        """Whether its last good day has passed."""
        return self.expires_on < on

    @property
    def is_hard_fail(self) -> bool:
        return self.verdict == self.Verdict.FAIL and self.item.is_hard

    @property
    def tone(self) -> str:
        """The colour of the verdict."""
        return {"pass": "ok", "concern": "warn", "fail": "bad"}.get(self.verdict, "")


class HoldOverride(Stamped):
    """A reason, logged by somebody who may decide, why an offer may go ahead although a hard item failed."""

    # Field name differs from `check`, which every model class already has as a method.
    failed_check = models.OneToOneField(Check, models.CASCADE, related_name="override", verbose_name=_("failed check"))
    why = models.CharField(_("reason"), max_length=300)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("decided by")
    )
    decided_at = models.DateTimeField(_("decided"))

    class Meta:
        verbose_name = _("override of a hold")
        verbose_name_plural = _("overrides of holds")
        ordering = ["-decided_at"]
        constraints = [models.CheckConstraint(condition=~Q(why=""), name="hold_override_says_why")]

    def __str__(self) -> str:
        return self.why[:60]
