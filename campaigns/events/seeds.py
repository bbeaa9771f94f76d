"""The reminder rules about events a new installation starts with."""

from collections.abc import Iterator

from campaigns.events.reminders import ANSWER, COMING, EVENT
from crm.base.seeding import seed
from crm.reminders.models import Recipient, Rule, RuleStep
from crm.reminders.seeds import Chain, Step, rules_of, steps_of

INFLUENCER, COORDINATOR = Recipient.INFLUENCER, Recipient.COORDINATOR
CHAINS = (
    Chain(
        "EVENT_ANSWER", ANSWER, "Answer to an invitation", "she answers",
        (Step(2, INFLUENCER, "event_waits"), Step(4, INFLUENCER, "event_waits")),
        is_binding=False,
    ),
    Chain(
        "EVENT_COMING", COMING, "An event is near", "it has begun, or she does not come",
        (Step(-3, INFLUENCER, "event_soon"), Step(-1, INFLUENCER, "event_soon")),
    ),
    Chain("EVENT_DAY", EVENT, "An event is tomorrow", "it has begun", (Step(-1, COORDINATOR, "escalation"),)),
)  # fmt: skip


@seed(Rule, "code")
def event_rules() -> Iterator[Rule]:
    return rules_of(CHAINS)


@seed(RuleStep, "rule", "offset", "unit", "recipient")
def event_steps() -> Iterator[RuleStep]:
    return steps_of(CHAINS)
