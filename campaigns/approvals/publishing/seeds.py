"""The reminder rules about what is online a new installation starts with (domain 6.2: LIVE)."""

from campaigns.approvals.publishing.reminders import ASKED, LIVE, LOOK, MEND, REPLIES
from crm.reminders.models import Recipient
from crm.reminders.seeds import Chain, Step, seed_chains

INFLUENCER, COORDINATOR = Recipient.INFLUENCER, Recipient.COORDINATOR
MENDING = "mend"
"""Of the letter that asks and those that remind, one is said at a time."""

CHAINS = (
    Chain("MEND_ASKED", ASKED, "A post to mend", "it is mended or decided", (Step(0, INFLUENCER, "post_mend"),), series=MENDING),
    Chain(
        "MEND",
        MEND,
        "The day by which a post is mended",
        "it is mended or decided",
        (Step(0, INFLUENCER, "post_mend"), Step(1, INFLUENCER, "post_mend"), Step(1, COORDINATOR, "escalation")),
        series=MENDING,
    ),
    Chain("LIVE", LIVE, "Is it still online", "somebody has looked", (Step(0, COORDINATOR, "escalation"),)),
    Chain("LABEL", LOOK, "A post to compare", "it was compared", (Step(1, COORDINATOR, "escalation"),)),
    Chain("REPLIES", REPLIES, "Answers to comments", "somebody has looked", (Step(1, COORDINATOR, "escalation"),)),
)  # fmt: skip

seed_chains(CHAINS)
