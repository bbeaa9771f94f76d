"""Notices: one side tells the other that it does not go on, ends, is broken, or goes on by our option."""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from crm.base.formats import day_in_words
from crm.base.models import StoredFile
from crm.base.zones import end_of_day, local_date
from crm.contracts.actions.by_date import bring_up_to_date, follow_as_fact, go_on_for, reached_its_cap
from crm.contracts.actions.drafting import tell
from crm.contracts.actions.notice_letters import send_notice
from crm.contracts.models import Contract, Notice
from crm.contracts.noticed import Effect, counts_from, effect_of
from crm.exclusivity.gate import Door, gate
from crm.reminders.models import Todo
from crm.reminders.todos import leave_todo
from crm.timeline.models import Channel
from crm.timeline.record import Actor

Kind, Status = Notice.Kind, Contract.Status
MOVING = (Kind.NON_RENEWAL, Kind.TERMINATION)


def note_notice(
    contract: Contract, *, kind: str, given_by: str, sent_on: dt.date, received_on: dt.date | None = None,
    channel: str = Channel.EMAIL, note: str = "", document: StoredFile | None = None, effective_on: dt.date | None = None,
    tells_her: bool = False, at: dt.datetime, actor: Actor,
) -> Notice:  # fmt: skip
    """Keep a notice and let it work. One that came too late is kept and marked: the contract goes on, and the notice ends it
    with the next term. One whose arrival is not known, where that matters, works once `note_arrival` says when.

    `tells_her`: she gets a letter about one from us. Raises ValidationError with what to do.
    Source: domain rules, sections 3.3 (7) and 3.4.
    """
    with gate(contract.people) as people:
        bring_up_to_date(contract.pk, at)
        held = _hold(contract.pk)
        counts_on = counts_from(held, sent_on, received_on)
        notice = Notice(
            contract=held, kind=kind, given_by=given_by, sent_on=sent_on, received_on=received_on, channel=channel, note=note,
            document=document, effective_on=effective_on, counts_on=counts_on, at=at, by=actor.label[:160],
        )  # fmt: skip
        _check(held, notice, local_date(at, held.zone))
        notice.save(force_insert=True)
        if counts_on is None:
            _tell(held, notice, WAITS, at, actor)
            _ask_when_it_arrived(held, notice)
        else:
            _works(held, notice, Door(people, at), actor)
        if tells_her and given_by == Notice.From.US:
            send_notice(held, notice, at)
    return notice


def note_arrival(notice: Notice, received_on: dt.date, *, at: dt.datetime, actor: Actor) -> None:
    """The day it arrived is known: from now on it counts. Raises ValidationError."""
    with gate(notice.contract.people) as people:
        bring_up_to_date(notice.contract_id, at)
        held = _hold(notice.contract_id)
        stored = Notice.objects.select_for_update(of=("self",)).get(pk=notice.pk)
        if stored.counts_on is not None:
            raise ValidationError(KNOWN, code="known")
        stored.received_on = stored.counts_on = received_on
        _check(held, stored, local_date(at, held.zone))
        stored.save(update_fields=["received_on", "counts_on", "updated_at"])
        Todo.objects.open().filter(key=f"notice:{stored.pk}").update(done_at=at, updated_at=at)
        _works(held, stored, Door(people, at), actor)


def _hold(pk: int) -> Contract:
    return Contract.objects.select_for_update(of=("self",)).select_related("brand", "owner").get(pk=pk)


def _check(held: Contract, notice: Notice, today: dt.date) -> None:
    if held.amends_id:
        raise ValidationError(OF_ITS_CONTRACT, code="amendment")
    if held.status not in (Status.ACTIVE, Status.IN_NOTICE):
        raise ValidationError(NOT_RUNNING, code="not_running")
    if notice.sent_on > today or (notice.received_on and notice.received_on > today):
        raise ValidationError(NOT_YET, code="future")
    if notice.received_on and notice.received_on < notice.sent_on:
        raise ValidationError({"received_on": BEFORE_IT_WAS_SENT}, code="order")
    if notice.kind == Kind.NON_RENEWAL and held.is_in_notice:
        raise ValidationError(GIVEN_ALREADY, code="given")
    if notice.kind == Kind.OPTION and not _is_our_option(held, notice):
        raise ValidationError(NO_OPTION, code="option")
    if notice.kind == Kind.TERMINATION and not _ends_it_sooner(held, notice):
        raise ValidationError({"effective_on": WHICH_DAY}, code="effective_on")


def _is_our_option(held: Contract, notice: Notice) -> bool:
    is_there = held.renewal == Contract.Renewal.OPTION and held.status == Status.ACTIVE and held.term is not None
    return is_there and notice.given_by == Notice.From.US


def _ends_it_sooner(held: Contract, notice: Notice) -> bool:
    on = notice.effective_on
    begun = on is not None and on >= notice.sent_on and (held.start_on is None or on >= held.start_on)
    return on is not None and begun and (held.end_on is None or on < held.end_on)


