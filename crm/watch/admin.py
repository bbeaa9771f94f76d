"""How the work of each part came out, read only."""

from typing import Any

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from crm.base.admin import ReadOnlyAdmin
from crm.base.outcomes import Outcome
from crm.outbox.reasons import in_words


@admin.register(Outcome)
class OutcomeAdmin(ReadOnlyAdmin[Outcome]):
    list_display = ("name", "ok_at", "failed_at", "reason", "heartbeat_at")
    exclude = ("why", "heartbeat_trouble")
    readonly_fields = ("reason", "not_told")
    list_filter = (("why", admin.EmptyFieldListFilter),)
    search_fields = ("name", "why")
    date_hierarchy = "ok_at"
    actions: Any = None

    @admin.display(description=_("what went wrong"), ordering="why")
    def reason(self, outcome: Outcome) -> str:
        return in_words(outcome.why)

    @admin.display(description=_("why nobody outside was told"))
    def not_told(self, outcome: Outcome) -> str:
        return in_words(outcome.heartbeat_trouble)
