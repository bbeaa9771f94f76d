"""The outbox in the administration: contacts, messages, and their words."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.clickjacking import xframe_options_sameorigin

from crm.base.admin import HouseAdmin, ReadOnlyAdmin, carry_out
from crm.outbox.forms import WordingForm
from crm.outbox.kinds import KINDS
from crm.outbox.late import masked
from crm.outbox.models import Contact, Email, EmailFile, PromotionWord, Wording
from crm.outbox.reasons import in_words
from crm.outbox.views import MESSAGE_CSP
from crm.outbox.words import Rendered, sample, shipped_words
from crm.timeline.record import Actor
from crm.timeline.transitions import TransitionRefused


def actor_of(request: HttpRequest) -> Actor:
    user: Any = request.user
    return Actor.user(user)


@admin.register(Contact)
class ContactAdmin(HouseAdmin[Contact]):
    """Whom messages go to. A corrected address works again at once."""

    list_display = ("name", "kind", "email", "email_state", "language", "zone", "updated_at")
    list_filter = ("kind", "email_state", "language", "prefers")
    search_fields = ("name", "email", "phone", "whatsapp")
    date_hierarchy = "created_at"
    readonly_fields = ("email_state", "email_state_why", "news_off_at", "created_at", "updated_at")
    actions = ("address_works",)

    def save_model(self, request: HttpRequest, obj: Contact, form: ModelForm[Contact], change: bool) -> None:
        if "email" in form.changed_data:
            obj.email_state, obj.email_state_why = Contact.EmailState.OK, ""
        super().save_model(request, obj, form, change)

    @admin.action(description=_("The address works again"))
    def address_works(self, request: HttpRequest, rows: "QuerySet[Contact]") -> None:
        now, actor = timezone.now(), actor_of(request)
        carry_out(self, request, rows, lambda row: row.mark_working(by=actor, at=now), ())


@admin.register(EmailFile)
class EmailFileAdmin(ReadOnlyAdmin[EmailFile]):
    """Which files travel with which message."""

    list_display = ("file", "email")
    list_filter = ("email__state",)
    list_select_related = ("file", "email")
    search_fields = ("file__label", "email__subject")
    exclude = ("file",)
    actions = None


@admin.register(Email)
class EmailAdmin(ReadOnlyAdmin[Email]):
    """Every message, read only; what a person may decide is an action. Secrets are masked."""

    list_display = ("subject", "contact", "name", "state", "attempts", "may_be_twice", "send_at", "sent_at")
    list_filter = ("state", "name", "mail_class", "may_be_twice", "language")
    list_select_related = ("contact",)
    search_fields = ("subject", "contact__name", "to_address", "message_id")
    date_hierarchy = "created_at"
    ordering = ("-created_at", "-id")
    exclude = ("text", "html", "why", "late_fields", "lease_token", "lease_until")
    readonly_fields = ("reason", "masked_text", "page")
    actions = ("retry_rows", "resend_rows", "leave_rows", "call_off_rows")

    @admin.display(description=_("reason"))
    def reason(self, email: Email) -> str:
        return in_words(email.why)

    @admin.display(description=_("text"))
    def masked_text(self, email: Email) -> SafeString:
        return format_html("<pre>{}</pre>", masked(email.text))

    @admin.display(description=_("page"))
    def page(self, email: Email) -> SafeString:
        return format_html('<a href="{}">{}</a>', reverse("outbox-email", args=[email.pk]), _now("As it left"))

    def _carry_out(self, request: HttpRequest, rows: "QuerySet[Email]", verb: str) -> None:
        now, actor = timezone.now(), actor_of(request)
        found = rows.select_related("contact")
        carry_out(self, request, found, lambda row: getattr(row, verb)(by=actor, at=now), (TransitionRefused,))

    @admin.action(description=_("Try again what failed"))
    def retry_rows(self, request: HttpRequest, rows: "QuerySet[Email]") -> None:
        self._carry_out(request, rows, "retry")

    @admin.action(description=_("Send unclear ones again; they may arrive twice"))
    def resend_rows(self, request: HttpRequest, rows: "QuerySet[Email]") -> None:
        self._carry_out(request, rows, "resend")

    @admin.action(description=_("Leave unclear ones, they arrived"))
    def leave_rows(self, request: HttpRequest, rows: "QuerySet[Email]") -> None:
        self._carry_out(request, rows, "leave")

    @admin.action(description=_("Do not send what waits"))
    def call_off_rows(self, request: HttpRequest, rows: "QuerySet[Email]") -> None:
        self._carry_out(request, rows, "call_off")


@admin.register(Wording)
class WordingAdmin(HouseAdmin[Wording]):
    """Own words for a message. Adding one begins with the words that ship with Mitra; deleting it brings them back."""

    form = WordingForm
    list_display = ("name", "language", "subject", "version", "updated_at")
    list_filter = ("language", "name")
    search_fields = ("name", "subject", "text")
    date_hierarchy = "updated_at"
    readonly_fields = ("version", "names", "preview")
    actions = None
    may_delete = True

    def get_readonly_fields(self, request: HttpRequest, obj: Wording | None = None) -> tuple[str, ...]:
        return (*self.readonly_fields, "name", "language") if obj else ("shipped",)

    def get_fields(self, request: HttpRequest, obj: Wording | None = None) -> tuple[str, ...]:
        words = ("name", "language", "subject", "text")
        return (*words, "names", "version", "preview") if obj else (*words, "shipped")

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, str | list[str]]:
        """Begin with the shipped words of the message the address names."""
        asked = super().get_changeform_initial_data(request)
        kind, language = KINDS.get(str(asked.get("name"))), str(asked.get("language", "id"))
        if kind is None or language not in ("en", "id"):
            return {}
        subject, text = shipped_words(kind, language)
        return {"name": kind.name, "language": language, "subject": subject, "text": text}

    def save_model(self, request: HttpRequest, obj: Wording, form: ModelForm[Wording], change: bool) -> None:
        if change and {"subject", "text"} & set(form.changed_data):
            obj.version += 1
        super().save_model(request, obj, form, change)

    @admin.display(description=_("begin with the words that ship with Mitra"))
    def shipped(self, wording: Wording | None) -> SafeString:
        links = (
            (reverse("admin:crm_wording_add"), kind.name, language, str(kind.label), language)
            for kind in sorted(KINDS.values(), key=lambda kind: kind.name)
            for language in ("id", "en")
        )
        return format_html_join(" · ", '<a href="{}?name={}&amp;language={}">{} ({})</a>', links)

    @admin.display(description=_("names you can use"))
    def names(self, wording: Wording) -> str:
        kind = KINDS.get(wording.name)
        return " ".join(f"${name}" for name in kind.allowed) if kind else ""

    @admin.display(description=_("preview, with made-up facts"))
    def preview(self, wording: Wording) -> SafeString:
        address = reverse("admin:crm_wording_preview", args=[wording.pk])
        return format_html('<iframe class="letter" src="{}" title="{}" sandbox></iframe>', address, _now("Preview"))

    class Media:
        css = {"all": ("css/components/letter.css",)}

    def get_urls(self) -> list[URLPattern]:
        shown = self.admin_site.admin_view(xframe_options_sameorigin(self.show_preview))
        return [path("<int:pk>/preview/", shown, name="crm_wording_preview"), *super().get_urls()]

    def show_preview(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The message with these words and made-up facts, under a policy that lets nothing run or load."""
        wording = self.get_object(request, str(pk))
        kind = KINDS.get(wording.name) if wording else None
        if wording is None or kind is None:
            return HttpResponse(_now("There is no such message any more."), status=404)
        rendered: Rendered = sample(kind, wording.language, wording)
        response = HttpResponse(masked(rendered.html))
        response["Content-Security-Policy"] = MESSAGE_CSP
        return response


@admin.register(PromotionWord)
class PromotionWordAdmin(HouseAdmin[PromotionWord]):
    """What a service message may not say."""

    list_display = ("words", "language", "source", "grade", "valid_from", "valid_to", "edited_at")
    list_filter = ("language", "grade")
    search_fields = ("words", "source")
    readonly_fields = ("edited_at",)
    actions = None
