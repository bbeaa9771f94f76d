"""The manager's page in the main navigation, and as the first page of a manager's day."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from crm.base.nav import first_page, nav_item

nav_item(
    order=35, label=_("Overview"), icon="speedometer2", url_name="manager-home", permission="campaigns.view_overview"
)


@first_page("overview", order=10)
def overview(user: Any) -> str:
    return reverse("manager-home") if user.has_perm("campaigns.begin_with_overview") else ""
