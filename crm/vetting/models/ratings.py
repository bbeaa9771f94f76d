"""How named colleagues judge what somebody makes."""

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from crm.base.models import Stamped
from crm.influencers.models import Influencer

if TYPE_CHECKING:
    from crm.team.models import User

BETWEEN = [MinValueValidator(1), MaxValueValidator(5)]


class RatingQuerySet(models.QuerySet["Rating"]):
    def visible_to(self, user: "User") -> "RatingQuerySet":
        """People belong to the whole organisation, and so do opinions about them."""
        return self

    def standing(self) -> "RatingQuerySet":
        """The newest of each rater."""
        return self.filter(superseded_at__isnull=True)

    def oldest_first(self) -> "RatingQuerySet":
        return self.order_by("rated_at", "id")


class Rating(Stamped):
    """One colleague's opinion on one day, 1 to 5. The newest of each counts; older ones are the trend."""

    ASPECTS: ClassVar[tuple[str, ...]] = ("visual", "storytelling", "taste", "consistency")

    influencer = models.ForeignKey(Influencer, models.CASCADE, related_name="ratings", verbose_name=_("influencer"))
    rater = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("rater")
    )
    rater_name = models.CharField(_("name of the rater"), max_length=120)
    visual = models.PositiveSmallIntegerField(_("visual"), validators=BETWEEN)
    storytelling = models.PositiveSmallIntegerField(_("storytelling"), validators=BETWEEN)
    taste = models.PositiveSmallIntegerField(_("taste"), validators=BETWEEN)
    consistency = models.PositiveSmallIntegerField(_("consistency"), validators=BETWEEN)
    note = models.CharField(_("in a few words"), max_length=300, blank=True)
    rated_at = models.DateTimeField(_("rated"))
    superseded_at = models.DateTimeField(_("replaced"), null=True, blank=True, editable=False)

    objects = RatingQuerySet.as_manager()

    class Meta:
        verbose_name = _("rating")
        verbose_name_plural = _("ratings")
        ordering = ["-rated_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["influencer", "rater"],
                condition=Q(superseded_at__isnull=True, rater__isnull=False),
                name="rating_one_standing",
            ),
            *(
                models.CheckConstraint(
                    condition=Q(**{f"{aspect}__gte": 1, f"{aspect}__lte": 5}), name=f"rating_{aspect}_1_to_5"
                )
                for aspect in ("visual", "storytelling", "taste", "consistency")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rater_name}: {self.mean}"

    @property
    def mean(self) -> Decimal:
        """All aspects together, to one digit."""
        total = sum(getattr(self, aspect) for aspect in self.ASPECTS)
        return (Decimal(total) / len(self.ASPECTS)).quantize(Decimal("0.1"))

    def counted_at(self, at: dt.datetime) -> bool:
        """Whether this was its rater's newest opinion at that moment."""
        return self.rated_at <= at and (self.superseded_at is None or self.superseded_at > at)
