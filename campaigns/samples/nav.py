"""Samples in the main navigation."""

from django.utils.translation import gettext_lazy as _

from crm.base.nav import nav_item

nav_item(order=34, label=_("Samples"), icon="box-seam", url_name="samples", permission="campaigns.view_sample")
