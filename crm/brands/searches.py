"""Brands in the search of the whole house."""

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from crm.base.places import Found, searchable
from crm.brands.models import Brand

if TYPE_CHECKING:
    from crm.team.models import User


@searchable("brands", label=_("Brands"), order=30)
def find_brands(user: "User", words: str, limit: int) -> list[Found]:
    """Brands whose name, or whose house's name, has the words in it."""
    if not user.has_perm("crm.view_brand"):
        return []
    found = Brand.objects.visible_to(user).running().called(words).select_related("owner")
    return [Found(row.name, row.owner.name, reverse("brand", args=[row.pk]), "tag") for row in found[:limit]]
