"""The reminder rules about parcels that left."""

from campaigns.samples.arriving.reminders import ARRIVED, RECEIPT
from crm.reminders.models import Recipient
from crm.reminders.seeds import Chain, Step, seed_chains

INFLUENCER, COORDINATOR = Recipient.INFLUENCER, Recipient.COORDINATOR
CHAINS = (
    Chain(
        "PARCEL_ARRIVED",
        ARRIVED,
        "Has the parcel arrived?",
        "she has it, or it is looked for",
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
        "Receipt of a parcel",
        "she says she has it",
        (Step(2, INFLUENCER, "sample_receipt"),),
        is_binding=False,
    ),
)

seed_chains(CHAINS)
