"""The crm app: relationships."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate
from django.utils.translation import gettext_lazy as _

from crm.base.places import fill_places


class CrmConfig(AppConfig):
    name = "crm"
    verbose_name = _("Relationships")

    def ready(self) -> None:
        from crm.base import lookups, seeding  # noqa: F401  asked by their names in queries
        from crm.base.files import store  # noqa: F401  a system check
        from crm.config import celery  # noqa: F401  shared tasks ring through this app
        from crm.exclusivity import guard
        from crm.timeline import guards

        fill_places(self.name)
        for wall in (guards, guard):
            pre_migrate.connect(wall.lift_for_migrations, sender=self)
            post_migrate.connect(wall.install_after_migrations, sender=self)
        post_migrate.connect(seeding.lay_after_migrations, sender=self)
