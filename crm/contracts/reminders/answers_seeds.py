"""The reminder rules about contracts that wait to be signed. Both take turns in one series: one mail about one contract."""

from collections.abc import Iterator

from crm.base.seeding import seed
from crm.contracts.reminders.answers import OFFER, SIGN
from crm.reminders.models import Recipient, Rule, RuleStep
from crm.reminders.seeds import Chain, Step, rules_of, steps_of

INFLUENCER, COORDINATOR = Recipient.INFLUENCER, Recipient.COORDINATOR
SERIES = "contract"
CHAINS = (
    Chain(
        "SIGN",
        SIGN,
        "Signature",
        "it is signed or declined",
        (
            Step(1, INFLUENCER, "contract_waits"),
            Step(3, INFLUENCER, "contract_waits"),
            Step(6, INFLUENCER, "contract_waits"),
            Step(7, COORDINATOR, "escalation"),
        ),
    ),
    Chain(
        "OFFER", OFFER, "End of an offer", "it is signed or declined", (Step(-1, INFLUENCER, "contract_offer_ends"),)
    ),
)


@seed(Rule, "code")
def answer_rules() -> Iterator[Rule]:
    for rule in rules_of(CHAINS):
        rule.series = SERIES
        yield rule


@seed(RuleStep, "rule", "offset", "unit", "recipient")
def answer_steps() -> Iterator[RuleStep]:
    return steps_of(CHAINS)
