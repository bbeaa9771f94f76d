"""The reminder rules about promises of exclusivity a new installation starts with."""

from django.utils.translation import gettext_noop

from crm.exclusivity.reminders import CURE, ENDS, STARTS
from crm.reminders.models import Recipient
from crm.reminders.seeds import Chain, Step, seed_chains

INFLUENCER, COORDINATOR, MANAGER = Recipient.INFLUENCER, Recipient.COORDINATOR, Recipient.MANAGER
CHAINS = (
    Chain(
        "EXCL_START",
        STARTS,
        gettext_noop("Exclusivity begins"),
        gettext_noop("it has begun"),
        (Step(-3, INFLUENCER, "exclusivity_starts"),),
    ),
    Chain(
        "EXCL_END",
        ENDS,
        gettext_noop("Exclusivity ends"),
        gettext_noop("it goes on with another promise"),
        (
            Step(-14, INFLUENCER, "exclusivity_ends"),
            Step(-3, INFLUENCER, "exclusivity_ends"),
            Step(0, INFLUENCER, "exclusivity_ends"),
        ),
    ),
    Chain(
        "CURE",
        CURE,
        gettext_noop("Putting a broken promise right"),
        gettext_noop("it is settled"),
        (
            Step(-1, COORDINATOR, "escalation"),
            Step(0, COORDINATOR, "escalation"),
            Step(1, MANAGER, "escalation"),
        ),
    ),
)

seed_chains(CHAINS)
