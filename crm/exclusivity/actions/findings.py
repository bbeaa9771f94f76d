"""Findings: seen, called no conflict, opened again. What they are about stays as it is."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from crm.exclusivity.models import Finding
from crm.team.models import User


def see_finding(finding: Finding, *, by: User, at: dt.datetime) -> None:
    """Somebody knows of it; it stays on the list. Raises TransitionRefused."""
    finding.decide(
        Finding.Status.ACKNOWLEDGED,
        by=by,
        at=at,
        verb="finding.seen",
        sentence=_("Saw what stands against the promise to %(brand)s"),
    )


def call_no_conflict(finding: Finding, why: str, *, by: User, at: dt.datetime) -> None:
    """It looks like a conflict and is none. Raises TransitionRefused."""
    finding.decide(
        Finding.Status.FALSE_POSITIVE,
        by=by,
        at=at,
        verb="finding.no_conflict",
        sentence=_("No conflict with the promise to %(brand)s: %(why)s"),
        why=why,
    )


def open_again(finding: Finding, *, by: User, at: dt.datetime) -> None:
    """The decision no longer holds. Raises TransitionRefused."""
    finding.decide(
        Finding.Status.OPEN,
        by=by,
        at=at,
        verb="finding.opened",
        sentence=_("Opened again what stands against the promise to %(brand)s"),
    )
