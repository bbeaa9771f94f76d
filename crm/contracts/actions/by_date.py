"""What the calendar alone decides: offers lapse, signed contracts begin, those past their last day end or go on."""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Mapping

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from crm.base.zones import local_date
from crm.contracts.actions.drafting import tell
from crm.contracts.models import Contract
from crm.contracts.works import follow_contract
from crm.exclusivity.gate import Door, PromiseRefused, gate
from crm.exclusivity.looking import look_again
from crm.reminders.tick import upkeep
from crm.timeline.record import SYSTEM
from crm.timeline.transitions import TransitionRefused

AT_ONCE = 500
Step = Callable[[Contract, dt.datetime], bool]
RENEWED = _("Contract %(contract)s goes on until %(end)s: nobody gave notice")


@upkeep("contracts")
def move_by_date(now: dt.datetime) -> Mapping[str, int]:
    """Bring every contract to where its days say it is, after a minute or after a week without a worker."""
    report: Counter[str] = Counter()
    touched = Contract.objects.touched_by(now.date()).order_by("pk").values_list("pk", flat=True)
    for pk in touched[:AT_ONCE]:
        report += bring_up_to_date(pk, now)
    return +report


def bring_up_to_date(pk: int, now: dt.datetime) -> Counter[str]:
    """Every step one contract is due for, in its order, each once however often this is called."""
    report: Counter[str] = Counter()
    people = Contract.objects.get(pk=pk).people
    with gate(people) as held:
        contract = Contract.objects.select_for_update(of=("self",)).select_related("brand").get(pk=pk)
        while (step := _next_step(contract, now)) is not None:
            if not step(contract, now):
                break
            report[step.__name__.lstrip("_")] += 1
        if report:
            _follow(contract, Door(held, now))
    return report


def _next_step(contract: Contract, now: dt.datetime) -> Step | None:
    if contract.has_lapsed(now):
        return _lapsed
    if contract.status == Contract.Status.SIGNED and contract.has_begun(now):
        return _begun
    if contract.status == Contract.Status.ACTIVE and _goes_on_until(contract, now) != contract.end_on:
        return _renewed
    is_to_end = contract.is_over(now) and contract.may_be(Contract.Status.ENDED)
    return _ended if is_to_end else None


def _goes_on_until(contract: Contract, now: dt.datetime) -> dt.date | None:
    """Its last day as it is known today: once the day for notice is over, it goes on by one more term."""
    if contract.renewal != Contract.Renewal.AUTO or contract.term is None:
        return contract.end_on
    return contract.term.runs_until(local_date(now, contract.zone), contract.notice_on)


def _lapsed(contract: Contract, now: dt.datetime) -> bool:
    return _put(contract, Contract.Status.EXPIRED, now)


def _begun(contract: Contract, now: dt.datetime) -> bool:
    return _put(contract, Contract.Status.ACTIVE, now)


def _ended(contract: Contract, now: dt.datetime) -> bool:
    return _put(contract, Contract.Status.ENDED, now)


def _renewed(contract: Contract, now: dt.datetime) -> bool:
    """The last day moves on, counted from the first day so that months never drift."""
    was, contract.end_on = contract.end_on, _goes_on_until(contract, now)
    Contract.objects.filter(pk=contract.pk).update(end_on=contract.end_on, updated_at=now)
    params, changes = {"end": contract.end_on}, {"end_on": (was, contract.end_on)}
    tell(contract, "contract.renewed", RENEWED, at=now, actor=SYSTEM, params=params, changes=changes)
    return True


def _put(contract: Contract, to: str, now: dt.datetime) -> bool:
    try:
        contract.put(to, at=now, actor=SYSTEM)
    except TransitionRefused:
        return False  # somebody moved it meanwhile
    return True


def _follow(contract: Contract, door: Door) -> None:
    """What has begun cannot be refused; a promise that hits another by the calendar's doing is a finding."""
    try:
        with transaction.atomic():
            follow_contract(contract, door, actor=SYSTEM)
    except PromiseRefused:
        look_again(door.people, door.now)
