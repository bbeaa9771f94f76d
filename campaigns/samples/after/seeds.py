"""The reminder rules about returns and gifts a new installation starts with (domain 4.1, 4.2, 6.2)."""

from django.utils.translation import gettext_noop

from campaigns.samples.after.gifts import GIFT, THANKS
from campaigns.samples.after.moving import RETURN
from crm.reminders.models import Recipient
from crm.reminders.seeds import Chain, Step, seed_chains

INFLUENCER, COORDINATOR = Recipient.INFLUENCER, Recipient.COORDINATOR
CHAINS = (
    Chain(
        "RETURN",
        RETURN,
        gettext_noop("Return of a loan"),
        gettext_noop("it is on its way back"),
        (
            Step(-7, INFLUENCER, "sample_return"),
            Step(-1, INFLUENCER, "sample_return"),
            Step(1, INFLUENCER, "sample_return_late"),
            Step(7, INFLUENCER, "sample_return_late"),
            Step(7, COORDINATOR, "escalation"),
        ),
    ),
    Chain(
        "GIFT",
        GIFT,
        gettext_noop("A gift with a hope"),
        gettext_noop("she posted, would rather not, or it is closed"),
        (
            Step(7, INFLUENCER, "gift_there"),
            Step(10, INFLUENCER, "gift_nudge"),
            Step(14, INFLUENCER, "gift_closing"),
        ),
        is_binding=False,
    ),
    Chain(
        "GIFT_THANKS",
        THANKS,
        gettext_noop("A gift, nothing asked"),
        gettext_noop("it is closed"),
        (Step(7, INFLUENCER, "gift_there"),),
        is_binding=False,
    ),
)

seed_chains(CHAINS)
