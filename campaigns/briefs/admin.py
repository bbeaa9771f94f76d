"""Briefs are written on their pages and read here; the library and the limits of captions are edited here."""

from typing import Any

from django.contrib import admin

from campaigns.briefs.models import Brief, BriefItem, BriefReference, BriefTemplate, BriefVersion, CaptionLimit
from crm.base.admin import HouseAdmin, ReadOnlyAdmin, ReadOnlyInline


class VersionInline(ReadOnlyInline):
    model = BriefVersion
    fields = ("number", "language", "change", "change_note", "released_at", "released_by")


class ItemInline(ReadOnlyInline):
    model = BriefItem
    fields = ("position", "level", "text", "check_rule")


class ReferenceInline(ReadOnlyInline):
    model = BriefReference
    fields = ("url", "file", "note")


@admin.register(Brief)
class BriefAdmin(ReadOnlyAdmin[Any]):
    list_display = ("campaign", "created_at", "updated_at")
    list_filter = ("campaign__brand",)
    list_select_related = ("campaign",)
    search_fields = ("campaign__name",)
    date_hierarchy = "created_at"
    inlines = (VersionInline,)


@admin.register(BriefVersion)
class BriefVersionAdmin(ReadOnlyAdmin[Any]):
    list_display = ("brief", "number", "language", "change", "released_at", "released_by")
    list_filter = (("released_at", admin.EmptyFieldListFilter), "change", "language", "brief__campaign__brand")
    list_select_related = ("brief__campaign", "released_by")
    search_fields = ("brief__campaign__name", "caption", "key_messages")
    date_hierarchy = "released_at"
    inlines = (ItemInline, ReferenceInline)


@admin.register(BriefTemplate)
class BriefTemplateAdmin(HouseAdmin[Any]):
    list_display = ("name", "brand", "category", "language", "retired_at", "updated_at")
    list_filter = (("retired_at", admin.EmptyFieldListFilter), "language", "brand")
    list_select_related = ("brand", "category")
    search_fields = ("name",)
    autocomplete_fields = ("brand", "category")
    readonly_fields = ("content", "retired_at")
    date_hierarchy = "created_at"
    may_add = False


@admin.register(CaptionLimit)
class CaptionLimitAdmin(HouseAdmin[Any]):
    list_display = ("platform", "format", "longest", "fold", "hashtags", "mentions", "counting", "valid_from", "valid_to",
                    "source", "edited_at")  # fmt: skip
    list_filter = ("platform", "grade", "counting")
    list_select_related = ("platform", "format__platform")
    search_fields = ("platform__name", "format__name_en", "source")
    autocomplete_fields = ("platform", "format")
    readonly_fields = ("edited_at",)
