"""Copies that were made, looked at and not changed."""

from typing import Any

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from crm.archive.models import BackupRun, ExportRun
from crm.base.admin import ReadOnlyAdmin
from crm.outbox.reasons import in_words


@admin.register(BackupRun)
class BackupRunAdmin(ReadOnlyAdmin[BackupRun]):
    list_display = ("started_at", "kind", "finished_at", "size", "place", "verified_at", "reason", "gone_at")
    list_filter = ("kind", ("trouble", admin.EmptyFieldListFilter), ("verified_at", admin.EmptyFieldListFilter))
    search_fields = ("place", "sha256", "trouble")
    date_hierarchy = "started_at"
    actions: Any = None
    exclude = ("trouble",)
    readonly_fields = ("reason",)

    @admin.display(description=_("what went wrong"), ordering="trouble")
    def reason(self, run: BackupRun) -> str:
        return in_words(run.trouble)


@admin.register(ExportRun)
class ExportRunAdmin(ReadOnlyAdmin[ExportRun]):
    list_display = ("started_at", "asked_by", "finished_at", "size", "expires_at", "fetched_at", "reason")
    list_filter = (("trouble", admin.EmptyFieldListFilter),)
    list_select_related = ("asked_by",)
    search_fields = ("place", "sha256", "trouble")
    date_hierarchy = "started_at"
    actions: Any = None
    exclude = ("trouble",)
    readonly_fields = ("reason",)

    @admin.display(description=_("what went wrong"), ordering="trouble")
    def reason(self, run: ExportRun) -> str:
        return in_words(run.trouble)
