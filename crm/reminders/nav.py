"""Today stands first in the main navigation."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from crm.base.nav import nav_item
from crm.reminders.today import today


def waiting(user: Any) -> int:
    """How many things are late or due by tonight."""
    page = today(user, timezone.now())
    return sum(len(group.lines) for group in page.groups if group.key in ("late", "today"))


nav_item(order=0, label=_("Today"), icon="sun", url_name="today", count=waiting)
