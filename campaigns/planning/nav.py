"""Campaigns in the main navigation."""

from django.utils.translation import gettext_lazy as _

from crm.base.nav import nav_item

nav_item(order=30, label=_("Campaigns"), icon="megaphone", url_name="campaigns", permission="campaigns.view_campaign")
nav_item(
    order=31,
    label=_("Calendar"),
    icon="calendar3",
    url_name="calendar",
    permission="campaigns.view_campaign",
    also=("events",),
)
