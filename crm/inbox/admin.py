"""Received mail in the administration: looked at, never changed there."""

from django.contrib import admin

from crm.base.admin import ReadOnlyAdmin, ReadOnlyInline
from crm.inbox.models import AnswerHold, InboundFile, InboundMail, Mailbox


class InboundFileInline(ReadOnlyInline):
    model = InboundFile
    fields = ("label", "size", "why")


class AnswerHoldInline(ReadOnlyInline):
    model = AnswerHold
    fields = ("subject", "until_at")


@admin.register(InboundMail)
class InboundMailAdmin(ReadOnlyAdmin[InboundMail]):
    list_display = ("received_at", "from_address", "subject", "kind", "state", "found_by", "influencer_label")
    list_filter = ("state", "kind", "found_by")
    search_fields = ("from_address", "from_name", "subject", "message_id")
    date_hierarchy = "received_at"
    ordering = ("-received_at",)
    exclude = ("source",)
    inlines = (InboundFileInline, AnswerHoldInline)
    actions = None


@admin.register(AnswerHold)
class AnswerHoldAdmin(ReadOnlyAdmin[AnswerHold]):
    list_display = ("subject", "until_at", "mail", "updated_at")
    list_filter = ("mail__kind",)
    search_fields = ("subject",)
    date_hierarchy = "until_at"
    ordering = ("-until_at",)
    actions = None


@admin.register(Mailbox)
class MailboxAdmin(ReadOnlyAdmin[Mailbox]):
    list_display = ("name", "read_at", "failed_at", "why")
    list_filter = ("failed_at",)
    search_fields = ("name",)
    date_hierarchy = "read_at"
    actions = None


@admin.register(InboundFile)
class InboundFileAdmin(ReadOnlyAdmin[InboundFile]):
    list_display = ("label", "size", "why", "mail")
    list_filter = ("mail__kind",)
    search_fields = ("label",)
    exclude = ("file",)
    actions = None
