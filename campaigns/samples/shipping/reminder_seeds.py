"""The reminder rule about parcels that are stuck."""

from django.utils.translation import gettext_noop

from campaigns.samples.shipping.reminders import STUCK
from crm.reminders.models import Recipient
from crm.reminders.seeds import Chain, Step, seed_chains

CHAINS = (
    Chain(
        "SHIP_STUCK",
        STUCK,
        gettext_noop("Parcel that is stuck"),
        gettext_noop("it leaves, or there is news of it"),
        (Step(0, Recipient.COORDINATOR, "escalation"), Step(5, Recipient.MANAGER, "escalation")),
    ),
)

seed_chains(CHAINS)
