"""That bank details wait for a call, for those who may make it."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from crm.base.models import Organisation
from crm.base.zones import end_of_day, local_date
from crm.payments.models import BankAccount
from crm.payments.models.payees import BankAccountQuerySet
from crm.reminders.registry import Asked, Due, due, wanted
from crm.timeline.record import subject_of

CALL = "account.call"
DONE = _("Somebody has called")


@due(CALL, label=_("Bank details wait for a call"), of="crm.BankAccount", order=52, on_calendar=False)
def calls(asked: Asked) -> Iterator[Due]:
    """From the day they were entered, until somebody else has called."""
    if asked.user is not None and not asked.user.has_perm("crm.verify_bankaccount"):
        return
    rows = list(_rows(asked).select_related("payee"))
    zone = Organisation.load().zone if rows else ""
    for account in rows:
        yield from wanted(_due(account, zone), asked)


def _rows(asked: Asked) -> BankAccountQuerySet:
    if asked.subjects is not None:
        return BankAccount.objects.filter(pk__in=asked.subjects)
    waiting = BankAccount.objects.waiting()
    return waiting.exclude(entered_by_user=asked.user) if asked.user is not None else waiting


def _due(account: BankAccount, zone: str) -> Due:
    on = local_date(account.entered_at, zone)
    return Due(
        kind=CALL, subject=subject_of(account), due_on=on, due_at=end_of_day(on, zone), zone=zone,
        title=_("Call back about new bank details"), influencer_label=account.payee.name,
        url=reverse("payee-call", args=[account.payee_id, account.pk]), verb=_("Note the call"), icon="telephone",
        detail=account.bank, stopped_why="" if account.is_waiting else DONE, born_at=account.entered_at,
        entered_at=account.entered_at, changed_at=account.updated_at,
    )  # fmt: skip
