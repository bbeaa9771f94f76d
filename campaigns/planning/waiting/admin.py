"""What deliverables wait for, to look at: holds are made, lifted and settled by parcels and by people's choices."""

from typing import Any

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from campaigns.planning.models import DeliverableHold
from crm.base.admin import ReadOnlyAdmin


@admin.register(DeliverableHold)
class DeliverableHoldAdmin(ReadOnlyAdmin[Any]):
    list_display = (
        "what", "person", "campaign", "expected_on", "arrived_on", "outcome", "draft_moved_days", "moved_days",
        "is_our_fault",
    )  # fmt: skip
    list_filter = (
        "outcome", "is_our_fault", ("lifted_at", admin.EmptyFieldListFilter),
        "deliverable__collaboration__campaign__brand",
    )  # fmt: skip
    list_select_related = (
        "deliverable__format__platform", "deliverable__collaboration__influencer",
        "deliverable__collaboration__campaign",
    )  # fmt: skip
    search_fields = (
        "source", "deliverable__title", "deliverable__collaboration__influencer__stage_name",
        "deliverable__collaboration__campaign__name",
    )  # fmt: skip
    date_hierarchy = "since_at"

    @admin.display(description=_("what"))
    def what(self, row: DeliverableHold) -> str:
        return str(row.deliverable)

    @admin.display(description=_("person"), ordering="deliverable__collaboration__influencer__stage_name")
    def person(self, row: DeliverableHold) -> str:
        return str(row.deliverable.collaboration.influencer)

    @admin.display(description=_("campaign"), ordering="deliverable__collaboration__campaign__name")
    def campaign(self, row: DeliverableHold) -> str:
        return str(row.deliverable.collaboration.campaign)
