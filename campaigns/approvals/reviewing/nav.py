"""Reviews in the main navigation."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from campaigns.approvals.deciding.queries import waiting_for
from crm.base.nav import nav_item


def waiting(user: Any) -> int:
    """How many versions wait for a word of this colleague."""
    return waiting_for(user, timezone.now()).count()


nav_item(
    order=31, label=_("Review"), icon="images", url_name="reviews", permission="campaigns.view_review", count=waiting
)
