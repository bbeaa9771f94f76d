"""Work on many people in the administration: what was asked, by whom, and what came of it row by row."""

from django.contrib import admin

from crm.base.admin import ReadOnlyAdmin
from crm.influencers.models import BulkRow, BulkRun


@admin.register(BulkRun)
class BulkRunAdmin(ReadOnlyAdmin[BulkRun]):
    list_display = ("action", "status", "total", "cursor", "query", "started_by", "created_at", "finished_at")
    list_filter = ("status", "action", ("finished_at", admin.EmptyFieldListFilter))
    list_select_related = ("started_by",)
    search_fields = ("action", "query", "started_by__name")
    date_hierarchy = "created_at"
    ordering = ("-created_at", "-id")
    actions = None


@admin.register(BulkRow)
class BulkRowAdmin(ReadOnlyAdmin[BulkRow]):
    list_display = ("place", "outcome", "label", "influencer_ref", "run")
    list_filter = ("outcome",)
    list_select_related = ("run",)
    search_fields = ("=run__id", "label", "=influencer_ref")
    date_hierarchy = "run__created_at"
    ordering = ("-run_id", "place")
    actions = None
