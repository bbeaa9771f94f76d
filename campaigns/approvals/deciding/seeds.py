"""The reminder rules about decisions, counted in hours: half of the time is over, six hours are left, it is late."""

from django.utils.translation import gettext_noop

from campaigns.approvals.deciding.by_itself import HALF, REVIEW
from campaigns.approvals.deciding.emails import WAITS
from crm.reminders.models import Recipient, RuleStep
from crm.reminders.seeds import Chain, Step, seed_chains

HOURS = RuleStep.Unit.HOURS
STOPS = gettext_noop("somebody decides")
CHAINS = (
    Chain(
        "REVIEW",
        REVIEW,
        gettext_noop("Answer to a draft"),
        STOPS,
        (
            Step(-6, Recipient.COORDINATOR, WAITS.name, HOURS, moves=False),
            Step(0, Recipient.COORDINATOR, WAITS.name, HOURS, moves=False),
            Step(0, Recipient.MANAGER, "escalation", HOURS, moves=False),
        ),
    ),
    Chain(
        "REVIEW_HALF",
        HALF,
        gettext_noop("Answer to a draft, half of the time is over"),
        STOPS,
        (Step(0, Recipient.COORDINATOR, WAITS.name, HOURS, moves=False),),
    ),
)

seed_chains(CHAINS)
