"""The rows the checks go by are edited here; what was found is read here and let pass on its page."""

from typing import Any

from django.contrib import admin

from campaigns.approvals.models import CheckResult, CheckRule, DisclosureLabel, LexiconEntry
from crm.base.admin import HouseAdmin, ReadOnlyAdmin


@admin.register(CheckResult)
class CheckResultAdmin(ReadOnlyAdmin[Any]):
    list_display = ("rule", "outcome", "holds", "version", "quoted", "waived_at", "waived_by")
    list_filter = (
        "outcome", "holds", ("waived_at", admin.EmptyFieldListFilter), "rule",
        "version__deliverable__collaboration__campaign__brand",
    )  # fmt: skip
    list_select_related = ("version", "waived_by")
    search_fields = ("rule", "quoted", "waive_reason")
    date_hierarchy = "created_at"


@admin.register(CheckRule)
class CheckRuleAdmin(HouseAdmin[Any]):
    list_display = (
        "code",
        "country",
        "name",
        "outcome",
        "holds",
        "is_on",
        "valid_from",
        "valid_to",
        "source",
        "edited_at",
    )
    list_filter = ("outcome", "holds", "is_on", "country", "grade")
    search_fields = ("code", "name_en", "name_id", "source")
    readonly_fields = ("edited_at",)


@admin.register(DisclosureLabel)
class DisclosureLabelAdmin(HouseAdmin[Any]):
    list_display = ("text", "country", "weight", "languages", "valid_from", "valid_to", "source", "edited_at")
    list_filter = ("country", "weight", "grade")
    search_fields = ("text", "country", "source")
    readonly_fields = ("edited_at",)


@admin.register(LexiconEntry)
class LexiconEntryAdmin(HouseAdmin[Any]):
    list_display = (
        "term",
        "lexicon",
        "regulated",
        "category",
        "brand",
        "country",
        "outcome",
        "instead",
        "source",
        "edited_at",
    )
    list_filter = ("lexicon", "regulated", "outcome", "country", "language", "grade", "brand")
    list_select_related = ("category", "brand")
    search_fields = ("term", "instead", "source")
    autocomplete_fields = ("category", "brand")
    readonly_fields = ("edited_at",)
