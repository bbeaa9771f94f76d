"""Brands in the main navigation, behind the daily work of campaigns."""

from django.utils.translation import gettext_lazy as _

from crm.base.nav import nav_item

nav_item(order=35, label=_("Brands"), icon="tag", url_name="brands", permission="crm.view_brand")
