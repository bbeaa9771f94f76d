"""What is known of people: audiences, reply counts, tags, attachments. Changed on the person's page."""

from django.contrib import admin

from crm.base.admin import HouseAdmin, ReadOnlyAdmin, ReadOnlyInline
from crm.influencers.models import Attachment, Audience, AudienceShare, ReplyCount, Tag


class ShareInline(ReadOnlyInline):
    model = AudienceShare
    fields = ("kind", "label", "territory", "percent")


@admin.register(Audience)
class AudienceAdmin(ReadOnlyAdmin[Audience]):
    list_display = ("influencer", "account", "counted_on", "source")
    list_filter = ("account__platform",)
    list_select_related = ("influencer", "account")
    search_fields = ("influencer__stage_name", "source")
    date_hierarchy = "counted_on"
    inlines = (ShareInline,)
    actions = None


@admin.register(ReplyCount)
class ReplyCountAdmin(ReadOnlyAdmin[ReplyCount]):
    list_display = ("influencer", "account", "counted_on", "posts", "percent", "note")
    list_filter = ("account__platform",)
    list_select_related = ("influencer", "account")
    search_fields = ("influencer__stage_name", "note")
    date_hierarchy = "counted_on"
    actions = None


@admin.register(Attachment)
class AttachmentAdmin(ReadOnlyAdmin[Attachment]):
    list_display = ("influencer", "name", "kind", "added_by", "created_at")
    list_filter = ("kind",)
    list_select_related = ("influencer", "added_by")
    search_fields = ("influencer__stage_name", "name")
    date_hierarchy = "created_at"
    actions = None


@admin.register(Tag)
class TagAdmin(HouseAdmin[Tag]):
    list_display = ("name", "hue", "created_at")
    list_filter = ("hue",)
    search_fields = ("name",)
    date_hierarchy = "created_at"
    actions = None
