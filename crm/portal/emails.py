"""What the portal fills into messages just before they leave: the recipient's own link."""

from typing import Any

from django.utils import timezone

from crm.outbox.late import late_field
from crm.outbox.models import Email
from crm.portal.links import mint


@late_field("page")
def page_link(email: Email, params: dict[str, Any]) -> str:
    """A fresh link into the recipient's page for this person and brand; every try gets its own."""
    return mint(
        contact=email.contact,
        influencer_id=params.get("influencer") or email.influencer_ref or 0,
        brand_id=params.get("brand") or email.brand_ref,
        at=timezone.now(),
    )
