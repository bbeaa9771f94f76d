"""What is owed, counted, charged and given: looked at here, written by the ledgers alone."""

from typing import Any

from django.contrib import admin

from crm.ambassadors.models import (
    CommissionRule,
    MakeGood,
    PerkGrant,
    QuotaEntry,
    QuotaLine,
    QuotaQuantity,
    RetainerCharge,
    Sale,
)
from crm.base.admin import ReadOnlyAdmin, ReadOnlyInline


class QuantityInline(ReadOnlyInline):
    model = QuotaQuantity
    fields = ("from_on", "quantity", "amendment")
    show_change_link = False


@admin.register(QuotaLine)
class QuotaLineAdmin(ReadOnlyAdmin[QuotaLine]):
    list_display = ("deal", "format", "note", "rollover", "carry_cap", "over", "extra_price", "counts_on")
    list_filter = ("rollover", "over", "counts_on", "format__platform")
    list_select_related = ("deal__influencer", "deal__program", "format__platform")
    search_fields = ("deal__influencer__stage_name", "deal__program__name", "note")
    date_hierarchy = "created_at"
    inlines = (QuantityInline,)
    actions: Any = None


@admin.register(QuotaEntry)
class QuotaEntryAdmin(ReadOnlyAdmin[QuotaEntry]):
    list_display = ("on", "period", "line", "kind", "quantity", "exact", "label", "by")
    list_filter = ("kind", "line__deal__program")
    list_select_related = ("period__deal__influencer", "period__deal__program", "line__format__platform")
    search_fields = ("label", "note", "key", "ref", "line__deal__influencer__stage_name")
    date_hierarchy = "on"
    actions: Any = None


@admin.register(MakeGood)
class MakeGoodAdmin(ReadOnlyAdmin[MakeGood]):
    list_display = ("period", "line", "quantity", "done", "waived", "due_on")
    list_filter = ("line__format__platform", "period__deal__program")
    list_select_related = ("period__deal__influencer", "period__deal__program", "line__format__platform")
    search_fields = ("period__deal__influencer__stage_name", "period__deal__program__name", "line__note")
    date_hierarchy = "due_on"
    actions: Any = None


@admin.register(RetainerCharge)
class RetainerChargeAdmin(ReadOnlyAdmin[RetainerCharge]):
    list_display = ("period", "kind", "amount", "state", "decided_by", "decided_at")
    list_filter = ("state", "kind", "period__deal__program")
    list_select_related = ("period__deal__influencer", "period__deal__program")
    search_fields = ("period__deal__influencer__stage_name", "period__deal__program__name", "why")
    date_hierarchy = "created_at"
    actions: Any = None


@admin.register(CommissionRule)
class CommissionRuleAdmin(ReadOnlyAdmin[CommissionRule]):
    list_display = ("deal", "tier", "rate_bp", "basis", "attribution", "hold_days", "post_term_days", "from_on")
    list_filter = ("basis", "attribution")
    list_select_related = ("deal__influencer", "deal__program", "tier")
    search_fields = ("deal__influencer__stage_name", "tier__name", "tier__program__name")
    date_hierarchy = "from_on"
    actions: Any = None


@admin.register(Sale)
class SaleAdmin(ReadOnlyAdmin[Sale]):
    list_display = ("number", "brand", "deal", "via", "ordered_on", "gross", "commission", "state", "matures_on")
    list_filter = ("state", "via", "brand")
    list_select_related = ("brand", "deal__influencer", "deal__program")
    search_fields = ("number", "code", "deal__influencer__stage_name")
    date_hierarchy = "ordered_on"
    actions: Any = None


@admin.register(PerkGrant)
class PerkGrantAdmin(ReadOnlyAdmin[PerkGrant]):
    list_display = ("label", "kind", "deal", "value", "used", "granted_on", "used_on")
    list_filter = ("kind", "deal__program")
    list_select_related = ("deal__influencer", "deal__program")
    search_fields = ("label", "note", "deal__influencer__stage_name")
    date_hierarchy = "granted_on"
    actions: Any = None
