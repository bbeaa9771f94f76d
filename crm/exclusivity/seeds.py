"""The reminder rules about promises of exclusivity a new installation starts with."""

from crm.exclusivity.reminders import CURE, ENDS, STARTS
from crm.reminders.models import Recipient
from crm.reminders.seeds import Chain, Step, seed_chains

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

seed_chains(CHAINS)
