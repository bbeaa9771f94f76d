"""The team's entry in the main navigation."""

from django.utils.translation import gettext_lazy as _

from crm.base.nav import nav_item

nav_item(order=95, label=_("Team"), icon="person-badge", url_name="team", permission="crm.view_team")
