"""Holds: an answer came another way, so what would still be reminded of waits until somebody has read it."""

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from crm.base.places import Place
from crm.reminders.registry import Due


@dataclass(frozen=True)
class Hold:
    """Until when reminders about one thing wait, with the stored reason (crm.outbox.reasons.reason)."""

    until_at: dt.datetime
    why: str


held: Place[Callable[[Collection[str], dt.datetime], Mapping[str, Hold]]] = Place("held")
"""`@held("replies")`: function(subjects, now) -> {subject: Hold}. Subjects are things ("campaigns.deliverable:12") and
people ("crm.influencer:7"): a hold on a person is one on everything asked of her."""


def person_subject(influencer_id: int) -> str:
    return f"crm.influencer:{influencer_id}"


def holds_on(dues: Iterable[Due], now: dt.datetime) -> dict[str, Hold]:
    """Which of these dues wait, by subject; of several holds the longest."""
    asked = {due.subject: due for due in dues}
    people = {person_subject(due.influencer_id) for due in asked.values() if due.influencer_id}
    found = _longest({*asked, *people}, now)
    if not found:
        return {}
    named = {subject: _of(due, found) for subject, due in asked.items()}
    return {subject: hold for subject, hold in named.items() if hold is not None}


def with_holds(dues: Sequence[Due], now: dt.datetime) -> list[Due]:
    """The same dues, each knowing until when its reminders wait."""
    found = holds_on(dues, now)
    if not found:
        return list(dues)
    return [replace(due, held_until=found[due.subject].until_at) if due.subject in found else due for due in dues]


def _longest(subjects: Collection[str], now: dt.datetime) -> dict[str, Hold]:
    found: dict[str, Hold] = {}
    for placed in held.all() if subjects else ():
        for subject, hold in placed.call(subjects, now).items():
            if subject not in found or hold.until_at > found[subject].until_at:
                found[subject] = hold
    return found


def _of(due: Due, found: Mapping[str, Hold]) -> Hold | None:
    about = [due.subject, *([person_subject(due.influencer_id)] if due.influencer_id else [])]
    return max((found[key] for key in about if key in found), key=lambda hold: hold.until_at, default=None)
