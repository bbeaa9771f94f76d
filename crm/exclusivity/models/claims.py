"""What the database itself keeps apart: one row for each stretch of a promise, on either side."""

import datetime as dt
from collections.abc import Collection, Mapping
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from crm.base.int_sets import IntSetField
from crm.base.models import Stamped
from crm.base.windows import Window
from crm.brands.models import Brand, BrandOwner
from crm.influencers.models import Influencer

BEGINNING = dt.datetime(1900, 1, 1, tzinfo=dt.UTC)
END = dt.datetime(2999, 12, 31, tzinfo=dt.UTC)
"""What stands for "without limit": an interval of the database has two ends."""
FACT, WAIVER = "fact", "waiver"
"""Why a claim is not guarded: it happened whatever was promised, or somebody allowed it."""


class ClaimQuerySet(models.QuerySet["Claim"]):
    def active(self) -> "ClaimQuerySet":
        return self.filter(active=True)

    def of_source(self, ref: str) -> "ClaimQuerySet":
        return self.filter(source=ref)

    def barring(self, window: Window, numbers: Mapping[str, Collection[int]]) -> "ClaimQuerySet":
        """Bars under guard that touch these instants and meet all of these sets of numbers."""
        asked: dict[str, Any] = {f"{name}__meets": known for name, known in numbers.items()}
        if window.end_at is not None:
            asked["start_at__lt"] = window.end_at
        if window.start_at is not None:
            asked["end_at__gt"] = window.start_at
        return self.filter(active=True, side=Claim.Side.BAR, **asked)

    def of_people(self, people: "list[int]") -> "ClaimQuerySet":
        return self.filter(influencer__in=people)


class Claim(Stamped):
    """A bar or an engagement of one person over one stretch of time, in the numbers the guard compares.

    Derived and never edited: `crm.exclusivity.gate` writes it, and the guard refuses an active bar and an active
    engagement of another house that meet (crm.exclusivity.guard).
    """

    class Side(models.IntegerChoices):
        BAR = 0, _("Bar")
        ENGAGEMENT = 1, _("Engagement")

    NUMBERS: ClassVar[tuple[str, ...]] = ("subjects", "channels", "territories", "acts")

    influencer = models.ForeignKey(Influencer, models.PROTECT, related_name="+", verbose_name=_("influencer"))
    side = models.SmallIntegerField(_("side"), choices=Side)
    source = models.CharField(_("from"), max_length=80, help_text="crm.clause:3")
    house = models.ForeignKey(BrandOwner, models.PROTECT, related_name="+", verbose_name=_("house"))
    brand = models.ForeignKey(Brand, models.PROTECT, related_name="+", verbose_name=_("brand"))
    within_house = models.BooleanField(
        _("also within the house"), help_text=_("A bar that counts sister brands; every engagement may meet one.")
    )
    start_at = models.DateTimeField(_("from"))
    end_at = models.DateTimeField(_("until"))
    subjects = IntSetField(_("subjects"))
    channels = IntSetField(_("channels"))
    territories = IntSetField(_("territories"))
    acts = IntSetField(_("acts"))
    active = models.BooleanField(_("guarded"), default=True)
    why = models.CharField(_("why not guarded"), max_length=80, blank=True)

    objects = ClaimQuerySet.as_manager()

    class Meta:
        verbose_name = _("claim")
        verbose_name_plural = _("claims")
        indexes = [
            models.Index(fields=["influencer", "side", "end_at"], name="claim_person"),
            models.Index(fields=["source"], name="claim_source"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(start_at__lt=F("end_at")), name="claim_forward"),
            models.CheckConstraint(condition=Q(active=True) | ~Q(why=""), name="claim_unguarded_has_reason"),
            models.CheckConstraint(condition=Q(side=0) | Q(within_house=True), name="claim_engagement_meets_any"),
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.start_at:%Y-%m-%d}"
