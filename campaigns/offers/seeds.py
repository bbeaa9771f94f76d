"""The reminder rules about offers. They share the series of contracts: one mail about one thing that waits for her."""

from collections.abc import Iterator

from campaigns.offers.reminders import ENDS, OFFER
from crm.base.seeding import seed
from crm.contracts.reminders.answers_seeds import SERIES
from crm.reminders.models import Recipient, Rule, RuleStep
from crm.reminders.seeds import Chain, Step, rules_of, steps_of

INFLUENCER, COORDINATOR = Recipient.INFLUENCER, Recipient.COORDINATOR
CHAINS = (
    Chain(
        "CAMPAIGN_OFFER",
        OFFER,
        "Answer to an offer",
        "she answers",
        (
            Step(2, INFLUENCER, "campaign_offer_waits"),
            Step(4, INFLUENCER, "campaign_offer_waits"),
            Step(5, COORDINATOR, "escalation"),
        ),
        is_binding=False,
    ),
    Chain(
        "CAMPAIGN_OFFER_ENDS",
        ENDS,
        "End of an offer for a campaign",
        "she answers",
        (Step(-1, INFLUENCER, "campaign_offer_ends"),),
        is_binding=False,
    ),
)


@seed(Rule, "code")
def offer_rules() -> Iterator[Rule]:
    for rule in rules_of(CHAINS):
        rule.series = SERIES
        yield rule


@seed(RuleStep, "rule", "offset", "unit", "recipient")
def offer_steps() -> Iterator[RuleStep]:
    return steps_of(CHAINS)
