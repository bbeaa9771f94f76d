"""What the calendar alone decides: offers lapse, signed contracts begin, amendments change them, others take their place,
and those past their last day end or go on.
"""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from crm.base.formats import day_in_words
from crm.base.zones import local_date
from crm.contracts.actions.carrying_out import carry_out, move_end
from crm.contracts.actions.drafting import tell
from crm.contracts.actions.early_end import stop
from crm.contracts.actions.renewing import carry_posts_over
from crm.contracts.models import Contract, Notice, PromisedPost
from crm.contracts.works import follow_contract, taken_over
from crm.exclusivity.actions.ending import end_early as end_promises
from crm.exclusivity.gate import Door, PromiseRefused, gate
from crm.exclusivity.looking import look_again
from crm.exclusivity.models import Clause
from crm.reminders.tick import upkeep
from crm.reminders.todos import leave_todo
from crm.timeline.record import SYSTEM, subject_of
from crm.timeline.transitions import TransitionRefused

AT_ONCE = 500
Step = Callable[[Contract, Door], bool]
RUNNING = (Contract.Status.ACTIVE, Contract.Status.IN_NOTICE)
SUPERSEDED = _("Contract %(contract)s ends on %(day)s: %(fresh)s takes its place")
TOOK_OVER = _("Contract %(contract)s takes the place of %(former)s, with %(count)s open posts")
CARDS = _("%(fresh)s took the place of %(former)s. Link the campaign cards of the former contract to the new one.")
NO_MORE = _("Contract %(contract)s went on as often as it may. From now on we decide before %(end)s")
DECIDE = _("“%(contract)s” does not go on by itself any more. Decide before %(end)s whether it does.")
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
    """Every step one contract is due for, in its order, each once however often this is called.

    An amendment begins with the contract it amends, and what takes another's place once that one has made way.
    """
    report: Counter[str] = Counter()
    known = Contract.objects.get(pk=pk)
    if known.status == Contract.Status.SIGNED and (before := known.amends_id or known.replaces_id):
        report += bring_up_to_date(before, now)
    with gate(known.people) as held:
        contract = Contract.objects.select_for_update(of=("self",)).select_related("brand").get(pk=pk)
        door, steps = Door(held, now), Counter[str]()
        while (step := _next_step(contract, now)) is not None:
            if not step(contract, door):
                break
            steps[step.__name__.lstrip("_")] += 1
        if steps:
            follow_as_fact(contract, door)
    return report + steps


def _next_step(contract: Contract, now: dt.datetime) -> Step | None:
    if contract.has_lapsed(now):
        return _lapsed
    if contract.status == Contract.Status.SIGNED and contract.has_begun(now) and not contract.amends_id:
        return _begun
    if contract.status in RUNNING and _due_amendment(contract, now) is not None:
        return _amended
    if contract.status in RUNNING and _successor(contract, now) is not None:
        return _superseded
    if contract.is_in_notice and _stopping_notice(contract, now) is not None:
        return _stopped
    if contract.status in RUNNING and contract.rests_on(local_date(now, contract.zone)):
        return None
    if contract.status == Contract.Status.ACTIVE and _renewals_due(contract, now):
        return _renewed
    is_to_end = contract.is_over(now) and contract.may_be(Contract.Status.ENDED)
    return _ended if is_to_end else None


def _due_amendment(contract: Contract, now: dt.datetime) -> Contract | None:
    """The first signed amendment whose day has come."""
    signed = contract.amendments.standing((Contract.Status.SIGNED,)).select_related("brand")
    return next((one for one in signed.order_by("start_on", "signed_at", "pk") if one.has_begun(now)), None)


def _successor(contract: Contract, now: dt.datetime) -> Contract | None:
    """The signed contract that takes its place before its own last day, once that day has come."""
    fresh = Contract.objects.in_force().filter(replaces=contract).select_related("brand").first()
    if fresh is None or fresh.start_on is None or not fresh.has_begun(now):
        return None
    return fresh if contract.end_on is None or fresh.start_on <= contract.end_on else None


def _stopping_notice(contract: Contract, now: dt.datetime) -> Notice | None:
    """The notice whose day is over, of a contract that would run longer."""
    rows = contract.notices.ending_it().filter(effective_on__lt=local_date(now, contract.zone))
    sooner = rows if contract.end_on is None else rows.filter(effective_on__lt=contract.end_on)
    return sooner.order_by("effective_on", "pk").first()


def _renewals_due(contract: Contract, now: dt.datetime) -> int:
    """How many more terms it has gone on for by today: one for each day for notice that is over."""
    if contract.renewal != Contract.Renewal.AUTO or contract.term is None:
        return 0
    return contract.term.renewals_by(local_date(now, contract.zone), contract.notice_on)


def _lapsed(contract: Contract, door: Door) -> bool:
    return _put(contract, Contract.Status.EXPIRED, door.now)


def _begun(contract: Contract, door: Door) -> bool:
    return _put(contract, Contract.Status.ACTIVE, door.now)


