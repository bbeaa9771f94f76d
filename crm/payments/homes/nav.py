"""Money in the main navigation."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from crm.base.nav import first_page, nav_item

nav_item(
    order=36, label=_("Money"), icon="wallet2", url_name="finance", permission="crm.view_payment",
    also=("payments", "payees", "tax-calculator"),
)  # fmt: skip


@first_page("finance", order=20)
def finance(user: Any) -> str:
    """Where the day of whoever does nothing but money begins."""
    return reverse("finance") if user.has_perm("crm.begin_with_finance") else ""
