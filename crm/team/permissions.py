"""Roles as predicates. Each feature names its verbs in its own permissions.py with `permit`; nobody asks for a role.

Those files are found by their name when the apps are ready (crm.base.places.fill_places).
"""

from rules.permissions import set_perm
from rules.predicates import Predicate

from crm.team.models import Role

EVERYBODY = (Role.OWNER, Role.ADMIN, Role.MANAGER, Role.COORDINATOR, Role.FINANCE, Role.VIEWER)
WORKERS = (Role.OWNER, Role.ADMIN, Role.MANAGER, Role.COORDINATOR)
DECIDERS = (Role.OWNER, Role.ADMIN, Role.MANAGER)
KEEPERS = (Role.OWNER, Role.ADMIN)
OWNERS = (Role.OWNER,)

TABLE: dict[str, frozenset[str]] = {}
"""Every verb and the roles that have it: what the permission tests read."""


def permit(permission: str, roles: tuple[Role, ...]) -> None:
    """Give a verb such as ``crm.import_influencer`` to roles, as a django-rules predicate."""
    allowed = frozenset(str(role) for role in roles)
    TABLE[permission] = allowed

    def has_role(user: object) -> bool:
        return bool(getattr(user, "is_active", False)) and getattr(user, "role", None) in allowed

    set_perm(permission, Predicate(has_role, name=permission))  # type: ignore[no-untyped-call]


# The team itself, and the rooms below it, which may not import this file.
permit("crm.view_team", EVERYBODY)
permit("crm.invite_colleague", KEEPERS)
permit("crm.set_role", KEEPERS)
permit("crm.appoint_owner", OWNERS)
permit("crm.deactivate_colleague", KEEPERS)
permit("crm.plan_leave", EVERYBODY)
permit("crm.hand_over", DECIDERS)
permit("crm.set_brand_access", KEEPERS)
permit("crm.change_settings", KEEPERS)
permit("crm.view_audit", DECIDERS)
permit("crm.open_admin", KEEPERS)
permit("crm.view_outbox", EVERYBODY)
permit("crm.decide_email", WORKERS)
permit("crm.record_consent", WORKERS)
permit("crm.pause_mail", KEEPERS)
