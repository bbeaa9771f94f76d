"""Houses, brands, products and the two trees."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from crm.base.admin import HouseAdmin, Searching, carry_out
from crm.brands.actions import archive, restore
from crm.brands.models import (
    Brand,
    BrandAccess,
    BrandOwner,
    BrandOwnership,
    Category,
    Persona,
    Product,
    ProductVariant,
    Territory,
)
from crm.team.admin import UserAdmin
from crm.team.views.access import me
from crm.timeline.record import Actor


class Archiving(HouseAdmin[Any]):
    """Things that are put away, not deleted."""

    readonly_fields = ("archived_at",)
    actions = ("archive_rows", "restore_rows")

    @admin.action(description=_("Archive"))
    def archive_rows(self, request: HttpRequest, rows: "QuerySet[Any]") -> None:
        now, actor = timezone.now(), Actor.user(me(request))
        carry_out(self, request, rows, lambda row: archive(row, at=now, actor=actor), ())

    @admin.action(description=_("Take out of the archive"))
    def restore_rows(self, request: HttpRequest, rows: "QuerySet[Any]") -> None:
        now, actor = timezone.now(), Actor.user(me(request))
        carry_out(self, request, rows, lambda row: restore(row, at=now, actor=actor), ())


class BrandAccessInline(Searching, admin.TabularInline[Any, Any]):
    """The brands a colleague works for; counts while the organisation's brand walls are on."""

    model = BrandAccess
    autocomplete_fields = ("brand",)
    extra = 0


UserAdmin.inlines = (*UserAdmin.inlines, BrandAccessInline)


class ProductInline(Searching, admin.TabularInline[Any, Any]):
    model = Product
    fields = ("name", "category", "value", "notification_no")
    autocomplete_fields = ("category",)
    extra = 0
    can_delete = False
    show_change_link = True


class VariantInline(Searching, admin.TabularInline[Any, Any]):
    model = ProductVariant
    fields = ("name", "sku", "swatch", "value", "position")
    extra = 0
    can_delete = False
    show_change_link = True


class OwnershipInline(Searching, admin.TabularInline[Any, Any]):
    """Whose the brand was, or will be, for some days; outside of them it is its owner's."""

    model = BrandOwnership
    fields = ("owner", "start_on", "end_on")
    autocomplete_fields = ("owner",)
    extra = 0


@admin.register(BrandOwner)
class BrandOwnerAdmin(HouseAdmin[BrandOwner]):
    list_display = ("name", "parent", "country", "created_at")
    list_filter = ("country",)
    list_select_related = ("parent",)
    search_fields = ("name",)
    autocomplete_fields = ("parent",)
    date_hierarchy = "created_at"
    actions = None


@admin.register(Brand)
class BrandAdmin(Archiving):
    list_display = ("name", "owner", "category", "language", "zone", "form_of_address", "archived_at")
    list_filter = ("owner", ("archived_at", admin.EmptyFieldListFilter), "language", "form_of_address")
    list_select_related = ("owner", "category")
    search_fields = ("name", "owner__name")
    autocomplete_fields = ("owner", "category", "also_sells", "rivals", "personas")
    date_hierarchy = "created_at"
    inlines = (ProductInline, OwnershipInline)


@admin.register(Product)
class ProductAdmin(Archiving):
    list_display = ("name", "brand", "category", "value", "notification_no", "archived_at")
    list_filter = ("brand", ("archived_at", admin.EmptyFieldListFilter))
    list_select_related = ("brand", "category")
    search_fields = ("name", "brand__name", "notification_no")
    autocomplete_fields = ("brand", "category")
    date_hierarchy = "created_at"
    inlines = (VariantInline,)


@admin.register(ProductVariant)
class ProductVariantAdmin(Archiving):
    list_display = ("name", "product", "sku", "value", "position", "archived_at")
    list_filter = ("product__brand", ("archived_at", admin.EmptyFieldListFilter))
    list_select_related = ("product",)
    search_fields = ("name", "sku", "product__name")
    autocomplete_fields = ("product",)
    date_hierarchy = "created_at"


@admin.register(BrandAccess)
class BrandAccessAdmin(HouseAdmin[BrandAccess]):
    list_display = ("user", "brand")
    list_filter = ("brand",)
    list_select_related = ("user", "brand")
    search_fields = ("user__name", "user__email", "brand__name")
    autocomplete_fields = ("user", "brand")
    ordering = ("user__name", "brand__name")
    actions = None
    may_delete = True


class TreeAdmin(HouseAdmin[Any]):
    """A node of a tree, found by its name or its code."""

    list_select_related = ("parent",)
    autocomplete_fields = ("parent",)
    actions = None


@admin.register(Category)
class CategoryAdmin(TreeAdmin):
    list_display = ("slug", "name_en", "name_id", "parent", "regulated")
    list_filter = ("regulated", ("parent", admin.RelatedOnlyFieldListFilter))
    search_fields = ("slug", "name_en", "name_id")


@admin.register(Territory)
class TerritoryAdmin(TreeAdmin):
    list_display = ("name", "kind", "code", "parent", "zone")
    list_filter = ("kind", "zone")
    search_fields = ("name", "code")


@admin.register(Persona)
class PersonaAdmin(HouseAdmin[Persona]):
    list_display = ("slug", "name_en", "name_id", "source", "valid_to", "edited_at")
    list_filter = ("grade",)
    search_fields = ("slug", "name_en", "name_id")
    readonly_fields = ("edited_at",)
    actions = None
