"""Who might become an ambassador without anybody having said so: worked together often, and always on time."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q

from crm.ambassadors.models import AmbassadorDeal, Prospect
from crm.brands.models import Brand
from crm.influencers.models import Influencer
from crm.team.models import User
from crm.vetting.models import Fact

OFTEN = 3
"""So many collaborations with a brand before anybody is suggested."""
SHOWN = 6
DAYS = (Fact.Kind.DRAFT_DAYS, Fact.Kind.POST_DAYS)


@dataclass(frozen=True)
class Suggestion:
    """Somebody, the brand she worked for, and how often."""

    person: int
    name: str
    brand_id: int
    brand: str
    works: int


def suggestions(user: User, brand: int | None = None) -> Sequence[Suggestion]:
    """People who worked for a brand often, kept every day they promised it, and are neither noted nor under a deal with
    it. Most often first. One query.
    """
    told = Fact.objects.visible_to(user).filter(kind__in=DAYS)
    told = told.filter(brand=brand) if brand else told
    noted = Prospect.objects.filter(influencer=OuterRef("influencer"), brand=OuterRef("brand"))
    under = AmbassadorDeal.objects.going_on().filter(
        influencer=OuterRef("influencer"), contract__brand=OuterRef("brand")
    )
    present = Influencer.objects.visible_to(user).present().filter(do_not_contact_at=None)
    running = Brand.objects.running()
    pairs = (
        told.filter(~Exists(noted), ~Exists(under), influencer__in=present, brand__in=running)
        .order_by()
        .values("influencer_id", "brand_id")
        .annotate(works=Count("work", distinct=True), late=Count("pk", filter=Q(amount__gt=0)))
        .filter(works__gte=OFTEN, late=0)
        .order_by("-works", "influencer_id", "brand_id")
    )
    columns = ("influencer_id", "influencer__stage_name", "brand_id", "brand__name", "works")
    return [Suggestion(*row) for row in pairs.values_list(*columns)[:SHOWN]]
