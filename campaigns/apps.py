"""The campaigns app: work."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from crm.base.places import fill_places


class CampaignsConfig(AppConfig):
    name = "campaigns"
    verbose_name = _("Campaigns")

    def ready(self) -> None:
        fill_places(self.name)
