"""The ledger of money is read here. A line is never changed: what becomes of it is a line of its own."""

from typing import Any

from django.contrib import admin

from crm.base.admin import ReadOnlyAdmin
from crm.payments.models import LedgerLine


@admin.register(LedgerLine)
class LedgerLineAdmin(ReadOnlyAdmin[LedgerLine]):
    list_display = ("on", "influencer", "brand", "kind", "step", "amount", "due_on", "label", "by")
    list_filter = ("step", "kind", "brand")
    list_select_related = ("influencer", "brand")
    search_fields = ("label", "note", "key", "ref", "influencer__stage_name", "=contract__id")
    date_hierarchy = "on"
    actions: Any = None
