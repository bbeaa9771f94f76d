"""What is written to whoever signs: the contract is there, it still waits, the offer ends; and the code to sign with."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from crm.contracts.actions.codes import code_of
from crm.contracts.models import Contract, SigningCode
from crm.outbox.checks import refuse_sending
from crm.outbox.kinds import EmailKind, declare
from crm.outbox.late import late_field
from crm.outbox.models import Email
from crm.outbox.reasons import reason
from crm.outbox.topics import Topic
from crm.reminders.letters import NAMES, SAMPLE

WORDS: Mapping[str, Any] = {
    **{name: NAMES[name] for name in ("greeting", "brand")},
    "title": _("what the contract is called"),
    "people": _("whom it is about, by the names on the paper"),
    "until": _("until when the offer stands, as a sentence; empty without a day"),
}
TOLD: Mapping[str, Any] = {
    **{name: SAMPLE[name] for name in ("greeting", "brand")},
    "title": "Glow Up November",
    "people": "Kirana Larasati",
    "until": {"en": "The offer stands until 4 December 2026.", "id": "Tawaran ini berlaku sampai 4 Desember 2026."},
}
ASK = _("Something not right yet? Ask, or suggest another price.")


def to_sign(name: str, label: Any, *, line: Any = "") -> EmailKind:
    return declare(
        EmailKind(
            name=name,
            label=label,
            names=WORDS,
            sample=TOLD,
            late={"page": "page"},
            button=_("Read and sign"),
            button_to="page",
            aside=ASK,
            for_reminders=bool(line),
            line=line,
            topic=Topic.CONTRACTS,
        )
    )


SENT = to_sign("contract_sent", _("Contract: it is there"))
WAITS = to_sign("contract_waits", _("Contract: it waits to be signed"), line=_("Read and sign “%(title)s”. %(until)s"))
ENDS = to_sign("contract_offer_ends", _("Contract: the offer ends"), line=_("Read and sign “%(title)s”. %(until)s"))
CODE = declare(
    EmailKind(
        name="contract_code",
        asked_for=True,
        label=_("Contract: the code to sign with"),
        names={
            "title": _("what the contract is called"),
            "brand": _("the brand"),
            "minutes": _("how many minutes it works"),
        },
        sample={"title": "Glow Up November", "brand": "Lumi Skincare", "minutes": 10},
        mail_class=Email.MailClass.CODE,
        late={"code": "signing"},
        from_a_person=False,
        topic=Topic.CONTRACTS,
    )
)
NOT_OPEN, TOO_OLD = _("The contract is not open for signing any more."), _("The code was used, or has run out.")


@late_field("signing")
def code_to_sign(email: Email, params: dict[str, Any]) -> str:
    """The same six digits on every try; they stand in no row."""
    return code_of(SigningCode.objects.get(pk=params["code"]))


@refuse_sending("contracts")
def about_closed_contracts(emails: Sequence[Email], now: dt.datetime) -> dict[int, str]:
    """The first letter about a contract that is not open any more, and codes nobody can use."""
    letters = {email.pk: _contract_in(email) for email in emails if email.name == SENT.name}
    codes = {email.pk: email.late_fields["signing"]["code"] for email in emails if email.name == CODE.name}
    is_open = Contract.objects.filter(pk__in=letters.values(), status=Contract.Status.SENT).values_list("pk", flat=True)
    live = SigningCode.objects.filter(pk__in=codes.values(), used_at=None, expires_at__gt=now)
    standing, usable = set(is_open) if letters else set(), set(live.values_list("pk", flat=True)) if codes else set()
    closed = {pk: reason(NOT_OPEN) for pk, contract in letters.items() if contract not in standing}
    return closed | {pk: reason(TOO_OLD) for pk, code in codes.items() if code not in usable}


def _contract_in(email: Email) -> int:
    return int(email.subject_refs[0].rpartition(":")[2])
