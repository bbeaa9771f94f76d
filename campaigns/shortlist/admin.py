"""What counts in the fit score is edited here for the house; a campaign's own numbers on its page."""

from typing import Any

from django.contrib import admin

import campaigns.shortlist.votes_admin  # noqa: F401  registers rounds of votes
from campaigns.shortlist.models import FitWeight
from crm.base.admin import HouseAdmin


@admin.register(FitWeight)
class FitWeightAdmin(HouseAdmin[Any]):
    list_display = ("part", "campaign", "weight", "source", "edited_at")
    list_filter = ("part", ("campaign", admin.EmptyFieldListFilter))
    list_select_related = ("campaign",)
    search_fields = ("part", "campaign__name")
    autocomplete_fields = ("campaign",)
    readonly_fields = ("edited_at",)
    actions = None
