"""The audit's entry in the main navigation."""

from django.utils.translation import gettext_lazy as _

from crm.base.nav import nav_item

nav_item(order=96, label=_("Audit"), icon="journal-text", url_name="audit", permission="crm.view_audit")
