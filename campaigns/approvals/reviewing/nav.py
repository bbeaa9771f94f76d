"""Reviews in the main navigation."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from campaigns.approvals.models import Review
from crm.base.nav import nav_item


def waiting(user: Any) -> int:
    """How many versions wait for a decision."""
    return Review.objects.visible_to(user).waiting().count()


nav_item(
    order=31, label=_("Review"), icon="images", url_name="reviews", permission="campaigns.view_review", count=waiting
)
