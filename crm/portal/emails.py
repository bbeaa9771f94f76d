"""What the portal fills into messages just before they leave: the recipient's own link, and the way to her choices."""

from typing import Any

from django.utils import timezone

from crm.outbox.checks import choices_page
from crm.outbox.late import CHOICES, late_field
from crm.outbox.models import Contact, Email
from crm.portal.links import choices_address, mint


@late_field("page")
def page_link(email: Email, params: dict[str, Any]) -> str:
    """A fresh link into the recipient's page for this person and brand; every try gets its own."""
    return mint(
        contact=email.contact,
        influencer_id=params.get("influencer") or email.influencer_ref or 0,
        brand_id=params.get("brand") or email.brand_ref,
        at=timezone.now(),
    )


@choices_page("portal")
def where_she_chooses(contact: Contact) -> str:
    return choices_address(contact)


@late_field(CHOICES)
def choices_link(email: Email, params: dict[str, Any]) -> str:
    """The same address on every try: it opens her choices and nothing else."""
    return choices_address(email.contact)
