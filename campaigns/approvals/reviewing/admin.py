"""Notes on versions: they are written where the version is looked at; here they are looked through."""

from django.contrib import admin

from campaigns.approvals.models import Note
from crm.base.admin import ReadOnlyAdmin


@admin.register(Note)
class NoteAdmin(ReadOnlyAdmin[Note]):
    list_display = ("body", "version", "level", "kind", "author_label", "is_for_us", "sent_at", "solved_in")
    list_filter = (
        "level",
        "kind",
        "is_for_us",
        ("sent_at", admin.EmptyFieldListFilter),
        "version__deliverable__collaboration__campaign__brand",
    )
    list_select_related = ("version",)
    search_fields = ("body", "author_label", "version__deliverable__collaboration__influencer__stage_name")
    date_hierarchy = "created_at"
