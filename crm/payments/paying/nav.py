"""Payments in the main navigation."""

from django.utils.translation import gettext_lazy as _

from crm.base.nav import nav_item

nav_item(order=35, label=_("Payments"), icon="cash-stack", url_name="payments", permission="crm.view_payment")
