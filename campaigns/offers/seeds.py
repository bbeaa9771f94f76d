"""The reminder rules about offers. They share the series of contracts: one mail about one thing that waits for her."""

from django.utils.translation import gettext_noop

from campaigns.offers.reminders import ENDS, OFFER
from crm.contracts.reminders.answers_seeds import SERIES
from crm.reminders.models import Recipient
from crm.reminders.seeds import Chain, Step, seed_chains

INFLUENCER, COORDINATOR = Recipient.INFLUENCER, Recipient.COORDINATOR
CHAINS = (
    Chain(
        "CAMPAIGN_OFFER",
        OFFER,
        gettext_noop("Answer to an offer"),
        gettext_noop("she answers"),
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
        gettext_noop("End of an offer for a campaign"),
        gettext_noop("she answers"),
        (Step(-1, INFLUENCER, "campaign_offer_ends"),),
        is_binding=False,
        series=SERIES,
    ),
)

seed_chains(CHAINS)
