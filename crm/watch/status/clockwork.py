"""What makes things happen by themselves: the clock, the queue, the workers, what they plan."""

import datetime as dt
from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from crm.base.formats import age, when_zone
from crm.base.outcomes import Outcome
from crm.outbox.reasons import in_words
from crm.reminders.models import Beat
from crm.reminders.outcomes import WORKER
from crm.watch import findings
from crm.watch.status.lines import BAD, LOOK, OK, Line

SEEN_WITHIN = dt.timedelta(minutes=10)
Outcomes = dict[str, Outcome]


def lines(outcomes: Outcomes, now: dt.datetime) -> Iterator[Line]:
    yield _clock(outcomes, now)
    yield _queue()
    yield _workers(outcomes, now)
    yield _planner(outcomes)


def _clock(outcomes: Outcomes, now: dt.datetime) -> Line:
    label = _("The clock")
    rang_at = Beat.objects.filter(name="tick").values_list("rang_at", flat=True).first()
    start = _("Start a worker and a beat, or let cron run manage.py tick every minute.")
    if rang_at is None:
        return Line("clock", label, BAD, _("It has never rung: no reminder leaves."), todo=start)
    since = _("Rang on %(when)s") % {"when": when_zone(rang_at)}
    if now - rang_at > findings.OLDEST_BEAT:
        said = _("It has not rung for %(time)s: no reminder leaves.") % {"time": age(rang_at, now)}
        return Line("clock", label, BAD, said, since, start)
    broke = outcomes.get("tick")
    if broke and broke.why:
        todo = _("Read the log of the worker, and tell who looks after the server.")
        return Line(
            "clock",
            label,
            LOOK,
            _("It rings, and a part of the round breaks."),
            since,
            todo,
            detail=in_words(broke.why),
        )
    return Line("clock", label, OK, _("It rings every minute."), since)


def _queue() -> Line:
    found = findings.queue()
    if found.is_well:
        return Line("queue", _("Queue"), OK, _("It answers."))
    said = _("It does not answer. Pages work; long work starts with the next ring of the clock.")
    return Line("queue", _("Queue"), LOOK, said, todo=_("Start Redis, or look at REDIS_URL."))


def _workers(outcomes: Outcomes, now: dt.datetime) -> Line:
    rows = [one for name, one in outcomes.items() if name.startswith(WORKER) and one.ok_at]
    seen = sorted(one.name.removeprefix(WORKER) for one in rows if one.ok_at and now - one.ok_at <= SEEN_WITHIN)
    last = max((one.ok_at for one in rows if one.ok_at), default=None)
    since = _("Last seen on %(when)s") % {"when": when_zone(last)} if last else ""
    if seen:
        count = ngettext("%(count)s machine works: %(names)s", "%(count)s machines work: %(names)s", len(seen))
        return Line("workers", _("Workers"), OK, count % {"count": len(seen), "names": ", ".join(seen)}, since)
    todo = _("Start manage.py worker. Where cron runs manage.py tick there is none, and none is needed.")
    return Line("workers", _("Workers"), LOOK, _("None was seen in the last ten minutes."), since, todo)


def _planner(outcomes: Outcomes) -> Line:
    row, label = outcomes.get("planner"), _("Planning")
    if row is None:
        return Line("planner", label, LOOK, _("Nothing was planned yet."))
    since = _("Last well on %(when)s") % {"when": when_zone(row.ok_at)} if row.ok_at else ""
    if row.why:
        todo = _("Read the log of the worker, and tell who looks after the server.")
        return Line("planner", label, BAD, _("It breaks."), since, todo, detail=in_words(row.why))
    return Line("planner", label, OK, _("What is due is planned with every ring."), since)
