"""People who work with Mitra: users, roles, invitations, who stands in for whom, and what changed hands."""

from crm.team.models.leaves import HandOver, HandOverQuerySet, Leave, LeaveQuerySet
from crm.team.models.users import Invitation, InvitationQuerySet, Role, User, UserQuerySet

__all__ = [
    "HandOver",
    "HandOverQuerySet",
    "Invitation",
    "InvitationQuerySet",
    "Leave",
    "LeaveQuerySet",
    "Role",
    "User",
    "UserQuerySet",
]
