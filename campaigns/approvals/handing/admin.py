"""What was handed in and what is not sent yet: only looked at."""

from django.contrib import admin

from campaigns.approvals.models import ContentAsset, ContentCaption, ContentVersion, UnsentDraft, Upload
from crm.base.admin import ReadOnlyAdmin, ReadOnlyInline

PERSON = "deliverable__collaboration__influencer__stage_name"
CAMPAIGN = "deliverable__collaboration__campaign__name"


class AssetInline(ReadOnlyInline):
    model = ContentAsset
    fields = ("position", "label", "mime", "size", "sha256", "alt_text")
    show_change_link = False


class CaptionInline(ReadOnlyInline):
    model = ContentCaption
    fields = ("platform", "caption")
    show_change_link = False


@admin.register(ContentVersion)
class ContentVersionAdmin(ReadOnlyAdmin[ContentVersion]):
    list_display = ("deliverable", "stage", "number", "submitted_at", "submitted_by", "channel", "sha256")
    list_filter = ("stage", "channel", "label_on")
    list_select_related = ("deliverable__format__platform",)
    search_fields = (PERSON, CAMPAIGN, "caption", "sha256")
    date_hierarchy = "submitted_at"
    inlines = (AssetInline, CaptionInline)


class UploadInline(ReadOnlyInline):
    model = Upload
    fields = ("label", "size", "received", "file", "refused")
    show_change_link = False


@admin.register(UnsentDraft)
class UnsentDraftAdmin(ReadOnlyAdmin[UnsentDraft]):
    list_display = ("deliverable", "stage", "saved_by", "updated_at")
    list_filter = ("stage",)
    list_select_related = ("deliverable__format__platform",)
    search_fields = (PERSON, CAMPAIGN, "caption")
    date_hierarchy = "updated_at"
    inlines = (UploadInline,)
