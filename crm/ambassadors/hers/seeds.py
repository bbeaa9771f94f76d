"""The reminder rules about posts of a deal a new installation starts with (domain rules 6.2, QUOTA)."""

from django.utils.translation import gettext_noop

from crm.ambassadors.hers.reminders import MAKE_GOOD, QUOTA
from crm.reminders.models import Recipient
from crm.reminders.seeds import Chain, Step, seed_chains

INFLUENCER, COORDINATOR = Recipient.INFLUENCER, Recipient.COORDINATOR


def asked(email_name: str) -> tuple[Step, ...]:
    return (Step(-10, INFLUENCER, email_name), Step(-3, INFLUENCER, email_name), Step(-3, COORDINATOR, "escalation"))


CHAINS = (
    Chain("QUOTA", QUOTA, gettext_noop("Posts of a period"), gettext_noop("everything is posted"), asked("deal_posts")),
    Chain(
        "MAKE_GOOD",
        MAKE_GOOD,
        gettext_noop("Posts to be made good"),
        gettext_noop("everything is posted"),
        asked("deal_make_good"),
    ),
)

seed_chains(CHAINS)
