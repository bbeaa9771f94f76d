"""Six digits by e-mail before she says where her money goes: for this visit and exactly these details, once.

Whoever holds her link is not yet known to read her mail; only who does changes where money goes.
"""

import datetime as dt

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from crm.influencers.models import Influencer
from crm.outbox.compose import enqueue
from crm.outbox.models import Email
from crm.payments.models import AccountCode, BankAccount, Payee
from crm.payments.payees.accounts import enter_account
from crm.payments.payees.emails import CODE
from crm.payments.payees.entering import add_payee
from crm.payments.payees.queries import payee_of
from crm.portal.digits import are_right, new_digits
from crm.portal.models import PortalSession
from crm.timeline.record import Actor

MOST_TRIES = 5
AGAIN_AFTER = dt.timedelta(seconds=60)
WITHIN, MOST_WITHIN = dt.timedelta(hours=1), 5


def newest_code(session: PortalSession, person: int) -> AccountCode | None:
    """What this visit asked for last and has not used."""
    mine = AccountCode.objects.filter(session=session, influencer=person, used_at=None)
    return mine.order_by("-created_at", "-pk").first()


def ask_code(typed: BankAccount, session: PortalSession, person: int, *, at: dt.datetime) -> Email | None:
    """Send a code for these details; None when there is no address that works. Raises ValidationError: not so often."""
    with transaction.atomic():
        held = Influencer.objects.select_for_update(of=("self",), no_key=True).get(pk=person)
        asked = AccountCode.objects.filter(influencer=held)
        _check_not_too_often(asked.filter(created_at__gt=at - WITHIN), at)
        asked.filter(used_at=None).update(bank="", number="", holder="")
        row = AccountCode.objects.create(
            session=session, influencer=held, bank=typed.bank, number=typed.number, holder=typed.holder,
            code_hash=new_digits(), created_at=at, expires_at=at + dt.timedelta(minutes=settings.CODE_LIVES),
        )  # fmt: skip
        return enqueue(
            CODE.name, to=session.link.contact, key=f"account_code/{row.pk}", at=at,
            context={"minutes": settings.CODE_LIVES}, late_fields={"account": {"code": row.pk}},
            influencer_ref=held.pk, brand_ref=session.link.brand_ref, sender_ref=held.owner_id, urgent=True,
            ignores_quiet_hours=True,
        )  # fmt: skip


def try_code(row: AccountCode, typed: str, *, at: dt.datetime) -> None:
    """Count this try, then compare. Raises ValidationError with what to do; the try stays counted."""
    open_rows = AccountCode.objects.filter(pk=row.pk, used_at=None, expires_at__gt=at, tries__lt=MOST_TRIES)
    if not open_rows.exclude(number="").update(tries=F("tries") + 1):
        raise ValidationError(_("This code does not work any more. Ask for a new one."), code="over")
    if not are_right(row.code_hash, typed):
        raise ValidationError(
            _("That is not the code in our newest e-mail. Look at it again and type all six digits."), code="wrong"
        )


def enter_hers(row: AccountCode, *, is_herself: bool, on: dt.date, at: dt.datetime, actor: Actor) -> BankAccount:
    """With the right code: the account waits for a call. Whoever acts for her is paid for her, where nobody was yet.

    Raises ValidationError.
    """
    with transaction.atomic():
        held = AccountCode.objects.select_for_update(of=("self",)).get(pk=row.pk)
        if not AccountCode.objects.filter(pk=held.pk, used_at=None).update(used_at=at, bank="", number="", holder=""):
            raise ValidationError(_("This code was used already."), code="used")
        payee = payee_of(held.influencer_id, on) or _payee(held, is_herself, on, at, actor)
        account = BankAccount(bank=held.bank, number=held.number, holder=held.holder)
        return enter_account(payee, account, at=at, actor=actor)


def _payee(row: AccountCode, is_herself: bool, on: dt.date, at: dt.datetime, actor: Actor) -> Payee:
    """Nobody was entered yet: she, or whoever acts for her; the tax side is looked up before money leaves."""
    contact = None if is_herself else row.session.link.contact
    payee = Payee(name=row.holder, contact=contact, country=str(row.influencer.country) or "ID")
    return add_payee(payee, person=row.influencer, on=on, at=at, actor=actor)


def _check_not_too_often(asked: "QuerySet[AccountCode]", at: dt.datetime) -> None:
    if asked.filter(created_at__gt=at - AGAIN_AFTER).exists():
        raise ValidationError(
            _("A code is on its way. Look at your e-mail; you can ask for another one in a minute."), code="too_soon"
        )
    if asked.count() >= MOST_WITHIN:
        raise ValidationError(
            _("That were many codes within an hour. Try again later, or write to us and we find another way."),
            code="too_many",
        )
