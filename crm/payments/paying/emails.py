"""What is written about money that left: to her, to her agent or guardian, and to whoever pays."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from crm.outbox.kinds import EmailKind, declare
from crm.outbox.topics import Topic
from crm.reminders.letters import ESCALATION, NAMES, SAMPLE

MONEY: Mapping[str, Any] = {
    **{name: NAMES[name] for name in ("greeting", "brand")},
    "amount": _("the amount that was transferred"),
    "account": _("the bank and the last digits of the account"),
    "what": _("what it is for"),
}
MONEY_SAMPLE: Mapping[str, Any] = {
    **{name: SAMPLE[name] for name in ("greeting", "brand")},
    "amount": {"en": "IDR 1,462,500", "id": "Rp1.462.500"},
    "account": "Bank Nusa ···1234",
    "what": "Fee, 1 of 1",
}
PAID = declare(
    EmailKind(
        name="payment_made",
        label=_("Payment: it is on its way to her account"),
        names={**MONEY, "day": _("the day, in words"), "tax": _("what was withheld, as a sentence; may be empty")},
        sample={
            **MONEY_SAMPLE,
            "day": dt.date(2026, 12, 1),
            "tax": {
                "en": "IDR 37,500 of tax was withheld from IDR 1,500,000.",
                "id": "Dari Rp1.500.000 dipotong pajak Rp37.500.",
            },
        },
        late={"page": "page"},
        button=_("See your payments"),
        button_to="page",
        topic=Topic.PAYMENTS,
    )
)
BACK = declare(
    EmailKind(
        name="payment_back",
        label=_("Payment: it came back"),
        names=MONEY,
        sample=MONEY_SAMPLE,
        late={"page": "page"},
        button=_("Check your bank account"),
        button_to="page",
        topic=Topic.PAYMENTS,
    )
)
DUE = declare(
    EmailKind(
        name="payment_due",
        label=_("To a colleague: money is due"),
        names={**ESCALATION.names, "amount": _("the amount that is due"), "open": _("what stands against it; may be empty")},
        sample={
            **ESCALATION.sample,
            "what": {"en": "Fee, 1 of 1", "id": "Honor, 1 dari 1"},
            "amount": {"en": "IDR 1,500,000", "id": "Rp1.500.000"},
            "open": "",
        },
        button=_("Open what is due"),
        button_to="url",
        from_a_person=False,
        for_reminders=True,
        line=_("%(person)s: %(amount)s for %(what)s, %(due_day)s"),
        topic=Topic.PAYMENTS,
    )
)  # fmt: skip
