"""Owners and admins may do everything the admin offers; everybody else has the verbs of crm/team/permissions.py."""

from typing import Any

from django.contrib.auth.backends import BaseBackend
from django.db.models import Model


class RolePermissionBackend(BaseBackend):
    def has_perm(self, user_obj: Any, perm: str, obj: Model | None = None) -> bool:
        return bool(user_obj.is_active and getattr(user_obj, "is_staff", False))

    def has_module_perms(self, user_obj: Any, app_label: str) -> bool:
        return bool(user_obj.is_active and getattr(user_obj, "is_staff", False))
