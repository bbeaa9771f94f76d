"""What the pages of every file share, whatever it brings: where the wizard stands, a word about the same file before."""

import datetime as dt
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from crm.base.formats import day_words
from crm.influencers.models.file_runs import FileRun
from crm.timeline import run_pages

# Up to here the rehearsal is over before anybody wonders; larger files get a progress bar.
REHEARSED_AT_ONCE = 1_500
STEPS = ("upload", "columns", "run", "done")


def steps(now: str, run: FileRun | None, columns_page: str) -> list[dict[str, str]]:
    """Where the wizard stands."""
    labels = {"upload": _("File"), "columns": _("Columns"), "run": _("Rehearsal"), "done": _("Import")}
    at = STEPS.index(now)
    shown = []
    for index, step in enumerate(STEPS):
        state = "done" if index < at else "now" if index == at else "later"
        url = reverse(columns_page, args=[run.pk]) if run and step == "columns" and run.may_be_reopened else ""
        shown.append({"label": labels[step], "state": state, "url": url})
    return shown


def said_before(run: FileRun, before: FileRun | None, page: str) -> dict[str, str] | None:
    """A word about the very same file having been imported before."""
    if before is None or before.finished_at is None or run.is_done:
        return None
    said = _("This very file was imported on %(day)s. Importing it again adds nothing twice.")
    return {"text": said % {"day": day_words(before.finished_at)}, "url": reverse(page, args=[before.pk])}


def progress(run: FileRun, now: dt.datetime, *, note: str, **work: Any) -> dict[str, Any]:
    """How far a file is, and whether anybody seems to be at it."""
    waits = _("Waiting to go on: nobody is at it. It is taken up by itself within a minute; nothing is written twice.")
    return run_pages.progress(run, now, id="import-progress", note=note, waits=waits, **work)
