"""What a colleague may do about a deviation: each step with its words, its form, and what it does."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from campaigns.approvals.models import Deviation
from campaigns.approvals.publishing import forms as ask
from campaigns.approvals.publishing.actions import ask_to_mend, close
from crm.timeline.record import Actor

Kind, Outcome = Deviation.Kind, Deviation.Outcome
CANNOT_MEND = frozenset({Kind.EARLY, Kind.LATE, Kind.EMBARGO, Kind.UNAPPROVED})
"""What has happened and stays so, whatever she does now."""


@dataclass(frozen=True)
class Doing:
    """Who does it, when, with what they typed."""

    at: dt.datetime
    actor: Actor
    said: Mapping[str, Any]


@dataclass(frozen=True)
class Step:
    code: str
    title: Any
    form: type[ask.Laid]
    act: Callable[[Deviation, Doing], None]
    done: Any
    icon: str
    says: Any = ""


def _closing(outcome: str) -> Callable[[Deviation, Doing], None]:
    return lambda row, doing: close(row, outcome, doing.said["note"], at=doing.at, actor=doing.actor)


STEPS = {
    step.code: step
    for step in (
        Step(
            "ask", _("Ask her to mend it"), ask.MendForm,
            lambda row, doing: ask_to_mend(row, doing.said["mend_on"], at=doing.at, actor=doing.actor),
            _("She finds it on her page now and hears of it by mail."), "reply",
            _("It stands on her page until it is done, and she is reminded on the day."),
        ),
        Step(
            "accept", _("Approve it as it is"), ask.NoteForm, _closing(Outcome.ACCEPTED), _("Accepted as it is."), "check2",
            _("What stands there now counts as approved. The same words are not brought up again."),
        ),
        Step(
            "mended", _("It is mended"), ask.NoteForm, _closing(Outcome.MENDED), _("Noted as mended."), "check-all",
        ),
        Step(
            "mistake", _("It was none"), ask.NoteForm, _closing(Outcome.MISTAKE), _("Noted that it was none."), "x-lg",
        ),
        Step(
            "breach", _("A breach of what was agreed"), ask.WhyForm, _closing(Outcome.BREACH),
            _("Noted. It stands in her story and in her figures."), "shield-exclamation",
            _("It stands in her story. She hears nothing of it from Mitra: talk to her."),
        ),
    )
}  # fmt: skip


def steps_for(row: Deviation) -> list[Step]:
    """What can be done now; nothing once it is closed."""
    if not row.is_open:
        return []
    hidden = {"ask", "mended"} if row.kind in CANNOT_MEND else set()
    return [step for step in STEPS.values() if step.code not in hidden]
