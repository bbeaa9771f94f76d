"""People in the main navigation."""

from django.utils.translation import gettext_lazy as _

from crm.base.nav import nav_item

nav_item(
    order=20,
    label=_("People"),
    icon="people",
    url_name="people",
    permission="crm.view_influencer",
    also=("agents",),
)
