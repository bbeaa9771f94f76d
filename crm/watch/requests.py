"""The number of a request: one for everything it causes, so that what a person saw is found in the logs of every part."""

import re
import uuid
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from structlog.contextvars import bind_contextvars, bound_contextvars, clear_contextvars, get_contextvars

HEADER = "X-Request-ID"
ASKED = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{7,63}")
"""What a proxy may call it. Anything else could forge lines of the log, so it gets a number of ours."""


def number_of(request: HttpRequest) -> str:
    """The number of this request; empty where it never passed the middleware."""
    return getattr(request, "number", "")


class RequestNumberMiddleware:
    """Takes over the proxy's number or makes one, puts it on every line of the log and tells it to the browser.

    It stands outermost, so that lines of all other middleware carry the number as well.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        asked = request.META.get("HTTP_X_REQUEST_ID", "")
        number = asked if ASKED.fullmatch(asked) else uuid.uuid4().hex
        # django-structlog binds what it finds in this header; nobody has read `request.headers` yet, which remembers.
        request.META["HTTP_X_REQUEST_ID"] = number
        request.number = number  # type: ignore[attr-defined]
        with bound_contextvars(request_id=number):
            response = self.get_response(request)
        response.headers[HEADER] = number
        return response


def carry_number(headers: dict[str, Any] | None = None, **_: Any) -> None:
    """Receiver of before_task_publish: a task goes on under the number of the request that rang for it."""
    number = get_contextvars().get("request_id")
    if headers is not None and number:
        headers["request_id"] = number


def take_number_up(task_id: str = "", task: Any = None, **_: Any) -> None:
    """Receiver of task_prerun: every line of this task names it, and the request behind it."""
    clear_contextvars()
    carried = str(getattr(task.request, "request_id", None) or "")
    number = {"request_id": carried} if ASKED.fullmatch(carried) else {}
    bind_contextvars(task=task.name, task_id=task_id, **number)


def put_number_down(**_: Any) -> None:
    """Receiver of task_postrun."""
    clear_contextvars()
