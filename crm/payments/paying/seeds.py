"""The reminder rules of money: her invoice, and what is to be paid (domain rules, section 6.2, INVOICE and PAY)."""

from django.utils.translation import gettext_noop

from crm.payments.paying.reminders import INVOICE, PAY
from crm.reminders.models import Recipient
from crm.reminders.seeds import Chain, Step, seed_chains

INFLUENCER, COORDINATOR, MANAGER = Recipient.INFLUENCER, Recipient.COORDINATOR, Recipient.MANAGER
CHAINS = (
    Chain(
        "INVOICE",
        INVOICE,
        gettext_noop("Her invoice"),
        gettext_noop("her invoice is here"),
        (
            Step(0, INFLUENCER, "invoice_asked"),
            Step(5, INFLUENCER, "invoice_asked"),
            Step(10, COORDINATOR, "escalation"),
        ),
    ),
    Chain(
        "PAY",
        PAY,
        gettext_noop("Payment"),
        gettext_noop("it is on its way"),
        (
            Step(-3, COORDINATOR, "payment_due"),
            Step(0, COORDINATOR, "payment_due"),
            Step(1, COORDINATOR, "payment_due"),
            Step(3, MANAGER, "escalation"),
        ),
    ),
)

seed_chains(CHAINS)
