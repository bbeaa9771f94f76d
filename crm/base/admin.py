"""What every page of the administration shares: every change is told, nothing is deleted by the dozen."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeVar

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.widgets import AutocompleteMixin, AutocompleteSelect, AutocompleteSelectMultiple
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import QuerySet
from django.forms import BaseModelFormSet, ModelForm
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from djmoney.models.fields import MoneyField as MoneyColumn

from crm.base.models import Holiday, Organisation, Reference, StoredFile
from crm.base.money import MoneyField
from crm.base.paging import LARGEST_ID
from crm.base.places import Place
from crm.base.shallow_json import ShallowDecoder

M = TypeVar("M", bound=models.Model)
Changes = Mapping[str, tuple[Any, Any]]

admin_told: Place[Callable[[HttpRequest, models.Model, str, Changes], None]] = Place("admin_told")
"""`@admin_told("timeline")`: function(request, row, what, changes); what: added, changed, removed."""


LONGEST_SEARCH = 80


def may_be_key(key: Any, typed: str) -> bool:
    """Whether a row could have this key at all. What could be none is not asked of the database."""
    try:
        read = key.to_python(typed)
    except ValidationError:
        return False
    return not isinstance(read, int) or abs(read) <= LARGEST_ID


class KnownChoices(AutocompleteMixin):
    """Shows a refused form again: the framework's own widget looks up whatever was sent as a key."""

    def optgroups(self, name: str, value: Sequence[str], attrs: Any = None) -> Any:
        key = self.field.remote_field.model._meta.pk
        return super().optgroups(name, [typed for typed in value if typed and may_be_key(key, typed)], attrs)


class OneKnown(KnownChoices, AutocompleteSelect):
    pass


class SeveralKnown(KnownChoices, AutocompleteSelectMultiple):
    pass


class Searching:
    """An admin or an inline whose `autocomplete_fields` take any junk."""

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name in self.get_autocomplete_fields(request):  # type: ignore[attr-defined]
            kwargs["widget"] = OneKnown(db_field, self.admin_site)  # type: ignore[attr-defined]
        return super().formfield_for_foreignkey(db_field, request, **kwargs)  # type: ignore[misc]

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name in self.get_autocomplete_fields(request):  # type: ignore[attr-defined]
            kwargs["widget"] = SeveralKnown(db_field, self.admin_site)  # type: ignore[attr-defined]
        return super().formfield_for_manytomany(db_field, request, **kwargs)  # type: ignore[misc]


class HouseAdmin(Searching, admin.ModelAdmin[M]):
    """A table whose rows are edited here. `may_add`, `may_change` and `may_delete` say what is possible at all."""

    list_per_page = 50
    show_full_result_count = False
    formfield_overrides = {
        models.URLField: {"assume_scheme": "https"},
        models.JSONField: {"decoder": ShallowDecoder},
        MoneyColumn: {"form_class": MoneyField},
    }
    may_add = True
    may_change = True
    may_delete = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self.may_add and super().has_add_permission(request)

    def has_change_permission(self, request: HttpRequest, obj: M | None = None) -> bool:
        return self.may_change and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: M | None = None) -> bool:
        return self.may_delete and super().has_delete_permission(request, obj)

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        actions: dict[str, Any] = super().get_actions(request)
        actions.pop("delete_selected", None)
        return actions

    def response_action(  # type: ignore[override]  # the stubs know a later release's third argument
        self, request: HttpRequest, queryset: "QuerySet[M]"
    ) -> HttpResponse | None:
        """Ticked rows only; what could be no row counts as not ticked."""
        posted = request.POST.copy()
        ticked = [typed for typed in posted.getlist(ACTION_CHECKBOX_NAME) if may_be_key(self.opts.pk, typed)]
        posted.setlist(ACTION_CHECKBOX_NAME, ticked)
        request.POST = posted  # type: ignore[assignment]
        return super().response_action(request, queryset)

    def get_search_results(self, request: HttpRequest, queryset: "QuerySet[M]", search_term: str) -> Any:
        """The database refuses patterns of any length, and a zero byte."""
        words = search_term.replace("\x00", "")[:LONGEST_SEARCH]
        return super().get_search_results(request, queryset, words)

    def save_model(self, request: HttpRequest, obj: M, form: ModelForm[M], change: bool) -> None:
        before = type(obj)._base_manager.filter(pk=obj.pk).first() if change else None
        if isinstance(obj, Reference) and form.has_changed():
            obj.edited_at = timezone.now()
        super().save_model(request, obj, form, change)
        fields = [name for name in form.changed_data if name in form.cleaned_data and hasattr(obj, name)]
        changes = {name: (_shown(before, name), _shown(obj, name)) for name in fields if not _is_many(obj, name)}
        _tell(request, obj, "changed" if change else "added", changes if change else {})

    def delete_model(self, request: HttpRequest, obj: M) -> None:
        _tell(request, obj, "removed", {})
        super().delete_model(request, obj)

    def save_formset(self, request: HttpRequest, form: Any, formset: BaseModelFormSet[Any, Any], change: bool) -> None:
        """Rows beside the edited one. What belongs to a reference row makes it the house's own, as the row itself does."""
        edited = [one.instance.pk for one in formset.initial_forms if one.has_changed()]
        table: Any = formset.model
        before = table._base_manager.in_bulk(edited)
        super().save_formset(request, form, formset, change)
        if isinstance(form.instance, Reference) and formset.has_changed():
            type(form.instance)._base_manager.filter(pk=form.instance.pk).update(edited_at=timezone.now())
        for row in formset.new_objects:
            _tell(request, row, "added", {})
        for row, names in formset.changed_objects:
            was = before.get(row.pk)
            _tell(request, row, "changed", {name: (_shown(was, name), _shown(row, name)) for name in names})
        for row in formset.deleted_objects:
            _tell(request, row, "removed", {})


