"""What the page of one payment shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from djmoney.money import Money

from crm.payments.models import Document, Payment, PaymentPart
from crm.payments.tax.steps import Step, read_steps
from crm.team.models import User
from crm.timeline.models import Entry
from crm.timeline.queries import lines_of
from crm.timeline.record import subject_of

RECENT = 20
Status = Payment.Status


@dataclass(frozen=True)
class Verb:
    label: str
    url: str
    danger: bool = False


@dataclass(frozen=True)
class PaymentPage:
    """Everything on it, in a fixed number of queries."""

    parts: Sequence[tuple[PaymentPart, Money]]
    steps: Sequence[Step]
    benefits: Sequence[tuple[str, Money]]
    papers: Sequence[Document]
    verbs: Sequence[Verb]
    story: Any


def page_of(payment: Payment, user: User) -> PaymentPage:
    rows = sorted(payment.parts.select_related("line__contract"), key=lambda part: (part.amount < 0, part.line_id))
    told = [step for step in payment.steps if step.get("code") != "benefit"]
    given = [step for step in payment.steps if step.get("code") == "benefit"]
    story = Entry.objects.visible_to(user).filter(subject=subject_of(payment)).newest_first()[:RECENT]
    return PaymentPage(
        parts=[(part, Money(part.amount, payment.currency)) for part in rows],
        steps=read_steps(told),
        benefits=[(step["label"], Money(step["amount"], payment.currency)) for step in given],
        papers=list(payment.documents.select_related("series").order_by("pk")),
        verbs=_verbs(payment) if user.has_perm("crm.release_payment") else [],
        story=lines_of(list(story), user.zone),
    )


def _verbs(payment: Payment) -> list[Verb]:
    """What can be done with it now, the usual first."""
    ways = [
        (Status.PAID, _("Note as paid"), "payment-paid", False), (Status.FAILED, _("The money came back"), "payment-back", True),
        (Status.WITHDRAWN, _("Withdraw"), "payment-withdraw", True),
    ]  # fmt: skip
    found = [
        Verb(label, reverse(name, args=[payment.pk]), danger) for to, label, name, danger in ways if payment.may_be(to)
    ]
    slip = [Verb(_("Withholding slip"), reverse("payment-slip", args=[payment.pk]))] if payment.tax else []
    return [*found, *(slip if payment.is_counting else [])]
