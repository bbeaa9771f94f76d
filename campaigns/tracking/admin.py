"""Codes and links are looked at here and changed on their pages; the list of known machines is edited here."""

from typing import Any

from django.contrib import admin

from campaigns.tracking.models import LinkClick, Scanner, TrackedLink, VoucherCode
from crm.base.admin import HouseAdmin, ReadOnlyAdmin


@admin.register(VoucherCode)
class VoucherCodeAdmin(ReadOnlyAdmin[Any]):
    list_display = ("code", "collaboration", "campaign", "offer", "valid_from_on", "valid_to_on", "retired_at")
    list_filter = (("retired_at", admin.EmptyFieldListFilter), "campaign__brand")
    list_select_related = ("campaign", "collaboration__influencer", "collaboration__campaign")
    search_fields = ("code", "collaboration__influencer__stage_name", "campaign__name")
    date_hierarchy = "valid_from_on"


@admin.register(TrackedLink)
class TrackedLinkAdmin(ReadOnlyAdmin[Any]):
    list_display = ("slug", "deliverable", "target", "closed_at", "created_at")
    list_filter = (("closed_at", admin.EmptyFieldListFilter), "deliverable__collaboration__campaign__brand")
    list_select_related = ("deliverable__format__platform",)
    search_fields = ("slug", "target", "deliverable__collaboration__influencer__stage_name")
    date_hierarchy = "created_at"


@admin.register(LinkClick)
class LinkClickAdmin(ReadOnlyAdmin[Any]):
    list_display = ("at", "link", "is_scanner", "came_from")
    list_filter = ("is_scanner",)
    list_select_related = ("link",)
    search_fields = ("link__slug", "came_from")
    date_hierarchy = "at"


@admin.register(Scanner)
class ScannerAdmin(HouseAdmin[Any]):
    list_display = ("words", "name", "source", "grade", "valid_from", "valid_to", "edited_at")
    list_filter = ("grade",)
    search_fields = ("words", "name")
    readonly_fields = ("edited_at",)
