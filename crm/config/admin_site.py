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

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponseBase:  # type: ignore[override]
        from allauth.account.decorators import secure_admin_login

        answer: HttpResponseBase = secure_admin_login(super().login)(request, extra_context=extra_context)
        return answer


class MitraAdminConfig(AdminConfig):
    default_site = "crm.config.admin_site.MitraAdminSite"
