"""How the work of each part came out, read only."""

from typing import Any

from django.contrib import admin

from crm.base.admin import ReadOnlyAdmin
from crm.base.outcomes import Outcome


@admin.register(Outcome)
class OutcomeAdmin(ReadOnlyAdmin[Outcome]):
    list_display = ("name", "ok_at", "failed_at", "why", "heartbeat_at")
    list_filter = (("why", admin.EmptyFieldListFilter),)
    search_fields = ("name", "why")
    date_hierarchy = "ok_at"
    actions: Any = None
