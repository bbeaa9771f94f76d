"""What is online, to look at: what is done about it is done on its page."""

from django.contrib import admin

from campaigns.approvals.models import Deviation, LiveCheck, LivePost, ReplyPromise
from crm.base.admin import ReadOnlyAdmin, ReadOnlyInline

CARD = "deliverable__collaboration"


class DeviationInline(ReadOnlyInline):
    model = Deviation
    fields = ("kind", "found_at", "asked_at", "mend_on", "outcome", "note")


class LiveCheckInline(ReadOnlyInline):
    model = LiveCheck
    fields = ("due_on", "done_at", "done_by", "is_live", "note")
    show_change_link = False


@admin.register(LivePost)
class LivePostAdmin(ReadOnlyAdmin[LivePost]):
    list_display = (
        "deliverable",
        "platform",
        "status",
        "version",
        "published_at",
        "seen_at",
        "label_seen",
        "live_until",
    )
    list_filter = ("status", "platform", "label_seen", f"{CARD}__campaign__brand")
    list_select_related = ("deliverable__format__platform", "platform", "version")
    search_fields = ("url", "live_caption", f"{CARD}__influencer__stage_name", f"{CARD}__campaign__name")
    date_hierarchy = "published_at"
    exclude = ("proofs",)
    inlines = (DeviationInline, LiveCheckInline)


@admin.register(Deviation)
class DeviationAdmin(ReadOnlyAdmin[Deviation]):
    list_display = ("post", "kind", "found_at", "asked_at", "mend_on", "outcome", "closed_at", "closed_by")
    list_filter = ("kind", "outcome", "post__platform", f"post__{CARD}__campaign__brand")
    list_select_related = ("post__deliverable__format__platform", "post__platform", "closed_by")
    search_fields = ("note", f"post__{CARD}__influencer__stage_name", f"post__{CARD}__campaign__name")
    date_hierarchy = "found_at"


@admin.register(LiveCheck)
class LiveCheckAdmin(ReadOnlyAdmin[LiveCheck]):
    list_display = ("post", "due_on", "done_at", "done_by", "is_live")
    list_filter = ("is_live", "post__platform")
    list_select_related = ("post__deliverable__format__platform", "post__platform")
    search_fields = ("note", f"post__{CARD}__influencer__stage_name")
    date_hierarchy = "due_on"


@admin.register(ReplyPromise)
class ReplyPromiseAdmin(ReadOnlyAdmin[ReplyPromise]):
    list_display = ("deliverable", "hours", "replies", "kept", "checked_at", "checked_by")
    list_filter = ("kept", f"{CARD}__campaign__brand")
    list_select_related = ("deliverable__format__platform",)
    search_fields = ("note", f"{CARD}__influencer__stage_name")
    date_hierarchy = "checked_at"
