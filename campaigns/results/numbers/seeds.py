"""The reminder rules about numbers a new installation starts with (domain 6.2: INSIGHTS).

What stays online is due on its third day, so the steps stand three, seven and nine days after it went out.
"""

from django.utils.translation import gettext_noop

from campaigns.results.numbers.reminders import POST, STORY
from crm.reminders.models import Recipient, RuleStep
from crm.reminders.seeds import Chain, Step, seed_chains

INFLUENCER, COORDINATOR = Recipient.INFLUENCER, Recipient.COORDINATOR
UNTIL = gettext_noop("her numbers are here")

CHAINS = (
    Chain(
        "INSIGHTS",
        POST,
        gettext_noop("Numbers of a post"),
        UNTIL,
        (
            Step(0, INFLUENCER, "insights"),
            Step(4, INFLUENCER, "insights"),
            Step(6, COORDINATOR, "escalation"),
        ),
    ),
    Chain(
        "INSIGHTS_STORY",
        STORY,
        gettext_noop("Numbers of a story"),
        UNTIL,
        (
            Step(0, INFLUENCER, "insights_story", RuleStep.Unit.HOURS, moves=False),
            Step(2, COORDINATOR, "escalation"),
        ),
    ),
)

seed_chains(CHAINS)
