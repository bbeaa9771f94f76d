"""What every room's admin pages share."""

from typing import Any, TypeVar

from django.contrib import admin
from django.db import models
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from djmoney.models.fields import MoneyField as MoneyColumn

from crm.base.models import Reference
from crm.base.money import MoneyField

Row = TypeVar("Row", bound=models.Model)
ReferenceRow = TypeVar("ReferenceRow", bound=Reference)


class RowAdmin(admin.ModelAdmin[Row]):
    """Amounts are written in the reader's notation, addresses mean https; lists stay quick on large tables."""

    formfield_overrides = {MoneyColumn: {"form_class": MoneyField}, models.URLField: {"assume_scheme": "https"}}
    show_full_result_count = False
    list_per_page = 50


class ReferenceAdmin(RowAdmin[ReferenceRow]):
    """Reference data: who saves a row here makes it the house's own, and no release changes it again.

    Rows are not deleted, for the next release would bring them back: an end of validity switches one off.
    """

    readonly_fields = ("edited_at",)
    list_filter = ("grade",)

    def get_fieldsets(self, request: HttpRequest, obj: ReferenceRow | None = None) -> Any:
        origin = ["source", "source_url", "source_year", "grade", "valid_from", "valid_to", "edited_at"]
        own = [name for name in self.get_fields(request, obj) if name not in origin]
        return [(None, {"fields": own}), (_("Source and validity"), {"fields": origin})]

    def save_model(self, request: HttpRequest, obj: ReferenceRow, form: ModelForm[Any], change: bool) -> None:
        obj.edited_at = timezone.now()
        super().save_model(request, obj, form, change)

    def has_delete_permission(self, request: HttpRequest, obj: ReferenceRow | None = None) -> bool:
        return False
