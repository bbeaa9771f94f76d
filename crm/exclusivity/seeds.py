"""The reminder rules about promises of exclusivity a new installation starts with."""

from collections.abc import Iterator

from crm.base.seeding import seed
from crm.exclusivity.reminders import CURE, ENDS, STARTS
from crm.reminders.models import Recipient, Rule, RuleStep
from crm.reminders.seeds import Chain, Step, rules_of, steps_of

INFLUENCER, COORDINATOR, MANAGER = Recipient.INFLUENCER, Recipient.COORDINATOR, Recipient.MANAGER
CHAINS = (
    Chain(
        "EXCL_START",
        STARTS,
        "Exclusivity begins",
        "it has begun",
        (Step(-3, INFLUENCER, "exclusivity_starts"),),
    ),
    Chain(
        "EXCL_END",
        ENDS,
        "Exclusivity ends",
        "it goes on with another promise",
        (
            Step(-14, INFLUENCER, "exclusivity_ends"),
            Step(-3, INFLUENCER, "exclusivity_ends"),
            Step(0, INFLUENCER, "exclusivity_ends"),
        ),
    ),
    Chain(
        "CURE",
        CURE,
        "Putting a broken promise right",
        "it is settled",
        (
            Step(-1, COORDINATOR, "escalation"),
            Step(0, COORDINATOR, "escalation"),
            Step(1, MANAGER, "escalation"),
        ),
    ),
)


@seed(Rule, "code")
def exclusivity_rules() -> Iterator[Rule]:
    return rules_of(CHAINS)


@seed(RuleStep, "rule", "offset", "unit", "recipient")
def exclusivity_steps() -> Iterator[RuleStep]:
    return steps_of(CHAINS)
