"""The outbox's entry in the main navigation."""

from django.utils.translation import gettext_lazy as _

from crm.base.nav import nav_item
from crm.outbox.queries import needing_somebody

nav_item(
    order=80,
    label=_("Outbox"),
    icon="send",
    url_name="outbox",
    permission="crm.view_outbox",
    count=needing_somebody,
)
