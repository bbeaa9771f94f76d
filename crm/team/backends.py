"""Who may sign in and what a role allows. Verbs come from crm/team/permissions.py; the admin's own from the role."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.db.models import Model

from crm.team.permissions import TABLE


class RoleBackend(AuthenticationBackend):
    """Signs in by e-mail and password, and lets owners and admins change every table in the admin.

    A verb of the table is answered by the table alone; groups and per-user permissions do not exist here,
    so a refusal costs no query.
    """

    def has_perm(self, user_obj: Any, perm: str, obj: Model | None = None) -> bool:
        return perm not in TABLE and self._keeps_the_house(user_obj)

    def has_module_perms(self, user_obj: Any, app_label: str) -> bool:
        return self._keeps_the_house(user_obj)

    def get_all_permissions(self, user_obj: Any, obj: Model | None = None) -> set[str]:
        role = getattr(user_obj, "role", None)
        return {verb for verb, roles in TABLE.items() if user_obj.is_active and role in roles}

    def _keeps_the_house(self, user_obj: Any) -> bool:
        return bool(user_obj.is_active and getattr(user_obj, "is_staff", False))
