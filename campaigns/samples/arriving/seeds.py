"""The reminder rules about parcels that left."""

from collections.abc import Iterator

from campaigns.samples.arriving.reminders import ARRIVED, RECEIPT
from crm.base.seeding import seed
from crm.reminders.models import Recipient, Rule, RuleStep
from crm.reminders.seeds import Chain, Step, rules_of, steps_of

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


@seed(Rule, "code")
def parcel_rules() -> Iterator[Rule]:
    return rules_of(CHAINS)


@seed(RuleStep, "rule", "offset", "unit", "recipient")
def parcel_steps() -> Iterator[RuleStep]:
    return steps_of(CHAINS)
