"""Promises of exclusivity and work elsewhere. What is in force is looked at; findings are decided on their page."""

from typing import Any

from django.contrib import admin
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from crm.base.admin import HouseAdmin, ReadOnlyAdmin, ReadOnlyInline, Searching
from crm.base.anchors import Anchor
from crm.exclusivity.models import (
    BreachCase,
    CarveOut,
    CaseEvidence,
    Claim,
    Clause,
    ClauseRest,
    ClauseStretch,
    Finding,
    OutsideDeal,
)
from crm.exclusivity.stretching import stretch_again


class EditableClause:
    """What is in force is changed by a new version, never in place; history is for everybody who may look in."""

    def has_view_permission(self, request: HttpRequest, obj: Clause | None = None) -> bool:
        return bool(request.user.is_active and getattr(request.user, "is_staff", False))

    def has_add_permission(self, request: HttpRequest, obj: Clause | None = None) -> bool:
        return obj is not None and obj.is_editable and bool(request.user.has_perm("crm.open_admin"))

    def has_change_permission(self, request: HttpRequest, obj: Clause | None = None) -> bool:
        return (obj is None or obj.is_editable) and bool(request.user.has_perm("crm.open_admin"))

    def has_delete_permission(self, request: HttpRequest, obj: Clause | None = None) -> bool:
        return False


class CarveOutInline(EditableClause, Searching, admin.TabularInline[Any, Any]):
    model = CarveOut
    fields = ("brand", "house", "category", "act", "until_on", "note")
    autocomplete_fields = ("brand", "house", "category")
    extra = 0

    def has_delete_permission(self, request: HttpRequest, obj: Clause | None = None) -> bool:
        return self.has_change_permission(request, obj)


class StretchInline(ReadOnlyInline):
    model = ClauseStretch
    fields = ("anchor_ref", "start_at", "end_at", "core_start_at", "core_end_at", "is_provisional")
    show_change_link = False


class RestInline(ReadOnlyInline):
    model = ClauseRest
    fields = ("first_on", "last_on")
    show_change_link = False


@admin.register(Clause)
class ClauseAdmin(EditableClause, HouseAdmin[Clause]):
    """Written on the page of the deal. What is not in force yet may be corrected here, and its windows follow."""

    list_display = ("influencer", "brand", "kind", "standing", "anchor", "version", "blocks", "effective_from")
    list_filter = ("standing", "kind", "anchor", "blocks", "brand")
    list_select_related = ("influencer", "brand")
    search_fields = ("influencer__stage_name", "brand__name", "work_label", "note")
    date_hierarchy = "created_at"
    ordering = ("-created_at", "-id")
    autocomplete_fields = Clause.SCOPE
    exclude = ("act_numbers",)
    readonly_fields = (
        "influencer", "brand", "work_ref", "work_label", "what_is_barred", "standing", "version", "supersedes",
        "effective_from", "takes_over_at", "holds_until", "ended_on",
    )  # fmt: skip
    inlines = (StretchInline, RestInline, CarveOutInline)
    actions = None
    may_add = False

    @admin.display(description=_("what is barred"))
    def what_is_barred(self, row: Clause) -> str:
        return ", ".join(sorted(str(act.label) for act in row.acts))

    def save_related(self, request: HttpRequest, form: ModelForm[Clause], formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        stretch_again(form.instance, list(Anchor.objects.of_work(form.instance.work_ref)))


@admin.register(Claim)
class ClaimAdmin(ReadOnlyAdmin[Claim]):
    """What the guard compares, derived from clauses and work."""

    list_display = ("influencer", "side", "source", "brand", "house", "start_at", "end_at", "active", "why")
    list_filter = ("side", "active")
    list_select_related = ("influencer", "brand", "house")
    search_fields = ("influencer__stage_name", "source")
    date_hierarchy = "start_at"
    ordering = ("-start_at", "-id")
    exclude = Claim.NUMBERS
    actions = None


@admin.register(Finding)
class FindingAdmin(ReadOnlyAdmin[Finding]):
    """Findings are decided on the page of the work, where everybody sees what they mean."""

    list_display = (
        "influencer", "clause", "brand", "engagement_label", "severity", "direction", "status", "decided_by",
    )  # fmt: skip
    list_filter = ("status", "severity", "direction")
    list_select_related = ("influencer", "clause__brand", "brand", "decided_by")
    search_fields = ("influencer__stage_name", "brand__name", "engagement_label", "why")
    date_hierarchy = "created_at"
    ordering = ("-created_at", "-id")
    actions = None


class EvidenceInline(ReadOnlyInline):
    model = CaseEvidence
    fields = ("url", "file", "sha256", "captured_at", "added_at", "added_by", "note")
    show_change_link = False


@admin.register(BreachCase)
class BreachCaseAdmin(ReadOnlyAdmin[BreachCase]):
    """Cases are taken on on their own page, where every step says what it means."""

    list_display = ("influencer", "brand", "status", "owner", "notified_at", "cure_due_on", "closed_at")
    list_filter = ("status", "remedy", "brand")
    list_select_related = ("influencer", "brand", "owner")
    search_fields = ("influencer__stage_name", "brand__name", "why")
    date_hierarchy = "created_at"
    ordering = ("-created_at", "-id")
    inlines = (EvidenceInline,)
    actions = None


@admin.register(CaseEvidence)
class CaseEvidenceAdmin(ReadOnlyAdmin[CaseEvidence]):
    """What was seen; the database itself refuses to change it."""

    list_display = ("case", "url", "sha256", "captured_at", "added_by")
    list_filter = ("case__status",)
    list_select_related = ("case__influencer", "case__brand")
    search_fields = ("url", "sha256", "note")
    date_hierarchy = "captured_at"
    ordering = ("-captured_at", "-id")
    actions = None


@admin.register(Anchor)
class AnchorAdmin(ReadOnlyAdmin[Anchor]):
    """What windows are counted from, told by whoever owns the work."""

    list_display = ("ref", "kind", "work_ref", "first_on", "last_on", "happened_at", "zone")
    list_filter = ("kind",)
    search_fields = ("ref", "work_ref")
    date_hierarchy = "first_on"
    ordering = ("-first_on", "-id")
    actions = None


@admin.register(OutsideDeal)
class OutsideDealAdmin(ReadOnlyAdmin[OutsideDeal]):
    list_display = (
        "influencer", "brand_name", "category", "start_on", "end_on", "is_exclusive", "source", "confirmed_at",
    )  # fmt: skip
    list_filter = ("source", "is_exclusive", ("confirmed_at", admin.EmptyFieldListFilter))
    list_select_related = ("influencer", "category")
    search_fields = ("influencer__stage_name", "brand_name", "as_said", "note")
    date_hierarchy = "created_at"
    ordering = ("-created_at", "-id")
    actions = None
