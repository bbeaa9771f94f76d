"""The reminder rules about offers. They share the series of contracts: one mail about one thing that waits for her."""

from campaigns.offers.reminders import ENDS, OFFER
from crm.contracts.reminders.answers_seeds import SERIES
from crm.reminders.models import Recipient
from crm.reminders.seeds import Chain, Step, seed_chains

INFLUENCER, COORDINATOR = Recipient.INFLUENCER, Recipient.COORDINATOR
CHAINS = (
    Chain(
        "CAMPAIGN_OFFER",
        OFFER,
        "Answer to an offer",
        "she answers",
        (
            Step(2, INFLUENCER, "campaign_offer_waits"),
            Step(4, INFLUENCER, "campaign_offer_waits"),
            Step(5, COORDINATOR, "escalation"),
        ),
        is_binding=False,
        series=SERIES,
    ),
    Chain(
        "CAMPAIGN_OFFER_ENDS",
        ENDS,
        "End of an offer for a campaign",
        "she answers",
        (Step(-1, INFLUENCER, "campaign_offer_ends"),),
        is_binding=False,
        series=SERIES,
    ),
)

seed_chains(CHAINS)
