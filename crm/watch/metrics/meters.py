"""What is counted as it happens, in every process of this machine; /metrics adds it up. Nothing is, without METRICS_TOKEN."""

import os
import time
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.db import DatabaseError
from django.db.backends.base.base import BaseDatabaseWrapper
from django.http import HttpRequest, HttpResponse

from crm.watch.metrics.slots import Slot

METHODS = ("GET", "HEAD", "POST", "OPTIONS")
LONG_TASKS = (0.1, 0.5, 1, 5, 15, 60, 300)
PAGES = (0.05, 0.1, 0.2, 0.5, 1, 3, 10)
NEVER_IN_THE_WAY = (OSError, ValueError)
"""A full disk or a file somebody took away must not break a page for a figure."""


def folder() -> Path:
    return Path(settings.VAR_DIR) / "metrics"


class Meters:
    """The counters, each backed by a file of this process in the folder."""

    def __init__(self, place: Path) -> None:
        os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(place)
        from prometheus_client import Counter, Histogram, values

        place.mkdir(parents=True, exist_ok=True)
        self.slot = Slot(place)
        values.ValueClass = values.MultiProcessValue(self.slot)
        self.requests = Counter("mitra_requests", "Requests answered.", ["view", "method", "status"], registry=None)
        self.seconds = Histogram("mitra_request_seconds", "How long they took.", ["view"], registry=None, buckets=PAGES)
        self.errors = Counter("mitra_database_errors", "Statements the database refused.", ["kind"], registry=None)
        self.tasks = Counter("mitra_tasks", "Tasks that ended.", ["task", "outcome"], registry=None)
        self.task_seconds = Histogram(
            "mitra_task_seconds", "How long they took.", ["task"], registry=None, buckets=LONG_TASKS
        )

    def close(self) -> None:
        """Let go of the files; what was counted stays in them."""
        from prometheus_client import values

        for clean in values._multi_process_cleanups:
            clean()
        self.slot.let_go()


@cache
def meters() -> Meters:
    return Meters(folder())


class MeterMiddleware:
    """Counts each answer under the name of its address, never under what stands in it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        if not settings.METRICS_TOKEN:
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        begun = time.perf_counter()
        response = self.get_response(request)
        with suppress(*NEVER_IN_THE_WAY):
            view = getattr(request.resolver_match, "view_name", "") or "none"
            method = request.method if request.method in METHODS else "other"
            meters().requests.labels(view, method, str(response.status_code)).inc()
            meters().seconds.labels(view).observe(time.perf_counter() - begun)
        return response


def watch_connection(connection: BaseDatabaseWrapper, **_: Any) -> None:
    """Receiver of connection_created."""
    if _count_errors not in connection.execute_wrappers:
        connection.execute_wrappers.append(_count_errors)


def _count_errors(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
    try:
        return execute(sql, params, many, context)
    except DatabaseError as error:
        with suppress(*NEVER_IN_THE_WAY):
            meters().errors.labels(type(error).__name__).inc()
        raise


def task_begins(task: Any = None, **_: Any) -> None:
    """Receiver of task_prerun."""
    task.request.begun = time.perf_counter()


def task_ended(task: Any = None, state: str | None = None, **_: Any) -> None:
    """Receiver of task_postrun."""
    with suppress(*NEVER_IN_THE_WAY):
        meters().tasks.labels(task.name, (state or "unknown").lower()).inc()
        if begun := getattr(task.request, "begun", None):
            meters().task_seconds.labels(task.name).observe(time.perf_counter() - begun)
