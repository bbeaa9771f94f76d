"""The timeline in the administration: read only, and told what is done there."""

from typing import Any

from django.contrib import admin
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from crm.base.admin import Changes, ReadOnlyAdmin, admin_told
from crm.timeline.looks import GROUPS
from crm.timeline.models import Entry, EntryQuerySet
from crm.timeline.record import Actor, record

SENTENCES = {
    "added": _("%(kind)s “%(name)s” was added in the administration"),
    "changed": _("%(kind)s “%(name)s” was changed in the administration"),
    "removed": _("%(kind)s “%(name)s” was removed in the administration"),
}


@admin_told("timeline")
def tell(request: HttpRequest, row: models.Model, what: str, changes: Changes) -> None:
    """Whatever is done in the administration stands in the audit, and in the story of the person it is about."""
    user: Any = request.user
    is_person = row._meta.label_lower == "crm.influencer"
    record(
        f"admin.{what}",
        SENTENCES[what],
        params={"kind": row._meta.verbose_name, "name": row},
        subject=row,
        changes=changes,
        actor=Actor.user(user),
        influencer=row.pk if is_person else getattr(row, "influencer_id", None),
        brand=row.pk if row._meta.label_lower == "crm.brand" else getattr(row, "brand_id", None),
        at=timezone.now(),
    )


class GroupFilter(admin.SimpleListFilter):
    """The same groups as the audit page."""

    title = _("what")
    parameter_name = "group"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [(code, label) for code, (label, _families) in GROUPS.items()]

    def queryset(self, request: HttpRequest, queryset: "QuerySet[Entry]") -> "QuerySet[Entry]":
        entries: EntryQuerySet = queryset  # type: ignore[assignment]
        return entries.of_families(GROUPS[self.value() or ""][1]) if self.value() in GROUPS else entries


@admin.register(Entry)
class EntryAdmin(ReadOnlyAdmin[Entry]):
    list_display = ("at", "actor_label", "verb", "sentence", "influencer", "brand", "channel")
    list_filter = (GroupFilter, "actor_kind", "channel", ("brand", admin.RelatedOnlyFieldListFilter))
    list_select_related = ("influencer", "brand")
    search_fields = ("sentence_en", "sentence_id", "actor_label", "subject_label", "quote", "verb")
    date_hierarchy = "at"
    ordering = ("-at", "-id")
    exclude = ("file",)
    actions = None

    @admin.display(description=_("what"))
    def sentence(self, entry: Entry) -> str:
        return entry.sentence
