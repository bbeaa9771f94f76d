"""The reminder rules about briefs a new installation starts with."""

from collections.abc import Iterator

from campaigns.briefs.reminders import ACK, EMBARGO, NEWS
from crm.base.seeding import seed
from crm.contracts.reminders.answers_seeds import SERIES
from crm.reminders.models import Recipient, Rule, RuleStep
from crm.reminders.seeds import Chain, Step, rules_of, steps_of

INFLUENCER, COORDINATOR = Recipient.INFLUENCER, Recipient.COORDINATOR
CHAINS = (
    Chain(
        "BRIEF_ACK",
        ACK,
        "Acceptance of a brief",
        "the brief is accepted",
        (
            Step(1, INFLUENCER, "brief_waits"),
            Step(3, INFLUENCER, "brief_waits"),
            Step(4, COORDINATOR, "escalation"),
        ),
    ),
    Chain("BRIEF_NEWS", NEWS, "Small news in a brief", "it was told", (Step(0, INFLUENCER, "brief_small"),)),
    Chain(
        "EMBARGO",
        EMBARGO,
        "Not before",
        "the hour has passed, or everything is posted",
        (Step(-1, INFLUENCER, "brief_embargo"),),
    ),
)


@seed(Rule, "code")
def brief_rules() -> Iterator[Rule]:
    """Acceptance takes turns with offer and signature: of the three, one asks at a time."""
    for rule in rules_of(CHAINS):
        rule.series = SERIES if rule.kind == ACK else rule.series
        rule.is_urgent = rule.kind == EMBARGO
        yield rule


@seed(RuleStep, "rule", "offset", "unit", "recipient")
def brief_steps() -> Iterator[RuleStep]:
    return steps_of(CHAINS)
