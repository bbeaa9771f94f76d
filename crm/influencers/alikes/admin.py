"""Look-alikes and merges: looked at here, decided on the people's pages."""

from django.contrib import admin

from crm.base.admin import ReadOnlyAdmin, ReferenceAdmin
from crm.influencers.models import AlikeRule, LookAlike, Merge


@admin.register(AlikeRule)
class AlikeRuleAdmin(ReferenceAdmin):
    list_display = ("code", "points", "at_most", "source", "edited_at")
    list_filter = ("grade", ("edited_at", admin.EmptyFieldListFilter))
    search_fields = ("code", "source")
    may_add = False


@admin.register(LookAlike)
class LookAlikeAdmin(ReadOnlyAdmin[LookAlike]):
    list_display = ("lower", "higher", "points", "status", "updated_at")
    list_filter = ("status",)
    list_select_related = ("lower", "higher")
    search_fields = ("lower__stage_name", "higher__stage_name")
    date_hierarchy = "created_at"
    ordering = ("-points", "-id")
    actions = None


@admin.register(Merge)
class MergeAdmin(ReadOnlyAdmin[Merge]):
    list_display = ("goes", "stays", "status", "merged_at", "merged_by", "parted_at")
    list_filter = ("status",)
    list_select_related = ("goes", "stays")
    search_fields = ("goes__stage_name", "stays__stage_name", "merged_by")
    date_hierarchy = "merged_at"
    ordering = ("-merged_at", "-id")
    actions = None
