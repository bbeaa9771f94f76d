"""What a rule would send on the data there is: asked before it is switched on, answered without writing anything."""

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from crm.outbox.checks import barred_people
from crm.outbox.kinds import KINDS
from crm.outbox.models import Contact
from crm.reminders.holds import with_holds
from crm.reminders.models import Rule, RuleStep
from crm.reminders.pauses import with_pauses
from crm.reminders.plan import house_hours, looks_ahead, people_of, standing_rows
from crm.reminders.planner import Wanted, wanted_reminders
from crm.reminders.registry import Asked, dues

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
    found = list(dues(asked, {steps[0].rule.kind}))
    barred = barred_people({due.influencer_id for due in found if due.influencer_id}, now)
    free = with_pauses((due for due in found if due.influencer_id not in barred), now)
    open_now = with_holds([due for due in free if not due.stopped_why], now)
    wanted = wanted_reminders(open_now, steps, people_of(open_now), house_hours(), now)
    standing = standing_rows(open_now)
    return [one for one in wanted if one.key not in standing]


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
