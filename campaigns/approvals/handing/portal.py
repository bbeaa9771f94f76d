"""What handing in puts into the places of other rooms."""

from campaigns.approvals.handing.actions import keep_draft
from campaigns.planning.models import Deliverable
from campaigns.planning.places import Came, draft_came


@draft_came("versions")
def keep(deliverable: Deliverable, came: Came) -> None:
    """Whatever says that a draft is here leaves a version."""
    keep_draft(deliverable, came)
