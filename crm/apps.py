"""The crm app: relationships."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from crm.base.places import fill_places


class CrmConfig(AppConfig):
    name = "crm"
    verbose_name = _("Relationships")

    def ready(self) -> None:
        fill_places(self.name)
