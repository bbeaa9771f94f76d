"""Contracts in the main navigation."""

from django.utils.translation import gettext_lazy as _

from crm.base.nav import nav_item

nav_item(order=32, label=_("Contracts"), icon="file-earmark-text", url_name="contracts", permission="crm.view_contract")
nav_item(order=34, label=_("Clock"), icon="hourglass-split", url_name="clock", permission="crm.view_contract")
