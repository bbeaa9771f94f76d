"""The reminder rules about returns and gifts a new installation starts with (domain 4.1, 4.2, 6.2)."""

from collections.abc import Iterator

from campaigns.samples.after.gifts import GIFT, THANKS
from campaigns.samples.after.moving import RETURN
from crm.base.seeding import seed
from crm.reminders.models import Recipient, Rule, RuleStep
from crm.reminders.seeds import Chain, Step, rules_of, steps_of

INFLUENCER, COORDINATOR = Recipient.INFLUENCER, Recipient.COORDINATOR
CHAINS = (
    Chain(
        "RETURN",
        RETURN,
        "Return of a loan",
        "it is on its way back",
        (
            Step(-7, INFLUENCER, "sample_return"),
            Step(-1, INFLUENCER, "sample_return"),
            Step(1, INFLUENCER, "sample_return_late"),
            Step(7, INFLUENCER, "sample_return_late"),
            Step(7, COORDINATOR, "escalation"),
        ),
    ),
    Chain(
        "GIFT",
        GIFT,
        "A gift with a hope",
        "she posted, would rather not, or it is closed",
        (
            Step(7, INFLUENCER, "gift_there"),
            Step(10, INFLUENCER, "gift_nudge"),
            Step(14, INFLUENCER, "gift_closing"),
        ),
        is_binding=False,
    ),
    Chain(
        "GIFT_THANKS",
        THANKS,
        "A gift, nothing asked",
        "it is closed",
        (Step(7, INFLUENCER, "gift_there"),),
        is_binding=False,
    ),
)


@seed(Rule, "code")
def after_rules() -> Iterator[Rule]:
    return rules_of(CHAINS)


@seed(RuleStep, "rule", "offset", "unit", "recipient")
def after_steps() -> Iterator[RuleStep]:
    return steps_of(CHAINS)
