"""What the page of one invoice shows beside it."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from djmoney.money import Money

from crm.payments.models import Invoice, LedgerLine
from crm.payments.queries import open_amounts
from crm.team.models import User
from crm.timeline.models import Entry
from crm.timeline.queries import lines_of
from crm.timeline.record import subject_of

RECENT = 20


@dataclass(frozen=True)
class InvoicePage:
    """What it is about, whether the amounts agree, and its story."""

    lines: Sequence[tuple[LedgerLine, Money]]
    agreed: Money
    story: Any

    differs: Money | None = None

    @property
    def is_more(self) -> bool:
        return self.differs is not None and self.differs.amount > 0

    @property
    def size(self) -> Money | None:
        return abs(self.differs) if self.differs is not None else None


def page_of(invoice: Invoice, user: User) -> InvoicePage:
    about = [row.line for row in invoice.about.select_related("line").order_by("line_id")]
    left, currency = open_amounts(about), invoice.amount.currency
    agreed = sum((line.amount.amount for line in about), Decimal(0))
    gap = invoice.amount.amount - agreed
    story = Entry.objects.visible_to(user).filter(subject=subject_of(invoice)).newest_first()[:RECENT]
    return InvoicePage(
        lines=[(line, Money(left[line.pk], line.amount.currency)) for line in about],
        agreed=Money(agreed, currency),
        story=lines_of(list(story), user.zone),
        differs=Money(gap, currency) if gap else None,
    )
