"""What is due about money: her invoice from the day an amount is due, paying it by its day, and looking whether it arrived.

Whoever pays is asked about payments: the colleagues of finance who may see the brand, or whoever answers for the contract
where there are none. Source: domain rules, section 6.2.
"""

import datetime as dt
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.functional import lazy
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from crm.base.formats import money_full
from crm.base.models import Organisation
from crm.base.zones import end_of_day
from crm.contracts.models import Contract
from crm.influencers.queries.mail import NOBODY, Route, mail_routes
from crm.outbox.topics import Topic
from crm.payments.models import Invoice, InvoiceLine, LedgerLine, Payment
from crm.payments.papers.asked import asks_invoice
from crm.payments.queries import IS_FREE, NEARLY_NOTHING, with_free
from crm.reminders.registry import Asked, Due, due, wanted
from crm.reminders.wordings import LANGUAGES
from crm.team.models import Role, User
from crm.timeline.record import in_language, subject_of

INVOICE, PAY, ARRIVED = "payment.invoice", "payment.due", "payment.arrived"
A_DAY = dt.timedelta(days=1)
HERE, NOT_ASKED = _("Her invoice is here"), _("No invoice of hers is asked for")
ON_ITS_WAY, KNOWN = _("It is on its way, or settled"), _("It is known what came of it")
money_in_words = lazy(money_full, str)


@due(INVOICE, label=_("Invoices of hers"), of="crm.LedgerLine", order=48)
def her_invoices(asked: Asked) -> Iterator[Due]:
    """The day an amount became due that waits for her invoice."""
    lines = _lines(asked)
    routes = None if _is_looked_at(asked) or not lines else mail_routes({one.influencer_id for one in lines}, asked.now)
    for line in lines:
        why = HERE if line.is_invoiced else "" if asks_invoice(line.contract) and line.contract else NOT_ASKED
        why = why or ("" if line.free > NEARLY_NOTHING else ON_ITS_WAY)
        route = routes.of(line.influencer_id, Topic.PAYMENTS) if routes else NOBODY
        yield from wanted(_invoice_due(line, why, route), asked)


@due(PAY, label=_("Payments"), of="crm.LedgerLine", order=49)
def payments_due(asked: Asked) -> Iterator[Due]:
    """The day by which an amount is to be paid."""
    lines = [line for line in _lines(asked) if line.due_on is not None]
    payers = _payers(asked) if lines else {}
    for line in lines:
        why = "" if line.free > NEARLY_NOTHING else ON_ITS_WAY
        yield from wanted(_pay_due(line, why, _payers_for(line.brand_id, payers)), asked)


@due(ARRIVED, label=_("Payments on their way"), of="crm.Payment", order=50)
def arrived(asked: Asked) -> Iterator[Due]:
    """The day a released payment was to be paid on: did it arrive? Told on Today, never mailed."""
    if not _may_read(asked):
        return
    rows = Payment.objects.all() if asked.user is None else Payment.objects.visible_to(asked.user)
    if asked.subjects is not None:
        rows = rows.filter(pk__in=asked.subjects)
    else:
        rows = rows.on_the_way().filter(_near(asked, "pay_on"))
    payments = list(rows.select_related("payee", "influencer", "brand").order_by("pk"))
    payers = _payers(asked) if payments else {}
    for payment in payments:
        yield from wanted(_arrived_due(payment, _payers_for(payment.brand_id, payers)), asked)


def _lines(asked: Asked) -> list[Any]:
    """The due lines owed to somebody that the question is about, read once for invoices and for payments."""
    return list(asked.once("lines to be paid", lambda: _read(asked)))


def _read(asked: Asked) -> list[Any]:
    """With what is free of each and whether her invoice is here, in one query; unless asked by name only what is still free."""
    if not _may_read(asked):
        return []
    rows = LedgerLine.objects.all() if asked.user is None else LedgerLine.objects.visible_to(asked.user)
    rows = with_free(rows.to_be_paid().owed_to_her())
    if asked.subjects is not None:
        rows = rows.filter(pk__in=asked.subjects)
    else:
        rows = rows.filter(IS_FREE, _near(asked, "on") | _near(asked, "due_on"))
    invoiced = Exists(InvoiceLine.objects.filter(line=OuterRef("pk"), invoice__in=Invoice.objects.standing()))
    joined = ("influencer", "brand", "contract__owner", "contract__pay_terms")
    return list(rows.annotate(is_invoiced=invoiced).select_related(*joined).order_by("pk"))


def _near(asked: Asked, column: str) -> Q:
    """Whose day lies in the asked time; one day more on each side, because days begin at different hours."""
    since = Q(**{f"{column}__gte": (asked.from_at - A_DAY).date()}) if asked.from_at else Q()
    return since & Q(**{f"{column}__lte": (asked.to_at + A_DAY).date()}) if asked.to_at else since


