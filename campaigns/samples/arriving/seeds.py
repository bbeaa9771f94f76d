"""The reminder rules about parcels that left."""

from django.utils.translation import gettext_noop

from campaigns.samples.arriving.reminders import ARRIVED, RECEIPT
from crm.reminders.models import Recipient
from crm.reminders.seeds import Chain, Step, seed_chains

INFLUENCER, COORDINATOR = Recipient.INFLUENCER, Recipient.COORDINATOR
CHAINS = (
    Chain(
        "PARCEL_ARRIVED",
        ARRIVED,
        gettext_noop("Has the parcel arrived?"),
        gettext_noop("she has it, or it is looked for"),
        (
            Step(0, INFLUENCER, "sample_arrived"),
            Step(2, INFLUENCER, "sample_arrived"),
            Step(4, COORDINATOR, "escalation"),
        ),
        is_binding=False,
    ),
    Chain(
        "RECEIPT",
        RECEIPT,
        gettext_noop("Receipt of a parcel"),
        gettext_noop("she says she has it"),
        (Step(2, INFLUENCER, "sample_receipt"),),
        is_binding=False,
    ),
)

seed_chains(CHAINS)
