"""Programmes and deals in the search of the whole house."""

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from crm.ambassadors.models import AmbassadorDeal, Program
from crm.base.places import Found, searchable
from crm.team.models import User


@searchable("ambassador-programs", label=_("Programmes"), order=34)
def find_programs(user: User, words: str, limit: int) -> list[Found]:
    """Programmes by their name or brand, those that take people first."""
    if not user.has_perm("crm.view_ambassadordeal"):
        return []
    said = Q(name__icontains=words) | Q(brand__name__icontains=words)
    rows = Program.objects.visible_to(user).filter(said).order_by("archived_at", "name", "pk")
    return [
        Found(name, brand, reverse("ambassador-program", args=[pk]), "layers")
        for pk, name, brand in rows.values_list("pk", "name", "brand__name")[:limit]
    ]


@searchable("ambassador-deals", label=_("Ambassadors"), order=35)
def find_deals(user: User, words: str, limit: int) -> list[Found]:
    """Deals by person, programme or brand, the newest first."""
    if not user.has_perm("crm.view_ambassadordeal"):
        return []
    rows = AmbassadorDeal.objects.visible_to(user).called(words).order_by("-pk")
    columns = ("pk", "influencer__stage_name", "program__name", "contract__brand__name")
    return [
        Found(name, f"{program}, {brand}", reverse("ambassador-deal", args=[pk]), "person-heart")
        for pk, name, program, brand in rows.values_list(*columns)[:limit]
    ]
