"""Who sees rows of content approvals: whoever sees the brand they belong to."""

from typing import ClassVar

from campaigns.planning.models.seen import OfCampaign


class OfDeliverable(OfCampaign):
    """Rows that lead to a deliverable."""

    way: ClassVar[str] = "deliverable__collaboration__campaign"


class OfVersion(OfCampaign):
    """Rows that lead to a version."""

    way = "version__deliverable__collaboration__campaign"
