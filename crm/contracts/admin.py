"""Contracts are looked at and moved here by the same steps as on their pages; templates get a new version per change."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from crm.base.admin import HouseAdmin, ReadOnlyAdmin, ReadOnlyInline, carry_out
from crm.contracts.actions import steps
from crm.contracts.models import (
    Bid,
    Contract,
    ContractTemplate,
    ContractWording,
    LibraryClause,
    Notice,
    Party,
    PayLine,
    PromisedPost,
    Signature,
    SigningCode,
    TermChange,
    UsageRight,
)
from crm.team.views.access import me
from crm.timeline.record import Actor
from crm.timeline.transitions import TransitionRefused

REFUSALS = (TransitionRefused, ValidationError)


class PartyInline(ReadOnlyInline):
    model = Party
    fields = ("role", "name", "influencer", "contact")


class LineInline(ReadOnlyInline):
    model = PayLine
    fields = ("kind", "amount", "tax", "rate_bp", "note", "party")


class ChangeInline(ReadOnlyInline):
    model = TermChange
    fields = ("what", "label", "was", "becomes", "done_at")


@admin.register(Contract)
class ContractAdmin(ReadOnlyAdmin[Contract]):
    """Terms are changed on the contract's own page, where its people are asked for first."""

    list_display = ("title", "brand", "kind", "status", "start_on", "end_on", "signed_at", "owner")
    list_filter = ("status", "kind", "renewal", "brand")
    list_select_related = ("brand", "owner")
    search_fields = ("title", "brand__name", "parties__name", "=id")
    date_hierarchy = "created_at"
    inlines = (PartyInline, LineInline, ChangeInline)
    actions = ("approve", "draft_again")

    @admin.action(description=_("Approve what they pay now"))
    def approve(self, request: HttpRequest, rows: "QuerySet[Contract]") -> None:
        now, user = timezone.now(), me(request)
        carry_out(self, request, rows, lambda row: steps.approve(row, user, at=now), REFUSALS)

    @admin.action(description=_("Back to draft"))
    def draft_again(self, request: HttpRequest, rows: "QuerySet[Contract]") -> None:
        now, actor = timezone.now(), Actor.user(me(request))
        carry_out(self, request, rows, lambda row: steps.back_to_draft(row, at=now, actor=actor), REFUSALS)


@admin.register(Party)
class PartyAdmin(ReadOnlyAdmin[Party]):
    list_display = ("name", "role", "contract", "influencer", "contact")
    list_filter = ("role",)
    list_select_related = ("contract", "influencer", "contact")
    search_fields = ("name", "contract__title")
    date_hierarchy = "created_at"
    actions: Any = None


@admin.register(PayLine)
class LineAdmin(ReadOnlyAdmin[PayLine]):
    list_display = ("contract", "kind", "amount", "tax", "rate_bp", "party")
    list_filter = ("kind", "tax")
    list_select_related = ("contract", "party")
    search_fields = ("contract__title", "note")
    actions: Any = None


@admin.register(PromisedPost)
class PromisedPostAdmin(ReadOnlyAdmin[PromisedPost]):
    list_display = ("contract", "party", "format", "due_on", "dropped_at")
    list_filter = ("format__platform",)
    list_select_related = ("contract", "party", "format__platform")
    search_fields = ("contract__title", "party__name", "note")
    date_hierarchy = "due_on"
    actions: Any = None


@admin.register(UsageRight)
class UsageRightAdmin(ReadOnlyAdmin[UsageRight]):
    list_display = ("contract", "kind", "counted_from", "days", "start_on", "end_on", "down_at")
    list_filter = ("kind", "counted_from")
    list_select_related = ("contract",)
    search_fields = ("contract__title", "note")
    date_hierarchy = "end_on"
    actions: Any = None


@admin.register(Bid)
class BidAdmin(ReadOnlyAdmin[Bid]):
    list_display = ("contract", "party", "kind", "amount", "channel", "at", "noted_by")
    list_filter = ("kind", "channel")
    list_select_related = ("contract", "party", "noted_by")
    search_fields = ("contract__title", "said")
    date_hierarchy = "at"
    actions: Any = None


@admin.register(Signature)
class SignatureAdmin(ReadOnlyAdmin[Signature]):
    list_display = ("name", "party", "how", "signed_at", "acting_for", "noted_by")
    list_filter = ("how",)
    list_select_related = ("party", "noted_by")
    search_fields = ("name", "acting_for", "document_sha256", "party__contract__title")
    date_hierarchy = "signed_at"
    actions: Any = None


@admin.register(SigningCode)
class SigningCodeAdmin(ReadOnlyAdmin[SigningCode]):
    """Which codes were sent and used; the code itself is nowhere."""

    list_display = ("party", "name", "tries", "created_at", "expires_at", "used_at")
    list_filter = (("used_at", admin.EmptyFieldListFilter),)
    list_select_related = ("party",)
    search_fields = ("name", "party__name", "party__contract__title")
    date_hierarchy = "created_at"
    actions: Any = None


@admin.register(TermChange)
class TermChangeAdmin(ReadOnlyAdmin[TermChange]):
    list_display = ("amendment", "what", "label", "done_at")
    list_filter = ("what", ("done_at", admin.EmptyFieldListFilter))
    list_select_related = ("amendment",)
    search_fields = ("label", "amendment__title")
    date_hierarchy = "done_at"
    actions: Any = None


@admin.register(Notice)
class NoticeAdmin(ReadOnlyAdmin[Notice]):
    list_display = (
        "contract",
        "kind",
        "given_by",
        "sent_on",
        "received_on",
        "counts_on",
        "deadline_on",
        "is_late",
        "by",
    )
    list_filter = ("kind", "given_by", "is_late")
    list_select_related = ("contract",)
    search_fields = ("contract__title", "note", "by")
    date_hierarchy = "sent_on"
    actions: Any = None


class WordingInline(ReadOnlyInline):
    model = ContractWording
    fields = ("version", "written_by", "created_at")


@admin.register(ContractTemplate)
class ContractTemplateAdmin(HouseAdmin[ContractTemplate]):
    list_display = ("name_en", "name_id", "kind", "is_active", "source", "edited_at")
    list_filter = ("kind", "is_active")
    search_fields = ("name_en", "name_id", "code")
    readonly_fields = ("edited_at",)
    inlines = (WordingInline,)
    actions: Any = None


@admin.register(ContractWording)
class ContractWordingAdmin(ReadOnlyAdmin[ContractWording]):
    """Versions are looked at here; a new one is written on the template's page."""

    list_display = ("template", "version", "written_by", "created_at")
    list_filter = ("template",)
    list_select_related = ("template", "written_by")
    search_fields = ("template__name_en", "text_en", "text_id")
    date_hierarchy = "created_at"
    actions: Any = None


@admin.register(LibraryClause)
class LibraryClauseAdmin(HouseAdmin[LibraryClause]):
    list_display = ("title_en", "title_id", "code", "is_active", "source", "edited_at")
    list_filter = ("is_active", "grade")
    search_fields = ("title_en", "title_id", "code")
    readonly_fields = ("edited_at",)
    actions: Any = None
