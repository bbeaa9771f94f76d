"""Campaigns in the global search."""

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from campaigns.planning.models import Campaign
from crm.base.places import Found, searchable

if TYPE_CHECKING:
    from crm.team.models import User


@searchable("campaigns", label=_("Campaigns"), order=20)
def find_campaigns(user: "User", words: str, limit: int) -> list[Found]:
    """Campaigns whose name or brand has the words in it; those in motion first."""
    found = Campaign.objects.visible_to(user).called(words).select_related("brand")
    in_motion = list(found.in_motion()[:limit])
    over = list(found.exclude(pk__in=[row.pk for row in in_motion])[: limit - len(in_motion)])
    return [
        Found(row.name, f"{row.brand}, {row.get_status_display()}", reverse("campaign", args=[row.pk]), "megaphone")
        for row in [*in_motion, *over]
    ]
