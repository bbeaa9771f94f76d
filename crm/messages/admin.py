"""Templates are edited here and on their own page; messages are only looked at."""

from typing import Any

from django.contrib import admin
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils import timezone

from crm.base.admin import HouseAdmin, ReadOnlyAdmin
from crm.messages.forms import TemplateForm
from crm.messages.models import Message, MessageFile, MessageLine, MessageTemplate
from crm.messages.templates import WORDS


class TemplateAdminForm(TemplateForm):
    """The same form, with the day of the administration."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, today=timezone.now().date(), **kwargs)


@admin.register(MessageTemplate)
class MessageTemplateAdmin(HouseAdmin[MessageTemplate]):
    """Changing the words makes the next version; messages that were sent keep theirs."""

    form = TemplateAdminForm
    fields = (
        "code", "name", "subject_id", "text_id", "subject_en", "text_en", "mail_class", "topic", "with_page",
        "is_active", "version", "source", "source_url", "source_year", "grade", "valid_from", "valid_to", "edited_at",
    )  # fmt: skip
    list_display = ("name", "code", "mail_class", "topic", "version", "is_active", "edited_at")
    list_filter = ("mail_class", "topic", "is_active")
    search_fields = ("name", "code", "subject_id", "subject_en")
    readonly_fields = ("version", "edited_at")
    date_hierarchy = "edited_at"

    def save_model(
        self, request: HttpRequest, obj: MessageTemplate, form: ModelForm[MessageTemplate], change: bool
    ) -> None:
        if change and set(WORDS) & set(form.changed_data):
            obj.version += 1
        super().save_model(request, obj, form, change)


@admin.register(Message)
class MessageAdmin(ReadOnlyAdmin[Message]):
    list_display = ("__str__", "status", "mail_class", "audience_label", "total", "started_by", "created_at")
    list_filter = ("status", "mail_class", "audience")
    list_select_related = ("started_by",)
    search_fields = ("subject_id", "subject_en", "audience_label", "started_by__name")
    date_hierarchy = "created_at"
    ordering = ("-created_at", "-id")
    actions: Any = None


@admin.register(MessageFile)
class MessageFileAdmin(ReadOnlyAdmin[MessageFile]):
    list_display = ("file", "message")
    list_filter = ("message__status",)
    list_select_related = ("file", "message")
    search_fields = ("file__label", "message__title")
    exclude = ("file",)
    actions: Any = None


@admin.register(MessageLine)
class MessageLineAdmin(ReadOnlyAdmin[MessageLine]):
    list_display = ("label", "contact", "outcome", "channel", "send_at", "message")
    list_filter = ("outcome", "channel")
    list_select_related = ("contact", "message")
    search_fields = ("=message__id", "label", "contact__name")
    date_hierarchy = "message__created_at"
    ordering = ("-message_id", "place")
    actions: Any = None
