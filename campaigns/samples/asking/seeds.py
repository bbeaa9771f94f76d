"""The reminder rule about addresses. It shares the series of offers and contracts: one mail about one thing at a time."""

from collections.abc import Iterator

from campaigns.samples.asking.reminders import ADDRESS
from crm.base.seeding import seed
from crm.contracts.reminders.answers_seeds import SERIES
from crm.reminders.models import Recipient, Rule, RuleStep
from crm.reminders.seeds import Chain, Step, rules_of, steps_of

INFLUENCER, COORDINATOR = Recipient.INFLUENCER, Recipient.COORDINATOR
CHAINS = (
    Chain(
        "ADDR",
        ADDRESS,
        "Address for a parcel",
        "her address is confirmed and she has chosen",
        (
            Step(0, INFLUENCER, "sample_address"),
            Step(2, INFLUENCER, "sample_address"),
            Step(4, INFLUENCER, "sample_address"),
            Step(5, COORDINATOR, "escalation"),
        ),
        is_binding=False,
    ),
)


@seed(Rule, "code")
def address_rules() -> Iterator[Rule]:
    for rule in rules_of(CHAINS):
        rule.series = SERIES
        yield rule


@seed(RuleStep, "rule", "offset", "unit", "recipient")
def address_steps() -> Iterator[RuleStep]:
    return steps_of(CHAINS)
