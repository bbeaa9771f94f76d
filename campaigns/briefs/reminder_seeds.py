"""The reminder rules about briefs a new installation starts with."""

from django.utils.translation import gettext_noop

from campaigns.briefs.reminders import ACK, EMBARGO, NEWS
from crm.contracts.reminders.answers_seeds import SERIES
from crm.reminders.models import Recipient
from crm.reminders.seeds import Chain, Step, seed_chains

INFLUENCER, COORDINATOR = Recipient.INFLUENCER, Recipient.COORDINATOR
CHAINS = (
    Chain(
        "BRIEF_ACK",
        ACK,
        gettext_noop("Acceptance of a brief"),
        gettext_noop("the brief is accepted"),
        (
            Step(1, INFLUENCER, "brief_waits"),
            Step(3, INFLUENCER, "brief_waits"),
            Step(4, COORDINATOR, "escalation"),
        ),
        series=SERIES,  # takes turns with offer and signature: of the three, one asks at a time
    ),
    Chain(
        "BRIEF_NEWS",
        NEWS,
        gettext_noop("Small news in a brief"),
        gettext_noop("it was told"),
        (Step(0, INFLUENCER, "brief_small"),),
    ),
    Chain(
        "EMBARGO",
        EMBARGO,
        gettext_noop("Not before"),
        gettext_noop("the hour has passed, or everything is posted"),
        (Step(-1, INFLUENCER, "brief_embargo"),),
        is_urgent=True,
    ),
)

seed_chains(CHAINS)
