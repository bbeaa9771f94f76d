"""The reminder rules about what is online a new installation starts with (domain 6.2: LIVE)."""

from django.utils.translation import gettext_noop

from campaigns.approvals.publishing.reminders import ASKED, LIVE, LOOK, MEND, REPLIES
from crm.reminders.models import Recipient
from crm.reminders.seeds import Chain, Step, seed_chains

INFLUENCER, COORDINATOR = Recipient.INFLUENCER, Recipient.COORDINATOR
MENDING = "mend"
"""Of the letter that asks and those that remind, one is said at a time."""

CHAINS = (
    Chain("MEND_ASKED", ASKED, gettext_noop("A post to mend"), gettext_noop("it is mended or decided"), (Step(0, INFLUENCER, "post_mend"),), series=MENDING),
    Chain(
        "MEND",
        MEND,
        gettext_noop("The day by which a post is mended"),
        gettext_noop("it is mended or decided"),
        (Step(0, INFLUENCER, "post_mend"), Step(1, INFLUENCER, "post_mend"), Step(1, COORDINATOR, "escalation")),
        series=MENDING,
    ),
    Chain("LIVE", LIVE, gettext_noop("Is it still online"), gettext_noop("somebody has looked"), (Step(0, COORDINATOR, "escalation"),)),
    Chain("LABEL", LOOK, gettext_noop("A post to compare"), gettext_noop("it was compared"), (Step(1, COORDINATOR, "escalation"),)),
    Chain("REPLIES", REPLIES, gettext_noop("Answers to comments"), gettext_noop("somebody has looked"), (Step(1, COORDINATOR, "escalation"),)),
)  # fmt: skip

seed_chains(CHAINS)
