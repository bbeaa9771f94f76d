"""Reminder rules as data; reminders and tasks to look at."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.forms import BaseModelFormSet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from crm.base.admin import HouseAdmin, ReadOnlyAdmin, carry_out, say_done
from crm.outbox.kinds import KINDS
from crm.outbox.reasons import in_words
from crm.reminders.models import Beat, Reminder, Rule, RuleStep, Todo
from crm.reminders.registry import due
from crm.reminders.todos import settle_todo
from crm.team.models import User


class StepForm(forms.ModelForm[RuleStep]):
    """A step sends one of the messages that exist."""

    class Meta:
        model = RuleStep
        fields = ("offset", "unit", "recipient", "email_name", "moves_for_days_off")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "email_name" in self.fields:
            choices = sorted((kind.name, str(kind.label)) for kind in KINDS.values() if kind.for_reminders)
            self.fields["email_name"] = forms.ChoiceField(label=_("message"), choices=choices)


class StepInline(admin.TabularInline[RuleStep, Rule]):
    model = RuleStep
    form = StepForm
    extra = 0


@admin.register(Rule)
class RuleAdmin(HouseAdmin[Rule]):
    """Who hears when, in which words. Once edited here, a rule no longer follows new releases."""

    list_display = ("code", "name", "kind", "is_active", "valid_from", "valid_to", "edited_at")
    list_filter = ("is_active", "mail_class")
    search_fields = ("code", "name", "kind")
    readonly_fields = ("edited_at",)
    inlines = (StepInline,)
    actions = ("switch_on", "switch_off")

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """A rule speaks of one kind of due thing, and only of kinds that exist."""
        if db_field.name == "kind":
            choices = [(placed.key, placed.words.get("label", placed.key)) for placed in due.all()]
            return forms.ChoiceField(label=_("trigger"), choices=choices)
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def save_formset(self, request: HttpRequest, form: Any, formset: BaseModelFormSet[Any, Any], change: bool) -> None:
        super().save_formset(request, form, formset, change)
        if formset.has_changed():
            Rule.objects.filter(pk=form.instance.pk).update(edited_at=timezone.now())

    @admin.action(description=_("Switch on"))
    def switch_on(self, request: HttpRequest, rows: "QuerySet[Rule]") -> None:
        say_done(self, request, rows.filter(is_active=False).update(is_active=True, edited_at=timezone.now()))

    @admin.action(description=_("Switch off"))
    def switch_off(self, request: HttpRequest, rows: "QuerySet[Rule]") -> None:
        say_done(self, request, rows.filter(is_active=True).update(is_active=False, edited_at=timezone.now()))


@admin.register(Reminder)
class ReminderAdmin(ReadOnlyAdmin[Reminder]):
    """What is planned, was mailed, was not sent or was taken back: written by the planner alone."""

    list_display = ("subject", "due_key", "rule", "contact", "state", "send_at", "reason")
    list_filter = ("state", "rule", "recipient")
    list_select_related = ("rule", "contact")
    search_fields = ("subject", "contact__name", "contact__email")
    date_hierarchy = "send_at"
    ordering = ("-send_at", "-id")
    exclude = ("why",)
    readonly_fields = ("reason",)
    actions = None

    @admin.display(description=_("reason"))
    def reason(self, row: Reminder) -> str:
        return in_words(row.why)


@admin.register(Todo)
class TodoAdmin(HouseAdmin[Todo]):
    list_display = ("text", "kind", "owner", "influencer_label", "due_at", "done_at", "done_by")
    list_filter = ("kind", "owner")
    list_select_related = ("owner", "done_by")
    search_fields = ("text", "influencer_label", "subject_label")
    date_hierarchy = "created_at"
    autocomplete_fields = ("owner",)
    readonly_fields = ("author", "done_at", "done_by", "key", "created_at")
    actions = ("settle_rows",)

    @admin.action(description=_("Done"))
    def settle_rows(self, request: HttpRequest, rows: "QuerySet[Todo]") -> None:
        now, user = timezone.now(), request.user
        by = user if isinstance(user, User) else None
        carry_out(self, request, rows, lambda row: settle_todo(row, by=by, at=now), ())


@admin.register(Beat)
class BeatAdmin(ReadOnlyAdmin[Beat]):
    list_display = ("name", "rang_at", "said")
    actions = None
