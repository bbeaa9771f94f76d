"""What every due thing about a card says: who she is, for which brand and campaign, who asks."""

from typing import Any

from campaigns.planning.models import Collaboration
from crm.reminders.registry import Due
from crm.timeline.record import subject_of


def due_about(card: Collaboration, **more: Any) -> Due:
    """A due thing about this card; what differs from the card's own facts is handed in. Asks the database nothing
    where campaign, brand, and person are at hand."""
    campaign = card.campaign
    own: dict[str, Any] = {
        "subject": subject_of(card),
        "zone": campaign.zone,
        "influencer_id": card.influencer_id,
        "influencer_label": card.influencer.stage_name,
        "brand_id": campaign.brand_id,
        "brand_label": campaign.brand.name,
        "owner_id": campaign.owner_id,
        "within": subject_of(campaign),
        "within_label": campaign.name,
        "changed_at": card.updated_at,
        "detail": f"{campaign.name}, {campaign.brand}",
    }
    return Due(**{**own, **more})


def facts_about(card: Collaboration) -> dict[str, Any]:
    """What an e-mail about it may say of her, of the brand and of whoever asks; JSON-safe."""
    brand, owner = card.campaign.brand, card.campaign.owner
    return {
        "person": card.influencer.stage_name,
        "form_of_address": brand.form_of_address,
        "brand": brand.name,
        "owner": owner.name,
        "owner_phone": str(owner.phone or ""),
        "owner_email": owner.email,
        "page": {"influencer": card.influencer_id, "brand": brand.pk},
    }
