"""Outside deals, for looking; they are written and confirmed on the person's page."""

from django.contrib import admin

from crm.base.admin import ReadOnlyAdmin
from crm.exclusivity.models import OutsideDeal


@admin.register(OutsideDeal)
class OutsideDealAdmin(ReadOnlyAdmin[OutsideDeal]):
    list_display = (
        "influencer", "brand_name", "category", "start_on", "end_on", "is_exclusive", "source", "confirmed_at",
    )  # fmt: skip
    list_filter = ("source", "is_exclusive", ("confirmed_at", admin.EmptyFieldListFilter))
    list_select_related = ("influencer", "category")
    search_fields = ("influencer__stage_name", "brand_name", "as_said", "note")
    date_hierarchy = "created_at"
    ordering = ("-created_at", "-id")
    actions = None
