"""Ambassadors in the main navigation."""

from django.utils.translation import gettext_lazy as _

from crm.base.nav import nav_item

nav_item(
    order=33, label=_("Ambassadors"), icon="person-heart", url_name="ambassadors", permission="crm.view_ambassadordeal"
)
