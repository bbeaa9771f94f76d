"""How content is approved, and what was decided: policies are edited, decisions only looked at."""

from django.contrib import admin

from campaigns.approvals.models import ApprovalPolicy, ExtraRound, Review, ReviewDecision, ReviewStage, ReviewStep
from crm.base.admin import HouseAdmin, ReadOnlyAdmin, ReadOnlyInline


class StageInline(admin.TabularInline[ReviewStage, ApprovalPolicy]):
    model = ReviewStage
    extra = 0
    fields = ("position", "role", "quorum", "people", "guests", "decider")
    autocomplete_fields = ("people", "guests", "decider")


@admin.register(ApprovalPolicy)
class ApprovalPolicyAdmin(HouseAdmin[ApprovalPolicy]):
    list_display = ("__str__", "max_rounds", "first_pass_hours", "sla_hours", "calendar", "auto_approve", "updated_at")
    list_filter = ("calendar", "auto_approve", "concept_first", "musts_cite")
    list_select_related = ("brand", "campaign")
    search_fields = ("brand__name", "campaign__name")
    autocomplete_fields = ("brand", "campaign")
    date_hierarchy = "updated_at"
    inlines = (StageInline,)


class StepInline(ReadOnlyInline):
    model = ReviewStep
    fields = ("position", "role", "quorum", "state", "opened_at", "passed_at")
    show_change_link = False


@admin.register(Review)
class ReviewAdmin(ReadOnlyAdmin[Review]):
    list_display = (
        "version",
        "status",
        "round",
        "opened_at",
        "due_at",
        "decided_at",
        "late_hours",
        "holds",
        "by_itself",
    )
    list_filter = ("status", "by_itself", "version__stage")
    list_select_related = ("version",)
    search_fields = (
        "version__deliverable__collaboration__influencer__stage_name",
        "version__deliverable__collaboration__campaign__name",
    )
    date_hierarchy = "opened_at"
    inlines = (StepInline,)


@admin.register(ReviewDecision)
class ReviewDecisionAdmin(ReadOnlyAdmin[ReviewDecision]):
    list_display = ("version", "role", "verdict", "settles", "by_label", "noted_for", "channel", "at")
    list_filter = ("verdict", "role", "settles", "channel")
    list_select_related = ("version",)
    search_fields = ("by_label", "noted_for", "comment", "sha256")
    date_hierarchy = "at"


@admin.register(ExtraRound)
class ExtraRoundAdmin(ReadOnlyAdmin[ExtraRound]):
    list_display = ("collaboration", "round", "reason", "fee", "by", "created_at")
    list_filter = ("round", ("by", admin.RelatedOnlyFieldListFilter))
    list_select_related = ("collaboration__influencer", "collaboration__campaign", "by")
    search_fields = ("reason", "collaboration__influencer__stage_name", "collaboration__campaign__name")
    date_hierarchy = "created_at"
