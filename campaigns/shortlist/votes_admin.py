"""Rounds of votes: everything is done on their own pages; here they are looked through."""

from django.contrib import admin

from campaigns.shortlist.models import Ballot, Vote, VoteRound
from crm.base.admin import ReadOnlyAdmin, ReadOnlyInline


class BallotInline(ReadOnlyInline):
    model = Ballot
    fields = ("contact", "opened_at", "revoked_at")


class VoteInline(ReadOnlyInline):
    model = Vote
    fields = ("collaboration", "verdict", "note", "said_at", "channel")


@admin.register(VoteRound)
class VoteRoundAdmin(ReadOnlyAdmin[VoteRound]):
    list_display = ("title", "campaign", "started_by", "created_at", "close_on", "closed_at")
    list_filter = (("closed_at", admin.EmptyFieldListFilter), "campaign__brand")
    list_select_related = ("campaign", "started_by")
    search_fields = ("title", "campaign__name")
    date_hierarchy = "created_at"
    inlines = (BallotInline,)


@admin.register(Ballot)
class BallotAdmin(ReadOnlyAdmin[Ballot]):
    list_display = ("contact", "round", "opened_at", "revoked_at")
    list_filter = (("revoked_at", admin.EmptyFieldListFilter), ("opened_at", admin.EmptyFieldListFilter))
    list_select_related = ("contact", "round")
    search_fields = ("contact__name", "contact__email", "round__title")
    date_hierarchy = "created_at"
    inlines = (VoteInline,)


@admin.register(Vote)
class VoteAdmin(ReadOnlyAdmin[Vote]):
    list_display = ("collaboration", "ballot", "verdict", "said_at", "channel", "noted_by")
    list_filter = ("verdict", "channel")
    list_select_related = (
        "collaboration__influencer", "collaboration__campaign", "ballot__contact", "ballot__round", "noted_by",
    )  # fmt: skip
    search_fields = ("collaboration__influencer__stage_name", "ballot__contact__name")
    date_hierarchy = "said_at"