def _stopped(contract: Contract, door: Door) -> bool:
    """The last day by a notice is over."""
    notice = _stopping_notice(contract, door.now)
    if notice is None or notice.effective_on is None:
        return False
    stop(contract, notice.effective_on, notice.note, door, actor=SYSTEM)
    return True


def _ended(contract: Contract, door: Door) -> bool:
    return _put(contract, Contract.Status.ENDED, door.now)


def _amended(contract: Contract, door: Door) -> bool:
    """An amendment begins: what it changes is changed."""
    amendment = _due_amendment(contract, door.now)
    if amendment is None or not _put(amendment, Contract.Status.ACTIVE, door.now):
        return False
    carry_out(amendment, door)
    contract.refresh_from_db(fields=["end_on"])
    return True


def _superseded(contract: Contract, door: Door) -> bool:
    """Another contract takes its place: its promises end the day before, and what is still owed goes over."""
    fresh = _successor(contract, door.now)
    if fresh is None or fresh.start_on is None:
        return False
    last_on = fresh.start_on - dt.timedelta(days=1)
    gone, carried = list[PromisedPost](), 0
    for one in (contract, *contract.amendments.in_force()):
        for party in one.talents:
            end_promises(
                subject_of(party), party.influencer_id or 0, last_on, door, actor=SYSTEM, survival=Clause.Survival.NONE
            )
        left, many = carry_posts_over(one, fresh, door.now)
        gone, carried = gone + left, carried + many
        params = {"fresh": fresh.title, "day": last_on}
        one.put(
            Contract.Status.SUPERSEDED, at=door.now, actor=SYSTEM, also={"closed_on": last_on}, sentence=SUPERSEDED,
            params=params,
        )  # fmt: skip
        if one != contract:
            follow_as_fact(one, door, gone)
    follow_as_fact(contract, door, gone)
    params = {"former": contract.number, "count": carried}
    tell(fresh, "contract.took_over", TOOK_OVER, at=door.now, actor=SYSTEM, params=params)
    follow_as_fact(fresh, door, gone)
    _ask_for_cards(contract, fresh)
    return True


def _ask_for_cards(contract: Contract, fresh: Contract) -> None:
    """What is planned in a campaign hangs on the former contract: a person hangs it on the new one."""
    if not taken_over({party.pk for party in contract.talents}):
        return
    leave_todo(
        f"took_over:{fresh.pk}", CARDS, language=fresh.owner.language,
        params={"fresh": fresh.title, "former": contract.number}, kind="check", owner=fresh.owner,
        brand_ref=fresh.brand_id, subject_label=fresh.title[:200], url=reverse("contract", args=[fresh.pk]),
    )  # fmt: skip


def _renewed(contract: Contract, door: Door) -> bool:
    """The last day moves on, counted from the first day so that months never drift; amendments go on with it."""
    was = contract.end_on
    go_on_for(contract, _renewals_due(contract, door.now), door.now)
    params, changes = {"end": _last_day(contract)}, {"end_on": (was, contract.end_on)}
    tell(contract, "contract.renewed", RENEWED, at=door.now, actor=SYSTEM, params=params, changes=changes)
    if contract.renewals_left == 0:
        reached_its_cap(contract, door.now)
    for one in contract.amendments.in_force().select_related("brand"):
        follow_as_fact(one, door)
    return True


def go_on_for(contract: Contract, terms: int, now: dt.datetime) -> None:
    """It goes on by so many terms more, or (below zero) goes back by them."""
    term = contract.term
    assert term is not None
    move_end(contract, term.end_after(terms), now)
    contract.renewed += terms
    Contract.objects.filter(pk=contract.pk).update(renewed=contract.renewed, updated_at=now)


def reached_its_cap(contract: Contract, now: dt.datetime) -> None:
    """It went on for the last time it may: from now on somebody decides, and is asked to."""
    contract.renewal = Contract.Renewal.MANUAL
    Contract.objects.filter(pk=contract.pk).update(renewal=contract.renewal, updated_at=now)
    params = {"contract": contract.title, "end": _last_day(contract)}
    tell(contract, "contract.went_on_enough", NO_MORE, at=now, actor=SYSTEM, params=params)
    leave_todo(
        f"went_on_enough:{contract.pk}", DECIDE, language=contract.owner.language, params=params, kind="check",
        owner=contract.owner, brand_ref=contract.brand_id, subject_label=contract.title[:200],
        url=reverse("contract", args=[contract.pk]),
    )  # fmt: skip


def _last_day(contract: Contract) -> Any:
    """In the language of whoever reads it."""
    return day_in_words(contract.end_on) if contract.end_on else ""


def _put(contract: Contract, to: str, now: dt.datetime) -> bool:
    try:
        contract.put(to, at=now, actor=SYSTEM)
    except TransitionRefused:
        return False  # somebody moved it meanwhile
    return True


def follow_as_fact(contract: Contract, door: Door, former: Sequence[PromisedPost] = ()) -> None:
    """What has begun cannot be refused; a promise that hits another by the calendar's doing is a finding."""
    try:
        with transaction.atomic():
            follow_contract(contract, door, actor=SYSTEM, former=former)
    except PromiseRefused:
        look_again(door.people, door.now)
