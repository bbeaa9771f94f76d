"""What people asked, what is held and what went wrong is looked at here; how long what is kept is a row to edit."""

from typing import Any

from django.contrib import admin

from crm.base.admin import HouseAdmin, ReadOnlyAdmin, ReadOnlyInline
from crm.privacy.models import (
    DataIncident,
    Forgotten,
    IncidentPerson,
    LegalHold,
    PrivacyRequest,
    RetentionRule,
    RetentionRun,
)


@admin.register(PrivacyRequest)
class PrivacyRequestAdmin(ReadOnlyAdmin[PrivacyRequest]):
    list_display = ("influencer", "kind", "status", "asked_at", "due_at", "answered_at", "held_until")
    list_filter = ("kind", "status", "channel")
    list_select_related = ("influencer",)
    search_fields = ("influencer__stage_name", "recorded_by")
    date_hierarchy = "asked_at"
    actions: Any = None


@admin.register(LegalHold)
class LegalHoldAdmin(ReadOnlyAdmin[LegalHold]):
    list_display = ("influencer", "why", "source", "from_on", "until_on", "lifted_at")
    list_filter = (("lifted_at", admin.EmptyFieldListFilter),)
    list_select_related = ("influencer",)
    search_fields = ("influencer__stage_name", "why", "source")
    date_hierarchy = "from_on"
    actions: Any = None


@admin.register(Forgotten)
class ForgottenAdmin(ReadOnlyAdmin[Forgotten]):
    list_display = ("kind", "digest", "erased_on")
    list_filter = ("kind",)
    search_fields = ("digest",)
    date_hierarchy = "erased_on"
    actions: Any = None


@admin.register(RetentionRule)
class RetentionRuleAdmin(HouseAdmin[RetentionRule]):
    list_display = ("key", "days", "is_on", "asks_first", "source", "grade", "valid_from", "valid_to", "edited_at")
    list_filter = ("is_on", "asks_first", "grade")
    search_fields = ("key", "source")
    ordering = ("key",)


@admin.register(RetentionRun)
class RetentionRunAdmin(ReadOnlyAdmin[RetentionRun]):
    list_display = ("key", "on", "started_at", "finished_at", "gone", "asked", "trouble")
    list_filter = ("key", ("trouble", admin.EmptyFieldListFilter))
    search_fields = ("key", "trouble")
    date_hierarchy = "on"
    actions: Any = None


class IncidentPersonInline(ReadOnlyInline):
    model = IncidentPerson
    fields = ("influencer", "told_at", "told_how")


@admin.register(DataIncident)
class DataIncidentAdmin(ReadOnlyAdmin[DataIncident]):
    list_display = ("title", "status", "found_at", "due_at", "authority_told_at", "people_told_at", "closed_at")
    list_filter = ("status",)
    search_fields = ("title", "what", "authority_ref")
    date_hierarchy = "found_at"
    inlines = (IncidentPersonInline,)
    actions: Any = None
