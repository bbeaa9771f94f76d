"""Which reminders follow from the due things, the rules and the clock: a pure function, the same answer every time."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from crm.base.zones import local_date
from crm.outbox.reasons import reason
from crm.preferences.models import ReminderWish
from crm.reminders import reasons
from crm.reminders.models import Recipient, Reminder, RuleStep
from crm.reminders.moments import Hours, Moments, is_still_true, leaves_at
from crm.reminders.registry import Due
from crm.reminders.wishes import is_unwanted, on_her_day
from crm.team.leaves import StandIns

Key = tuple[int, int, str, str]
"""contact, rule, subject, due key: what makes two reminders the same."""


@dataclass(frozen=True)
class People:
    """Whom messages can go to: zones of contacts, contacts of colleagues, days off of influencers, what each wishes."""

    zones: Mapping[int, str]
    colleagues: Mapping[int, int] = field(default_factory=dict)
    managers: tuple[int, ...] = ()
    days_off: Mapping[int, Collection[dt.date]] = field(default_factory=dict)
    wishes: Mapping[int, ReminderWish] = field(default_factory=dict)
    away: StandIns = field(default_factory=StandIns)

    def contacts_for(self, recipient: str, due: Due) -> list[int]:
        """The contacts a step goes to, each once."""
        if recipient == Recipient.INFLUENCER:
            wanted: Iterable[int] = (*due.contact_ids, *due.copy_ids)
        elif recipient == Recipient.COORDINATOR:
            wanted = self._of(due.colleague_ids or [due.owner_id])
        else:
            wanted = self._of(due.manager_ids or self.managers)
        return [contact for contact in dict.fromkeys(wanted) if contact in self.zones]

    @cached_property
    def user_of(self) -> Mapping[int, int]:
        """Which colleague a contact is."""
        return {contact: user for user, contact in self.colleagues.items()}

    def answering(self, contact: int, due: Due, at: dt.datetime) -> int:
        """Who answers that day for a colleague who is away; everybody else for herself."""
        if not self.away.by_user or contact not in self.user_of:
            return contact
        deputy = self.away.of(self.user_of[contact], local_date(at, self.zones[contact]), due.brand_id)
        return deputy.contact_id if deputy is not None and deputy.contact_id else contact

    def _of(self, users: Iterable[int | None]) -> list[int]:
        return [self.colleagues[user] for user in users if user is not None and user in self.colleagues]


@dataclass(slots=True)
class Wanted:
    """One reminder as it should stand now: waiting, or not sent and why."""

    due: Due
    step: RuleStep
    contact_id: int
    send_at: dt.datetime
    why: str = ""
    key: Key = field(init=False)

    def __post_init__(self) -> None:
        self.key = self.contact_id, self.step.rule_id, self.due.subject, due_key(self.due, self.step)

    @property
    def state(self) -> str:
        return Reminder.State.SKIPPED if self.why else Reminder.State.QUEUED

    def row(self) -> Reminder:
        due, step = self.due, self.step
        return Reminder(
            contact_id=self.contact_id,
            rule_id=step.rule_id,
            subject=due.subject,
            due_key=self.key[3],
            kind=due.kind,
            email_name=step.email_name,
            recipient=step.recipient,
            due_at=due.due_at,
            send_at=self.send_at,
            state=self.state,
            why=self.why,
            influencer_ref=due.influencer_id,
            brand_ref=due.brand_id,
            owner_ref=due.owner_id,
        )


def due_key(due: Due, step: RuleStep) -> str:
    """2026-11-25/-3d/influencer: the deadline's day, the step, the role."""
    return f"{due.due_on.isoformat()}/{step.offset:+d}{step.unit[0]}/{step.recipient}"


def day_and_offset(key: str) -> tuple[dt.date, int]:
    """The deadline's day and the offset a due key names."""
    day, offset, _role = key.split("/")
    return dt.date.fromisoformat(day), int(offset[:-1])


