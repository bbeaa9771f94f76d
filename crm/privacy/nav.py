"""Privacy in the main navigation."""

from django.utils.translation import gettext_lazy as _

from crm.base.nav import nav_item

nav_item(order=94, label=_("Privacy"), icon="shield-check", url_name="privacy-requests", permission="crm.view_privacy")
