"""The admin site: sign-in goes through the same door as everybody else's."""

from typing import Any

from django.contrib.admin import AdminSite
from django.contrib.admin.apps import AdminConfig
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext_lazy as _


class MitraAdminSite(AdminSite):
    site_header = _("Mitra administration")
    site_title = _("Mitra")
    index_title = _("Everything Mitra keeps")

    def _build_app_dict(self, request: HttpRequest, label: Any = None) -> dict[str, Any]:
        """Every page lists all tables beside it. Django sorts them by names that would be translated anew for each
        comparison, half of the time of a page; so each name is translated here, once."""
        listed: dict[str, Any] = super()._build_app_dict(request, label)
        for app in listed.values():
            app["models"] = [{**one, "name": str(one["name"])} for one in app["models"]]
        return listed

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponseBase:  # type: ignore[override]
        from allauth.account.decorators import secure_admin_login

        answer: HttpResponseBase = secure_admin_login(super().login)(request, extra_context=extra_context)
        return answer


class MitraAdminConfig(AdminConfig):
    default_site = "crm.config.admin_site.MitraAdminSite"
