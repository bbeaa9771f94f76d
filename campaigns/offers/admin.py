"""Offers, to look at: they are made and answered on the collaboration's page."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from campaigns.offers.actions.sending import withdraw
from campaigns.offers.models import Offer
from campaigns.planning.admin import MovingAdmin


@admin.register(Offer)
class OfferAdmin(MovingAdmin):
    list_display = ("person", "campaign", "status", "fee", "her_fee", "sent_at", "answer_by_on", "answered_at")
    list_filter = ("status", "collaboration__campaign__brand", "collaboration__campaign")
    list_select_related = ("collaboration__influencer", "collaboration__campaign")
    search_fields = ("collaboration__influencer__stage_name", "collaboration__campaign__name", "her_words")
    date_hierarchy = "sent_at"
    actions = ("take_back",)
    may_add = may_change = False

    @admin.display(description=_("person"), ordering="collaboration__influencer__stage_name")
    def person(self, row: Offer) -> str:
        return str(row.collaboration.influencer)

    @admin.display(description=_("campaign"), ordering="collaboration__campaign__name")
    def campaign(self, row: Offer) -> str:
        return str(row.collaboration.campaign)

    @admin.action(description=_("Take the offers back"))
    def take_back(self, request: HttpRequest, rows: "QuerySet[Offer]") -> None:
        self.move(request, rows, lambda row, **how: withdraw(row.collaboration, **how))
