"""What a rule would send on the data there is, and what a change would do to the reminders: answered without writing anything."""

import datetime as dt
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from crm.outbox.checks import barred_people
from crm.outbox.kinds import KINDS
from crm.outbox.models import Contact
from crm.reminders.holds import with_holds
from crm.reminders.models import Reminder, Rule, RuleStep
from crm.reminders.pauses import with_pauses
from crm.reminders.plan import Standing, active_steps, house_hours, looks_ahead, people_of, standing_rows
from crm.reminders.planner import Key, Wanted, wanted_reminders
from crm.reminders.registry import Asked, Due, dues

if TYPE_CHECKING:
    from crm.team.models import User

WEEK = dt.timedelta(days=7)
SHOWN = 30


@dataclass(frozen=True)
class PreviewLine:
    """One message as it would leave."""

    at: dt.datetime
    message: Any
    to: str
    title: Any
    person: str


@dataclass(frozen=True)
class Preview:
    """The messages of the coming seven days that are not planned yet, the first ones by name, and what stays unsaid."""

    count: int
    people: int
    lines: list[PreviewLine]
    passed: int

    @property
    def more(self) -> int:
        return self.count - len(self.lines)


def preview(rule: Rule, now: dt.datetime, user: "User | None" = None) -> Preview:
    """What switching this rule on would send within seven days, as far as this colleague may see it.

    A fixed number of queries however much is due.
    """
    steps = list(rule.steps.all())
    for step in steps:
        step.rule = rule
    new = _not_planned(steps, now, user)
    passed = [one for one in new if one.send_at <= now]
    coming = sorted((one for one in new if now < one.send_at <= now + WEEK), key=lambda one: one.send_at)
    return Preview(len(coming), len({one.contact_id for one in coming}), _lines(coming[:SHOWN]), len(passed))


def _not_planned(steps: list[RuleStep], now: dt.datetime, user: "User | None") -> list[Wanted]:
    """What would follow from these steps and does not stand yet."""
    if not steps:
        return []
    asked = Asked(now=now, to_at=now + looks_ahead(steps), user=user)
    wanted, standing = _beside_each_other(list(dues(asked, {steps[0].rule.kind})), steps, now)
    return [one for one in wanted if one.key not in standing]


def _beside_each_other(
    found: list[Due], steps: list[RuleStep], now: dt.datetime
) -> tuple[list[Wanted], dict[Key, Standing]]:
    """What follows from these dues, and what stands about them."""
    barred = barred_people({due.influencer_id for due in found if due.influencer_id}, now)
    free = with_pauses((due for due in found if due.influencer_id not in barred), now)
    open_now = with_holds([due for due in free if not due.stopped_why], now)
    return wanted_reminders(open_now, steps, people_of(open_now), house_hours(), now), standing_rows(found)


@dataclass(frozen=True)
class Follows:
    """What a change means for the reminders about one thing."""

    cancelled: int = 0
    planned: int = 0


def following(kinds: Collection[str], ids: Collection[int], now: dt.datetime) -> dict[str, Follows]:
    """By subject, which waiting reminders no longer follow from these rows as they stand now, and which do instead.

    Asked inside a transaction that is rolled back, it tells what a change would do. A fixed number of queries.
    """
    steps = [step for step in active_steps(now) if step.rule.kind in kinds]
    found = list(dues(Asked(now=now, subjects=sorted(ids)), kinds))
    wanted, standing = _beside_each_other(found, steps, now)
    keys = {one.key for one in wanted}
    queued = Reminder.State.QUEUED
    cancelled = Counter(row.subject for key, row in standing.items() if row.state == queued and key not in keys)
    planned = Counter(one.due.subject for one in wanted if one.key not in standing and one.state == queued)
    return {subject: Follows(cancelled[subject], planned[subject]) for subject in {due.subject for due in found}}


def _lines(coming: list[Wanted]) -> list[PreviewLine]:
    names = dict(Contact.objects.filter(pk__in={one.contact_id for one in coming}).values_list("pk", "name"))
    return [
        PreviewLine(
            one.send_at,
            KINDS[one.step.email_name].label if one.step.email_name in KINDS else one.step.email_name,
            names[one.contact_id],
            one.due.title,
            one.due.influencer_label,
        )
        for one in coming
    ]
