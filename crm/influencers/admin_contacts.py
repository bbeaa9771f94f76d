"""Who stands for whom: what she may do, ages of majority, waived guardians. Changed on the contact's page."""

from django.contrib import admin

from crm.base.admin import HouseAdmin, ReadOnlyAdmin, ReadOnlyInline
from crm.influencers.models import Authority, GuardianWaiver, MajorityAge


class AuthorityInline(ReadOnlyInline):
    model = Authority
    fields = ("power", "since_on", "until_on", "evidence", "recorded_by")


@admin.register(Authority)
class AuthorityAdmin(ReadOnlyAdmin[Authority]):
    list_display = ("stands", "power", "since_on", "until_on", "recorded_by")
    list_filter = ("power",)
    list_select_related = ("stands__contact", "recorded_by")
    search_fields = ("stands__contact__name", "stands__influencer__stage_name")
    date_hierarchy = "since_on"
    actions = None


@admin.register(MajorityAge)
class MajorityAgeAdmin(HouseAdmin[MajorityAge]):
    list_display = ("country", "age", "valid_from", "valid_to", "source", "edited_at")
    list_filter = ("grade",)
    readonly_fields = ("edited_at",)
    search_fields = ("country", "source")
    actions = None


@admin.register(GuardianWaiver)
class GuardianWaiverAdmin(ReadOnlyAdmin[GuardianWaiver]):
    list_display = ("influencer", "why", "decided_by", "created_at", "withdrawn_at")
    list_filter = (("withdrawn_at", admin.EmptyFieldListFilter),)
    list_select_related = ("influencer", "decided_by")
    search_fields = ("influencer__stage_name", "why")
    date_hierarchy = "created_at"
    actions = None
