"""What the pages of every run share: how far it is, a bar that asks again, tabs, a word to who comes too late."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils.translation import gettext as _

from crm.base.formats import count_full
from crm.timeline.runs import STALLED_AFTER, Run
from crm.timeline.transitions import TransitionRefused

R = TypeVar("R", bound=Run)


def progress(run: Run, now: dt.datetime, *, note: str, waits: str, **work: Any) -> dict[str, Any]:
    """How far a run is, and whether anybody seems to be at it; `waits` is said when nobody does."""
    stands_still = run.updated_at < now - STALLED_AFTER
    return {"work": {**work, "note": waits if stands_still else note}, "stands_still": stands_still}


def bar(request: HttpRequest, run: Run, page: str, how_far: Callable[[], Mapping[str, Any]]) -> HttpResponse:
    """The progress bar alone; once the work is over the page shows what came of it."""
    if not request.headers.get("HX-Request"):
        return redirect(page, run.pk)
    if not run.is_under_way:
        return HttpResponse(headers={"HX-Redirect": resolve_url(page, run.pk)})
    return render(request, "components/progress.html", how_far()["work"])


def tabs(
    name: str, choices: Iterable[tuple[str, Any]], counts: Mapping[str, int], wanted: str, total: int | None = None
) -> list[dict[str, Any]]:
    """All rows, then each sort of which there are any, and the one that was asked for."""
    everything = sum(counts.values()) if total is None else total
    shown = [{"label": _("All"), "url": "?", "active": not wanted, "count": count_full(everything)}]
    for value, label in choices:
        count = counts.get(value, 0)
        if count or value == wanted:
            url = f"?{name}={value}"
            shown.append({"label": label, "url": url, "active": value == wanted, "count": count_full(count)})
    return shown


def in_time(request: HttpRequest, step: Callable[[], object]) -> bool:
    """Take a step; who comes too late for it is told, and nothing is changed."""
    try:
        step()
    except TransitionRefused as refused:
        messages.error(request, str(refused))
        return False
    return True


def take_step(request: HttpRequest, run: R, step: Callable[[], object], ring: Callable[[R], object]) -> None:
    """Take a step, and call somebody for the work it leads to."""

    def taken() -> None:
        step()
        if run.is_under_way:
            ring(run)

    in_time(request, taken)