def _may_read(asked: Asked) -> bool:
    """Amounts are only for colleagues who read money; whoever plans reminders asks for nobody."""
    return asked.user is None or asked.user.has_perm("crm.view_payment")


def _is_looked_at(asked: Asked) -> bool:
    """A calendar: nobody is written to."""
    return asked.calendar and asked.subjects is None


def _payers(asked: Asked) -> dict[int, frozenset[int] | None]:
    """The colleagues who pay, with the brands they may see; None is all of them. Two queries, none for a calendar."""
    if _is_looked_at(asked):
        return {}
    rows = User.objects.active().filter(role=Role.FINANCE).order_by("pk").prefetch_related("brand_access")
    walls = Organisation.load().brand_walls
    return {
        user.pk: frozenset(one.brand_id for one in user.brand_access.all())
        if walls and not user.sees_every_brand
        else None
        for user in rows
    }


def _payers_for(brand: int, payers: Mapping[int, Collection[int] | None]) -> tuple[int, ...]:
    return tuple(user for user, brands in payers.items() if brands is None or brand in brands)


def _invoice_due(line: Any, why: Any, route: Route) -> Due:
    contract = line.contract
    title = format_lazy(_("Invoice for {what}"), what=line.label)
    return _due(
        INVOICE, line, contract, line.on, title, why, url=reverse("invoice-new", args=[line.pk]), icon="receipt",
        verb=_("Enter the invoice"), contact_ids=route.to, copy_ids=route.copies, facts=_facts(line, contract),
    )  # fmt: skip


def _pay_due(line: Any, why: Any, payers: tuple[int, ...]) -> Due:
    amount = Money(line.free, line.amount.currency)
    title = format_lazy(_("{amount} for {what}"), amount=money_in_words(amount), what=line.label)
    return _due(
        PAY, line, line.contract, line.due_on, title, why, url=f"{reverse('payment-release')}?ids={line.pk}",
        icon="cash-stack", verb=_("Pay it"), colleague_ids=payers, facts=_facts(line, line.contract),
    )  # fmt: skip


def _arrived_due(payment: Payment, payers: tuple[int, ...]) -> Due:
    zone, why = payment.brand.zone, "" if payment.is_on_the_way else KNOWN
    amount = money_in_words(Money(payment.net, payment.currency))
    return Due(
        kind=ARRIVED, subject=subject_of(payment), due_on=payment.pay_on, due_at=end_of_day(payment.pay_on, zone), zone=zone,
        title=format_lazy(_("{amount} to {payee}: has it arrived?"), amount=amount, payee=payment.payee.name),
        influencer_id=payment.influencer_id, influencer_label=payment.influencer.stage_name, brand_id=payment.brand_id,
        brand_label=payment.brand.name, owner_id=payment.released_by_id, colleague_ids=payers,
        url=reverse("payment", args=[payment.pk]), verb=_("Note it"), icon="send-check", detail=payment.brand.name,
        stopped_why=why, born_at=payment.released_at, entered_at=payment.released_at, changed_at=payment.updated_at,
    )  # fmt: skip


def _due(
    kind: str, line: Any, contract: Contract | None, on: dt.date, title: Any, why: Any, **more: Any
) -> Due:  # fmt: skip
    zone = contract.zone if contract is not None else line.brand.zone
    return Due(
        kind=kind, subject=subject_of(line), due_on=on, due_at=end_of_day(on, zone), zone=zone, title=title,
        influencer_id=line.influencer_id, influencer_label=line.influencer.stage_name, brand_id=line.brand_id,
        brand_label=line.brand.name, owner_id=contract.owner_id if contract is not None else None,
        detail=contract.title if contract is not None else line.brand.name, stopped_why=why, born_at=line.at,
        entered_at=line.at, changed_at=line.at, **more,
    )  # fmt: skip


def _facts(line: Any, contract: Contract | None) -> dict[str, Any]:
    """What an e-mail may say, JSON-safe."""
    owner, person = contract.owner if contract is not None else None, line.influencer.stage_name
    amount = money_in_words(Money(line.free, line.amount.currency))
    return {
        "first_name": person.split(" ")[0],
        "person": person,
        "form_of_address": line.brand.form_of_address,
        "brand": line.brand.name,
        "owner": owner.name if owner else "",
        "owner_phone": str(owner.phone or "") if owner else "",
        "owner_email": owner.email if owner else "",
        "page": {"influencer": line.influencer_id, "brand": line.brand_id},
        "words": {
            "amount": {language: in_language(language, amount, {}) for language in LANGUAGES}, "what": line.label, "open": "",
        },
    }  # fmt: skip
