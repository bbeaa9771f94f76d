"""Programmes are worded here; deals, periods and prospects are looked at. They move on their own pages."""

from typing import Any

from django.contrib import admin

from crm.ambassadors.models import (
    AmbassadorDeal,
    DealChange,
    DealPause,
    DealPeriod,
    DealReview,
    PeriodQuota,
    Program,
    ProgramTier,
    Prospect,
    QuotaLine,
    RetainerRate,
    TailItem,
    Termination,
    TierMove,
    TierPerk,
)
from crm.base.admin import HouseAdmin, ReadOnlyAdmin, ReadOnlyInline


class TierInline(ReadOnlyInline):
    model = ProgramTier
    fields = ("rank", "name", "from_sales", "from_posts", "min_quota")


class TierPerkInline(ReadOnlyInline):
    model = TierPerk
    fields = ("kind", "label", "value", "every")
    show_change_link = False


@admin.register(Program)
class ProgramAdmin(HouseAdmin[Program]):
    list_display = ("name", "brand", "category", "owner", "has_tiers", "archived_at")
    list_filter = ("brand", "has_tiers", ("archived_at", admin.EmptyFieldListFilter))
    list_select_related = ("brand", "category", "owner")
    search_fields = ("name", "brand__name", "about")
    date_hierarchy = "created_at"
    autocomplete_fields = ("owner",)
    # Promises are held against brand and category: changing them is a new programme.
    readonly_fields = ("brand", "category", "has_tiers", "archived_at", "created_at", "updated_at")
    inlines = (TierInline,)
    actions: Any = None
    may_add = False


@admin.register(ProgramTier)
class ProgramTierAdmin(ReadOnlyAdmin[ProgramTier]):
    list_display = ("name", "program", "rank", "from_sales", "from_posts", "min_quota")
    list_filter = ("program",)
    list_select_related = ("program",)
    search_fields = ("name", "program__name")
    date_hierarchy = "created_at"
    inlines = (TierPerkInline,)
    actions: Any = None


@admin.register(Prospect)
class ProspectAdmin(ReadOnlyAdmin[Prospect]):
    list_display = ("influencer", "brand", "program", "status", "noted_by", "created_at")
    list_filter = ("status", "brand")
    list_select_related = ("influencer", "brand", "program", "noted_by")
    search_fields = ("influencer__stage_name", "brand__name", "why")
    date_hierarchy = "created_at"
    actions: Any = None


class QuotaInline(ReadOnlyInline):
    model = QuotaLine
    fields = ("format", "note", "rollover", "over", "counts_on")


class RateInline(ReadOnlyInline):
    model = RetainerRate
    fields = ("from_on", "amount", "amendment")
    show_change_link = False


class PauseInline(ReadOnlyInline):
    model = DealPause
    fields = ("first_on", "last_on", "effect", "exclusivity_rests", "why")
    show_change_link = False


class ChangeInline(ReadOnlyInline):
    model = DealChange
    fields = ("from_on", "amendment", "changes", "done_at")
    show_change_link = False


class TierMoveInline(ReadOnlyInline):
    model = TierMove
    fields = ("from_on", "former", "tier", "why", "by")
    show_change_link = False


class TailInline(ReadOnlyInline):
    model = TailItem
    fields = ("kind", "due_on", "note", "done_at", "done_by")
    show_change_link = False


@admin.register(AmbassadorDeal)
class AmbassadorDealAdmin(ReadOnlyAdmin[AmbassadorDeal]):
    """Days, renewal and notice are the contract's."""

    list_display = ("influencer", "program", "label", "tier", "contract", "unit", "every", "billing", "checked_on")
    list_filter = ("program", "label", "unit", "billing")
    list_select_related = ("influencer", "program", "tier", "contract")
    search_fields = ("influencer__stage_name", "program__name", "contract__title", "=id")
    date_hierarchy = "created_at"
    inlines = (QuotaInline, RateInline, PauseInline, ChangeInline, TierMoveInline, TailInline)
    actions: Any = None


class BalanceInline(ReadOnlyInline):
    model = PeriodQuota
    fields = ("line", "granted", "carried", "delivered", "waived", "settled", "left")
    show_change_link = False


@admin.register(DealPeriod)
class DealPeriodAdmin(ReadOnlyAdmin[DealPeriod]):
    list_display = ("deal", "number", "first_on", "last_on", "state", "active_days", "nominal_days", "closed_at")
    list_filter = ("state", "is_stub", "deal__program")
    list_select_related = ("deal__influencer", "deal__program")
    search_fields = ("deal__influencer__stage_name", "deal__program__name", "=deal__id")
    date_hierarchy = "first_on"
    inlines = (BalanceInline,)
    actions: Any = None


@admin.register(DealReview)
class DealReviewAdmin(ReadOnlyAdmin[DealReview]):
    list_display = ("deal", "kind", "for_on", "due_on", "decision", "decided_by", "decided_at")
    list_filter = ("kind", "decision")
    list_select_related = ("deal__influencer", "deal__program", "decided_by")
    search_fields = ("deal__influencer__stage_name", "deal__program__name", "note")
    date_hierarchy = "due_on"
    actions: Any = None


@admin.register(Termination)
class TerminationAdmin(ReadOnlyAdmin[Termination]):
    list_display = ("deal", "kind", "by", "effective_on", "settled_at", "settled_by")
    list_filter = ("kind", "by", ("settled_at", admin.EmptyFieldListFilter))
    list_select_related = ("deal__influencer", "deal__program")
    search_fields = ("deal__influencer__stage_name", "deal__program__name", "why")
    date_hierarchy = "effective_on"
    actions: Any = None
