"""What goals are told by and who suits them is edited here; targets are changed on the campaign's own page."""

from django.contrib import admin

from campaigns.planning.models import GoalKpi, GoalTier, Kpi, KpiKind, KpiShare, PartnerScore, WrapUpItem
from crm.base.admin import ReadOnlyAdmin, ReadOnlyInline, ReferenceAdmin


@admin.register(KpiKind)
class KpiKindAdmin(ReferenceAdmin):
    list_display = ("name_en", "name_id", "code", "unit", "less_is_better", "position", "source", "edited_at")
    list_filter = ("unit", "less_is_better", "grade")
    search_fields = ("name_en", "name_id", "code")


@admin.register(GoalKpi)
class GoalKpiAdmin(ReferenceAdmin):
    list_display = ("goal", "kind", "is_extra", "position", "source", "valid_from", "valid_to", "edited_at")
    list_filter = ("goal", "is_extra", "grade")
    autocomplete_fields = ("kind",)
    list_select_related = ("kind",)
    search_fields = ("kind__name_en", "kind__name_id", "kind__code")


@admin.register(GoalTier)
class GoalTierAdmin(ReferenceAdmin):
    list_display = ("goal", "mode", "tiers", "formats", "source", "valid_from", "valid_to", "edited_at")
    list_filter = ("goal", "mode", "grade")
    search_fields = ("tiers", "formats", "why_en", "why_id")


@admin.register(WrapUpItem)
class WrapUpItemAdmin(ReferenceAdmin):
    list_display = ("name_en", "name_id", "code", "position", "source", "valid_from", "valid_to", "edited_at")
    list_filter = ("grade",)
    search_fields = ("name_en", "name_id", "code")


@admin.register(PartnerScore)
class PartnerScoreAdmin(ReadOnlyAdmin[PartnerScore]):
    """What people said of working with us; asked and answered elsewhere."""

    list_display = ("collaboration", "score", "is_complaint", "asked_at", "answered_at")
    list_filter = ("score", "is_complaint", "collaboration__campaign__brand")
    list_select_related = ("collaboration__influencer", "collaboration__campaign")
    search_fields = ("collaboration__influencer__stage_name", "collaboration__campaign__name", "words")
    date_hierarchy = "asked_at"


class KpiShareInline(ReadOnlyInline):
    model = KpiShare
    fields = ("collaboration", "target")
    show_change_link = False


@admin.register(Kpi)
class KpiAdmin(ReadOnlyAdmin[Kpi]):
    list_display = ("campaign", "kind", "target", "baseline", "closing", "created_at")
    list_filter = ("kind", "campaign__brand", ("target", admin.EmptyFieldListFilter))
    list_select_related = ("campaign", "kind")
    search_fields = ("campaign__name", "kind__name_en", "kind__name_id")
    date_hierarchy = "created_at"
    inlines = (KpiShareInline,)
