"""The reminder rules about events a new installation starts with."""

from campaigns.events.reminders import ANSWER, COMING, EVENT
from crm.reminders.models import Recipient
from crm.reminders.seeds import Chain, Step, seed_chains

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

seed_chains(CHAINS)
