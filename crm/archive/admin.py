"""Copies that were made, looked at and not changed."""

from typing import Any

from django.contrib import admin

from crm.archive.models import BackupRun, ExportRun
from crm.base.admin import ReadOnlyAdmin


@admin.register(BackupRun)
class BackupRunAdmin(ReadOnlyAdmin[BackupRun]):
    list_display = ("started_at", "kind", "finished_at", "size", "place", "verified_at", "trouble", "gone_at")
    list_filter = ("kind", ("trouble", admin.EmptyFieldListFilter), ("verified_at", admin.EmptyFieldListFilter))
    search_fields = ("place", "sha256", "trouble")
    date_hierarchy = "started_at"
    actions: Any = None


@admin.register(ExportRun)
class ExportRunAdmin(ReadOnlyAdmin[ExportRun]):
    list_display = ("started_at", "asked_by", "finished_at", "size", "expires_at", "fetched_at", "trouble")
    list_filter = (("trouble", admin.EmptyFieldListFilter),)
    list_select_related = ("asked_by",)
    search_fields = ("place", "sha256", "trouble")
    date_hierarchy = "started_at"
    actions: Any = None
