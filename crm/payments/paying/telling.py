"""Letters to her about money that left, or came back: to everybody who gets what is written about her payments."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from crm.base.formats import money_full
from crm.influencers.queries.mail import mail_routes
from crm.outbox.compose import enqueue
from crm.outbox.kinds import EmailKind
from crm.outbox.models import Contact, Email
from crm.payments.models import Payment
from crm.payments.paying.emails import BACK, PAID
from crm.reminders.wordings import LANGUAGES, greeting_for
from crm.timeline.record import in_language, subject_of

money_in_words = lazy(money_full, str)
WITHHELD = _("%(tax)s of tax was withheld from %(gross)s.")
IN_KIND = _("%(tax)s of tax was withheld from %(gross)s, and from %(in_kind)s that was not money.")


def tell_paid(payment: Payment, at: dt.datetime) -> None:
    """How much, for what, on which day, and what was withheld. Nothing where nothing was transferred."""
    if payment.net:
        _send(PAID, payment, at, {"day": payment.paid_on, "tax": _tax(payment)})


def tell_failed(payment: Payment, at: dt.datetime) -> None:
    """The bank could not pay it out: she checks her account."""
    _send(BACK, payment, at, {})


def _send(kind: EmailKind, payment: Payment, at: dt.datetime, more: Mapping[str, Any]) -> None:
    brand, told = payment.brand, {**_facts(payment), **more}
    for contact in _readers(kind, payment, at):
        greeting = greeting_for(contact, {"form_of_address": brand.form_of_address})
        enqueue(
            kind.name, to=contact, key=f"{kind.name}:{payment.pk}:{contact.pk}", at=at,
            context={**told, "greeting": greeting}, from_name=str(brand), doubt=Email.Doubt.HOLD, brand_ref=brand.pk,
            influencer_ref=payment.influencer_id, sender_ref=payment.released_by_id, subject_refs=[subject_of(payment)],
            late_fields={"page": {"influencer": payment.influencer_id, "brand": brand.pk}},
        )  # fmt: skip


def _readers(kind: EmailKind, payment: Payment, at: dt.datetime) -> list[Contact]:
    route = mail_routes([payment.influencer_id], at).of(payment.influencer_id, kind.topic)
    found = Contact.objects.in_bulk(route.everybody)
    return [found[pk] for pk in route.everybody]


def _facts(payment: Payment) -> dict[str, Any]:
    labels = [part.line.label for part in payment.parts.select_related("line").order_by("line_id") if part.amount > 0]
    return {
        "brand": payment.brand.name,
        "amount": _in_both(payment.net, payment.currency),
        "account": str(payment.account),
        "what": ", ".join(labels),
    }


def _tax(payment: Payment) -> Any:
    """What was withheld, of what, in both languages."""
    if not payment.tax:
        return ""
    said = {"tax": payment.tax, "gross": payment.gross, "in_kind": payment.in_kind}
    both = {name: _in_both(amount, payment.currency) for name, amount in said.items()}
    sentence = IN_KIND if payment.in_kind else WITHHELD
    return {
        language: in_language(language, sentence, {name: words[language] for name, words in both.items()})
        for language in LANGUAGES
    }


def _in_both(amount: Any, currency: str) -> dict[str, str]:
    """An amount as each language writes it."""
    return {language: in_language(language, money_in_words(amount, currency), {}) for language in LANGUAGES}
