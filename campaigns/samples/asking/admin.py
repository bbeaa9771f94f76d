"""What is sent to whom and why, to look at: it is asked for and decided on its own page."""

from django.contrib import admin

from campaigns.samples.models import SampleItem, SampleRequest
from crm.base.admin import ReadOnlyAdmin, ReadOnlyInline


class ItemInline(ReadOnlyInline):
    model = SampleItem
    fields = ("product", "variant", "quantity", "she_chooses", "chosen_at", "value", "cost", "bought_for")
    show_change_link = False


@admin.register(SampleRequest)
class SampleRequestAdmin(ReadOnlyAdmin[SampleRequest]):
    list_display = (
        "influencer",
        "brand",
        "purpose",
        "way",
        "status",
        "needed_by_on",
        "return_due_on",
        "owner",
        "created_at",
    )
    list_filter = ("status", "purpose", "way", "brand")
    list_select_related = ("influencer", "brand", "owner")
    search_fields = ("influencer__stage_name", "brand__name", "note")
    date_hierarchy = "created_at"
    inlines = (ItemInline,)
