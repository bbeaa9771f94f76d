"""Acceptances, sendings, variants and uses: looked at here, written on the pages."""

from typing import Any

from django.contrib import admin

from campaigns.briefs.models import BriefAck, BriefSending, BriefVariant, UseRecord
from crm.base.admin import ReadOnlyAdmin


@admin.register(BriefAck)
class BriefAckAdmin(ReadOnlyAdmin[Any]):
    list_display = ("collaboration", "version", "revision", "accepted_at", "contact", "channel")
    list_filter = ("channel", "collaboration__campaign__brand")
    list_select_related = (
        "collaboration__influencer", "collaboration__campaign", "version__brief__campaign", "contact",
    )  # fmt: skip
    search_fields = ("collaboration__influencer__stage_name", "collaboration__campaign__name")
    date_hierarchy = "accepted_at"


@admin.register(BriefSending)
class BriefSendingAdmin(ReadOnlyAdmin[Any]):
    list_display = ("collaboration", "version", "revision", "sent_at", "by_hand")
    list_filter = ("by_hand", "collaboration__campaign__brand")
    list_select_related = ("collaboration__influencer", "collaboration__campaign", "version__brief__campaign")
    search_fields = ("collaboration__influencer__stage_name", "collaboration__campaign__name")
    date_hierarchy = "sent_at"


@admin.register(BriefVariant)
class BriefVariantAdmin(ReadOnlyAdmin[Any]):
    list_display = ("collaboration", "revision", "asks_again_from", "released_at")
    list_filter = ("collaboration__campaign__brand",)
    list_select_related = ("collaboration__influencer", "collaboration__campaign")
    search_fields = ("collaboration__influencer__stage_name", "collaboration__campaign__name")
    date_hierarchy = "released_at"


@admin.register(UseRecord)
class UseRecordAdmin(ReadOnlyAdmin[Any]):
    list_display = ("collaboration", "uses_it", "since_on", "asked_at", "answered_at")
    list_filter = ("uses_it", "collaboration__campaign__brand")
    list_select_related = ("collaboration__influencer", "collaboration__campaign")
    search_fields = ("collaboration__influencer__stage_name", "collaboration__campaign__name", "words")
    date_hierarchy = "asked_at"
