"""Who sees rows that belong to a campaign: whoever sees its brand."""

from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.db import models

if TYPE_CHECKING:
    from crm.team.models import User


class OfCampaign(models.QuerySet[Any]):
    """Rows that lead to a campaign by `way`, the lookup that ends at it."""

    way: ClassVar[str] = "campaign"

    def visible_to(self, user: "User") -> Self:
        brands = user.brand_ids()
        return self if brands is None else self.filter(**{f"{self.way}__brand_id__in": brands})


class OfCollaboration(OfCampaign):
    """The same, for rows of one collaboration."""

    way = "collaboration__campaign"
