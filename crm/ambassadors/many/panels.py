"""Deals for many, where the list of people offers what is done with those who are ticked."""

from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext_lazy as _

from crm.ambassadors.many.views import VERB, deals_for_chosen
from crm.influencers.models.people import InfluencerQuerySet
from crm.influencers.places import people_action


@people_action("ambassadors", label=_("Make ambassadors"), icon="stars", permission=VERB)
def ambassadors_of(request: HttpRequest, chosen: InfluencerQuerySet) -> HttpResponseBase:
    """The same deal for the chosen people, each a draft of her own."""
    return deals_for_chosen(request, chosen)
