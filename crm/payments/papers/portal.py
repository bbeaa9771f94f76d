"""Her own page: the invoice we need as a task, and her money in short beneath the tasks.

A colleague settles the very same task as "told me", through the same function.
"""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.functional import lazy
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from crm.base.formats import money_full
from crm.base.money import write_amount
from crm.base.zones import local_date
from crm.payments.papers.asking import Wanted, wanted_of
from crm.payments.papers.forms import InvoiceForm, ToldInvoiceForm, VatInvoiceForm, said_in
from crm.payments.papers.her_page import may_see_money, open_now, payments_of_hers
from crm.payments.papers.invoices import receive
from crm.payments.payees.queries import payee_of
from crm.portal.registry import (
    Answer,
    AnswerRefused,
    Asking,
    PortalFeature,
    PortalTask,
    Told,
    portal_part,
    portal_task,
)

FEATURE = "invoice"
THANKS = _("Thank you, your invoice is with us. We look at it and tell you if anything is missing.")
GONE = _("This is settled already. Reload the page.")
amount_in_words = lazy(money_full, str)


def _answer(form: Any) -> Answer:
    return Answer(
        "send", _("Send the invoice"), _("She sent an invoice"), THANKS, form, primary=True, icon="file-earmark-arrow-up",
        power="money",
    )  # fmt: skip


class Invoices:
    """What she is asked to send an invoice about, one task for each contract."""

    THANKS = {"send": THANKS}

    def open(self, asking: Asking) -> Sequence[PortalTask]:
        found = wanted_of(asking.influencer_id, asking.brand_id)
        if not found:
            return []
        payee = payee_of(asking.influencer_id, local_date(asking.now, asking.zone))
        form: Any = VatInvoiceForm if payee and payee.is_vat_registered else InvoiceForm
        answer = _answer(form if asking.contact is not None else ToldInvoiceForm)
        return [_task(one, asking, answer) for one in found]

    def settle(self, asking: Asking, task: PortalTask, told: Told) -> None:
        wanted = next(
            (one for one in wanted_of(asking.influencer_id, asking.brand_id) if _id(one) == task.subject_id), None
        )
        if wanted is None:
            raise AnswerRefused(GONE)
        said = said_in(told.data, str(wanted.amount.currency), told.file)
        try:
            receive(wanted.lines, said, at=told.at, actor=told.actor, channel=told.channel)
        except ValidationError as refused:
            raise AnswerRefused(" ".join(refused.messages)) from refused


@portal_task(FEATURE, order=40)
def invoices() -> PortalFeature:
    return Invoices()


@portal_part("money", order=10)
def money(asking: Asking) -> tuple[str, dict[str, Any]] | None:
    """What is open and by when, with the way to all of it."""
    if not may_see_money(asking):
        return None
    sums, next_on = open_now(asking)
    if not sums and not payments_of_hers(asking).exists():
        return None
    return "crm/payments/papers/_her_section.html", {"open": sums, "next_on": next_on}


def _id(wanted: Wanted) -> int:
    """The first line it would be about."""
    return int(wanted.lines[0].pk)


def _task(wanted: Wanted, asking: Asking, answer: Answer) -> PortalTask:
    due_on, zone = wanted.due_on, wanted.contract.zone
    return PortalTask(
        FEATURE,
        _id(wanted),
        format_lazy(_("Your invoice over {amount}"), amount=amount_in_words(wanted.amount)),
        [answer],
        brand_id=wanted.contract.brand_id,
        due_on=due_on,
        zone=zone,
        is_late=due_on is not None and due_on < local_date(asking.now, zone),
        is_next=True,
        lines=[wanted.what, _("We pay once it is here.")],
        initial={"amount": write_amount(wanted.amount.amount), "issued_on": local_date(asking.now, zone)},
    )