def _works(held: Contract, notice: Notice, door: Door, actor: Actor) -> None:
    """Within the gate: what a notice that counts does, and the line in the story."""
    assert notice.counts_on is not None
    effect = effect_of(held, notice.kind, notice.counts_on, notice.effective_on, today=local_date(door.now, held.zone))
    notice.is_late, notice.deadline_on = effect.is_late, effect.deadline_on
    if notice.kind == Kind.TERMINATION:
        notice.effective_on = effect.last_on
    notice.save(update_fields=["is_late", "deadline_on", "effective_on", "updated_at"])
    if effect.terms:
        go_on_for(held, effect.terms, door.now)
    if effect.terms > 0 and held.renewals_left == 0:
        reached_its_cap(held, door.now)
    _say(held, notice, effect, door, actor)
    if effect.terms or notice.kind in MOVING:
        for one in (held, *held.amendments.in_force().select_related("brand")):
            follow_as_fact(one, door)
    if notice.kind == Kind.BREACH and notice.effective_on is not None:
        _ask_whether_it_is_cured(held, notice)


def _say(held: Contract, notice: Notice, effect: Effect, door: Door, actor: Actor) -> None:
    """One line: the move into notice tells it where the contract moves, a line of its own where it stands."""
    if notice.kind not in MOVING or held.is_in_notice:
        _tell(held, notice, _sentence(notice), door.now, actor, effect)
        return
    also = {"notice_on": notice.counts_on, "closed_why": notice.note}
    held.put(
        Status.IN_NOTICE, at=door.now, actor=actor, also=also, sentence=_sentence(notice), params=_params(notice, effect),
        quote=notice.note, channel=notice.channel, file=notice.document,
    )  # fmt: skip


def _tell(
    held: Contract, notice: Notice, sentence: Any, at: dt.datetime, actor: Actor, effect: Effect | None = None
) -> None:
    tell(
        held, f"notice.{notice.kind}", sentence, at=at, actor=actor, params=_params(notice, effect), quote=notice.note,
        channel=notice.channel, file=notice.document,
    )  # fmt: skip


def _sentence(notice: Notice) -> Any:
    if notice.is_late:
        return LATE[notice.kind]
    return SENTENCES[notice.kind, notice.given_by]


def _params(notice: Notice, effect: Effect | None) -> dict[str, Any]:
    days = {"sent": notice.sent_on}
    if effect is not None:
        days |= {name: on for name, on in (("end", effect.last_on), ("deadline", effect.deadline_on)) if on is not None}
    if notice.effective_on is not None:
        days.setdefault("end", notice.effective_on)
    return {"end": "–", **{name: day_in_words(on) for name, on in days.items()}}


def _ask_when_it_arrived(held: Contract, notice: Notice) -> None:
    _ask(held, f"notice:{notice.pk}", ARRIVED, reverse("contract-notice-arrived", args=[held.pk, notice.pk]),
         {"sent": day_in_words(notice.sent_on)})  # fmt: skip


def _ask_whether_it_is_cured(held: Contract, notice: Notice) -> None:
    on = notice.effective_on
    assert on is not None
    _ask(held, f"cured:{notice.pk}", CURED, reverse("contract", args=[held.pk]), {"day": day_in_words(on)},
         due_at=end_of_day(on, held.zone))  # fmt: skip


def _ask(held: Contract, key: str, text: Any, url: str, params: dict[str, Any], **fields: Any) -> None:
    leave_todo(
        key, text, language=held.owner.language, params={"contract": held.title, **params}, kind="check", owner=held.owner,
        brand_ref=held.brand_id, subject_label=held.title[:200], url=url, **fields,
    )  # fmt: skip


US, HER = Notice.From.US, Notice.From.HER
SENTENCES: dict[tuple[str, str], Any] = {
    (Kind.NON_RENEWAL, US): _("We gave notice: contract %(contract)s ends on %(end)s"),
    (Kind.NON_RENEWAL, HER): _("She gave notice: contract %(contract)s ends on %(end)s"),
    (Kind.TERMINATION, US): _("We gave notice to end contract %(contract)s early: its last day is %(end)s"),
    (Kind.TERMINATION, HER): _("She gave notice to end contract %(contract)s early: its last day is %(end)s"),
    (Kind.BREACH, US): _("We told her that a promise of contract %(contract)s is broken"),
    (Kind.BREACH, HER): _("She told us that a promise of contract %(contract)s is broken"),
    (Kind.OPTION, US): _("We used our option: contract %(contract)s goes on until %(end)s"),
}
LATE: dict[str, Any] = {
    Kind.NON_RENEWAL: _("Notice came after %(deadline)s: contract %(contract)s goes on, and ends on %(end)s"),
    Kind.OPTION: _("Our option came after %(deadline)s: contract %(contract)s ends on %(end)s"),
}
WAITS = _("Notice for contract %(contract)s sent on %(sent)s. It counts from the day it arrives")
ARRIVED = _("Notice for “%(contract)s” was sent on %(sent)s. Note the day it arrived: it counts from then.")
CURED = _("“%(contract)s”: is it put right? That was to be done by %(day)s.")
KNOWN = _("The day it arrived is known already.")
OF_ITS_CONTRACT = _("An amendment ends with its contract. Give notice for the contract.")
NOT_RUNNING = _("Notice is given for a contract that runs. Void one that has not begun.")
NOT_YET = _("This day has not come yet. A notice counts from the day it is sent.")
BEFORE_IT_WAS_SENT = _("It arrived before it was sent. Correct one of the days.")
GIVEN_ALREADY = _("Notice is given already.")
NO_OPTION = _("This contract has no option that we could use now.")
WHICH_DAY = _("Which day is its last? Choose one from the day of the notice on and before the day it ends anyway.")
