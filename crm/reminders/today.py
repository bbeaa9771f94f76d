"""Today: what needs me, most urgent first. The same dues as the reminders, and the tasks people wrote down."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from crm.base.formats import age, day_words
from crm.base.zones import end_of_day, local_date
from crm.reminders.models import Todo
from crm.reminders.registry import Asked, Due, due, dues
from crm.reminders.todos import page_of
from crm.team.leaves import stand_ins

if TYPE_CHECKING:
    from crm.team.models import User

TODO_ICONS: dict[str, str] = {Todo.Kind.WRITTEN: "check2-square", Todo.Kind.MESSAGE: "whatsapp"}
LOOK_BACK = dt.timedelta(days=120)
LOOK_AHEAD = dt.timedelta(days=7)
SHOWN = 200
SIDE_BY_SIDE = 4
"""Filters that stand beside "Everything"; the rest waits in a menu, or they would push the first line off the page."""


@dataclass(frozen=True)
class Line:
    """One thing that needs somebody."""

    kind: str
    who: str  # the person it is about, or ""
    what: Any
    detail: Any
    due_at: dt.datetime | None
    late: bool
    url: str
    verb: Any
    icon: str
    owner_id: int | None
    when: str
    todo_id: int | None = None
    told_url: str = ""  # where a colleague notes what the person said about anything
    closes_here: bool = False  # a task somebody wrote down: it is closed from the list with one press


@dataclass
class Group:
    """Lines of one urgency."""

    key: str
    title: Any
    lines: list[Line] = field(default_factory=list)


@dataclass(frozen=True)
class Tab:
    key: str
    label: Any
    count: int


@dataclass(frozen=True)
class TodayPage:
    groups: list[Group]
    tabs: list[Tab]
    total: int
    late: int
    shown_all: bool
    kind: str = ""

    @property
    def front(self) -> list[Tab]:
        """The fullest filters and the chosen one, in their usual order."""
        fullest = sorted(self.tabs, key=lambda tab: -tab.count)[:SIDE_BY_SIDE]
        return [tab for tab in self.tabs if tab in fullest or tab.key == self.kind]

    @property
    def folded(self) -> list[Tab]:
        front = self.front
        return [tab for tab in self.tabs if tab not in front]


def today(user: "User", now: dt.datetime, *, kind: str = "", mine: bool = False) -> TodayPage:
    """Everything that needs the user or the team up to a week ahead, grouped by urgency."""
    whose = {None, user.pk, *(stand_ins().represented_by(user, local_date(now, user.zone)) if mine else ())}
    lines = [line for line in all_lines(user, now) if not mine or line.owner_id in whose]
    tabs = count_tabs(lines)
    wanted = [line for line in lines if not kind or tab_of(line.kind) == kind]
    wanted.sort(key=lambda line: (not line.late, line.due_at or dt.datetime.max.replace(tzinfo=dt.UTC), line.who))
    groups = group(wanted[:SHOWN], user, now)
    late = sum(line.late for line in lines)
    return TodayPage(groups, tabs, len(lines), late, len(wanted) <= SHOWN, kind)


def all_lines(user: "User", now: dt.datetime) -> list[Line]:
    asked = Asked(now=now, from_at=now - LOOK_BACK, to_at=now + LOOK_AHEAD, user=user)
    lines = [due_line(found, now) for found in dues(asked) if not found.stopped_why]
    return lines + todo_lines(user, now)


def when_words(due_on: dt.date, due_at: dt.datetime, now: dt.datetime, zone: str) -> str:
    """How far off, in the fewest words: "2 days late", "today", "Fri 27 Nov"."""
    days = (local_date(now, zone) - due_on).days
    if due_at <= now and days > 0:
        return ngettext("%(days)s day late", "%(days)s days late", days) % {"days": days}
    return day_words(due_on, "brief") if days else _now("today")


def due_line(found: Due, now: dt.datetime) -> Line:
    return Line(
        kind=found.kind,
        who=found.influencer_label,
        what=found.title,
        detail=found.detail or found.brand_label,
        due_at=found.due_at,
        late=found.due_at <= now,
        url=found.url,
        verb=found.verb,
        icon=found.icon,
        owner_id=found.owner_id,
        when=when_words(found.due_on, found.due_at, now, found.zone),
    )


def todo_lines(user: "User", now: dt.datetime) -> list[Line]:
    """Open tasks due within the week or without a day, newest last."""
    rows = Todo.objects.open().visible_to(user).select_related("author").order_by("created_at")
    soon = [todo for todo in rows[:500] if todo.due_at is None or todo.due_at <= now + LOOK_AHEAD]
    return [todo_line(todo, user, now) for todo in soon]


def todo_line(todo: Todo, user: "User", now: dt.datetime) -> Line:
    is_written = todo.kind == Todo.Kind.WRITTEN
    return Line(
        kind=f"todo.{todo.kind}",
        who=todo.influencer_label,
        what=todo.text,
        detail=todo.quote or todo.subject_label or (todo.author.get_short_name() if todo.author else ""),
        due_at=todo.due_at,
        late=todo.due_at is not None and todo.due_at <= now,
        url=page_of(todo, user),
        verb=_("Pass it on") if todo.kind == Todo.Kind.MESSAGE else _("Open"),
        icon=TODO_ICONS.get(todo.kind, "chat-left-text"),
        owner_id=todo.owner_id,
        todo_id=todo.pk,
        told_url=reverse("told-me", args=[todo.influencer_ref]) if todo.influencer_ref else "",
        closes_here=is_written and todo.may_be_settled_by(user),
        when=todo_when(todo, now, user.zone),
    )


def todo_when(todo: Todo, now: dt.datetime, zone: str) -> str:
    """Until when, or how long it has been waiting."""
    if todo.due_at is None:
        return age(todo.created_at, now)
    last_moment = todo.due_at - dt.timedelta(microseconds=1)
    return when_words(local_date(last_moment, zone), todo.due_at, now, zone)


def tab_of(kind: str) -> str:
    """The filter a kind belongs to: tasks and answers are todos, everything else is its own kind."""
    if kind == "todo.written":
        return "tasks"
    return "answers" if kind.startswith("todo.") else kind


def count_tabs(lines: Iterable[Line]) -> list[Tab]:
    """Filters that have something in them, in the order of the registry, answers and tasks last."""
    counts = Counter(tab_of(line.kind) for line in lines)
    labels: dict[str, Any] = {placed.key: placed.words.get("label", placed.key) for placed in due.all()}
    labels |= {"answers": _("Answers"), "tasks": _("Tasks")}
    return [Tab(key, label, counts[key]) for key, label in labels.items() if counts[key]]


def group(lines: Iterable[Line], user: "User", now: dt.datetime) -> list[Group]:
    """Late, today, this week, some time; empty groups stay away."""
    tonight = end_of_day(local_date(now, user.zone), user.zone)
    groups = [
        Group("late", _("Overdue")),
        Group("today", _("Today")),
        Group("week", _("This week")),
        Group("open", _("No date")),
    ]
    late, day, week, undated = groups
    for line in lines:
        if line.late:
            late.lines.append(line)
        elif line.due_at is None:
            undated.lines.append(line)
        elif line.due_at <= tonight:
            day.lines.append(line)
        else:
            week.lines.append(line)
    return [found for found in groups if found.lines]
