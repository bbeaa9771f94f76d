"""Reminder rules as data; reminders and tasks to look at."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from crm.base.admin import HouseAdmin, ReadOnlyAdmin, carry_out
from crm.base.formats import day_words, when_zone
from crm.outbox.reasons import in_words
from crm.reminders.examples import examples_of
from crm.reminders.models import Beat, CalendarFeed, Cap, Reminder, Rule, RuleStep, Todo
from crm.reminders.preview import preview
from crm.reminders.rule_forms import RuleForm, StepForm, StepFormSet
from crm.reminders.todos import WordsAsked, press_done
from crm.team.views.access import me
from crm.timeline.record import Actor


class StepInline(admin.TabularInline[RuleStep, Rule]):
    model = RuleStep
    form = StepForm
    formset = StepFormSet
    extra = 0


@admin.register(Rule)
class RuleAdmin(HouseAdmin[Rule]):
    """Who hears when, in which words. Once edited here, a rule no longer follows new releases."""

    form = RuleForm
    list_display = ("code", "name", "kind", "is_active", "valid_from", "valid_to", "edited_at")
    list_filter = ("is_active", "mail_class")
    search_fields = ("code", "name", "kind")
    fields = (*RuleForm.Meta.fields, "source", "source_url", "source_year", "grade", "edited_at", "example")
    readonly_fields = ("edited_at", "example")
    inlines = (StepInline,)
    actions = ("switch_on", "switch_off")

    @admin.display(description=_("what it would do"))
    def example(self, rule: Rule) -> SafeString:
        """The saved steps over two made-up days."""
        if rule.pk is None:
            return format_html("{}", _now("Save the rule once, then its messages are listed here."))
        return self._on_real_data(rule) + format_html_join(
            "",
            "<p>{}</p><ul>{}</ul>",
            (
                (
                    _now("Due on %(day)s:") % {"day": day_words(day, "long")},
                    format_html_join("", "<li>{}: {}, {}</li>", ((when_zone(o.at), o.message, o.to) for o in told)),
                )
                for day, told in examples_of(rule, timezone.now())
            ),
        )

    def _on_real_data(self, rule: Rule) -> SafeString:
        """What the saved steps would send this week, and where that is listed."""
        found = preview(rule, timezone.now())
        said = _now(
            "On the data there is: %(count)d messages not planned yet within seven days, to %(people)d contacts."
        )
        passed = _now("Of what has passed already nothing is sent: %(passed)d.") % {"passed": found.passed}
        link = (reverse("reminder-rule", args=[rule.pk]), _now("Show them"))
        return format_html('<p>{} {} <a href="{}">{}</a></p>', said % vars(found), passed, *link)

    @admin.action(description=_("Switch on"))
    def switch_on(self, request: HttpRequest, rows: "QuerySet[Rule]") -> None:
        self._switch(request, rows, on=True)

    @admin.action(description=_("Switch off"))
    def switch_off(self, request: HttpRequest, rows: "QuerySet[Rule]") -> None:
        self._switch(request, rows, on=False)

    def _switch(self, request: HttpRequest, rows: "QuerySet[Rule]", *, on: bool) -> None:
        now, actor = timezone.now(), Actor.user(me(request))
        carry_out(self, request, rows, lambda rule: rule.switch(on, at=now, actor=actor), ())


@admin.register(Cap)
class CapAdmin(HouseAdmin[Cap]):
    """How many messages are enough. To change one from a day on, end it the day before and add its successor."""

    list_display = ("scope", "most", "valid_from", "valid_to", "source", "grade", "edited_at")
    list_filter = ("scope",)
    search_fields = ("scope", "source")
    readonly_fields = ("edited_at",)
    actions = None


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
        now, by = timezone.now(), me(request)
        carry_out(self, request, rows, lambda row: press_done(row, by=by, at=now), (WordsAsked,))


@admin.register(CalendarFeed)
class CalendarFeedAdmin(ReadOnlyAdmin[CalendarFeed]):
    """Who has an address for her calendar; the address itself is nowhere."""

    list_display = ("user", "reads", "whose", "within_label", "created_at", "revoked_at")
    list_filter = (("revoked_at", admin.EmptyFieldListFilter), "reads", "whose")
    list_select_related = ("user",)
    search_fields = ("user__name", "user__email")
    date_hierarchy = "created_at"
    actions = None


@admin.register(Beat)
class BeatAdmin(ReadOnlyAdmin[Beat]):
    list_display = ("label", "when", "outcome")
    actions = None

    @admin.display(description=_("name"), ordering="name")
    def label(self, beat: Beat) -> str:
        return beat.name

    @admin.display(description=_("when"), ordering="rang_at")
    def when(self, beat: Beat) -> str:
        return when_zone(beat.rang_at)

    @admin.display(description=_("outcome"))
    def outcome(self, beat: Beat) -> str:
        return ", ".join(f"{what} {count}" for what, count in beat.said.items())
