"""Rates, duties, fees and thresholds: dated rows with their source, edited here."""

from django.contrib import admin

from crm.base.admin import ReferenceAdmin
from crm.payments.models import ExchangeRate, KillFee, StampRule, TaxBand, TaxRule, YearlyThreshold


class BandInline(admin.TabularInline[TaxBand, TaxRule]):
    model = TaxBand
    fields = ("above", "up_to", "rate_bp")
    extra = 0


@admin.register(TaxRule)
class TaxRuleAdmin(ReferenceAdmin):
    list_display = (
        "article",
        "valid_from",
        "valid_to",
        "base_bp",
        "rate_bp",
        "surcharge_bp",
        "rounding",
        "source",
        "grade",
    )
    list_filter = ("article", "grade")
    search_fields = ("source",)
    inlines = (BandInline,)


@admin.register(StampRule)
class StampRuleAdmin(ReferenceAdmin):
    list_display = ("paper", "above", "duty", "currency", "valid_from", "valid_to", "source", "grade")
    list_filter = ("paper", "grade")
    search_fields = ("source",)


@admin.register(YearlyThreshold)
class YearlyThresholdAdmin(ReferenceAdmin):
    list_display = ("country", "amount", "currency", "valid_from", "valid_to", "source", "grade")
    list_filter = ("country", "grade")
    search_fields = ("country", "source", "meaning")


@admin.register(ExchangeRate)
class ExchangeRateAdmin(ReferenceAdmin):
    list_display = ("on", "base", "quote", "rate", "source")
    list_filter = ("base", "quote")
    search_fields = ("source", "base", "quote")
    date_hierarchy = "on"


@admin.register(KillFee)
class KillFeeAdmin(ReferenceAdmin):
    list_display = ("stage", "share_bp", "valid_from", "valid_to", "source", "grade")
    list_filter = ("stage", "grade")
    search_fields = ("source",)
