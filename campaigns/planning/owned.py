"""What a colleague answers for here: campaigns in motion, with every collaboration in them."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from campaigns.planning.models import Campaign
from crm.team.places import Owned, owned


def campaigns_in_motion() -> "QuerySet[Campaign]":
    return Campaign.objects.in_motion()


@owned("campaigns", label=_("Campaigns in motion, with their collaborations"), order=30)
def campaigns() -> Owned:
    return Owned(campaigns_in_motion, "owner", brand="brand_id")
