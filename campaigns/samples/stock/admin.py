"""Places are edited here; batches and movements are looked at: they change by what happens on the shelf."""

from typing import Any

from django.contrib import admin

from campaigns.samples.models import StockBatch, StockLocation, StockMovement
from crm.base.admin import HouseAdmin, ReadOnlyAdmin, ReadOnlyInline


@admin.register(StockLocation)
class StockLocationAdmin(HouseAdmin[StockLocation]):
    list_display = ("name", "brand", "sender", "phone", "archived_at")
    list_filter = ("brand", ("archived_at", admin.EmptyFieldListFilter))
    list_select_related = ("brand",)
    search_fields = ("name", "sender", "address")
    autocomplete_fields = ("brand",)
    readonly_fields = ("archived_at",)
    date_hierarchy = "created_at"
    actions = None


class MovementInline(ReadOnlyInline):
    model = StockMovement
    fields = ("at", "kind", "quantity", "ref", "note", "by")


@admin.register(StockBatch)
class StockBatchAdmin(ReadOnlyAdmin[StockBatch]):
    list_display = ("product", "variant", "batch_no", "location", "expires_on", "on_hand", "reserved")
    list_filter = ("location", "product__brand", "expires_on")
    list_select_related = ("product", "variant__product", "location")
    search_fields = ("batch_no", "product__name", "variant__name", "variant__sku")
    date_hierarchy = "created_at"
    inlines = (MovementInline,)


@admin.register(StockMovement)
class StockMovementAdmin(ReadOnlyAdmin[Any]):
    list_display = ("at", "kind", "quantity", "batch", "ref", "note", "by")
    list_filter = ("kind", "batch__location", "batch__product__brand")
    list_select_related = ("batch__product", "batch__variant__product")
    search_fields = ("ref", "note", "by", "batch__batch_no", "batch__product__name")
    date_hierarchy = "at"