def wanted_reminders(
    dues: Iterable[Due], steps: Iterable[RuleStep], people: People, hours: Hours, now: dt.datetime
) -> list[Wanted]:
    """Every reminder that should stand for these dues, at this moment.

    Of one chain (contact, thing, series) the newest step whose moment has come is the one that waits; older ones are
    not sent, with the reason. A step whose moment lies before the deadline was entered does not exist, and a deadline
    that was over when it was entered has no steps at all.
    """
    by_kind: dict[str, list[RuleStep]] = defaultdict(list)
    chain_of: dict[int, str] = {}
    for step in steps:
        by_kind[step.rule.kind].append(step)
        chain_of[step.rule_id] = step.rule.chain
    chains: dict[tuple[int, str, str], list[Wanted]] = defaultdict(list)
    moments = Moments(hours, now)
    for due in (one for one in dues if not one.was_over):
        for one in _steps_of(due, by_kind.get(due.kind, ()), people, moments):
            chains[one.contact_id, due.subject, chain_of[one.step.rule_id]].append(one)
    for chain in chains.values():
        _explain_passed(chain, now)
    return [one for chain in chains.values() for one in chain]


def _steps_of(due: Due, steps: Iterable[RuleStep], people: People, moments: Moments) -> Iterator[Wanted]:
    hours = moments.hours
    told: dict[str, list[int]] = {}
    for step in steps:
        away = people.days_off.get(due.influencer_id or 0, ()) if step.recipient == Recipient.INFLUENCER else ()
        if step.recipient not in told:
            told[step.recipient] = people.contacts_for(step.recipient, due)
        for contact in told[step.recipient]:
            zone, wish = people.zones[contact], people.wishes.get(contact)
            if wish is not None and is_unwanted(step.rule, step.recipient, wish):
                continue
            send_at = moments.of(step, due, zone, away)
            if wish is not None:
                send_at = on_her_day(send_at, step, due, zone, hours.remind_at, {*away, *hours.holidays}, wish)
            if due.born_at is None or send_at >= due.born_at:
                answering = people.answering(contact, due, send_at)
                yield Wanted(due, step, answering, max(send_at, due.held_until or send_at))


def _explain_passed(chain: list[Wanted], now: dt.datetime) -> None:
    """Of the steps whose moment has come, only the newest that is still true waits."""
    chain.sort(key=lambda one: (one.send_at, one.step.offset))
    passed = [one for one in chain if one.send_at <= now]
    for one in passed:
        if one.due.went_on_at is not None and one.send_at < one.due.went_on_at:
            one.why = reason(reasons.MISSED_ON_HOLD)
    passed = [one for one in passed if not one.why]
    true = [one for one in passed if is_still_true(one.step.offset, one.due, now)]
    for one in passed:
        if one not in true:
            one.why = reason(reasons.TOO_LATE)
        elif one is not true[-1]:
            one.why = reason(reasons.SUPERSEDED)


def unreachable(
    dues: Iterable[Due], steps: Iterable[RuleStep], hours: Hours, now: dt.datetime
) -> list[tuple[Due, dt.datetime]]:
    """Dues somebody should be asked about by now, with nobody to ask; each with the last moment that came."""
    asked = [step for step in steps if step.recipient == Recipient.INFLUENCER]
    kinds = {step.rule.kind for step in asked}
    lonely = [due for due in dues if not due.contact_ids and due.kind in kinds and not due.was_over]
    found = [(due, _last_moment(due, asked, hours, now)) for due in lonely]
    return [(due, moment) for due, moment in found if moment is not None]


def _last_moment(due: Due, steps: Iterable[RuleStep], hours: Hours, now: dt.datetime) -> dt.datetime | None:
    """When the newest step about it would have left by now."""
    moments = [leaves_at(step, due, due.zone, hours, now=now) for step in steps if step.rule.kind == due.kind]
    return max((moment for moment in moments if moment <= now), default=None)
