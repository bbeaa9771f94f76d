"""Where money goes: entered by one, called back about by another. Until then the account of before is used."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from crm.payments.models import BankAccount, Payee
from crm.payments.payees.emails import tell_about_account
from crm.payments.payees.entering import people_of, tell
from crm.payments.payees.queries import lock_payees
from crm.team.models import User
from crm.timeline.record import Actor
from crm.timeline.transitions import move

Status = BankAccount.Status


class CalledByTheSame(ValidationError):
    """Whoever entered an account cannot confirm it."""

    def __init__(self) -> None:
        said = _("Whoever entered an account cannot confirm it. Ask a colleague.")
        super().__init__(said, code="same_person")


def enter_account(
    payee: Payee, account: BankAccount, *, at: dt.datetime, actor: Actor, user: User | None = None
) -> BankAccount:
    """Enter where money should go; it waits for a call, and what was entered before and waits is set aside.

    `user` is the colleague who enters it, nobody when she does it herself. She is told by mail at the addresses known
    before. Raises ValidationError.
    """
    with transaction.atomic():
        (held,) = lock_payees([payee.pk])
        _check_is_new(held, account)
        for waiting in held.accounts.waiting():
            _retire(waiting, at=at, actor=actor)
        account.payee, account.entered_at, account.entered_by = held, at, actor.label
        account.entered_by_user = user
        account.status = Status.WAITING
        account.full_clean()
        account.save(force_insert=True)
        tell(
            held,
            "payee.account_entered",
            _("%(payee)s: a bank account was entered and waits for a call"),
            at=at,
            actor=actor,
        )
        tell_about_account(account, people_of(held), at=at)
    return account


def confirm(account: BankAccount, note: str, *, at: dt.datetime, user: User) -> None:
    """Somebody else has called, and it is right: from now on money goes there, and no longer to the one before.

    Raises CalledByTheSame, TransitionRefused.
    """
    with transaction.atomic():
        lock_payees([account.payee_id])
        held = BankAccount.objects.select_for_update(of=("self",)).get(pk=account.pk)
        if held.entered_by_user_id == user.pk:
            raise CalledByTheSame
        actor = Actor.user(user)
        if held.is_waiting:
            for former in held.payee.accounts.verified():
                _retire(former, at=at, actor=actor)
        _move(
            held, Status.VERIFIED, "payee.account_confirmed", _("%(payee)s: the bank account was confirmed by a call"),
            at=at, actor=actor, also={"verified_at": at, "verified_by": user, "call_note": note[:200]},
        )  # fmt: skip


def refuse(account: BankAccount, note: str, *, at: dt.datetime, user: User) -> None:
    """The call said that it is not hers. Money goes where it went before. Raises TransitionRefused."""
    with transaction.atomic():
        lock_payees([account.payee_id])
        _move(
            account, Status.REFUSED, "payee.account_refused", _("%(payee)s: the bank account is not hers, says the call"),
            at=at, actor=Actor.user(user), also={"call_note": note[:200]},
        )  # fmt: skip


def _check_is_new(payee: Payee, account: BankAccount) -> None:
    same = payee.accounts.verified().filter(number=account.number, bank__iexact=account.bank)
    if same.exists():
        raise ValidationError(_("Money goes to this account already."), code="same_account")


def _retire(account: BankAccount, *, at: dt.datetime, actor: Actor) -> None:
    sentence = _("%(payee)s: a bank account is no longer used")
    _move(account, Status.RETIRED, "payee.account_retired", sentence, at=at, actor=actor)


def _move(
    account: BankAccount, to: str, verb: str, sentence: object, *, at: dt.datetime, actor: Actor,
    also: dict[str, object] | None = None,
) -> None:  # fmt: skip
    people = [person.pk for person in people_of(account.payee)]
    move(
        account, to, moves=BankAccount.MOVES, at=at, actor=actor, verb=verb, sentence=sentence, also=also,
        people=people, params={"payee": account.payee.name},
    )  # fmt: skip
