"""Her part of a campaign's page about what she handed in; and the letters about it."""

import campaigns.approvals.guests.letters  # noqa: F401  stands in a place
from campaigns.approvals.guests.her_page import hers_of
from campaigns.planning.models import Collaboration
from campaigns.planning.places import Part, her_part
from crm.portal.registry import Asking


@her_part("handed-in", order=58)
def handed_in_part(card: Collaboration, asking: Asking) -> Part | None:
    """Where each draft or idea stands, with our notes; nothing once it is out."""
    rows = hers_of(card, asking) if card.is_promised else []
    return Part("campaigns/her/handed_in.html", {"rows": rows}) if rows else None
