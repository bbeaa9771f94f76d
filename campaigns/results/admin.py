"""Rates and thresholds of reports are kept here; numbers, orders and costs are looked at. They come in on their own pages."""

from typing import Any

from django.contrib import admin

from campaigns.results.models import (
    BrandLift,
    CampaignCost,
    ChangeThreshold,
    Confounder,
    EmvRate,
    FetchTry,
    HookMessage,
    Order,
    OrderHook,
    OrderReturn,
    PostSnapshot,
    ReportLink,
    ReportSettings,
    ResultFile,
    Screenshot,
)
from crm.base.admin import ReadOnlyAdmin, ReadOnlyInline, ReferenceAdmin

CAMPAIGN = "live_post__deliverable__collaboration__campaign"
POST = ("live_post__deliverable__format__platform", "live_post__platform")


@admin.register(PostSnapshot)
class PostSnapshotAdmin(ReadOnlyAdmin[PostSnapshot]):
    list_display = (
        "live_post", "taken_at", "hours", "source", "likes", "comments", "saves", "shares", "views", "reach", "impressions",
        "withdrawn_at",
    )  # fmt: skip
    list_filter = ("source", ("withdrawn_at", admin.EmptyFieldListFilter), f"{CAMPAIGN}__brand")
    list_select_related = POST
    search_fields = (
        "live_post__url", "live_post__deliverable__collaboration__influencer__stage_name", f"{CAMPAIGN}__name",
    )  # fmt: skip
    date_hierarchy = "taken_at"
    actions: Any = None


@admin.register(Screenshot)
class ScreenshotAdmin(ReadOnlyAdmin[Screenshot]):
    list_display = ("live_post", "taken_at", "by", "snapshot", "left_out_at")
    list_filter = (("snapshot", admin.EmptyFieldListFilter), ("left_out_at", admin.EmptyFieldListFilter))
    list_select_related = (*POST, *(f"snapshot__{way}" for way in POST))
    search_fields = ("by", "live_post__deliverable__collaboration__influencer__stage_name")
    date_hierarchy = "taken_at"
    actions: Any = None


@admin.register(FetchTry)
class FetchTryAdmin(ReadOnlyAdmin[FetchTry]):
    list_display = ("live_post", "provider", "mark", "tries", "asked_at", "next_at", "error", "done_at")
    list_filter = ("provider", "mark", ("done_at", admin.EmptyFieldListFilter))
    list_select_related = POST
    search_fields = ("error", "live_post__url")
    date_hierarchy = "asked_at"
    actions: Any = None


@admin.register(ResultFile)
class ResultFileAdmin(ReadOnlyAdmin[ResultFile]):
    list_display = ("file", "campaign", "kind", "rows", "taken", "by", "brought_at", "undone_at")
    list_filter = ("kind", "campaign__brand")
    list_select_related = ("file", "campaign", "by")
    search_fields = ("file__label", "campaign__name")
    date_hierarchy = "created_at"
    actions: Any = None


class ReturnInline(ReadOnlyInline):
    model = OrderReturn
    fields = ("number", "amount", "on")
    show_change_link = False


@admin.register(Order)
class OrderAdmin(ReadOnlyAdmin[Order]):
    list_display = ("number", "brand", "ordered_at", "amount", "via", "code_said", "collaboration", "undone_at")
    list_filter = ("via", "brand", ("collaboration", admin.EmptyFieldListFilter))
    list_select_related = ("brand", "collaboration__influencer", "collaboration__campaign")
    search_fields = ("number", "code_said", "link_said", "collaboration__influencer__stage_name")
    date_hierarchy = "ordered_at"
    inlines = (ReturnInline,)
    actions: Any = None


class MessageInline(ReadOnlyInline):
    model = HookMessage
    fields = ("at", "number", "outcome", "why")
    show_change_link = False


@admin.register(OrderHook)
class OrderHookAdmin(ReadOnlyAdmin[OrderHook]):
    """Its secret was shown once, and is shown nowhere again."""

    list_display = ("name", "brand", "made_by", "seen_at", "closed_at")
    list_filter = ("brand", ("closed_at", admin.EmptyFieldListFilter))
    list_select_related = ("brand", "made_by")
    search_fields = ("name", "brand__name")
    date_hierarchy = "created_at"
    exclude = ("secret", "slug")
    actions: Any = None


@admin.register(HookMessage)
class HookMessageAdmin(ReadOnlyAdmin[HookMessage]):
    list_display = ("at", "hook", "number", "outcome", "why")
    list_filter = ("outcome", "hook__brand")
    list_select_related = ("hook__brand",)
    search_fields = ("number", "why", "hook__name")
    date_hierarchy = "at"
    actions: Any = None


@admin.register(ReportSettings)
class ReportSettingsAdmin(ReadOnlyAdmin[ReportSettings]):
    list_display = ("campaign", "mark", "cost", "shows_emv", "target_match")
    list_filter = ("mark", "cost", "shows_emv")
    list_select_related = ("campaign",)
    search_fields = ("campaign__name",)
    date_hierarchy = "created_at"
    actions: Any = None


@admin.register(CampaignCost)
class CampaignCostAdmin(ReadOnlyAdmin[CampaignCost]):
    list_display = ("campaign", "kind", "amount", "on", "note", "by")
    list_filter = ("kind", "campaign__brand")
    list_select_related = ("campaign", "by")
    search_fields = ("campaign__name", "note")
    date_hierarchy = "on"
    actions: Any = None


@admin.register(Confounder)
class ConfounderAdmin(ReadOnlyAdmin[Confounder]):
    list_display = ("campaign", "kind", "first_on", "last_on", "note")
    list_filter = ("kind", "campaign__brand")
    list_select_related = ("campaign",)
    search_fields = ("campaign__name", "note")
    date_hierarchy = "first_on"
    actions: Any = None


@admin.register(BrandLift)
class BrandLiftAdmin(ReadOnlyAdmin[BrandLift]):
    list_display = ("campaign", "question", "exposed", "exposed_yes", "control", "control_yes", "on", "source")
    list_filter = ("campaign__brand",)
    list_select_related = ("campaign",)
    search_fields = ("campaign__name", "question", "source")
    date_hierarchy = "on"
    actions: Any = None


@admin.register(ReportLink)
class ReportLinkAdmin(ReadOnlyAdmin[ReportLink]):
    """Who may read a report by a link; the link itself was shown once."""

    list_display = ("campaign", "label", "language", "expires_at", "seen_at", "revoked_at", "made_by")
    list_filter = ("language", ("revoked_at", admin.EmptyFieldListFilter), "campaign__brand")
    list_select_related = ("campaign", "made_by")
    search_fields = ("campaign__name", "label")
    date_hierarchy = "created_at"
    exclude = ("token_sha256",)
    actions: Any = None


@admin.register(EmvRate)
class EmvRateAdmin(ReferenceAdmin):
    list_display = ("metric", "platform", "value", "currency", "valid_from", "valid_to", "source", "grade")
    list_filter = ("metric", "platform", "currency")
    list_select_related = ("platform",)
    search_fields = ("metric", "source")
    autocomplete_fields = ("platform",)


@admin.register(ChangeThreshold)
class ChangeThresholdAdmin(ReferenceAdmin):
    list_display = ("kind", "percent", "valid_from", "valid_to", "source", "grade")
    list_filter = ("grade",)
    list_select_related = ("kind",)
    search_fields = ("kind__name_en", "kind__name_id", "source")
    autocomplete_fields = ("kind",)
