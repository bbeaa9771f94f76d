"""What stands in the database at the moment somebody asks: five questions, however much there is."""

import datetime as dt
from collections.abc import Iterator

from django.db import DatabaseError
from django.db.models import Count, Max, Min, Q
from django.db.models.functions import Coalesce
from prometheus_client.core import GaugeMetricFamily, Metric

from crm.archive.models import BackupRun
from crm.base.outcomes import Outcome
from crm.outbox.models import Email
from crm.reminders.models import Beat, Reminder


def gauge(name: str, said: str, value: float | None) -> Iterator[Metric]:
    """One figure; what is not known has no line, rather than a zero that looks like one."""
    if value is not None:
        yield GaugeMetricFamily(f"mitra_{name}", said, value=value)


def age(now: dt.datetime, at: dt.datetime | None) -> float | None:
    return None if at is None else (now - at).total_seconds()


def outbox(now: dt.datetime) -> Iterator[Metric]:
    depth = GaugeMetricFamily("mitra_outbox_messages", "Messages by what became of them.", labels=["state"])
    found = {state: (count, first) for state, count, first in Email.objects.by_state()}
    for state in Email.State:
        depth.add_metric([str(state)], found.get(state, (0, None))[0])
    yield depth
    first_due = found.get(Email.State.QUEUED, (0, None))[1]
    waits = max(0.0, (now - first_due).total_seconds()) if first_due else 0.0
    yield from gauge("outbox_oldest_due_seconds", "How long the oldest message waits that is due.", waits)


def reminders(now: dt.datetime) -> Iterator[Metric]:
    ready = Q(send_at__lte=now) & (Q(waits_until=None) | Q(waits_until__lte=now))
    rows = Reminder.objects.queued().annotate(ready_at=Coalesce("waits_until", "send_at"))
    found = rows.aggregate(planned=Count("pk"), oldest=Min("ready_at", filter=ready))
    yield from gauge("reminders_planned", "Reminders that are still to leave.", found["planned"])
    oldest = age(now, found["oldest"]) or 0.0
    yield from gauge("reminder_oldest_due_seconds", "How long the oldest reminder waits that could leave.", oldest)


def ticks(now: dt.datetime) -> Iterator[Metric]:
    rang_at = Beat.objects.filter(name="tick").aggregate(at=Max("rang_at"))["at"]
    yield from gauge("tick_age_seconds", "Since the clock rang and the round was done.", age(now, rang_at))


def backups(now: dt.datetime) -> Iterator[Metric]:
    finished_at = BackupRun.objects.good().aggregate(at=Max("finished_at"))["at"]
    yield from gauge("backup_age_seconds", "Since the last good backup was finished.", age(now, finished_at))


def outcomes(now: dt.datetime) -> Iterator[Metric]:
    since = GaugeMetricFamily("mitra_outcome_age_seconds", "Since a part's work last came out well.", labels=["part"])
    bad = GaugeMetricFamily("mitra_outcome_bad", "1 where a part's work last failed.", labels=["part"])
    for name, ok_at, why in Outcome.objects.values_list("name", "ok_at", "why"):
        bad.add_metric([name], float(bool(why)))
        if (seconds := age(now, ok_at)) is not None:
            since.add_metric([name], seconds)
    yield from (since, bad)


class Stored:
    """Asked anew at each scrape. A database that is away costs its own figures, not the others."""

    def __init__(self, now: dt.datetime) -> None:
        self.now = now

    def collect(self) -> Iterator[Metric]:
        found: list[Metric] = []
        try:
            for part in (outbox, reminders, ticks, backups, outcomes):
                found += part(self.now)
        except DatabaseError:
            found = []
        yield from gauge("database_up", "1 while the database answers.", float(bool(found)))
        yield from found
