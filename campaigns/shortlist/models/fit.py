"""How much each reason counts when people are ranked."""

from typing import TYPE_CHECKING

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from campaigns.planning.models import Campaign
from crm.base.models import Reference, ReferenceQuerySet

if TYPE_CHECKING:
    from crm.team.models import User


class FitWeightQuerySet(ReferenceQuerySet):
    def visible_to(self, user: "User") -> "FitWeightQuerySet":
        """The house's own are everybody's."""
        brands = user.brand_ids()
        return self if brands is None else self.filter(Q(campaign__isnull=True) | Q(campaign__brand_id__in=brands))


class FitWeight(Reference):
    """What one part counts in the fit score: the house's weights without a campaign, or one campaign's own (R1-64)."""

    class Part(models.TextChoices):
        NICHE = "niche", _("Posts about it")
        AUDIENCE = "audience", _("Reaches the right people")
        PLACE = "place", _("Reaches the right places")
        PERSONA = "persona", _("Speaks to the same kind of people")
        ENGAGEMENT = "engagement", _("Engagement beside the benchmark")
        QUALITY = "quality", _("Rated by us")
        RELIABLE = "reliable", _("Keeps her word")
        FIRST_PASS = "first_pass", _("Approved at first")
        AUTHENTIC = "authentic", _("Numbers look genuine")
        TIER = "tier", _("Suits the goal")
        PRICE = "price", _("Within the price we have in mind")
        FOLLOWERS = "followers", _("Followers")

    campaign = models.ForeignKey(
        Campaign, models.CASCADE, null=True, blank=True, related_name="fit_weights", verbose_name=_("campaign"),
        help_text=_("Empty: the house's own weights, for campaigns that have none."),
    )  # fmt: skip
    part = models.CharField(_("part"), max_length=12, choices=Part)
    weight = models.PositiveSmallIntegerField(_("counts"), validators=[MaxValueValidator(100)])

    objects = FitWeightQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        verbose_name = _("weight of the fit score")
        verbose_name_plural = _("weights of the fit score")
        ordering = ["campaign", "part"]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "part"], name="fit_weight_once"),
            models.UniqueConstraint(fields=["part"], condition=Q(campaign__isnull=True), name="fit_weight_once_house"),
            models.CheckConstraint(condition=Q(weight__lte=100), name="fit_weight_at_most_all"),
        ]

    def __str__(self) -> str:
        return f"{self.get_part_display()}: {self.weight}"
