"""The reminder rule about ideas. It shares the series of drafts: one mail about one thing she makes."""

from django.utils.translation import gettext_noop

from campaigns.approvals.handing.emails import IDEA_DUE
from campaigns.approvals.handing.idea_dues import KIND
from crm.reminders.models import Recipient
from crm.reminders.seeds import Chain, Step, seed_chains

SERIES = "draft"
CHAINS = (
    Chain(
        "IDEA",
        KIND,
        gettext_noop("Idea"),
        gettext_noop("the idea arrives"),
        (
            Step(-2, Recipient.INFLUENCER, IDEA_DUE.name),
            Step(0, Recipient.INFLUENCER, IDEA_DUE.name),
            Step(1, Recipient.INFLUENCER, IDEA_DUE.name),
            Step(2, Recipient.COORDINATOR, "escalation"),
        ),
        series=SERIES,
    ),
)

seed_chains(CHAINS)
