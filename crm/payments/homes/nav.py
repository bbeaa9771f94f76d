"""Money in the main navigation."""

from django.utils.translation import gettext_lazy as _

from crm.base.nav import nav_item

nav_item(
    order=36, label=_("Money"), icon="wallet2", url_name="finance", permission="crm.view_payment",
    also=("payments", "payees", "tax-calculator"),
)  # fmt: skip
