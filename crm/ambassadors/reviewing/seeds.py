"""The reminder rule about looking at deals a new installation starts with."""

from django.utils.translation import gettext_noop

from crm.ambassadors.reviewing.reminders import REVIEW
from crm.reminders.models import Recipient
from crm.reminders.seeds import Chain, Step, seed_chains

COORDINATOR, MANAGER = Recipient.COORDINATOR, Recipient.MANAGER

LOOKS = (
    Chain("REVIEW_DEAL", REVIEW, gettext_noop("A deal is looked at"), gettext_noop("it is decided"), (
        *(Step(day, COORDINATOR, "escalation") for day in (-7, 0, 3)), Step(3, MANAGER, "escalation"),
    )),
)  # fmt: skip

seed_chains(LOOKS)
