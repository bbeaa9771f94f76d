"""Whole numbers are shown once, to whoever may see them and says why. The story keeps who and why, never the number."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from crm.payments.models import BankAccount, Payee
from crm.payments.payees.entering import tell
from crm.team.models import User
from crm.timeline.record import Actor


def reveal(what: Payee | BankAccount, user: User, why: str, *, at: dt.datetime) -> str:
    """The whole tax number of a payee or number of an account; that somebody looked is told first."""
    is_account = isinstance(what, BankAccount)
    payee = what.payee if isinstance(what, BankAccount) else what
    said = (
        _("%(payee)s: looked at the whole account number") if is_account else _("%(payee)s: looked at the tax number")
    )
    tell(payee, "payee.revealed", said, at=at, actor=Actor.user(user), quote=why)
    return what.number if isinstance(what, BankAccount) else what.tax_number
