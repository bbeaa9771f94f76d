"""What the story says of a deal: one line about her, its brand and the deal itself."""

from typing import Any

from crm.ambassadors.models import AmbassadorDeal
from crm.timeline.record import record


def tell(deal: AmbassadorDeal, verb: str, sentence: Any, **told: Any) -> None:
    """One line in her story about this deal, in the running transaction; `told` as `record` takes it."""
    record(verb, sentence, subject=deal, influencer=deal.influencer_id, brand=deal.contract.brand_id, **told)
