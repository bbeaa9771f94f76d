"""The checklist, thresholds and benchmarks are edited here; what was found out is only looked at."""

from typing import Any

from django.contrib import admin

from crm.base.admin import ReadOnlyAdmin, ReferenceAdmin
from crm.vetting.models import (
    Benchmark,
    BenchmarkSet,
    Check,
    CheckItem,
    Clearance,
    Fact,
    HoldOverride,
    PriceBand,
    ProfileSample,
    Rating,
    Threshold,
)


@admin.register(CheckItem)
class CheckItemAdmin(ReferenceAdmin):
    list_display = ("name_en", "name_id", "code", "is_hard", "valid_months", "position", "valid_to", "edited_at")
    list_filter = ("is_hard", "grade")
    search_fields = ("name_en", "name_id", "code")


@admin.register(Threshold)
class ThresholdAdmin(ReferenceAdmin):
    list_display = (
        "code",
        "currency",
        "limit",
        "upper",
        "least",
        "weight",
        "source",
        "grade",
        "valid_from",
        "valid_to",
    )
    list_filter = ("code", "grade")
    search_fields = ("code", "meaning", "source")


class BenchmarkInline(admin.TabularInline[Any, Any]):
    model = Benchmark
    extra = 0


@admin.register(BenchmarkSet)
class BenchmarkSetAdmin(ReferenceAdmin):
    list_display = ("name", "platform", "measure", "source_year", "grade", "is_chosen", "valid_to", "edited_at")
    list_filter = ("platform", "measure", "grade", "is_chosen")
    list_select_related = ("platform",)
    search_fields = ("name", "code", "source")
    autocomplete_fields = ("platform",)
    inlines = (BenchmarkInline,)


@admin.register(PriceBand)
class PriceBandAdmin(ReferenceAdmin):
    list_display = (
        "set_name", "platform", "from_followers", "to_followers", "low", "high", "currency", "source_year", "grade",
        "edited_at",
    )  # fmt: skip
    list_filter = ("set_name", "platform", "currency", "grade")
    list_select_related = ("platform",)
    search_fields = ("set_name", "source")
    autocomplete_fields = ("platform",)


class HistoryAdmin(ReadOnlyAdmin[Any]):
    """What people did: written on the vetting pages, in the story, and never changed."""

    actions = None


@admin.register(Check)
class CheckAdmin(HistoryAdmin):
    list_display = ("influencer", "item", "verdict", "checked_by", "checked_on", "expires_on", "superseded_at")
    list_filter = ("verdict", "item", ("superseded_at", admin.EmptyFieldListFilter))
    list_select_related = ("influencer", "item", "checked_by")
    search_fields = ("influencer__stage_name", "evidence")
    date_hierarchy = "checked_on"


@admin.register(HoldOverride)
class HoldOverrideAdmin(HistoryAdmin):
    list_display = ("failed_check", "why", "decided_by", "decided_at")
    list_filter = ("failed_check__item",)
    list_select_related = ("failed_check__item", "decided_by")
    search_fields = ("failed_check__influencer__stage_name", "why")
    date_hierarchy = "decided_at"


@admin.register(Rating)
class RatingAdmin(HistoryAdmin):
    list_display = (
        "influencer", "rater_name", "visual", "storytelling", "taste", "consistency", "rated_at", "superseded_at",
    )  # fmt: skip
    list_filter = (("superseded_at", admin.EmptyFieldListFilter),)
    list_select_related = ("influencer",)
    search_fields = ("influencer__stage_name", "rater_name", "note")
    date_hierarchy = "rated_at"


@admin.register(Fact)
class FactAdmin(HistoryAdmin):
    """Told by the work itself: what is wrong here is put right there, and the fact follows."""

    list_display = ("influencer", "kind", "amount", "label", "brand", "happened_at", "work")
    list_filter = ("kind", "brand")
    list_select_related = ("influencer", "brand")
    search_fields = ("influencer__stage_name", "label", "ref", "work")
    date_hierarchy = "happened_at"


@admin.register(ProfileSample)
class ProfileSampleAdmin(HistoryAdmin):
    list_display = ("account", "taken_on", "following", "posts", "comments_sampled", "comments_alike", "taken_by")
    list_filter = ("account__platform",)
    list_select_related = ("account", "taken_by")
    search_fields = ("account__handle",)
    date_hierarchy = "taken_on"


@admin.register(Clearance)
class ClearanceAdmin(HistoryAdmin):
    list_display = ("account", "code", "cleared_by", "cleared_on", "expires_on", "withdrawn_at")
    list_filter = ("code", ("withdrawn_at", admin.EmptyFieldListFilter))
    list_select_related = ("account", "cleared_by")
    search_fields = ("account__handle", "evidence")
    date_hierarchy = "cleared_on"
