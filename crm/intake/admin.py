"""Imports of other things in the administration: what came in, line by line."""

from django.contrib import admin

from crm.base.admin import ReadOnlyAdmin
from crm.influencers.imports.file_admin import FileRunAdmin
from crm.intake.actions import discard, go_on
from crm.intake.models import Intake, IntakeLine


@admin.register(Intake)
class IntakeAdmin(FileRunAdmin[Intake]):
    """They are taken further on the import's own page; the file itself is not handed out here."""

    list_display = ("file_name", "kind", "status", "total", "cursor", "started_by", "created_at", "finished_at")
    list_filter = ("kind", "status", ("finished_at", admin.EmptyFieldListFilter))
    list_select_related = ("started_by",)
    go_on = staticmethod(go_on)
    discard = staticmethod(discard)


@admin.register(IntakeLine)
class IntakeLineAdmin(ReadOnlyAdmin[IntakeLine]):
    list_display = ("line", "who", "what", "verdict", "run", "written_at", "taken_back_at")
    list_filter = ("verdict", "run__kind", ("written_at", admin.EmptyFieldListFilter))
    list_select_related = ("run",)
    search_fields = ("=run__id", "run__file_name", "=line", "who", "what")
    date_hierarchy = "written_at"
    ordering = ("-run_id", "line")
    actions = None
