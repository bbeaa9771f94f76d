"""Imports in the administration: what came in, line by line, and the columns that are remembered."""

from typing import Any

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from crm.base.admin import ReadOnlyAdmin
from crm.influencers.imports.actions import discard, go_on
from crm.influencers.imports.file_admin import FileRunAdmin
from crm.influencers.models import ImportMapping, ImportRow, ImportRun


@admin.register(ImportRun)
class ImportRunAdmin(FileRunAdmin[ImportRun]):
    """Files on their way in. They are taken further on the import's own page; the file itself is not handed out here."""

    list_display = ("file_name", "status", "total", "cursor", "platform", "started_by", "created_at", "finished_at")
    list_filter = ("status", "platform", ("finished_at", admin.EmptyFieldListFilter))
    list_select_related = ("platform", "started_by")
    go_on = staticmethod(go_on)
    discard = staticmethod(discard)


@admin.register(ImportRow)
class ImportRowAdmin(ReadOnlyAdmin[ImportRow]):
    list_display = ("line", "verdict", "run", "influencer_ref", "written_at")
    list_filter = ("verdict", ("written_at", admin.EmptyFieldListFilter))
    list_select_related = ("run",)
    search_fields = ("=run__id", "run__file_name", "=line", "=influencer_ref")
    date_hierarchy = "written_at"
    ordering = ("-run_id", "line")
    actions = None


@admin.register(ImportMapping)
class ImportMappingAdmin(ReadOnlyAdmin[ImportMapping]):
    """What the columns of a set of headings mean. Forgetting one makes the next such file ask again."""

    list_display = ("fingerprint", "platform", "headings", "updated_at")
    list_filter = ("platform",)
    list_select_related = ("platform",)
    search_fields = ("fingerprint",)
    date_hierarchy = "updated_at"
    ordering = ("-updated_at",)
    actions = None
    may_delete = True

    @admin.display(description=_("columns"))
    def headings(self, mapping: ImportMapping) -> str:
        columns: dict[str, Any] = mapping.columns
        return ", ".join(str(name) for name in columns)[:120]
