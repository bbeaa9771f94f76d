"""Guests of reviews: they are invited, written to and taken back on their own page; here they are looked through."""

from django.contrib import admin

from campaigns.approvals.models import ReviewGuest, ReviewLink
from crm.base.admin import ReadOnlyAdmin, ReadOnlyInline


class ReviewLinkInline(ReadOnlyInline):
    """When a link was made; its secret is nowhere."""

    model = ReviewLink
    fields = ("created_at",)


@admin.register(ReviewGuest)
class ReviewGuestAdmin(ReadOnlyAdmin[ReviewGuest]):
    list_display = ("contact", "campaign", "opened_at", "seen_at", "revoked_at")
    list_filter = (
        ("revoked_at", admin.EmptyFieldListFilter),
        ("opened_at", admin.EmptyFieldListFilter),
        "campaign__brand",
    )
    list_select_related = ("contact", "campaign")
    search_fields = ("contact__name", "contact__email", "campaign__name")
    date_hierarchy = "created_at"
    inlines = (ReviewLinkInline,)
