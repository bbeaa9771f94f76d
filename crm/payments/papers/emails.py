"""What is written to her about her invoices: one is asked for, one could not be accepted."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from crm.outbox.kinds import EmailKind, declare
from crm.outbox.topics import Topic
from crm.reminders.letters import NAMES, SAMPLE

TO_HER: Mapping[str, Any] = {name: NAMES[name] for name in ("greeting", "brand")}
SAID: Mapping[str, Any] = {name: SAMPLE[name] for name in ("greeting", "brand")}
ASKED = declare(
    EmailKind(
        name="invoice_asked",
        label=_("Invoice: we need hers"),
        names={**TO_HER, "amount": _("the amount that is due"), "what": _("what it is for")},
        sample={**SAID, "amount": {"en": "IDR 1,500,000", "id": "Rp1.500.000"}, "what": "Fee, 1 of 1"},
        late={"page": "page"},
        button=_("Send the invoice"),
        button_to="page",
        for_reminders=True,
        line=_("Send us your invoice over %(amount)s, for: %(what)s."),
        topic=Topic.PAYMENTS,
    )
)
BACK = declare(
    EmailKind(
        name="invoice_back",
        label=_("Invoice: sent back to her"),
        names={**TO_HER, "number": _("the number of her invoice"), "why": _("why it cannot be paid, in our words")},
        sample={
            **SAID,
            "number": "INV-7",
            "why": {
                "en": "The amount is not the one we agreed. It is IDR 1,500,000.",
                "id": "Jumlahnya bukan yang disepakati. Seharusnya Rp1.500.000.",
            },
        },
        late={"page": "page"},
        button=_("Send it again"),
        button_to="page",
        topic=Topic.PAYMENTS,
    )
)