class ReferenceAdmin(HouseAdmin[Any]):
    """Reference data: seeded, with its source; a row edited here is left alone by later releases."""

    readonly_fields = ("edited_at",)
    actions = None


class ReadOnlyAdmin(HouseAdmin[M]):
    """History: looked at here, written elsewhere."""

    may_add = may_change = False

    def has_view_permission(self, request: HttpRequest, obj: M | None = None) -> bool:
        return bool(request.user.is_active and getattr(request.user, "is_staff", False))


class ReadOnlyInline(admin.TabularInline[Any, Any]):
    """Rows of another table, shown but not changed."""

    extra = 0
    can_delete = False
    show_change_link = True

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return self.fields or ()

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


def carry_out(
    house: admin.ModelAdmin[Any],
    request: HttpRequest,
    rows: "QuerySet[Any] | Iterable[Any]",
    act: Callable[[Any], object],
    refusals: tuple[type[Exception], ...],
) -> None:
    """Do one thing to each row through its own method, and say how many it was done to, who was refused, and why.

    An `act` that answers False changed nothing and does not count.
    """
    done = 0
    for row in rows:
        try:
            done += act(row) is not False
        except refusals as refused:
            house.message_user(request, f"{row}: {' '.join(_said(refused))}", messages.WARNING)
    say_done(house, request, done)


def say_done(house: admin.ModelAdmin[Any], request: HttpRequest, done: int) -> None:
    """How many rows an action changed."""
    if done:
        words = ngettext("Done for %(count)d row.", "Done for %(count)d rows.", done) % {"count": done}
        house.message_user(request, words, messages.SUCCESS)
    else:
        house.message_user(request, _("Nothing was changed."), messages.INFO)


def _said(refused: Exception) -> list[str]:
    return refused.messages if isinstance(refused, ValidationError) else [str(refused)]


def _tell(request: HttpRequest, row: models.Model, what: str, changes: Changes) -> None:
    if what == "changed" and not changes:
        return
    for placed in admin_told.all():
        placed.call(request, row, what, changes)


def _shown(row: models.Model | None, name: str) -> str:
    value = getattr(row, name, "") if row is not None else ""
    return "" if value is None else str(value)[:200]


def _is_many(row: models.Model, name: str) -> bool:
    return any(field.name == name for field in row._meta.many_to_many)


@admin.register(Organisation)
class OrganisationAdmin(HouseAdmin[Organisation]):
    """The one row of house settings."""

    list_display = ("name", "country", "currency", "zone", "language", "brand_walls")
    readonly_fields = ("mail_paused_at", "mail_paused_why", "opened_at", "is_demo")
    actions = None
    may_add = False


@admin.register(Holiday)
class HolidayAdmin(HouseAdmin[Holiday]):
    list_display = ("on", "name_en", "name_id", "kind", "country", "source", "edited_at")
    list_filter = ("country", "kind", "grade")
    search_fields = ("name_en", "name_id", "source")
    date_hierarchy = "on"
    ordering = ("-on",)
    readonly_fields = ("edited_at",)
    actions = None
    may_delete = True


@admin.register(StoredFile)
class StoredFileAdmin(ReadOnlyAdmin[StoredFile]):
    """Kept files by name and kind; their content opens only beside the line it belongs to."""

    list_display = ("label", "mime", "size", "uploaded_by", "created_at")
    list_filter = ("mime",)
    search_fields = ("label", "uploaded_by", "sha256")
    date_hierarchy = "created_at"
    ordering = ("-created_at",)
    exclude = ("file",)
    actions = None
