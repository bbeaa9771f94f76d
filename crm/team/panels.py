"""On Today: for whom somebody stands in, and until when."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from crm.base.places import panel
from crm.base.zones import local_date
from crm.team.models import Leave, User


@panel("today-top/leave")
def standing_in(request: HttpRequest, user: User) -> tuple[str, dict[str, Any]] | None:
    """Her own leave, and those of whom she stands in for; nothing while nobody is away."""
    on = local_date(timezone.now(), user.zone)
    leaves = list(Leave.objects.ahead(on).filter(first_on__lte=on).select_related("user", "deputy"))
    mine = [leave for leave in leaves if user.pk in (leave.user_id, leave.deputy_id)]
    return ("crm/team/standing_in.html", {"leaves": mine, "me": user}) if mine else None
