"""Returns, to look at: what is done with them is done on the page of what was sent."""

from django.contrib import admin

from campaigns.samples.models import ReturnItem, ReturnRequest
from crm.base.admin import ReadOnlyAdmin, ReadOnlyInline


class FoundInline(ReadOnlyInline):
    model = ReturnItem
    fields = ("contents", "quantity", "inspection", "note")
    show_change_link = False


@admin.register(ReturnRequest)
class ReturnRequestAdmin(ReadOnlyAdmin[ReturnRequest]):
    list_display = ("shipment", "reason", "status", "due_on", "waybill", "sent_back_at", "back_at", "charge", "charged")
    list_filter = ("status", "reason", "charged", "shipment__request__brand")
    list_select_related = ("shipment__request__influencer",)
    search_fields = ("waybill", "note", "shipment__waybill", "shipment__request__influencer__stage_name")
    date_hierarchy = "due_on"
    inlines = (FoundInline,)
