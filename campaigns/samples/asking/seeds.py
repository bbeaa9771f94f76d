"""The reminder rule about addresses. It shares the series of offers and contracts: one mail about one thing at a time."""

from django.utils.translation import gettext_noop

from campaigns.samples.asking.reminders import ADDRESS
from crm.contracts.reminders.answers_seeds import SERIES
from crm.reminders.models import Recipient
from crm.reminders.seeds import Chain, Step, seed_chains

INFLUENCER, COORDINATOR = Recipient.INFLUENCER, Recipient.COORDINATOR
CHAINS = (
    Chain(
        "ADDR",
        ADDRESS,
        gettext_noop("Address for a parcel"),
        gettext_noop("her address is confirmed and she has chosen"),
        (
            Step(0, INFLUENCER, "sample_address"),
            Step(2, INFLUENCER, "sample_address"),
            Step(4, INFLUENCER, "sample_address"),
            Step(5, COORDINATOR, "escalation"),
        ),
        is_binding=False,
        series=SERIES,
    ),
)

seed_chains(CHAINS)
