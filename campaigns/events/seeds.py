"""The reminder rules about events a new installation starts with."""

from django.utils.translation import gettext_noop

from campaigns.events.reminders import ANSWER, COMING, EVENT
from crm.reminders.models import Recipient
from crm.reminders.seeds import Chain, Step, seed_chains

INFLUENCER, COORDINATOR = Recipient.INFLUENCER, Recipient.COORDINATOR
CHAINS = (
    Chain(
        "EVENT_ANSWER", ANSWER, gettext_noop("Answer to an invitation"), gettext_noop("she answers"),
        (Step(2, INFLUENCER, "event_waits"), Step(4, INFLUENCER, "event_waits")),
        is_binding=False,
    ),
    Chain(
        "EVENT_COMING", COMING, gettext_noop("An event is near"), gettext_noop("it has begun, or she does not come"),
        (Step(-3, INFLUENCER, "event_soon"), Step(-1, INFLUENCER, "event_soon")),
    ),
    Chain("EVENT_DAY", EVENT, gettext_noop("An event is tomorrow"), gettext_noop("it has begun"), (Step(-1, COORDINATOR, "escalation"),)),
)  # fmt: skip

seed_chains(CHAINS)
