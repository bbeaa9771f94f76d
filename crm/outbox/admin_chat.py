"""Own words for WhatsApp in the administration."""

from django.contrib import admin
from django.forms import ModelForm
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from crm.base.admin import HouseAdmin
from crm.outbox.chat import chat_sample, shipped_chat
from crm.outbox.forms import ChatWordingForm
from crm.outbox.kinds import KINDS
from crm.outbox.late import masked
from crm.outbox.models import ChatWording


@admin.register(ChatWording)
class ChatWordingAdmin(HouseAdmin[ChatWording]):
    """Own words for a message on WhatsApp. Deleting them brings back what ships with Mitra."""

    form = ChatWordingForm  # type: ignore[assignment]
    list_display = ("name", "language", "text", "version", "updated_at")
    list_filter = ("language", "name")
    search_fields = ("name", "text")
    date_hierarchy = "updated_at"
    readonly_fields = ("version", "names", "preview")
    actions = None
    may_delete = True

    def get_readonly_fields(self, request: HttpRequest, obj: ChatWording | None = None) -> tuple[str, ...]:
        return (*self.readonly_fields, "name", "language") if obj else ("shipped",)

    def get_fields(self, request: HttpRequest, obj: ChatWording | None = None) -> tuple[str, ...]:
        words = ("name", "language", "text")
        return (*words, "names", "version", "preview") if obj else (*words, "shipped")

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, str | list[str]]:
        """Begin with the shipped words of the message the address names."""
        asked = super().get_changeform_initial_data(request)
        kind, language = KINDS.get(str(asked.get("name"))), str(asked.get("language", "id"))
        if kind is None or language not in ("en", "id"):
            return {}
        return {"name": kind.name, "language": language, "text": shipped_chat(kind, language)}

    def save_model(self, request: HttpRequest, obj: ChatWording, form: ModelForm[ChatWording], change: bool) -> None:
        if change and "text" in form.changed_data:
            obj.version += 1
        super().save_model(request, obj, form, change)

    @admin.display(description=_("begin with the words that ship with Mitra"))
    def shipped(self, wording: ChatWording | None) -> SafeString:
        links = (
            (reverse("admin:crm_chatwording_add"), kind.name, language, str(kind.label), language)
            for kind in sorted(KINDS.values(), key=lambda kind: kind.name)
            if kind.from_a_person
            for language in ("id", "en")
        )
        return format_html_join(" · ", '<a href="{}?name={}&amp;language={}">{} ({})</a>', links)

    @admin.display(description=_("names you can use"))
    def names(self, wording: ChatWording) -> str:
        kind = KINDS.get(wording.name)
        return " ".join(f"${name}" for name in kind.allowed) if kind else ""

    @admin.display(description=_("preview, with made-up facts"))
    def preview(self, wording: ChatWording) -> SafeString:
        kind = KINDS.get(wording.name)
        return format_html("<pre>{}</pre>", masked(chat_sample(kind, wording.language, wording)) if kind else "")
