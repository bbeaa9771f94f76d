"""What is held of people who were forgotten: the law keeps it, and only whoever answers for it still reads it."""

from typing import TYPE_CHECKING, Any, TypeVar

from django.db.models import QuerySet

from crm.privacy.models import PrivacyRequest

if TYPE_CHECKING:
    from crm.team.models import User

Rows = TypeVar("Rows", bound="QuerySet[Any]")


def held_people() -> "QuerySet[Any]":
    """The ids of everybody forgotten of whom something is held: few rows of a small table."""
    return PrivacyRequest.objects.held().order_by().values("influencer_id")


def without_held(rows: Rows, user: "User") -> Rows:
    """Rows about one person each (`influencer`), without what is held of somebody forgotten unless this reader answers
    for it."""
    return rows if user.has_perm("crm.read_held") else rows.exclude(influencer_id__in=held_people())
