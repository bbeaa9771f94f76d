"""What every move of this feature has in common: where it was said, who turned it down, and the doorbell afterwards."""

from typing import TypedDict

from django.db import models

from crm.base.models import StoredFile
from crm.outbox.tasks import ring_on_commit
from crm.timeline.transitions import TransitionRefused


class Told(TypedDict, total=False):
    """Where somebody said it, in which words, with which screenshot; empty when it happened in Mitra itself."""

    channel: str
    quote: str
    file: StoredFile | None


class Refused(TransitionRefused):
    """A move that the table of moves allows in principle but the facts do not; `str(error)` says why, for a person."""

    def __init__(self, thing: models.Model, why: object) -> None:
        self.thing, self.to, self.now = thing, "", ""
        Exception.__init__(self, str(why))


def ring_after_commit() -> None:
    """Ring the reminder engine once what was just settled is really stored, so that the rest of its reminders stop."""
    ring_on_commit()
