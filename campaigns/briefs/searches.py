"""Briefs and their library in the global search."""

from typing import TYPE_CHECKING

from django.db.models import Max, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns.briefs.models import Brief, BriefTemplate
from crm.base.places import Found, searchable

if TYPE_CHECKING:
    from crm.team.models import User

LOOKED_IN = ("caption", "key_messages", "pose", "product_story", "items__text")


@searchable("briefs", label=gettext_lazy("Briefs"), order=25)
def find_briefs(user: "User", words: str, limit: int) -> list[Found]:
    """Campaigns whose brief says these words in any version; then the library by its names."""
    says = Q()
    for name in LOOKED_IN:
        says |= Q(**{f"versions__{name}__icontains": words})
    briefs = Brief.objects.visible_to(user).filter(says).select_related("campaign__brand")
    named = BriefTemplate.objects.visible_to(user).standing().filter(name__icontains=words)
    found = [
        Found(
            row.campaign.name,
            _("%(brand)s, brief, version %(n)d") % {"brand": row.campaign.brand, "n": row.newest},  # type: ignore[attr-defined]
            reverse("campaign-brief", args=[row.campaign_id]),
            "journal-text",
        )
        for row in briefs.annotate(newest=Max("versions__number")).order_by("-newest", "-id")[:limit]
    ]
    found += [
        Found(row.name, _("Library of briefs"), reverse("brief-template", args=[row.pk]), "bookmark")
        for row in named[: limit - len(found)]
    ]
    return found
