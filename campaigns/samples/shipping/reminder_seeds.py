"""The reminder rule about parcels that are stuck."""

from collections.abc import Iterator

from campaigns.samples.shipping.reminders import STUCK
from crm.base.seeding import seed
from crm.reminders.models import Recipient, Rule, RuleStep
from crm.reminders.seeds import Chain, Step, rules_of, steps_of

CHAINS = (
    Chain(
        "SHIP_STUCK",
        STUCK,
        "Parcel that is stuck",
        "it leaves, or there is news of it",
        (Step(0, Recipient.COORDINATOR, "escalation"), Step(5, Recipient.MANAGER, "escalation")),
    ),
)


@seed(Rule, "code")
def stuck_rules() -> Iterator[Rule]:
    return rules_of(CHAINS)


@seed(RuleStep, "rule", "offset", "unit", "recipient")
def stuck_steps() -> Iterator[RuleStep]:
    return steps_of(CHAINS)
