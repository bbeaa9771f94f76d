"""Exclusivity in the main navigation."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from crm.base.nav import nav_item
from crm.exclusivity.models import Finding


def unseen(user: Any) -> int:
    """How many findings nobody has looked at."""
    return Finding.objects.visible_to(user).open().worse_than_a_remark().count()


nav_item(
    order=33,
    label=_("Exclusivity"),
    icon="lock",
    url_name="findings",
    permission="crm.view_finding",
    count=unseen,
    also=("cases", "barred-people"),
)
