"""Couriers, their words and the terms are edited here; parcels and what was heard of them are looked at."""

from typing import Any

from django import forms
from django.contrib import admin

from campaigns.samples.after.admin import ErasesAddresses
from campaigns.samples.models import Courier, SampleTerm, Shipment, ShipmentEvent, ShipmentItem, StatusWord
from crm.base.admin import ReadOnlyAdmin, ReadOnlyInline, ReferenceAdmin


@admin.register(Courier)
class CourierAdmin(ReferenceAdmin):
    list_display = ("name", "code", "country", "gives_waybill", "transit_days", "position", "source", "edited_at")
    list_filter = ("country", "gives_waybill", "grade")
    search_fields = ("name", "code")


@admin.register(StatusWord)
class StatusWordAdmin(ReferenceAdmin):
    list_display = ("words", "status", "courier", "position", "source", "edited_at")
    list_filter = ("status", "courier", "grade")
    list_select_related = ("courier",)
    search_fields = ("words",)
    autocomplete_fields = ("courier",)

    def formfield_for_dbfield(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        """A word means one of the states a parcel can be in."""
        if db_field.name == "status":
            return forms.ChoiceField(label=db_field.verbose_name, choices=Shipment.Status.choices)
        return super().formfield_for_dbfield(db_field, request, **kwargs)


@admin.register(SampleTerm)
class SampleTermAdmin(ReferenceAdmin):
    list_display = ("code", "number", "source", "valid_from", "valid_to", "edited_at")
    list_filter = ("code", "grade")
    search_fields = ("code", "source")


class ContentsInline(ReadOnlyInline):
    model = ShipmentItem
    fields = ("item", "batch", "quantity", "arrived")
    show_change_link = False


class NewsInline(ReadOnlyInline):
    model = ShipmentEvent
    fields = ("at", "raw_status", "status", "place", "source", "by")


@admin.register(Shipment)
class ShipmentAdmin(ErasesAddresses, ReadOnlyAdmin[Shipment]):
    list_display = ("request", "courier", "waybill", "status", "shipped_at", "heard_at", "delivered_at")
    list_filter = ("status", "courier", "location", "request__purpose", "request__brand")
    list_select_related = ("request__influencer", "courier")
    search_fields = ("waybill", "request__influencer__stage_name")
    date_hierarchy = "created_at"
    inlines = (ContentsInline, NewsInline)


@admin.register(ShipmentEvent)
class ShipmentEventAdmin(ReadOnlyAdmin[Any]):
    list_display = ("shipment", "at", "raw_status", "status", "place", "source", "by")
    list_filter = ("status", "source", "shipment__courier")
    list_select_related = ("shipment",)
    search_fields = ("raw_status", "place", "shipment__waybill")
    date_hierarchy = "at"
