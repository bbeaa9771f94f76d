"""What is written when somebody changes where money goes, and the digits she confirms it with."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from crm.influencers.models import Influencer
from crm.influencers.queries.mail import route_of
from crm.outbox.checks import refuse_sending
from crm.outbox.compose import enqueue
from crm.outbox.kinds import EmailKind, declare
from crm.outbox.late import late_field
from crm.outbox.models import Contact, Email
from crm.outbox.reasons import reason
from crm.outbox.topics import Topic
from crm.payments.models import AccountCode, BankAccount
from crm.portal.digits import digits_of

SAMPLE: Mapping[str, Any] = {"payee": "Kirana Larasati", "bank": "Bank Nusa", "who": "Dinda"}
CHANGED = declare(
    EmailKind(
        name="account_entered",
        label=_("Payments: a bank account was entered"),
        names={"payee": _("who is paid"), "bank": _("the bank"), "who": _("who entered it")},
        sample=SAMPLE,
        from_a_person=False,
        topic=Topic.PAYMENTS,
    )
)
CODE = declare(
    EmailKind(
        name="account_code",
        asked_for=True,
        label=_("Payments: the code for a bank account"),
        names={"minutes": _("how many minutes it works")},
        sample={"minutes": 10},
        mail_class=Email.MailClass.CODE,
        late={"code": "account"},
        from_a_person=False,
        topic=Topic.PAYMENTS,
    )
)
TOO_OLD = _("The code was used, or has run out.")


def tell_about_account(account: BankAccount, people: Iterable[Influencer], *, at: dt.datetime) -> None:
    """To everybody who gets mail about the payments of these people, once each: so that nobody changes it unseen."""
    told: set[int] = set()
    for person in people:
        for pk in route_of(person.pk, CHANGED.name, at).everybody:
            if pk not in told:
                told.add(pk)
                _write(account, person, Contact.objects.get(pk=pk), at)


def _write(account: BankAccount, person: Influencer, contact: Contact, at: dt.datetime) -> None:
    enqueue(
        CHANGED.name,
        to=contact,
        key=f"account_entered/{account.pk}/{contact.pk}",
        at=at,
        context={"payee": account.payee.name, "bank": account.bank, "who": account.entered_by},
        influencer_ref=person.pk,
        sender_ref=person.owner_id,
    )


@late_field("account")
def code_for_account(_email: Email, params: dict[str, Any]) -> str:
    """The same six digits on every try; they stand in no row."""
    return digits_of(AccountCode.objects.get(pk=params["code"]).code_hash)


@refuse_sending("account_codes")
def codes_nobody_can_use(emails: Sequence[Email], now: dt.datetime) -> dict[int, str]:
    codes = {email.pk: email.late_fields["account"]["code"] for email in emails if email.name == CODE.name}
    if not codes:
        return {}
    live = AccountCode.objects.filter(pk__in=codes.values(), used_at=None, expires_at__gt=now).exclude(number="")
    usable = set(live.values_list("pk", flat=True))
    return {pk: reason(TOO_OLD) for pk, code in codes.items() if code not in usable}
