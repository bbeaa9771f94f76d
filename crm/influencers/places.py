"""Places the people room offers to features above it."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

from crm.base.places import Place
from crm.influencers.models.people import InfluencerQuerySet

people_action: Place[Callable[[HttpRequest, InfluencerQuerySet], HttpResponseBase]] = Place("people_action")
"""`@people_action("campaign", label=..., icon=..., permission=...)`: function(request, people) -> its first page.

An action in the bar below the list of people. The request is the list's POST: `ids` of ticked people, or `all_matching`
with the filter as `query`.
"""
