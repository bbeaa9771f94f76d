"""The reminder rules about contracts that wait to be signed. Both take turns in one series: one mail about one contract."""

from django.utils.translation import gettext_noop

from crm.contracts.reminders.answers import OFFER, SIGN
from crm.reminders.models import Recipient
from crm.reminders.seeds import Chain, Step, seed_chains

INFLUENCER, COORDINATOR = Recipient.INFLUENCER, Recipient.COORDINATOR
SERIES = "contract"
CHAINS = (
    Chain(
        "SIGN",
        SIGN,
        gettext_noop("Signature"),
        gettext_noop("it is signed or declined"),
        (
            Step(1, INFLUENCER, "contract_waits"),
            Step(3, INFLUENCER, "contract_waits"),
            Step(6, INFLUENCER, "contract_waits"),
            Step(7, COORDINATOR, "escalation"),
        ),
        series=SERIES,
    ),
    Chain(
        "OFFER",
        OFFER,
        gettext_noop("End of an offer"),
        gettext_noop("it is signed or declined"),
        (Step(-1, INFLUENCER, "contract_offer_ends"),),
        series=SERIES,
    ),
)

seed_chains(CHAINS)
