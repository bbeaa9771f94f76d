"""What a colleague answers for here: the people she looks after."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from crm.influencers.models import Influencer
from crm.team.places import Owned, owned


def people_of_somebody() -> "QuerySet[Influencer]":
    return Influencer.objects.unmerged()


@owned("people", label=_("People looked after"), order=20)
def people() -> Owned:
    return Owned(people_of_somebody, "owner", person="pk")
