"""Events and their guests are looked at here and changed on their pages."""

from typing import Any

from django.contrib import admin

from campaigns.events.models import Event, Guest
from crm.base.admin import ReadOnlyAdmin


class GuestInline(admin.TabularInline[Guest, Event]):
    model = Guest
    extra = 0
    can_delete = False
    fields = readonly_fields = ("influencer", "status", "seats", "companion", "invited_at", "answered_at", "came_at")

    def has_add_permission(self, request: Any, obj: Any = None) -> bool:
        return False


@admin.register(Event)
class EventAdmin(ReadOnlyAdmin[Any]):
    list_display = ("name", "kind", "brand", "campaign", "starts_at", "seats", "status", "owner")
    list_filter = ("status", "kind", "brand")
    list_select_related = ("brand", "campaign", "owner")
    search_fields = ("name", "place", "campaign__name", "brand__name")
    date_hierarchy = "starts_at"
    inlines = (GuestInline,)


@admin.register(Guest)
class GuestAdmin(ReadOnlyAdmin[Any]):
    list_display = ("influencer", "event", "status", "seats", "companion", "invited_at", "answered_at", "came_at")
    list_filter = ("status", "event__brand")
    list_select_related = ("influencer", "event")
    search_fields = ("influencer__stage_name", "event__name")
    date_hierarchy = "invited_at"
